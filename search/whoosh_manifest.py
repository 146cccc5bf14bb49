"""The manifest of a Whoosh index: size and SHA-256 of every file of a commit (docs/decisions/manifest.md).

Whoosh makes a commit by renaming a new table of contents into its place. The manifest lists the
commit that serves beside the next one, and is on the disk before that rename. A stop

    before the manifest is replaced     leaves the old commit, and the old manifest
    between manifest and rename         leaves the old commit, which the new manifest lists too
    after the rename                    leaves the new commit, listed
    while older files are removed       leaves some of them, which the next commit removes

so that the newest table of contents is listed at every moment.
"""

from __future__ import annotations

import os
import re
from hashlib import file_digest
from typing import TYPE_CHECKING

from search.errors import IndexDamaged, IndexMissing
from search.sealed_files import read_sealed, sync, write_sealed
from search.verified import steadily, verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_MANIFEST = "manifest.json"
_TABLE = re.compile(r"_MAIN_([0-9]+)\.toc")

Mark = list[object]  # size, SHA-256 in hex
Commit = dict[str, Mark]  # by name of a file


def write(folder: Path, draft: str, table: str, segments: Iterable[str]) -> None:
    """List the commit that is made once the file `draft` is renamed to `table`, with its segments.

    Raises IndexDamaged if the commit before it is not listed.
    """
    number = _number(table)
    before = _commit(folder, number - 1) if number else {}
    files = {name: before.get(name) or mark(folder / name) for name in segments}
    files[table] = mark(folder / draft)
    write_sealed(folder / _MANIFEST, {str(number - 1): before, str(number): files})
    sync(folder)


def check(folder: Path, *, deep: bool = False) -> int:
    """Give the number of the newest commit, whose files all are as the manifest lists them.

    Raises IndexMissing where there is no index, IndexDamaged where one must not be trusted.
    """
    return steadily(lambda: newest(folder), lambda number: _check(folder, number, deep=deep))


def check_file(folder: Path, number: int, name: str) -> None:
    """Read a file of a commit through; raise IndexDamaged unless it is whole."""
    _check_file(folder / name, _commit(folder, number))


def newest(folder: Path) -> int:
    """Give the number of the newest commit."""
    found = max(map(_number, os.listdir(folder)), default=-1)  # noqa: PTH208 - names are enough
    if found >= 0:
        return found
    if any(folder.glob("*MAIN_*.*")) or (folder / _MANIFEST).exists():
        raise IndexDamaged(f"the index in {folder} has lost its table of contents")
    raise IndexMissing(f"no index in {folder}")


def mark(path: Path) -> Mark:
    """Give what a file is known by."""
    with path.open("rb") as file:
        return [path.stat().st_size, file_digest(file, "sha256").hexdigest()]


def _check(folder: Path, number: int, *, deep: bool) -> None:
    commit = _commit(folder, number)
    table = _table(number)
    try:
        _check_file(folder / table, commit)  # it is small, and is unpickled: never taken on trust
        segments = sorted(commit.keys() - {table})
        verify(folder, segments, lambda path: _is_listed(path, commit), deep=deep)
    except FileNotFoundError as error:
        raise IndexDamaged(f"{error.filename} is lost") from error


def _check_file(path: Path, commit: Commit) -> None:
    if not _is_listed(path, commit):
        raise IndexDamaged(f"{path} is damaged")


def _commit(folder: Path, number: int) -> Commit:
    listed: Mapping[str, Commit] | None = read_sealed(folder / _MANIFEST)
    if listed is None:
        raise IndexDamaged(f"the manifest of the index in {folder} is lost or damaged")
    if str(number) not in listed:
        raise IndexDamaged(f"the manifest of the index in {folder} is of another commit")
    return listed[str(number)]


def _is_listed(path: Path, commit: Commit) -> bool:
    return mark(path) == commit.get(path.name)


def _table(number: int) -> str:
    return f"_MAIN_{number}.toc"


def _number(name: str) -> int:
    """Give the number of the commit whose table of contents bears this name, -1 for other names."""
    match = _TABLE.fullmatch(name)
    return int(match[1]) if match else -1
