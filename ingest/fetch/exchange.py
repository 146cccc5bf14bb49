"""One request and its answer, within a time and a size."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, responses
from threading import Lock, Timer

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from accession import Reason
from ingest.fetch.limits import Limits
from ingest.fetch.line import Line, unconnected
from ingest.fetch.target import Target
from ingest.fetch.unpacking import unpacked
from ingest.zips import Refused

_PIECE = 1 << 16
_OK = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, headers by names in lower case, and the body, unpacked; empty but for a 200."""

    status: int
    headers: Mapping[str, str]
    data: bytes = b""

    @property
    def words(self) -> str:
        """The status as people know it: `404 Not Found`."""
        return f"{self.status} {responses.get(self.status, '')}".strip()


class Exchanges:
    """Makes requests; `close` ends those that are under way, from another thread."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: set[Line] = set()
        self._lock = Lock()
        self._closed = False

    def close(self) -> None:
        """End what is under way; nothing more is asked."""
        with self._lock:
            self._closed = True
            for line in self._open:
                line.shut()

    def get(
        self, target: Target, numbers: Sequence[str], headers: Mapping[str, str], seconds: float
    ) -> Answer:
        """Ask for an address at the first of its numbers that answers; raises `Refused`."""
        until = time.monotonic() + seconds
        connected_by = time.monotonic() + min(self._limits.connect, seconds)
        for left, number in zip(range(len(numbers), 0, -1), numbers, strict=True):
            share = max((connected_by - time.monotonic()) / left, 0.01)
            line = Line.to(target, number, share)
            with self._within(line, until):
                if self._connects(line, target, last=left == 1):
                    return self._asked(line.connection, target, headers, until)
        raise Refused(Reason.UNREACHABLE, f"{target.named} has no address")

    def _connects(self, line: Line, target: Target, *, last: bool) -> bool:
        """Connect; that it fails is told where there is no other number to try."""
        try:
            line.connect()
        except (HTTPError, OSError) as error:
            if last or isinstance(error, ssl.SSLError):
                raise unconnected(target, error) from error
            return False
        return True

    def _asked(
        self, connection: HTTPConnection, target: Target, headers: Mapping[str, str], until: float
    ) -> Answer:
        try:
            return self._answer(connection, target, headers, until)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise self._broken(error, until) from error

    def _answer(
        self, connection: HTTPConnection, target: Target, headers: Mapping[str, str], until: float
    ) -> Answer:
        connection.timeout = max(until - time.monotonic(), 0.01)
        connection.request(
            "GET",
            target.path,
            headers={"Host": target.named, **headers},
            preload_content=False,
        )
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.headers.items()}
        try:
            data = self._body(response) if response.status == _OK else b""
        finally:
            response.close()
        if self._closed:  # and so may be an end that was only the connection's
            raise _stopped()
        if time.monotonic() >= until:
            raise self.late()
        return Answer(response.status, told, data)

    def _body(self, response: HTTPResponse) -> bytes:
        """Unpack a body piece by piece, so that a bomb is seen before it goes off."""
        pieces, size = [], 0
        packed = response.stream(_PIECE, decode_content=False)
        for piece in unpacked(packed, response.headers.get("content-encoding", "")):
            size += len(piece)
            if size > self._limits.most:
                detail = f"over {self._limits.most / (1 << 20):.0f} MB, too large for a page"
                raise Refused(Reason.TOO_LARGE, detail)
            pieces.append(piece)
        return b"".join(pieces)

    @contextmanager
    def _within(self, line: Line, until: float) -> Iterator[None]:
        """Cut a connection off at its time: a server that gives a byte now and then is late for none."""
        timer = Timer(max(until - time.monotonic(), 0), line.shut)
        timer.daemon = True
        with self._lock:
            if self._closed:
                raise _stopped()
            self._open.add(line)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            with self._lock:
                self._open.discard(line)
            line.connection.close()

    def _broken(self, error: Exception, until: float) -> Refused:
        if time.monotonic() >= until or isinstance(error, TimeoutError):
            return self.late()
        said = " ".join(str(error).split())[:120]
        return Refused(Reason.UNREACHABLE, f"the connection broke off: {said}")

    def late(self) -> Refused:
        """Say that a page has had its time."""
        detail = f"the page did not come within {self._limits.whole:.0f} seconds"
        return Refused(Reason.TIMEOUT, detail)


def _stopped() -> Refused:
    return Refused(Reason.UNREACHABLE, "stopped before it was there")
