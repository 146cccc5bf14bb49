"""One committed state of a Tantivy index, and what plans find in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tantivy import Occur, Order, Query

from search.engine import Hit, Result, Sort
from search.kept import Kept
from search.patterns import MOST_FORMS, PatternTooWide
from search.plan import Forms, Plan
from search.scoring import CONSTANT, Weigher
from search.tantivy_plans import residuals, scored
from search.tantivy_queries import Queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import tantivy

    from search.patterns import Pattern
    from search.plan import Word

    _Match = tuple[int, float, tantivy.DocAddress]  # id, score, place

_MARGIN = 20  # hits that are asked for beyond a page, to see whether a tie ends there
_GROWTH = 8


class Snapshot:
    """A searcher, and what was found out through it."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._keys: dict[tuple[str, Pattern], list[str]] = {}
        self._all_keys: dict[str, list[str]] = {}
        self._weigher: Weigher | None = None

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return int(self._searcher.num_docs)

    def search(self, plan: Plan, limit: int, offset: int, sort: Sort) -> Result:
        """Find documents; see Engine."""
        query, count = self._query(plan), offset + limit
        if sort == "date":
            total, found = self._by_date(query, count)
        elif scored(plan) and not isinstance(plan, Forms):
            total, found = self._by_score(query, count)
        else:
            score = CONSTANT if scored(plan) else 0.0
            total, found = self._by_number(query, count, score)
        page = [] if not limit else found[offset:]
        revisions = self._values("revision", [address for _, _, address in page])
        hits = zip(page, revisions, strict=True)
        return Result(
            total, tuple([Hit(id_, revision, score) for (id_, score, _), revision in hits])
        )

    def ids(self, plan: Plan) -> set[int]:
        """Find the ids of all documents that match."""
        return set(self._values("number", self._addresses(self._query(plan))))

    def held(self, plan: Plan) -> Iterator[Kept]:
        """Give all documents that match, with all their words."""
        return map(self._kept, self._addresses(self._query(plan)))

    def revisions(self) -> Iterator[tuple[int, int]]:
        """Give id and revision of every document."""
        addresses = self._addresses(Query.all_query())
        numbers = self._values("number", addresses)
        return zip(numbers, self._values("revision", addresses), strict=True)

    def forms(self, field: str, pattern: Pattern) -> dict[str, int]:
        """Count the documents that hold each key a pattern stands for; see Engine."""
        keys = self.keys(field, pattern)
        counts = {key: self._count(Query.term_query(self._schema, field, key)) for key in keys}
        return {key: count for key, count in counts.items() if count}

    def keys(self, field: str, pattern: Pattern) -> list[str]:
        """Give the keys that a pattern stands for; raises PatternTooWide."""
        if (field, pattern) not in self._keys:
            looked_up = [key for key in pattern.keys if self._searcher.doc_freq(field, key)]
            if pattern.scan is not None:
                looked_up += self._beginning(field, pattern.scan)
            chosen = pattern.chosen(looked_up)
            if len(chosen) > MOST_FORMS:
                raise PatternTooWide(str(pattern))
            self._keys[field, pattern] = chosen
        return self._keys[field, pattern]

    def weigher(self) -> Weigher:
        """Give what weighs plans; deleted documents count until they are merged away."""
        if self._weigher is None:
            found = self._searcher.aggregate(
                Query.all_query(), {"words": {"avg": {"field": "words"}}}
            )
            mean = found["words"]["value"] or 1.0
            self._weigher = Weigher(self.documents, mean, self._holding)
        return self._weigher

    def _holding(self, word: Word) -> int:
        return int(self._searcher.doc_freq(word.field, word.term))

    def _beginning(self, field: str, prefix: str) -> list[str]:
        """Give the keys that begin so; all keys of a field are read only once."""
        if not prefix and field in self._all_keys:
            return self._all_keys[field]
        keys = [key for key, _ in self._searcher.terms_with_prefix(field, prefix)]
        if not prefix:
            self._all_keys[field] = keys
        return keys

    def _query(self, plan: Plan) -> Query:
        """Make the query of a plan; what Tantivy cannot answer is found out first."""
        verified: dict[Plan, set[int]] = {}
        keys = _Bounded(self.keys)
        for part, wider in residuals(plan):
            addresses = self._addresses(Queries(self._schema, keys, {}).query(wider))
            holding = [at for at in addresses if self._kept(at).holds(part)]
            verified[part] = verified.get(part, set()).union(self._values("number", holding))
        return Queries(self._schema, keys, verified).query(plan)

    def _by_score(self, query: Query, count: int) -> tuple[int, list[_Match]]:
        """Give the best; asks for more until a tie at the end of the page is seen to end."""
        room = count + _MARGIN
        while True:
            found = self._searcher.search(query, room)
            hits = found.hits
            if len(hits) >= found.count or hits[-1][0] < hits[max(count, 1) - 1][0]:
                break
            room *= _GROWTH
        numbers = self._values("number", [address for _, address in hits])
        matches = [(number, score, at) for number, (score, at) in zip(numbers, hits, strict=True)]
        return found.count, sorted(matches, key=lambda match: (-match[1], match[0]))[:count]

    def _by_number(self, query: Query, count: int, score: float) -> tuple[int, list[_Match]]:
        """Give those with the lowest ids: all have one score."""
        found = self._searcher.search(
            query, max(count, 1), order_by_field="number", order=Order.Asc
        )
        return found.count, [(number, score, at) for number, at in found.hits]

    def _by_date(self, query: Query, count: int) -> tuple[int, list[_Match]]:
        """Give the newest; what each scores is asked for apart."""
        found = self._searcher.search(query, max(count, 1), order_by_field="newest")
        addresses = [address for _, address in found.hits]
        numbers = self._values("number", addresses)
        scores = self._scores(query, numbers)
        return found.count, [(n, scores[n], at) for n, at in zip(numbers, addresses, strict=True)]

    def _scores(self, query: Query, numbers: Sequence[int]) -> dict[int, float]:
        """Give the scores of documents that match."""
        chosen = Query.term_set_query(self._schema, "id", list(map(str, numbers)))
        both = [(Occur.Must, query), (Occur.Must, Query.const_score_query(chosen, 0.0))]
        hits = self._searcher.search(Query.boolean_query(both), max(len(numbers), 1)).hits
        found = self._values("number", [address for _, address in hits])
        return dict(zip(found, [score for score, _ in hits], strict=True))

    def _addresses(self, query: Query) -> list[tantivy.DocAddress]:
        """Give all documents that match, in no order."""
        hits = self._searcher.search(query, max(self.documents, 1), count=False).hits
        return [address for _, address in hits]

    def _values(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        return list(self._searcher.fast_field_values(field, addresses))

    def _count(self, query: Query) -> int:
        return int(self._searcher.search(query, 1).count)

    def _kept(self, address: tantivy.DocAddress) -> Kept:
        return Kept(bytes(self._searcher.doc(address).get_first("kept")))


class _Bounded:
    """The keys of the patterns of one query, which together must not be too many."""

    def __init__(self, keys: Callable[[str, Pattern], list[str]]) -> None:
        self._keys = keys
        self._found: dict[Forms, list[str]] = {}

    def __call__(self, forms: Forms) -> list[str]:
        """Give the keys of a pattern; raises PatternTooWide."""
        if forms not in self._found:
            self._found[forms] = self._keys(forms.field, forms.pattern)
            if sum(map(len, self._found.values())) > MOST_FORMS:
                raise PatternTooWide("what is written with *, ? and ~")
        return self._found[forms]
