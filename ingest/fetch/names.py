"""From a host's name to the numbers that will be connected to, each looked at before."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread

from accession import Reason
from ingest.fetch.networks import is_open
from ingest.fetch.target import Target
from ingest.zips import Refused

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the numeric addresses of a host and port; raises OSError where there are none."""

_SHOWN = 3
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the system, as every other program does."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def numbers_of(
    target: Target, resolver: Resolver, seconds: float, *, private: bool
) -> Sequence[str]:
    """Give the numbers that a host may be connected to by; raises `Refused` where there are none.

    With `private`, all that it has. The answer is waited for no longer than `seconds`.
    """
    found = _within(lambda: resolver(target.host, target.port), seconds, target.host)
    allowed = [number for number in found if private or is_open(number)]
    if not allowed:
        shown = ", ".join(found[:_SHOWN])
        where = "" if shown == target.host else f" ({shown})"
        detail = (
            f"{target.host}{where} is not in the open internet; if it is meant: --allow-private"
        )
        raise Refused(Reason.REFUSED_ADDRESS, detail)
    return allowed


def _within(ask: Callable[[], Sequence[str]], seconds: float, host: str) -> Sequence[str]:
    """Ask in a thread, for the system's own waiting for an answer cannot be cut short."""
    answers: SimpleQueue[Sequence[str] | OSError | UnicodeError] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=run, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except Empty:
        detail = f"no answer to where {host} is, within {seconds:.0f} seconds: is there a network?"
        raise Refused(Reason.UNREACHABLE, detail + proxy_unused()) from None
    if isinstance(found, Exception) or not found:
        detail = f"there is no host {host} to be found; is the name right, and is there a network?"
        raise Refused(Reason.UNREACHABLE, detail + proxy_unused())
    return found


def proxy_unused() -> str:
    """Say that a proxy is not used, where the environment names one: without it there may be no way."""
    named = any(os.environ.get(name) for one in _PROXIES for name in (one, one.upper()))
    return " (the proxy that your environment names is not used)" if named else ""
