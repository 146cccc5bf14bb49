"""Indexing beside the storing: while one process stores articles, another takes them into the index."""

from __future__ import annotations

import gc
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from accession import Recorded
from ingest.side_by_side import cores
from library.errors import DatabaseError, EngineError, LibraryError
from library.folder import Folder
from library.library import Library

ENOUGH = 1_000
"""So many inputs are recorded before another process is begun: it costs half a second."""
_PAUSE = 0.1


def followed(library: Library, recorded: Iterator[Recorded]) -> Iterator[Recorded]:
    """Give on what is recorded; what is stored on the way is indexed meanwhile.

    It only hastens: the index may not be in step at the end, and what is wrong with it is said by
    whoever uses it next.
    """
    follower: subprocess.Popen[bytes] | None = None
    try:
        for count, one in enumerate(recorded):
            if count == ENOUGH and cores() > 1:
                follower = _begin(library.folder)
            yield one
    finally:
        if follower is not None:
            follower.communicate()


def _begin(folder: Folder) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - the program itself
        [sys.executable, "-P", "-m", "library.following", str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def follow(folder: Folder) -> None:
    """Index what gathers, where it is enough for a commit, until standard input ends."""
    with Library(folder) as library:
        while not select.select([sys.stdin], [], [], _PAUSE)[0]:
            library.indexing.drain_enough()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that is followed ends this one
    gc.set_threshold(50_000)  # as in cli.main
    with suppress(DatabaseError, EngineError, LibraryError):
        follow(Folder(Path(sys.argv[1])))
