"""A file is read through when it is new, when it was changed, and on another day; not more often."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from search import verified
from search.errors import IndexDamaged
from search.verified import steadily, verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make two files that were not changed just now."""
    (tmp_path / "a").write_bytes(b"first")
    (tmp_path / "b").write_bytes(b"second")
    time.sleep(0.08)
    return tmp_path


def read_of(folder: Path, *, deep: bool = False) -> list[str]:
    """Give what was read through to verify the files."""
    read = list[str]()

    def is_whole(path: Path) -> bool:
        read.append(path.name)
        return True

    verify(folder, ["a", "b"], is_whole, deep=deep)
    return read


def test_what_is_new_is_read_once(folder: Path) -> None:
    assert read_of(folder) == ["a", "b"]
    assert read_of(folder) == []


def test_what_was_changed_is_read_again_though_its_size_and_time_are_as_before(
    folder: Path,
) -> None:
    read_of(folder)
    before = (folder / "a").stat()
    with (folder / "a").open("r+b") as file:
        file.write(b"F")
    os.utime(folder / "a", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_of(folder) == ["a"]


def test_what_was_changed_at_the_very_time_of_reading_is_read_again(folder: Path) -> None:
    (folder / "a").write_bytes(b"First")
    assert read_of(folder) == ["a", "b"]
    assert read_of(folder) == ["a"]


def test_all_is_read_on_another_day(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_of(folder)
    tomorrow = time.time_ns() + 86_400 * 1_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: tomorrow)
    assert read_of(folder) == ["a", "b"]
    assert read_of(folder) == []


def test_all_is_read_when_asked(folder: Path) -> None:
    read_of(folder)
    assert read_of(folder, deep=True) == ["a", "b"]


@pytest.mark.parametrize("notes", [b"", b"{}", b"[]", b'{"content": {"day": 1}, "sha256": ""}'])
def test_notes_that_are_damaged_are_worth_nothing(folder: Path, notes: bytes) -> None:
    read_of(folder)
    (folder / "checked.json").write_bytes(notes)
    assert read_of(folder) == ["a", "b"]


def test_what_is_not_whole_stays_so(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(IndexDamaged, match="a is damaged"):
            verify(folder, ["a", "b"], lambda path: path.name != "a")


def test_a_folder_that_cannot_be_written_to_is_verified_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(verified, "write_sealed", refuse)
    assert read_of(folder) == ["a", "b"]
    assert read_of(folder) == ["a", "b"]


def test_what_fails_while_the_state_moves_on_is_looked_at_again() -> None:
    states = iter([1, 2, 2])

    def check(state: int) -> None:
        if state == 1:
            raise IndexDamaged("files of the first state are gone")

    assert steadily(lambda: next(states), check) == 2


def test_what_fails_while_nothing_moves_is_damage() -> None:
    def check(_: int) -> None:
        raise IndexDamaged("gone")

    with pytest.raises(IndexDamaged):
        steadily(lambda: 1, check)
