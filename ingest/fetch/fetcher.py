"""A page from the web: asked for politely, followed where it went, and no further than is safe."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from typing import Final

from accession import Reason
from ingest.fetch.exchange import Answer, Exchanges
from ingest.fetch.limits import Limits
from ingest.fetch.names import Resolver, numbers_of, system_resolver
from ingest.fetch.networks import is_open
from ingest.fetch.robots import AGENT, Robots
from ingest.fetch.target import Target, target_of
from ingest.fetch.turns import Turns
from ingest.fetch.unpacking import ACCEPTED
from ingest.zips import Refused

FOUND: Final = 200
UNCHANGED: Final = 304
GONE: Final = 410
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_BUSY = frozenset({429, 503})
_ACCEPT = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.8"


@dataclass(frozen=True, slots=True)
class Page:
    """What came for an address: `url` is where it was found at last.

    `moved` is where it went for good, the first redirects all being of that kind. `status` is
    `FOUND`, or `UNCHANGED` where that was asked.
    """

    asked: str
    url: str
    moved: str | None
    status: int
    headers: Mapping[str, str]
    data: bytes


class BadStatus(Refused):
    """A server's answer that is no page; `status` is its number."""

    def __init__(self, answer: Answer, target: Target) -> None:
        super().__init__(Reason.HTTP_STATUS, f"{target.named} answers {answer.words}")
        self.status = answer.status


class Fetcher:
    """Gets pages; several threads may ask at once. Close it.

    `private` lets it connect to what is not in the open internet. Proxies that the environment
    names are not used: what they connect to could not be looked at.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        resolver: Resolver = system_resolver,
        *,
        private: bool = False,
    ) -> None:
        self._limits = limits or Limits()
        self._resolver = resolver
        self._private = private
        self._exchanges = Exchanges(self._limits)
        self._turns = Turns(self._limits)
        self._robots = Robots(lambda target: self._follow(target, {}, lambda _: None).answer)

    def close(self) -> None:
        """End what is under way; nothing more is asked."""
        self._turns.stop()
        self._exchanges.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """Get a page. Raises `Refused`, a `BadStatus` where a server says no."""
        asked = target_of(url)
        found = self._follow(asked, headers or {}, self._robots.check)
        usable = {FOUND, UNCHANGED} if headers else {FOUND}
        if found.answer.status not in usable:
            raise BadStatus(found.answer, found.target)
        _refuse_front_page(asked, found.target)
        return Page(
            url,
            found.target.url,
            found.moved,
            found.answer.status,
            found.answer.headers,
            found.answer.data,
        )

    def _follow(
        self, target: Target, headers: Mapping[str, str], check: Callable[[Target], None]
    ) -> _Found:
        """Ask for an address, and for those that it sends on to; each is checked like the first."""
        left, moved, for_good = self._limits.whole, None, True
        for _ in range(self._limits.redirects + 1):
            check(target)
            if left <= 0:
                raise self._exchanges.late()
            answer, took = self._patiently(target, headers, left)
            left -= took
            location = answer.headers.get("location", "")
            if answer.status not in _MOVED or not location:
                return _Found(target, answer, moved)
            target = target.at(location)
            for_good = for_good and answer.status in _FOR_GOOD
            moved = target.url if for_good else moved
        detail = f"it leads on more than {self._limits.redirects} times"
        raise Refused(Reason.UNREACHABLE, detail)

    def _patiently(
        self, target: Target, headers: Mapping[str, str], seconds: float
    ) -> tuple[Answer, float]:
        """Ask, and ask again later where the host is busy; give the answer and the time it took."""
        for attempt in range(1, self._limits.tries + 1):
            with self._turns.turn(target.host):
                begun = time.monotonic()
                answer = self._once(target, headers, seconds)
                took = time.monotonic() - begun
                if answer.status not in _BUSY:
                    break
                wanted = _asked_for(answer)
                self._turns.leave(target.host, 2.0**attempt if wanted is None else wanted)
        return answer, took

    def _once(self, target: Target, headers: Mapping[str, str], seconds: float) -> Answer:
        within = min(self._limits.connect, seconds)
        begun = time.monotonic()
        numbers = numbers_of(target, self._resolver, within, private=self._private)
        left = seconds - (time.monotonic() - begun)
        try:
            return self._exchanges.get(target, numbers, {**_introduction(), **headers}, left)
        finally:
            if is_open(numbers[0]):  # machines of one's own need no rest
                self._turns.leave(target.host, self._limits.pause)


@dataclass(frozen=True, slots=True)
class _Found:
    target: Target
    answer: Answer
    moved: str | None


@cache
def _introduction() -> Mapping[str, str]:
    """Say who asks, and what it can read."""
    agent = f"{AGENT}/{version('cuttings')} (keeps press articles for one reader)"
    return {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED}


def _asked_for(answer: Answer) -> float | None:
    """Give the seconds that a busy host asks for, as a number or as a time; None where it says nothing."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max((at - datetime.now(UTC)).total_seconds(), 0.0)


def _refuse_front_page(asked: Target, found: Target) -> None:
    """Refuse a site's front page in the place of one of its articles: that is how many say `gone`."""
    same = asked.host.removeprefix("www.") == found.host.removeprefix("www.")
    if same and found.path == "/" and asked.path != "/":
        detail = f"the page is gone: {asked.named} leads to its front page instead"
        raise Refused(Reason.HTTP_STATUS, detail)
