"""Where in one document the words of a plan stand: one meaning for every engine, and for marks.

A *span* is the positions of a word (twice the same) or of a phrase's first and last word. What a
plan of several words gives are the spans of those words that take part: `a NEAR/5 b` gives every
a with a b close to it, and every b with an a close to it. So what is joined can be joined again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Protocol

from search.layout import HEADLINE
from search.plan import AnyOf, Following, Forms, Near, Often, Plan, Window, Within, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from search.layout import Layout
    from search.plan import Leaf

Span = tuple[int, int]


class Places(Protocol):
    """One document's positions, as an index or a text knows them."""

    @property
    def layout(self) -> Layout:
        """How the document's words lie."""

    def positions(self, leaf: Leaf) -> Sequence[int]:
        """Give the positions of a leaf, ascending, each once."""


def spans(plan: Plan, places: Places) -> list[Span]:  # noqa: PLR0911 - one for each kind
    """Give the spans of a positional plan, ascending, each once; empty where it does not match."""
    match plan:
        case Word() | Forms():
            return [(at, at) for at in places.positions(plan)]
        case AnyOf(plans):
            return sorted(set().union(*[spans(part, places) for part in plans]))
        case Following(plans):
            return _following([spans(part, places) for part in plans])
        case Near():
            return _near(plan, places)
        case Window(plans, distance):
            return _window([spans(part, places) for part in plans], distance)
        case Within(zone, part):
            return _within(zone, spans(part, places), places.layout)
        case Often(count, part):
            found = spans(part, places)
            return found if len(found) >= count else []
        case _:
            raise TypeError(f"{type(plan).__name__} has no places")


def _following(rows: list[list[Span]]) -> list[Span]:
    """Join spans that begin where those before end."""
    found = rows[0]
    for row in rows[1:]:
        ends: dict[int, list[int]] = {}
        for start, end in row:
            ends.setdefault(start, []).append(end)
        found = [(first, end) for first, last in found for end in ends.get(last + 1, ())]
    return sorted(set(found))


def _within(zone: str, found: list[Span], layout: Layout) -> list[Span]:
    if zone == HEADLINE:  # asked for most, and known without unpacking the rest
        return [span for span in found if span[0] < layout.headline]
    return [span for span in found if layout.at(span[0]).zone == zone]


def _near(plan: Near, places: Places) -> list[Span]:
    left, right = spans(plan.left, places), spans(plan.right, places)
    beside_right = _closeness(plan, right, places, behind=not plan.backward)
    if plan.lacking:
        return [span for span in left if not beside_right(span)]
    beside_left = _closeness(plan, left, places, behind=plan.backward)
    kept = {span for span in left if beside_right(span)}
    kept.update(span for span in right if beside_left(span))
    return sorted(kept)


def _closeness(
    plan: Near, others: list[Span], places: Places, *, behind: bool
) -> Callable[[Span], bool]:
    """Give the test whether one of other spans is close to a span.

    Two spans that overlap are one place, not two close to each other. In an ordered Near the
    others have to come `behind` the span, or before it.
    """
    if plan.unit == "word":
        starts, ends = [start for start, _ in others], sorted(end for _, end in others)
        reach, either = plan.distance, not plan.ordered
        return lambda span: (
            ((behind or either) and _has(starts, span[1] + 1, span[1] + reach))
            or ((either or not behind) and _has(ends, span[0] - reach, span[0] - 1))
        )
    number = places.layout.sentence if plan.unit == "sentence" else places.layout.paragraph
    groups: dict[int, list[Span]] = {}
    for other in others:
        groups.setdefault(number(other[0]), []).append(other)
    return lambda span: any(not overlap(span, other) for other in groups.get(number(span[0]), ()))


def _has(numbers: list[int], low: int, high: int) -> bool:
    """Tell whether one of ascending numbers lies from low to high."""
    at = bisect_left(numbers, low)
    return at < len(numbers) and numbers[at] <= high


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans have a position in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _window(rows: list[list[Span]], distance: int) -> list[Span]:
    """Keep spans that begin in a window where each row has one that begins at a place of its own."""
    if len(rows) > distance + 1:
        return []
    starts = [sorted({start for start, _ in row}) for row in rows]
    kept: set[int] = set()
    for first in sorted(set().union(*starts)):
        last = first + distance
        inside = [row[bisect_left(row, first) : bisect_right(row, last)] for row in starts]
        if all(inside) and seated(inside):
            kept.update(start for row in inside for start in row)
    return sorted({span for row in rows for span in row if span[0] in kept})


def seated(rows: Sequence[Sequence[int]]) -> bool:
    """Tell whether every row can have a place of its own (a bipartite matching: Kuhn 1955)."""
    taken: dict[int, int] = {}

    def seat(row: int, tried: set[int]) -> bool:
        for place in rows[row]:
            if place not in tried:
                tried.add(place)
                if place not in taken or seat(taken[place], tried):
                    taken[place] = row
                    return True
        return False

    return all(seat(row, set()) for row in range(len(rows)))
