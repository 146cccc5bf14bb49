"""Which files of an index were read through and found whole.

A file is read through when it is new or was changed, and all are once a day. What was read is noted
in `checked.json` by what tells a change: size, when written, when changed (which no program can
set), inode.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from search.errors import IndexDamaged
from search.sealed_files import read_sealed, write_sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

T = TypeVar("T")
Identity = list[int]  # size, when written, when changed, inode

_NOTES = "checked.json"
_DAY = 86_400
_TICK = 50_000_000
"""Nanoseconds in which a file may be changed twice and bear the same time."""


def verify(
    folder: Path, names: Iterable[str], is_whole: Callable[[Path], bool], *, deep: bool = False
) -> None:
    """Raise IndexDamaged unless all files are whole; `deep` forgets what was read before.

    `is_whole` reads a file through.
    """
    now = time.time_ns()
    if deep:
        with suppress(OSError):  # of a library that cannot be written to
            (folder / _NOTES).unlink()
    known = {} if deep else _known(folder, now)
    found = {name: _verified(folder / name, known.get(name), is_whole) for name in names}
    noted = {name: one for name, one in found.items() if one[2] < now - _TICK}
    if noted != known:
        with suppress(OSError):
            day = now // 1_000_000_000 // _DAY
            write_sealed(folder / _NOTES, {"day": day, "files": noted}, durable=False)


def steadily(state: Callable[[], T], check: Callable[[T], None]) -> T:
    """Check a state that another process may replace meanwhile; give the one that was whole."""
    while True:
        before = state()
        try:
            check(before)
        except (IndexDamaged, FileNotFoundError):
            if state() == before:
                raise
        else:
            return before


def identity(path: Path) -> Identity:
    """Give what tells that a file was changed."""
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _known(folder: Path, now: int) -> dict[str, Identity]:
    notes: Any = read_sealed(folder / _NOTES) or {}
    today = notes.get("day") == now // 1_000_000_000 // _DAY
    return notes["files"] if today else {}


def _verified(path: Path, known: Identity | None, is_whole: Callable[[Path], bool]) -> Identity:
    found = identity(path)
    if found != known and not is_whole(path):
        raise IndexDamaged(f"{path} is damaged")
    return found
