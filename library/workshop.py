"""Folders in which something is made out of sight, and files put in their place whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from db.durable import sync
from db.lock import exclusive
from library.errors import DatabaseLocked, FileTaken, LibraryError

_LOCK = "lock"
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@contextmanager
def workshop(path: Path) -> Iterator[Path]:
    """Give an empty folder at `path`, for this process alone; it is gone afterwards.

    What one left that was stopped is cleared first. Raises `LibraryError` where another is at work.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    _check_ours(path)
    with ExitStack() as held:
        try:
            held.enter_context(exclusive(path / _LOCK, wait=0))
        except DatabaseLocked as error:
            raise LibraryError(f"Another cuttings is at work in {path}. Try again.") from error
        _clear(path)
        try:
            yield path
        finally:
            shutil.rmtree(path)


def _check_ours(path: Path) -> None:
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise LibraryError(f"{path} is in the way, and not this user's folder. Remove it.")


def _clear(path: Path) -> None:
    for entry in path.iterdir():
        if entry.name != _LOCK:
            entry.unlink()


def put(made: Path, target: Path) -> None:
    """Let a finished file bear the name `target`, durably; raise `FileTaken` if something has it."""
    sync(made)
    try:
        os.link(made, target)
    except FileExistsError:
        raise taken(target) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _put_without_links(made, target)
    sync(target.parent)


def taken(target: Path) -> FileTaken:
    """Say that a file is there already."""
    return FileTaken(f"{target} is there already, and is not overwritten. Give another name.")


def _put_without_links(made: Path, target: Path) -> None:
    """Rename it, where a file system (of a memory stick, say) knows no second names."""
    if os.path.lexists(target):
        raise taken(target)
    made.rename(target)
