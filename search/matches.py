"""The matches in a document's running text, written down in a few bytes each.

Running text is headline, standfirst, dateline, paragraphs and their credits. The names above it are
not part of it: they are often there twice, as a byline and as authors.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from search.layout import ZONES, Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search.spans import Span

Matches = bytes
"""One match after the other: its four numbers, the zone's place in `ZONES` for its name."""

_MATCH = struct.Struct("=4I")


class Match(NamedTuple):
    """One match: its paragraph's ordinal (0: above them), its zone, its first and last word.

    Words are counted from the first one of the paragraph; a credit follows behind the gap that
    `search.layout` leaves between two texts.
    """

    ordinal: int
    zone: str
    first: int
    last: int


def packed(found: Iterable[Span], layout: Layout) -> Matches:
    """Write down the spans in running text, ascending; those that share words become one."""
    written = bytearray()
    for start, end in _merged(found):
        stretch = layout.at(start)
        if stretch.zone == "byline":
            continue
        zone, first = ZONES.index(stretch.zone), layout.first(start)
        written += _MATCH.pack(stretch.ordinal, zone, start - first, end - first)
    return bytes(written)


def count(matches: Matches) -> int:
    """Count matches that were written down."""
    return len(matches) // _MATCH.size


def each(matches: Matches) -> Iterator[Match]:
    """Read matches again."""
    for ordinal, zone, first, last in _MATCH.iter_unpack(matches):
        yield Match(ordinal, ZONES[zone], first, last)


def _merged(found: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
