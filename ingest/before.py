"""Files as they are when they are read, so that what has not changed need not be read again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from accession import FileRead, FileState, Outcome, Reading, Reason, Refusal
from ingest.single import refuse

Known = Callable[[FileState, bool], bool]
"""Says of a file, as it is now, whether it need not be read again; and whether the person named it."""

_SECOND = 1_000_000_000
_COARSE = 2 * _SECOND
"""On a disk that keeps whole seconds, a file may change again within these and look the same."""


def state(location: str, status: os.stat_result) -> FileState:
    """Give what tells whether a file has changed."""
    return FileState(location, status.st_size, status.st_mtime_ns)


def state_at(path: Path, location: str) -> FileState | None:
    """Give the state of a file; None where it cannot be seen, which is said when it is opened."""
    try:
        return state(location, path.stat())
    except OSError:
        return None


def with_end(
    results: Iterable[Reading | Refusal], now: Callable[[], FileState]
) -> Iterator[Reading | Refusal | FileRead]:
    """Give a file's results, then its end; a file that changed meanwhile is to be read again."""
    begun, articles, skipped, failed = now(), 0, 0, list[str]()
    for result in results:
        if isinstance(result, Reading):
            articles += 1
        elif result.outcome is Outcome.SKIPPED:
            skipped += 1
        else:
            failed.append(result.item or "")
        yield result
    if now() != begun:
        detail = "it was changed while it was read; ingest it again"
        yield refuse(begun.location, Reason.UNREADABLE, detail)
    elif not _is_fresh(begun):
        yield FileRead(begun, articles, skipped, tuple(failed))


def _is_fresh(one: FileState) -> bool:
    return one.modified % _SECOND == 0 and time.time_ns() - one.modified < _COARSE
