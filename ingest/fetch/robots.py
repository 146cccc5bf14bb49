"""What a site lets programs read: its robots.txt, asked for once in a run."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from accession import Reason
from ingest.fetch.exchange import Answer
from ingest.fetch.target import Target, target_of
from ingest.zips import Refused

if TYPE_CHECKING:
    from protego import Protego

AGENT = "Cuttings"
"""The name that a robots.txt may call this program by."""

MOST = 512 * 1024
"""Bytes of a robots.txt that are read, a little more than its standard asks for."""

_FOUND, _CLIENT, _SERVER, _BUSY = 200, 400, 500, 429


class Robots:
    """Knows the robots.txt of each site, got with `get`."""

    def __init__(self, get: Callable[[Target], Answer]) -> None:
        self._get = get
        self._known: dict[str, Protego | Refused] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def check(self, target: Target) -> None:
        """Raise `Refused` where a site does not let an address be read, or cannot say so now."""
        with self._lock:
            mine = self._locks.setdefault(target.origin, Lock())
        with mine:
            if target.origin not in self._known:
                self._known[target.origin] = self._ask(target)
        rules = self._known[target.origin]
        if isinstance(rules, Refused):
            raise Refused(rules.reason, rules.detail)
        if not rules.can_fetch(target.url, AGENT):
            detail = f"the robots.txt of {target.named} asks programs not to read this page; save it from your browser"
            raise Refused(Reason.NOT_ALLOWED, detail)

    def _ask(self, target: Target) -> Protego | Refused:
        from protego import Protego

        try:
            answer = self._get(target_of(f"{target.origin}/robots.txt"))
        except Refused as error:
            if error.reason is Reason.TOO_LARGE:
                return Refused(Reason.NOT_ALLOWED, f"the robots.txt of {target.named} is too large")
            return error
        if answer.status == _FOUND:
            return Protego.parse(answer.data[:MOST].decode("utf-8", "replace"))
        if _CLIENT <= answer.status < _SERVER and answer.status != _BUSY:
            return Protego.parse("")
        detail = f"the robots.txt of {target.named} cannot be read now ({answer.words}), so nothing is; try again later"
        return Refused(Reason.UNREACHABLE, detail)
