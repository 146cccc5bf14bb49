"""Plans as Tantivy's queries."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur, Query

from search.held import FIELDS
from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Following,
    Forms,
    Near,
    Plan,
    Window,
    Within,
    Word,
)
from search.scoring import CONSTANT
from search.tantivy_codes import coded
from search.tantivy_fields import zoned
from search.tantivy_plans import as_near, choices, widened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import tantivy

    Keys = Callable[[Forms], Sequence[str]]
    Verified = Mapping[Plan, set[int]]


class Queries:
    """Makes queries over one schema; `keys` gives the keys that a pattern stands for."""

    def __init__(self, schema: tantivy.Schema, keys: Keys, verified: Verified) -> None:
        self._schema = schema
        self._keys = keys
        self._verified = verified

    def query(self, plan: Plan) -> Query:  # noqa: C901, PLR0911 - one for each kind
        """Make the query of a plan that is native or verified, or made of such."""
        if plan in self._verified:
            chosen = self._unscored(self._set("id", list(map(str, self._verified[plan]))))
            return _all([chosen, self.query(widened(plan))])
        match plan:
            case Word():
                return self._word(plan)
            case Forms(field):
                score = CONSTANT if field == "exact" else 0.0
                return Query.const_score_query(self._set(field, self._keys(plan)), score)
            case Following(plans):
                return _any([self._phrase(words) for words in product(*map(choices, plans))])
            case Near() | Window():
                return self._near(plan)
            case Within(zone, part):
                return _any([self._zoned(zone, word) for word in choices(part)])
            case Between():
                return self._unscored(self._between(plan))
            case Everything():
                return self._unscored(Query.all_query())
            case All(plans):
                return self._all(plans)
            case AnyOf(plans):
                return _any([self.query(part) for part in plans])
            case But():
                return self._all((plan,))
        raise TypeError(f"{type(plan).__name__} has to be verified")

    def _word(self, word: Word) -> Query:
        query = Query.term_query(self._schema, word.field, word.term, "freq")
        if word.field != "text":
            return self._unscored(query)
        return query if word.weight == 1.0 else Query.boost_query(query, word.weight)

    def _phrase(self, words: Sequence[Word]) -> Query:
        return self._at(words[0].field, [(n, word.term) for n, word in enumerate(words)])

    def _at(self, field: str, words: list[tuple[int, str]], slop: int = 0) -> Query:
        query = Query.phrase_query(self._schema, field, words, slop)
        return self._unscored(query) if field in FIELDS else query

    def _near(self, plan: Near | Window) -> Query:
        near = plan if isinstance(plan, Near) else as_near(plan)
        pairs = product(choices(near.left), choices(near.right))
        return _any([query for a, b in pairs for query in self._close(near, a, b)])

    def _close(self, near: Near, left: Word, right: Word) -> list[Query]:
        a, b = left.term, right.term
        if near.unit != "word":
            return [self._at(near.unit, [(0, coded(a)), (0, coded(b))])]
        if near.distance == 0:
            return []
        if near.ordered:
            return [self._at(left.field, [(0, a), (n, b)]) for n in range(1, near.distance + 1)]
        orders = [(0, a), (1, b)], [(0, b), (1, a)]
        return [self._at(left.field, words, near.distance - 1) for words in orders]

    def _zoned(self, zone: str, word: Word) -> Query:
        query = Query.term_query(self._schema, "zone", zoned(zone, [word.term]), "basic")
        return _all([self._unscored(query), self._word(word)])

    def _between(self, plan: Between) -> Query:
        if plan.field == "added":
            return self._range("added", plan.low, plan.high)
        if not plan.perhaps:
            first, last = ("first_day", plan.low, None), ("last_day", None, plan.high)
            return _all([self._range(*first), self._range(*last)])
        reaching = (
            self._range("first_day", None, plan.high),
            self._range("last_day", plan.low, None),
        )
        dated = Query.exists_query("first_day")
        undated = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, dated)])
        return _any([_all(list(reaching)), undated])

    def _range(self, field: str, low: int | None, high: int | None) -> Query:
        return Query.range_query(self._schema, field, FieldType.Integer, low, high)

    def _all(self, plans: Sequence[Plan]) -> Query:
        """Join plans; of nothing but NOTs, everything else is what remains."""
        shut_out = [
            (Occur.MustNot, self.query(part.plan)) for part in plans if isinstance(part, But)
        ]
        asked = [self.query(part) for part in plans if not isinstance(part, But)]
        if not asked:
            asked = [self.query(Everything())]
        return Query.boolean_query([*[(Occur.Must, query) for query in asked], *shut_out])

    def _set(self, field: str, keys: Sequence[str]) -> Query:
        return Query.term_set_query(self._schema, field, keys) if keys else Query.empty_query()

    @staticmethod
    def _unscored(query: Query) -> Query:
        return Query.const_score_query(query, 0.0)


def _any(queries: list[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return (
        queries[0]
        if len(queries) == 1
        else Query.boolean_query([(Occur.Should, one) for one in queries])
    )


def _all(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, one) for one in queries])
