"""The folder of an index: who may have written it, and what an error in it means."""

from __future__ import annotations

import errno
import os
import shlex
import stat
from typing import TYPE_CHECKING

from search.engine import EngineError, IndexDamaged, IndexMissing

if TYPE_CHECKING:
    from pathlib import Path

# What the machine refuses is no damage to the index.
_MACHINE = frozenset({
    errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS,
    errno.EMFILE, errno.ENFILE, errno.ENOMEM,
})  # fmt: skip

_OTHERS, _ALL = stat.S_IWGRP | stat.S_IWOTH, stat.S_IWOTH


def check_ownership(folder: Path) -> None:
    """Refuse an index that another user could have written, or put in the place of ours.

    Raises IndexMissing if there is no folder, IndexDamaged if it must not be trusted, and EngineError
    where another that is made in its place could not be either.
    """
    if not folder.is_dir():
        raise IndexMissing(f"no index in {folder}")
    _check_above(folder.parent)
    for path in (folder, *folder.iterdir()):
        try:
            status = path.lstat()
        except FileNotFoundError:  # a commit has removed it meanwhile
            continue
        if status.st_uid != os.geteuid():
            raise IndexDamaged(f"{path} belongs to another user; it is not opened")
        if _may_be_written(status, _OTHERS):
            raise IndexDamaged(f"{path} can be written by other users; it is not opened")
        if stat.S_ISLNK(status.st_mode):
            raise IndexDamaged(f"{path} leads elsewhere; it is not opened")


def _check_above(indexes: Path) -> None:
    """Refuse where others can put another index in the place of ours.

    The library's own folder may belong to a group, or to whoever lent it.
    """
    status = indexes.stat()
    if status.st_uid != os.geteuid():
        raise EngineError(
            f"{indexes} belongs to another user: no index in it is opened, nor made. Be that user, "
            f"or make your own library from a copy of its cuttings.db"
        )
    for path, by in ((indexes, _OTHERS), (indexes.parent, _ALL)):
        if _may_be_written(path.stat(), by):
            raise EngineError(
                f"{path} can be written by other users: no index in it is opened. "
                f"Close it with: chmod go-w {shlex.quote(str(path))}"
            )


def _may_be_written(status: os.stat_result, by: int) -> bool:
    kept = stat.S_ISLNK(status.st_mode) or status.st_mode & stat.S_ISVTX
    return bool(status.st_mode & by) and not kept


def machine_or_damage(folder: Path, error: OSError) -> EngineError:
    """Tell what the machine refused from what the index has lost."""
    if error.errno in _MACHINE:
        return EngineError(f"{folder}: {error.strerror}")
    return IndexDamaged(f"the index in {folder} cannot be read: {error}")
