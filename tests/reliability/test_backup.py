"""Backups of a library in use, and restores that are killed: nothing acknowledged is missing, nothing is half."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.db.making import query
from tests.reliability.conftest import trials
from tests.transcript import ROOT

CHANGES = "link,linkat,rename,renameat,renameat2,unlink,unlinkat,fsync,fdatasync,ftruncate"
COUNT = 40


def cuttings(
    *words: str, feed: str = "", around: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    command = [*around, sys.executable, "-m", "cli", *words]
    return subprocess.run(
        command, cwd=ROOT, input=feed, capture_output=True, text=True, check=False
    )


def lines(first: int, count: int) -> str:
    numbers = range(first, first + count)
    return "".join(json.dumps({"id": n, "text": f"Token{n} at the quay."}) + "\n" for n in numbers)


def tokens(folder: Path) -> set[str]:
    rows = query(folder / "cuttings.db", "SELECT text FROM current_paragraphs")
    return {text.split()[0] for (text,) in rows}


@contextmanager
def writing(library: Path) -> Iterator[list[int]]:
    """Store articles without end, by one process after another; give the number that is acknowledged."""
    stored, stop = [0], threading.Event()

    def write() -> None:
        while not stop.is_set():
            done = cuttings("ingest", "-", "--library", str(library), feed=lines(stored[0], COUNT))
            assert done.returncode == 0, done.stderr
            stored[0] += COUNT

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield stored
    finally:
        stop.set()
        writer.join()


def test_backups_made_while_others_write_hold_all_that_was_acknowledged(tmp_path: Path) -> None:
    library = tmp_path / "library"
    first = cuttings("ingest", "-", "--library", str(library), feed=lines(10_000, 10))
    assert first.returncode == 0
    files: list[tuple[int, Path]] = []
    with writing(library) as stored:
        for number in range(trials(3, 30)):
            acknowledged, file = stored[0], tmp_path / f"{number}.zip"
            done = cuttings("backup", str(file), "--library", str(library))
            assert done.returncode == 0, done.stderr
            files.append((acknowledged, file))
    assert files[-1][0] > 0
    for acknowledged, file in files:
        assert cuttings("verify", str(file)).returncode == 0
        other = tmp_path / file.stem
        assert cuttings("restore", str(file), "--library", str(other)).returncode == 0
        assert {f"Token{n}" for n in range(acknowledged)} <= tokens(other)
        checked = cuttings("doctor", "--deep", "--library", str(other))
        assert checked.returncode == 0, checked.stdout


def test_a_killed_backup_leaves_no_file_and_the_next_one_is_made(
    tmp_path: Path, strace: str
) -> None:
    library, file = tmp_path / "library", tmp_path / "backup.zip"
    assert cuttings("ingest", "-", "--library", str(library), feed=lines(0, 10)).returncode == 0
    for number in range(1, trials(4, 40)):
        killed = cuttings(
            "backup", str(file), "--library", str(library), around=_killed(strace, number)
        )
        if killed.returncode == 0:
            break
        if file.exists():  # it was whole when it got its name
            assert cuttings("verify", str(file)).returncode == 0
            file.unlink()
    file.unlink(missing_ok=True)
    assert cuttings("backup", str(file), "--library", str(library)).returncode == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backup.zip", "library"]


def test_a_killed_restore_leaves_the_one_library_or_the_other(tmp_path: Path, strace: str) -> None:
    """At every change of a name, every sync and every cut of a file, one after another."""
    library, file = tmp_path / "library", tmp_path / "backup.zip"
    at = ("--library", str(library))
    assert cuttings("ingest", "-", *at, feed=lines(0, 5)).returncode == 0
    assert cuttings("backup", str(file), *at).returncode == 0
    saved = tokens(library)
    assert cuttings("ingest", "-", *at, feed=lines(100, 5)).returncode == 0
    more = tokens(library)
    step, seen = trials(11, 1), set()
    for number in range(1, 400, step):
        killed = cuttings("restore", str(file), "--replace", *at, around=_killed(strace, number))
        held = tokens(library)
        assert held in (saved, more), number
        seen.add(len(held))
        _check_searched(library, held)
        if killed.returncode == 0:
            break
        if held == saved:
            assert cuttings("ingest", "-", *at, feed=lines(100, 5)).returncode == 0
    assert killed.returncode == 0
    assert tokens(library) == saved
    assert seen == {len(saved), len(more)}


def _check_searched(library: Path, held: set[str]) -> None:
    done = cuttings("search", "quay", "--json", "--limit", "50", "--library", str(library))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total"] == len(held)


def _killed(strace: str, number: int) -> tuple[str, ...]:
    """Run under a kill at the so many-th change of a name, sync or cut."""
    return (strace, "-f", "-o", "/dev/null", "-e", f"inject={CHANGES}:signal=KILL:when={number}")
