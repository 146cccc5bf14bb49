"""Lines to another process, and lines from it for no longer than was agreed."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from select import POLLIN, poll
from typing import IO, Final

_CHUNK: Final = 1024 * 1024


def give(pipe: IO[bytes], lines: Iterable[bytes]) -> None:
    """Write lines and close; one who stops reading early is left to say why on its own pipe."""
    try:
        for line in lines:
            if not _written(pipe, line):
                break
    finally:
        with suppress(BrokenPipeError):
            pipe.close()


def _written(pipe: IO[bytes], line: bytes) -> bool:
    try:
        pipe.write(line)
    except BrokenPipeError:
        return False
    return True


class TooSlow(Exception):
    """The other process took more time than it had."""


class Pipe:
    """The lines of a descriptor; waiting for them takes at most `seconds` in all.

    Only the waiting counts: whoever reads the lines may take their time.
    """

    def __init__(self, descriptor: int, seconds: float) -> None:
        self._descriptor = descriptor
        self._left = seconds
        self._poll = poll()
        self._poll.register(descriptor, POLLIN)
        self._lines: deque[bytes] = deque()
        self._begun: list[bytes] = []

    def line(self) -> bytes | None:
        """Give the next line; None at the end. Raises `TooSlow`."""
        while not self._lines:
            chunk = self._chunk()
            if not chunk:
                return None
            first, *rest = chunk.split(b"\n")
            self._begun.append(first)
            for part in rest:
                self._lines.append(b"".join(self._begun))
                self._begun = [part]
        return self._lines.popleft()

    def _chunk(self) -> bytes:
        begin = time.monotonic()
        ready = self._poll.poll(max(self._left, 0) * 1000)
        self._left -= time.monotonic() - begin
        if not ready:
            raise TooSlow
        return os.read(self._descriptor, _CHUNK)
