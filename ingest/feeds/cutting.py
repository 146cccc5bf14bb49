"""A feed cut into its entries, before any of them is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PASSED = rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|"
"""What looks like a tag and is none; to the end of the feed where it has no end."""

_FIRST = re.compile(_PASSED + rb"<((?:\w+:)?(?:item|entry))[\s>]", re.DOTALL)

_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands above the entries, and each of them; False with one that has no end."""

    head: bytes
    entries: Iterator[tuple[bytes, bool]]


def cut(data: bytes) -> Parts:
    """Cut a feed at the tags of its entries, which are named like the first."""
    first = next((found for found in _FIRST.finditer(data) if found[1]), None)
    if first is None:
        return Parts(data, iter(()))
    return Parts(data[: first.start()], _entries(data, first.start(), re.escape(first[1])))


def _entries(data: bytes, start: int, name: bytes) -> Iterator[tuple[bytes, bool]]:
    """Give the entries; one without its end goes as far as the next, and the last has none at all.

    Where the feed itself has no end behind them, it breaks off in one more.
    """
    tag = re.compile(_PASSED + rb"<(/?)" + name + rb"(?:\s[^>]*)?>", re.DOTALL)
    opened, end = None, start
    for found in tag.finditer(data, start):
        if found[1] is None:
            continue
        if opened is not None:
            yield data[opened : found.end() if found[1] else found.start()], True
        opened, end = None if found[1] else found.start(), found.end()
    if opened is not None:
        yield data[opened:], False
    elif not _END.search(data, end):
        yield data[end:], False
