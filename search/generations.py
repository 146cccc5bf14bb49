"""The folder of indexes: one that serves, perhaps one that is being built, none half-made.

    gen-3/        serves: the highest number whose stamp can be read
    next-4/       is being built, or was; `publish` renames it to gen-4
    damaged-2-1/  was set aside

A stamp (`stamp.json`) is written last, and says what the index was made with and what it holds.
Whoever changes this folder holds the library's lock; readers need none.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from search.analysis import ANALYSIS_VERSION
from search.sealed_files import read_sealed, sync, write_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STAMP = "stamp.json"
_SENTINEL = "cuttings-index"
"""Only folders that carry this file, or a stamp, are ever deleted; it holds the stamp that is to be."""
_SERVING = re.compile(r"gen-([0-9]+)")
_BUILDING = re.compile(r"next-([0-9]+)")
_OURS = re.compile(r"(?:gen|next|damaged)-[0-9-]+")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was made with, and what it holds.

    `schema` and `analysis` are version numbers, `library` the library's id, `articles` how many
    it holds, `applied` the last entry of the queue that it knows, `state` what the database calls
    what it holds.
    """

    engine: str
    engine_version: str
    schema: int
    library: str
    articles: int = 0
    applied: int = 0
    state: str = ""
    analysis: int = ANALYSIS_VERSION

    def fits(self, other: Stamp) -> bool:
        """Tell whether both were made alike, so that an index of one serves for the other."""
        made = ("engine", "engine_version", "schema", "library", "analysis")
        return all(getattr(self, name) == getattr(other, name) for name in made)


@dataclass(frozen=True, slots=True)
class Generation:
    """An index: one that is complete, or one that is being built, with the stamp it is to bear."""

    number: int
    path: Path
    stamp: Stamp


def current(folder: Path) -> Generation | None:
    """Find the index that serves: the newest complete one."""
    return _newest_stamped(folder, _SERVING, _STAMP)


def unfinished(folder: Path) -> Generation | None:
    """Find a build that was stopped; its stamp counts no articles."""
    return _newest_stamped(folder, _BUILDING, _SENTINEL)


def _newest_stamped(folder: Path, names: re.Pattern[str], stamp: str) -> Generation | None:
    for number, path in sorted(_numbered(folder, names), reverse=True):
        if (found := _read(path / stamp)) is not None:
            return Generation(number, path, found)
    return None


def newest(folder: Path) -> Path | None:
    """Find the newest index, complete or not, that was meant to serve."""
    return max(_numbered(folder, _SERVING), default=(0, None))[1]


def begin(folder: Path, stamp: Stamp) -> Generation:
    """Make the folder for the next index, empty; what an interrupted build left is removed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sync(folder.parent)
    for path in folder.glob("next-*"):
        _remove(path)
    taken = [number for number, _ in _numbered(folder, re.compile(r"[a-z]+-([0-9]+)(?:-[0-9]+)?"))]
    number = max(taken, default=0) + 1
    path = folder / f"next-{number}"
    path.mkdir(mode=0o700)
    (path / _SENTINEL).touch(mode=0o600)
    write_sealed(path / _SENTINEL, asdict(stamp))
    return Generation(number, path, stamp)


def give_up(building: Generation) -> None:
    """Remove an index that cannot be finished."""
    _remove(building.path)


def publish(building: Generation, articles: int) -> Generation:
    """Let a finished index serve from now on, in one step."""
    path = building.path.with_name(f"gen-{building.number}")
    stamp = replace(building.stamp, articles=articles)
    write_stamp(building.path, stamp)
    building.path.replace(path)
    sync(path.parent)
    return Generation(building.number, path, stamp)


def drop_others(folder: Path, keep: Generation) -> None:
    """Remove older indexes and all but the newest damaged one; never a folder that is not ours."""
    damaged = sorted(folder.glob("damaged-*"), key=lambda path: path.stat().st_mtime)
    older = [path for number, path in _numbered(folder, _SERVING) if number < keep.number]
    for path in (*older, *damaged[:-1]):
        _remove(path)


def drop_damaged(folder: Path) -> None:
    """Remove the indexes that were set aside, which hold words that may be in no other."""
    for path in folder.glob("damaged-*"):
        _remove(path)


def set_aside(path: Path) -> Path:
    """Rename a damaged index, so that it serves no more but can be looked at."""
    number = path.name.rpartition("-")[2]
    attempt = 1
    while (target := path.with_name(f"damaged-{number}-{attempt}")).exists():
        attempt += 1
    path.replace(target)
    sync(target.parent)
    return target


def read_stamp(path: Path) -> Stamp | None:
    """Read the stamp of an index; None if there is none that can be read."""
    return _read(path / _STAMP)


def _read(path: Path) -> Stamp | None:
    try:
        return Stamp(**read_sealed(path))
    except TypeError:  # there is none, or one of another version's
        return None


def write_stamp(path: Path, stamp: Stamp) -> None:
    """Write the stamp of an index durably, in one step."""
    write_sealed(path / _STAMP, asdict(stamp))
    sync(path)


def _numbered(folder: Path, pattern: re.Pattern[str]) -> Iterator[tuple[int, Path]]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if (match := pattern.fullmatch(path.name)) and path.is_dir():
            yield int(match[1]), path


def _remove(path: Path) -> None:
    """Remove a folder of ours, its mark last: stopped anywhere, it can still be told to be ours."""
    if path.is_symlink() or not _OURS.fullmatch(path.name):
        return
    entries = list(path.iterdir())
    if entries and not (path / _SENTINEL).exists() and read_stamp(path) is None:
        return
    for entry in sorted(entries, key=lambda one: one.name == _SENTINEL):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    path.rmdir()
