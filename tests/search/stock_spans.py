# mypy: allow-untyped-calls, disable-error-code="misc, attr-defined"
# (Whoosh is typed in part)
"""What our NEAR and ATLEAST mean, made of the spans that stock Whoosh finds.

Whoosh's own SpanNear judges which places are close to each other, and gives the stretch from the
one to the other. Ours gives the places themselves, so that what is joined can be joined again:
they are those with which such a stretch begins or ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.matching import NullMatcher
from whoosh.query import Or, Query
from whoosh.query.spans import SpanNear, SpanNot, SpanQuery, SpanWrappingMatcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from whoosh.query.spans import Span

    Chosen = list[Span]


class Choosing(SpanQuery):
    """Chooses spans with a function of a matcher, and with them the documents that have any."""

    def __init__(self, query: Query, choose: Callable[[Any], Chosen]) -> None:
        self.q, self.choose = query, choose

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return ChoosingMatcher(self._subm(searcher, context), self.choose)


class ChoosingMatcher(SpanWrappingMatcher):
    def __init__(self, child: Any, choose: Callable[[Any], Chosen]) -> None:
        self._choose = choose
        super().__init__(child)

    def _get_spans(self) -> Chosen:
        return self._choose(self.child)

    def replace(self, minquality: float = 0) -> Any:
        return self if self.is_active() else NullMatcher()


class Without(SpanNot):
    """Spans of the first query that are not among those of the second."""

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    class _Matcher(SpanNot._Matcher):
        def _get_spans(self) -> Chosen:
            both = self.b.is_active() and self.a.id() == self.b.id()
            taken = set(self.b.spans()) if both else set()
            return [span for span in self.a.spans() if span not in taken]


def often(count: int) -> Callable[[Any], Chosen]:
    def choose(matcher: Any) -> Chosen:
        found: Chosen = matcher.spans()
        return found if len(found) >= count else []

    return choose


def near(left: Query, right: Query, distance: int, *, ordered: bool) -> Query:
    """Spans of either side that are close to one of the other."""
    forward = Choosing(_pairs(left, right, distance), _ends(first=True, second=True))
    if ordered:
        return forward
    return Or([forward, Choosing(_pairs(right, left, distance), _ends(first=True, second=True))])


def lacking(left: Query, right: Query, distance: int, *, ordered: bool, backward: bool) -> Query:
    """Spans of the left side that are not close to one of the right; `backward`: behind it."""
    before = Choosing(_pairs(left, right, distance), _ends(first=True, second=False))
    behind = Choosing(_pairs(right, left, distance), _ends(first=False, second=True))
    if ordered:
        return Without(left, behind if backward else before)
    return Without(left, Or([before, behind]))


def _pairs(first: Query, second: Query, distance: int) -> Query:
    return SpanNear(first, second, slop=distance, ordered=True)


def _ends(*, first: bool, second: bool) -> Callable[[Any], Chosen]:
    """Choose the first or second of each pair of spans: no two begin or end at one place."""

    def choose(matcher: Any) -> Chosen:
        pairs = matcher.spans()
        starts = {pair.start for pair in pairs if first}
        ends = {pair.end for pair in pairs if second}
        found = {span for span in matcher.a.spans() if span.start in starts}
        found.update(span for span in matcher.b.spans() if span.end in ends)
        return sorted(found)

    return choose
