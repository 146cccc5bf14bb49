"""A disk that is full, fails or cannot be written: words and exit code 3, the old state or the new."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from library.folder import Folder
from tests.reliability.cases import CASES, Prepared
from tests.reliability.conftest import trials
from tests.reliability.faults import REFUSABLE, Ended, Runs, spread
from tests.reliability.making import acknowledged, state

CANNOT_SERVE = 3
_TRIED = (
    dict.fromkeys(CASES, "") if trials(0, 1) else {"ingest-more": "", "repair": "cuttings.db-shm"}
)
"""The commands, and what the calls name that are refused; SQLite is silent where a log stays behind."""


def _badly_said(ended: Ended, usual: str = "") -> str:
    """Give what is wrong with how a command ended that was refused something, but for lines it says as `usual`."""
    if ended.code not in {0, CANNOT_SERVE}:
        return f"exit code {ended.code}: {ended.err}"
    said = [line for line in ended.err.splitlines() if line not in usual.splitlines()]
    if "Traceback" in ended.err or len(said) > 4:
        return f"not in a line or two: {ended.err}"
    return "" if ended.code == 0 or any(map(str.strip, said)) else "not a word of why"


def _after(prepared: Prepared, ended: Ended, runs: Runs, whole: object, usual: str = "") -> str:
    """Give what is wrong after a command that was refused something, and after the same again."""
    stored = {**prepared.stored, **acknowledged(ended.out)}
    if found := _badly_said(ended, usual):
        return found
    if not prepared.case.mends and (found := prepared.problems(stored)):
        return found
    return prepared.again(runs, stored, whole)


@pytest.mark.parametrize("name", _TRIED)
@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
def test_a_call_that_is_refused_ends_in_words_and_loses_nothing(
    name: str, fault: str, runs: Runs, tmp_path: Path
) -> None:
    prepared = Prepared(CASES[name], tmp_path)
    prepared.anew()
    points = runs.points(tmp_path, *prepared.argv)
    assert prepared.problems(prepared.stored) == ""
    whole = state(Folder(prepared.folder).database)
    prepared.anew()
    usual, wrong = runs.plain(*prepared.argv).err, []
    some = [one for one in points if one.call in REFUSABLE and _TRIED[name] in one.text]
    for point in spread(some, trials(20, 100_000)):
        prepared.anew()
        ended = runs.spoiled(f"error={fault}", point, *prepared.argv)
        if found := _after(prepared, ended, runs, whole, usual):
            wrong.append(f"{point.call} {point.number} ({point.text[:90]}): {found}")
    assert wrong == []


@pytest.fixture(name="whole")
def _whole(runs: Runs, tmp_path: Path) -> tuple[Prepared, object]:
    prepared = Prepared(CASES["ingest-more"], tmp_path)
    prepared.anew()
    assert runs.plain(*prepared.argv).code == 0
    return prepared, state(Folder(prepared.folder).database)


def test_files_that_may_not_grow_end_in_words_and_lose_nothing(
    whole: tuple[Prepared, object], runs: Runs
) -> None:
    prepared, end = whole
    wrong = {}
    for size in range(4_096, 400_000, trials(60_000, 4_096)):
        prepared.anew()
        ended = runs.plain(*prepared.argv, file_size=size)
        if found := _after(prepared, ended, runs, end):
            wrong[size] = found
    assert wrong == {}


Mount = Callable[..., None]


@pytest.fixture(name="mount")
def _mount() -> Iterator[Mount]:
    """Give `mount`, undone at the end; it is skipped, and said so, where it is not allowed."""
    mounted: list[str] = []

    def mount(*words: str) -> None:
        ended = subprocess.run(["mount", *words], check=False, capture_output=True, text=True)
        if ended.returncode:
            pytest.skip(f"mount is not permitted here: {ended.stderr.strip()}")
        if "remount" not in " ".join(words):
            mounted.append(words[-1])

    yield mount
    for place in reversed(mounted):
        subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("kilobytes", [8, 100, 250, 350, 450])
def test_on_a_full_disk_what_was_stored_is_kept_and_with_more_room_it_goes_on(
    kilobytes: int, mount: Mount, runs: Runs, tmp_path: Path
) -> None:
    prepared = Prepared(CASES["ingest"], tmp_path)
    prepared.anew()
    assert runs.plain(*prepared.argv).code == 0
    whole = state(Folder(prepared.folder).database)
    prepared.anew()
    prepared.folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0700", "tmpfs", str(prepared.folder))
    ended = runs.plain(*prepared.argv)
    assert _badly_said(ended) == ""
    assert ended.code == CANNOT_SERVE
    assert "full" in ended.err or "No space left" in ended.err
    mount("-o", "remount,size=50m", str(prepared.folder))
    assert _after(prepared, ended, runs, whole) == ""


def test_a_library_that_cannot_be_written_is_searched_and_says_why_it_takes_nothing(
    mount: Mount, runs: Runs, tmp_path: Path
) -> None:
    prepared = Prepared(CASES["ingest-more"], tmp_path)
    library = str(prepared.folder)
    mount("--bind", library, library)
    mount("-o", "remount,bind,ro", library)
    found = runs.plain("search", "--library", library, "zq5xv")
    assert (found.code, "none wait" in found.err) == (0, True)
    assert "**zq5xv**" in found.out
    ended = runs.plain(*prepared.argv)
    assert (ended.code, ended.out) == (CANNOT_SERVE, "")
    assert "cannot be written by this user" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_library_that_cannot_be_written_says_what_its_index_still_owes(
    mount: Mount, runs: Runs, tmp_path: Path
) -> None:
    prepared = Prepared(CASES["sync"], tmp_path)
    library = str(prepared.folder)
    mount("--bind", library, library)
    mount("-o", "remount,bind,ro", library)
    found = runs.plain("search", "--library", library, "zq5xv")
    assert (found.code, "none wait" in found.err) == (0, False)
    assert "**zq5xv**" in found.out
    assert " wait to be indexed" in found.err
