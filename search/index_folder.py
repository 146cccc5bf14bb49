"""The folder of an index: who may have written it, and what an error in it means."""

from __future__ import annotations

import errno
import os
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


def check_ownership(folder: Path) -> None:
    """Refuse an index that another user could have written, or put in the place of ours.

    Raises IndexMissing if there is no folder, IndexDamaged if it must not be trusted.
    """
    if not folder.is_dir():
        raise IndexMissing(f"no index in {folder}")
    _check(folder.parent, folder.parent.stat())  # who may write there can put another in its place
    for path in (folder, *folder.iterdir()):
        try:
            status = path.lstat()
        except FileNotFoundError:  # a commit has removed it meanwhile
            continue
        _check(path, status)
        if stat.S_ISLNK(status.st_mode):
            raise IndexDamaged(f"{path} leads elsewhere; it is not opened")


def _check(path: Path, status: os.stat_result) -> None:
    if status.st_uid != os.geteuid():
        raise IndexDamaged(f"{path} belongs to another user; it is not opened")
    kept = stat.S_ISLNK(status.st_mode) or status.st_mode & stat.S_ISVTX
    if status.st_mode & 0o022 and not kept:
        raise IndexDamaged(f"{path} can be written by other users; it is not opened")


def machine_or_damage(folder: Path, error: OSError) -> EngineError:
    """Tell what the machine refused from what the index has lost."""
    if error.errno in _MACHINE:
        return EngineError(f"{folder}: {error.strerror}")
    return IndexDamaged(f"the index in {folder} cannot be read: {error}")
