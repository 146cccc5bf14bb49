"""The process that reads files of marked-up or binary formats: disposable, and held to limits.

`ingest.workers` starts it. On standard input it takes a line of JSON (module, name, password, url,
charset, seconds, size) and so many bytes of a file, over and over; on standard output it gives a line for each result and
one of `DONE` or `WORN` behind the last. What crashes, hangs or swells costs this process and that file.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, Final

from accession import Reason
from ingest.parsed import Given, Parsed, Unread
from ingest.wire import to_line

MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of address space this process may have."""
SECONDS: Final = 30
"""Processor time that one article may take."""
TIRING: Final = 512 * 1024 * 1024
"""Bytes of memory from which a process that is done with a file makes way for a fresh one."""
DONE: Final = b"done"
WORN: Final = b"worn"


def main() -> None:
    """Read files until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS does not know this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    tiring = max(TIRING, _peak())  # which may be the parent's, at the moment it began this process
    worn = False
    while not worn and (line := sys.stdin.buffer.readline()):
        _answer(json.loads(line), sys.stdin.buffer, answers)
        worn = _peak() > tiring
        answers.write((WORN if worn else DONE) + b"\n")
        answers.flush()


def _peak() -> int:
    """Give the most memory this process has had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _answer(request: dict[str, Any], data: IO[bytes], answers: IO[bytes]) -> None:
    said = (request[name] for name in ("name", "password", "url", "charset"))
    given = Given(data.read(request["size"]), *said)
    _confine_time(request["seconds"])
    for result in parsed(request["module"], given):
        answers.write(to_line(result))
        answers.flush()
        _confine_time(request["seconds"])


def _confine_time(seconds: int) -> None:
    """Let the system end this process when one article has had its time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def parsed(module: str, given: Given) -> Iterator[Parsed | Unread]:
    """Read a file by a format's module; what its library could not bear is a result too."""
    try:
        yield from importlib.import_module(module).parse(given)
    except MemoryError:
        yield Unread(Reason.KILLED, f"reading it took more than {MEMORY >> 30} GB of memory")
    except RecursionError:
        yield Unread(Reason.MALFORMED, "it is nested too deep to be read")
    except Exception as error:
        said = " ".join(str(error).split())[:200]
        yield Unread(Reason.MALFORMED, f"it could not be read: {type(error).__name__}: {said}")


if __name__ == "__main__":
    main()
