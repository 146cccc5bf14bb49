"""One writer at a time: a lock file that dies with its holder.

SQLite before 3.51.3 can damage a WAL database when several connections write or checkpoint at
once, so every writing transaction, and every checkpoint with it, happens under this lock.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from db.errors import DatabaseLocked, DatabaseReadOnly

WAIT = 30.0
"""Seconds a writer waits for another before it gives up."""


@contextmanager
def exclusive(path: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock file at `path`; wait up to `wait` seconds for it.

    Raises `DatabaseLocked`, naming the holder, when the wait was in vain, and `DatabaseReadOnly`
    when the file cannot be written.
    """
    descriptor = _open(path)
    try:
        _acquire(descriptor, path, wait)
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            message = (
                f"{path.parent} cannot be written by this user, so nothing can be stored in it."
            )
            raise DatabaseReadOnly(message) from error
        raise


def _acquire(descriptor: int, path: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    pause = 0.002
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = path.read_text("utf-8", "replace").strip() or "another process"
                message = (
                    f"The library is being written by {holder}; waited {wait:g} s. "
                    "Try again when it is done."
                )
                raise DatabaseLocked(message) from None
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


def _sign(descriptor: int) -> None:
    """Write who holds the lock, for the message another process shows; a full disk is no reason to fail."""
    command = " ".join(["cuttings", *sys.argv[1:2]])
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()} ({command}, since {since})".encode(), 0)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
