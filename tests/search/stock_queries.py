# mypy: allow-untyped-calls, disable-error-code="misc, attr-defined"
# (Whoosh is typed in part)
"""Plans as queries of stock Whoosh, with the scores that `search.scoring` defines.

Whoosh finds the documents, walks their posting lists, judges which places are close to each other,
and adds up; only what a word or a group of places is worth is told to it, by a weighting model, and
that from Whoosh's own counts. Sums of three and more are nested two by two from the left: Whoosh
adds them in an order of its own, and floating point remembers the order.
"""

from __future__ import annotations

from functools import cache, reduce
from typing import TYPE_CHECKING, Any

from whoosh.query import (
    And,
    AndNot,
    ColumnQuery,
    Every,
    NullQuery,
    NumericRange,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from whoosh.query.spans import SpanNear2
from whoosh.query.terms import MultiTerm

from search import plan as plans
from search.patterns import Globbed, Pattern, Starts
from search.plan import Plan, Word
from search.scoring import CONSTANT
from tests.search.oracle import stands_for
from tests.search.stock_index import ZONES
from tests.search.stock_scores import Constant, Placed, Weighed, Worth
from tests.search.stock_spans import Choosing, lacking, near, often

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from whoosh.reading import IndexReader
    from whoosh.searching import Searcher


class Inexpressible(Exception):
    """Whoosh knows nothing like it."""


class Stock:
    """Answers plans with Whoosh's own searcher, on an index of its own kind or on ours."""

    def __init__(self, reader: IndexReader, searcher: Callable[..., Searcher]) -> None:
        words, documents = list(reader.column_reader("words")), reader.doc_count_all()
        self._worth = Worth(reader, sum(words) / (documents or 1) or 1.0)
        self._searcher = searcher(weighting=self._worth)
        self._ids = [int(number) for number in reader.column_reader("number")]
        keys = list(reader.lexicon("exact"))
        self._stand_for = cache(
            lambda pattern: [key for key in keys if stands_for(pattern, key.decode())]
        )
        self._columns = not reader.schema["first_day"].indexed

    def close(self) -> None:
        self._searcher.close()

    def search(self, plan: Plan) -> list[tuple[int, float]]:
        """Give (id, score) of all documents that match, the best first."""
        results = self._searcher.search(self.query(plan), limit=None)
        found = [(self._ids[number], score or 0.0) for number, score in results.items()]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def query(self, plan: Plan) -> Query:  # noqa: PLR0911 - one for each kind
        match plan:
            case Word("text", term, 1.0):
                return Term("text", term)
            case Word("text"):
                return Weighed(plan)
            case Word(field, term):
                return Constant(Term(field, term), 0.0)
            case plans.Forms(field, pattern):
                return Constant(self._forms(field, pattern), CONSTANT if field == "exact" else 0.0)
            case plans.All(parts) if parts:
                return reduce(lambda a, b: And([a, b]), map(self.query, parts))
            case plans.AnyOf(parts):
                return _any(list(map(self.query, parts)))
            case plans.But(part):
                return Constant(_not(self.query(part)), 0.0)
            case plans.Between():
                return Constant(self._between(plan), 0.0)
            case plans.Everything():
                return Constant(Every(), 0.0)
        return Placed(self._places(plan), self._worth, plan)

    def _forms(self, field: str, pattern: Pattern) -> Query:
        """Give a pattern as Whoosh's own, where it has one for keys that join form and spelling."""
        if isinstance(pattern, Starts):
            return Prefix(field, pattern.prefix)
        if isinstance(pattern, Globbed) and not field.startswith("exact"):
            return Wildcard(field, pattern.text)
        return Keys(field, self._stand_for(pattern))

    def _between(self, plan: plans.Between) -> Query:
        lies = self._lies
        if plan.field == "added":
            return lies("added", plan.low, plan.high)
        if not plan.perhaps:
            return And([lies("first_day", plan.low, None), lies("last_day", None, plan.high)])
        undated = _not(lies("first_day", 1, None))
        return Or(
            [undated, And([lies("first_day", None, plan.high), lies("last_day", plan.low, None)])]
        )

    def _lies(self, field: str, low: int | None, high: int | None) -> Query:
        if not self._columns:
            return NumericRange(field, low, high)
        least, most = 1 if low is None else low, 10**12 if high is None else high
        return And([Values(field, lambda value: least <= value <= most), Every()])

    def _places(self, plan: Plan, zone: str = "") -> Query:  # noqa: PLR0911 - one for each kind
        """Give the spans of a positional plan, in the whole text or of one zone."""
        match plan:
            case Word(field, term):
                return Term(field + zone, term)
            case plans.Forms(field, pattern):
                return self._forms(field + zone, pattern)
            case plans.AnyOf(parts):
                return _any([self._places(part, zone) for part in parts])
            case plans.Following(parts):
                words = [part for part in parts if isinstance(part, Word)]
                if len(words) == len(parts):
                    return Phrase(words[0].field + zone, [word.term for word in words])
                return SpanNear2([self._places(part, zone) for part in parts])
            case plans.Within(name, part) if not zone and name in ZONES and not self._columns:
                return self._places(part, f"_{name}")
            case plans.Often(count, part) if not zone:
                return Choosing(self._places(part), often(count))
            case plans.Near(unit="word") if not zone and length(plan):
                return self._near(plan)
        raise Inexpressible(plan)

    def _near(self, plan: plans.Near) -> Query:
        left, right = self._places(plan.left), self._places(plan.right)
        if plan.ordered and plan.backward and not plan.lacking:
            left, right = right, left
        if plan.lacking:
            flags = {"ordered": plan.ordered, "backward": plan.backward}
            return lacking(left, right, plan.distance, **flags)
        return near(left, right, plan.distance, ordered=plan.ordered)


def _any(queries: list[Query]) -> Query:
    return reduce(lambda a, b: Or([a, b]), queries) if queries else NullQuery


def _not(query: Query) -> Query:
    """Whoosh's Not may give deleted documents, its AndNot does not."""
    return AndNot(Every(), query)


def length(plan: Plan) -> int:
    """Give how many words each place of a plan takes; 0 where that differs."""
    match plan:
        case Word() | plans.Forms():
            return 1
        case plans.Following(parts):
            some = [length(part) for part in parts]
            return sum(some) if all(some) else 0
        case _:
            lengths = {length(part) for part in plans.parts(plan)}
            return lengths.pop() if len(lengths) == 1 else 0


class Keys(MultiTerm):
    """Some keys of a field, any of them."""

    boost, constantscore = 1.0, True

    def __init__(self, field: str, keys: Sequence[bytes]) -> None:
        self.fieldname, self.keys = field, keys

    def _btexts(self, ixreader: Any) -> list[bytes]:
        return [key for key in self.keys if (self.fieldname, key) in ixreader]


class Values(ColumnQuery):
    """Documents by their values in a column, of deleted ones too."""

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())
