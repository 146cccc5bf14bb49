"""The library's files: who can get at them, what holds them, whether there is room."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from library.finding import Finding, some
from library.folder import Folder

_MOUNTS = Path("/proc/mounts")
_NETWORK = {
    "afs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
    "gfs2", "glusterfs", "lustre", "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
}  # fmt: skip


def look(folder: Folder) -> Iterator[Finding]:
    """Look a library's files over; a library that is not there has none."""
    if folder.path.is_dir():
        yield _modes(folder)
        yield _owners(folder)
        yield _room(folder)
        yield _file_system(folder.path)
        yield _locks(folder)


def files(folder: Folder) -> Iterator[Path]:
    """Give the library's folder and all that is in it."""
    yield folder.path
    for path, folders, names in os.walk(folder.path):
        yield from (Path(path, name) for name in (*folders, *names))


def is_open_to_others(path: Path) -> bool:
    """Say whether other users can get at a file; one that is just gone nobody can."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    return not stat.S_ISLNK(found.st_mode) and bool(found.st_mode & 0o077)


def _modes(folder: Folder) -> Finding:
    found = [path for path in files(folder) if is_open_to_others(path)]
    if not found:
        return Finding("permissions", False, "closed to other users")
    mend = f"cuttings doctor --repair, or: chmod -R go= '{folder.path}'"
    return Finding("permissions", True, f"other users can get at {some(found)}", mend)


def _owners(folder: Folder) -> Finding:
    me = os.geteuid()
    found = [path for path in files(folder) if os.path.lexists(path) and path.lstat().st_uid != me]
    if not found:
        return Finding("owner", False, "all files are yours")
    mend = f"chown -R {me} '{folder.path}'"
    return Finding("owner", True, f"another user owns {some(found)}", mend)


def _room(folder: Folder) -> Finding:
    free = shutil.disk_usage(folder.path).free
    size = folder.database.stat().st_size if folder.database.exists() else 0
    detail = f"{free >> 20:,} MB free"
    if free >= size:
        return Finding("room", False, detail)
    detail += f", less than the database takes ({size >> 20:,} MB)"
    return Finding("room", False, detail, "free some space, or move the library")


def _file_system(path: Path) -> Finding:
    """Name the file system where the system tells: locks do not hold on those of a network."""
    kind = _mounted(path.resolve())
    if kind not in _NETWORK:
        return Finding("file system", False, kind or "not known here")
    detail = f"{kind}: SQLite's locks do not hold over a network"
    return Finding(
        "file system", True, detail, "move the library's folder to a disk of this machine"
    )


def _mounted(path: Path) -> str | None:
    try:
        lines = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    places = {line.split()[1].replace(r"\040", " "): line.split()[2] for line in lines}
    return next((places[str(one)] for one in (path, *path.parents) if str(one) in places), None)


def _locks(folder: Folder) -> Finding:
    locks = (folder.write_lock, folder.index_lock)
    held = [holder for path in locks if (holder := _holder(path))]
    return Finding("locks", False, "; ".join(held) or "nobody is writing")


def _holder(path: Path) -> str | None:
    """Say who holds a lock; None if nobody does."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return f"{path.name} is held by {path.read_text('utf-8', 'replace').strip()}"
    except OSError:
        return None
    return None
