"""One connection, to the very number that was looked at."""

from __future__ import annotations

import ssl
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from socket import SHUT_RDWR, socket

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from accession import Reason
from ingest.fetch.names import proxy_unused
from ingest.fetch.target import Target
from ingest.zips import Refused


@dataclass(eq=False, slots=True)
class Line:
    """A connection, and its socket, which the connection forgets once an answer is to end with it."""

    connection: HTTPConnection
    sock: socket | None = None

    @classmethod
    def to(cls, target: Target, number: str, seconds: float) -> Line:
        """Give a line to that number and no other, to be connected within so many seconds.

        The host's name is for the server, and for its certificate.
        """
        if target.scheme == "http":
            return cls(HTTPConnection(number, target.port, timeout=seconds))
        context, name = trust(), target.host
        connection = HTTPSConnection(
            number, target.port, timeout=seconds, ssl_context=context, server_hostname=name
        )
        return cls(connection)

    def connect(self) -> None:
        """Connect; raises OSError or HTTPError."""
        self.connection.connect()
        self.sock = self.connection.sock

    def shut(self) -> None:
        """Let nothing more through, so that whoever waits goes on."""
        for sock in (self.sock, self.connection.sock):
            if sock is not None:
                with suppress(OSError):  # as a plain socket: TLS would forget its state in use
                    socket.shutdown(sock, SHUT_RDWR)


@cache
def trust() -> ssl.SSLContext:
    """Trust whom the system trusts; where it names nobody, as Python on macOS may, Mozilla's list."""
    paths = ssl.get_default_verify_paths()
    if paths.cafile or paths.capath:
        return ssl.create_default_context()
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


def unconnected(target: Target, error: Exception) -> Refused:
    """Say why there is no connection."""
    if isinstance(error, HTTPError) and isinstance(error.__cause__, OSError):
        error = error.__cause__
    if isinstance(error, ssl.SSLCertVerificationError):
        return Refused(Reason.UNREACHABLE, f"its certificate is not valid: {error.verify_message}")
    if isinstance(error, ssl.SSLError):
        return Refused(Reason.UNREACHABLE, f"no safe connection: {error.reason or 'TLS failed'}")
    said = getattr(error, "strerror", None) or "no answer"
    return Refused(Reason.UNREACHABLE, f"no connection to {target.named}: {said}{proxy_unused()}")
