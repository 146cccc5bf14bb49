"""Reading files in processes of their own, which may be lost without loss."""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType, TracebackType
from typing import IO, Self, cast

from accession import Reason
from ingest.parsed import Given, Parsed, Unread
from ingest.side_by_side import cores
from ingest.wire import from_line
from ingest.worker import DONE, SECONDS, WORN

PATIENCE = 4
"""How much longer than its processor time an article may take on the clock of a busy machine."""

_CHUNK = 1024 * 1024


class Workers:
    """Processes that read files, begun when one is needed. Use it in a `with`, or close it.

    Several threads may read at once, each with a process of its own. `password` opens files that are
    encrypted; `seconds` is the processor time that an article may take. `columns` is what the person
    says of a table's columns, by value; `notify` is told, in a line, how a file is going to be read.
    `processes` is how many may read at once: as many as there are cores, where nothing is said.
    """

    def __init__(
        self,
        password: str | None = None,
        seconds: int = SECONDS,
        columns: Mapping[str, str] = MappingProxyType({}),
        notify: Callable[[str], None] = lambda _: None,
        processes: int | None = None,
    ) -> None:
        self.password = password
        self.columns = columns
        self.notify = notify
        self.processes = processes or cores()
        self._seconds = seconds
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; to a thread that waits for one, its file is lost."""
        for worker in list(self._busy):
            worker.kill()
        while self._idle:
            self._idle.pop().end()

    def parse(self, module: str, given: Given) -> list[Parsed | Unread]:
        """Read a file by a format's module, such as `ingest.html.reader`: a result an article.

        Where the process is lost, what it had read of the file is given, and an `Unread` that says
        why there is no more: `TIMEOUT` or `KILLED`.
        """
        return list(self.results(module, given))

    def results(self, module: str, given: Given) -> Generator[Parsed | Unread, None, None]:
        """Read a file as `parse` does, and give each result as it comes."""
        worker = self._idle.pop() if self._idle else _Worker()
        self._busy.add(worker)
        try:
            yield from worker.results(module, given, self._seconds)
        finally:  # after Ctrl-C too: its answer must not be taken for the next file's
            self._busy.discard(worker)
            if worker.ready:
                self._idle.append(worker)
            else:
                worker.end()


class _Worker:
    """One process; it is `ready` when it can read another file."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._input = cast("IO[bytes]", self._process.stdin)
        self._output = cast("IO[bytes]", self._process.stdout)
        self._late = False
        self.ready = True

    def results(self, module: str, given: Given, seconds: int) -> Iterator[Parsed | Unread]:
        """Give a file's results as they come."""
        self.ready = False
        self._ask(module, given, seconds)
        for line in self._lines(PATIENCE * seconds):
            if line in {DONE, WORN}:
                self.ready = line == DONE
                return
            try:
                result = from_line(line)
            except (ValueError, TypeError, KeyError, AttributeError):
                break
            yield result
        yield self._loss(seconds)

    def kill(self) -> None:
        """End the process while another thread waits for it."""
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it is at."""
        with suppress(BrokenPipeError):
            self._input.close()
        self._process.kill()
        self._process.wait()
        self._output.close()

    def _ask(self, module: str, given: Given, seconds: int) -> None:
        request = {
            "module": module,
            "seconds": seconds,
            "name": given.name,
            "password": given.password,
            "url": given.url,
            "charset": given.charset,
            "size": len(given.data),
        }
        with suppress(BrokenPipeError):  # the missing answer will say so
            for part in (json.dumps(request).encode() + b"\n", given.data):
                left = memoryview(part)
                while left:
                    left = left[self._input.write(left) :]

    def _lines(self, patience: float) -> Iterator[bytes]:
        """Yield the lines of the answer until its end or the process's; no line takes longer than that."""
        begun: list[bytes] = []
        while chunk := self._chunk(patience):
            *lines, rest = chunk.split(b"\n")
            for line in lines:
                yield b"".join((*begun, line))
                begun = []
            begun.append(rest)

    def _chunk(self, patience: float) -> bytes:
        ready, _, _ = select.select([self._output], [], [], patience)
        self._late = not ready
        return self._output.read(_CHUNK) if ready else b""

    def _loss(self, seconds: int) -> Unread:
        if not self._late:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        if self._late or self._process.poll() == -signal.SIGXCPU:
            return Unread(Reason.TIMEOUT, f"reading it took more than {seconds} seconds")
        return Unread(Reason.KILLED, "its parser crashed; the file may be damaged")
