"""Find the addresses that stand by themselves in a text: its own, its author's, related articles'."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_URL = re.compile(r"https?://[^\s<>\"]+$")
_LABELLED = re.compile(
    r"(?:original(?: |-)?(?:url|link|article|source)?|canonical(?: url)?|source(?: url)?|article url|url|link"
    r"|permalink|quelle|lien|enlace|fuente|источник|ссылка|оригинал)\s*:\s*(?P<url>https?://\S+)?$",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"[\w\-./?=&%#~+:;,@!$'()*\[\]]+$")
AUTHOR = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|by|profile|people|journalist|contributor)/[^/]+/?$",
    re.IGNORECASE,
)


SLACK = 12
"""A printer may break an address before its last column, at a hyphen or slash."""


@dataclass(slots=True)
class Addresses:
    """The addresses taken from a text, and the lines left; `cut` is the length of a full URL line."""

    lines: list[str] = field(default_factory=list)
    canonical: str | None = None
    author: str | None = None
    cut: int = 0


def take_addresses(lines: list[str]) -> Addresses:
    """Take the labelled address and the author's out; make every other cut one whole, in its place."""
    if not any("://" in line for line in lines):
        return Addresses(lines)
    return _Taker(lines).take()


def is_address(text: str) -> bool:
    """Whether a text is one address and nothing else."""
    return _URL.fullmatch(text) is not None


class _Taker:
    """Walks over the lines once."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._longest = max((len(line.strip()) for line in lines if "://" not in line), default=0)
        self._found = Addresses()

    def take(self) -> Addresses:
        at = 0
        while at < len(self._lines):
            after = self._labelled(at) or self._lone(at)
            if not after:
                self._found.lines.append(self._lines[at])
            at = after or at + 1
        return self._found

    def _labelled(self, at: int) -> int | None:
        line = self._line(at)
        label = _LABELLED.fullmatch(line) if ":" in line[:40] else None
        if not label or self._found.canonical:
            return None
        start = at if label["url"] else self._next_written(at)
        if not label["url"] and not is_address(self._line(start)):
            return None
        self._found.canonical, after = self._whole(start, label["url"] or self._line(start))
        return after

    def _lone(self, at: int) -> int | None:
        """Take an address with blank lines, or the text's ends, on both sides."""
        if self._line(at - 1) or not is_address(self._line(at)):
            return None
        url, after = self._whole(at, self._line(at))
        if self._line(after):
            return None
        if AUTHOR.search(url) and not self._found.author:
            self._found.author = url
        elif self._heads_the_text(url, at, after):
            self._found.canonical = url
        else:
            self._found.lines.append(url)
        return after

    def _heads_the_text(self, url: str, at: int, after: int) -> bool:
        """Whether an address stands above everything, as people paste it, and is no mere home page."""
        if any(self._lines[:at]) or not any(self._lines[after:]):
            return False
        return bool(urlsplit(url).path.strip("/"))

    def _whole(self, at: int, url: str) -> tuple[str, int]:
        """Join an address that fills its line with the rest of it on the next lines."""
        width = len(self._line(at))
        if width < self._longest - SLACK:
            return url, at + 1
        last = width
        while last >= width - SLACK and _CONTINUED.fullmatch(self._line(at + 1)):
            at += 1
            last = len(self._line(at))
            url += self._line(at)
            self._found.cut = width
        return url, at + 1

    def _next_written(self, at: int) -> int:
        return next((i for i in range(at + 1, min(at + 4, len(self._lines))) if self._lines[i]), at)

    def _line(self, at: int) -> str:
        return self._lines[at].strip() if 0 <= at < len(self._lines) else ""
