"""The in-memory twin: the engine's contract in as few lines as it takes, for tests."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from search import bm25
from search.engine import DocumentsRejected, Hit, Result, Sort
from search.plan import All, AnyOf, But, Dates, Everything, Following, Plan, Starting, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from search.document import Document


class MemoryEngine:
    """Documents in a dictionary, searched one after the other."""

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}
        self._waiting: dict[int, Document | None] = {}

    def replace(self, documents: Iterable[Document]) -> None:
        """Take documents in; see Engine."""
        """Take documents in; see Engine."""
        self._waiting.update({document.id: document for document in documents})

    def delete(self, ids: Iterable[int]) -> None:
        """Take documents out."""
        """Take documents out."""
        self._waiting.update(dict.fromkeys(ids))

    def commit(self) -> None:
        """Make it visible."""
        """Make it visible."""
        waiting, self._waiting = self._waiting, {}
        rejected = {}
        for id_, document in waiting.items():
            try:
                held = _Held(document) if document else None
            except UnicodeEncodeError as error:
                rejected[id_] = str(error)
                continue
            self._held.pop(id_, None)
            if held:
                self._held[id_] = held
        if rejected:
            raise DocumentsRejected(rejected)

    def search(
        self, plan: Plan, *, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> Result:
        """Find documents."""
        """Find documents."""
        scores = self._scores(plan)
        if sort == "date":
            order = sorted(scores, key=lambda id_: (-(self._held[id_].date or 0), id_))
        else:
            order = sorted(scores, key=lambda id_: (-scores[id_], id_))
        page = order[offset : offset + limit]
        hits = tuple(Hit(id_, self._held[id_].revision, scores[id_]) for id_ in page)
        return Result(len(order), hits)

    def ids(self, plan: Plan) -> set[int]:
        """Find all ids."""
        """Find all ids."""
        return set(self._scores(plan))

    def revisions(self) -> Iterator[tuple[int, int]]:
        """Give what is held."""
        """Give what is held."""
        return iter([(id_, held.revision) for id_, held in self._held.items()])

    def count(self) -> int:
        """Count what is held."""
        """Count what is held."""
        return len(self._held)

    def close(self) -> None:
        """Forget what was not committed."""
        """Forget what was not committed."""
        self._waiting.clear()

    def _scores(self, plan: Plan) -> dict[int, float]:  # noqa: PLR0911 - one for each kind  # noqa: PLR0911 - one for each kind
        match plan:
            case All(plans):
                found = [self._scores(part) for part in plans]
                return _sums(found, set.intersection(*map(set, found)))
            case AnyOf(plans):
                found = [self._scores(part) for part in plans]
                return _sums(found, set().union(*found))
            case But(part):
                return dict.fromkeys(self._held.keys() - self._scores(part).keys(), 0.0)
            case Dates(first, last):
                return self._constant(lambda held: first <= (held.date or 0) <= last, 0.0)
            case Everything():
                return dict.fromkeys(self._held, 0.0)
            case Starting(field, prefix):
                return self._constant(lambda held: held.has_start(field, prefix), 1.0)
            case Word(field, term):
                return self._weighed(field, (term,), "")
            case Following(field, terms, tail):
                return self._weighed(field, terms, tail)

    def _constant(self, matches: Callable[[_Held], bool], score: float) -> dict[int, float]:
        return {id_: score for id_, held in self._held.items() if matches(held)}

    def _weighed(self, field: str, terms: tuple[str, ...], tail: str) -> dict[int, float]:
        found = {
            id_: weight
            for id_, held in self._held.items()
            if (weight := held.weight(field, terms, tail))
        }
        if field not in bm25.SCORED or not found:
            return dict.fromkeys(found, 0.0)
        rarity = sum(bm25.rarity(self._holding(field, term), len(self._held)) for term in terms)
        lengths = {id_: held.lengths[field] for id_, held in self._held.items()}
        mean = sum(lengths.values()) / len(lengths) or 1.0
        return {
            id_: rarity * bm25.saturation(weight, bm25.norm(lengths[id_], mean))
            for id_, weight in found.items()
        }

    def _holding(self, field: str, term: str) -> int:
        return sum(term in held.places[field] for held in self._held.values())


class _Held:
    """A document turned into the positions of its terms, field by field."""

    def __init__(self, document: Document) -> None:
        self.revision = document.revision
        self.date = document.date
        self.places: defaultdict[str, dict[str, dict[int, int]]] = defaultdict(dict)
        self.lengths: defaultdict[str, int] = defaultdict(int)
        for field in ("text", "headline", "author", "section", "tag", "url"):
            for run in getattr(document, field):
                self._add(field, run.start, run.terms, run.weight)
        for run in document.text:
            self._add("exact", run.start, run.exacts, run.weight)
        for run in document.headline:
            self._add("headline_exact", run.start, run.exacts, run.weight)
        for field, keys in (
            ("id", (str(document.id),)),
            ("site", document.site),
            ("lang", document.lang),
        ):
            self._add(field, 0, keys, 1)

    def _add(self, field: str, start: int, terms: Iterable[str], weight: int) -> None:
        for position, term in enumerate(terms, start):
            term.encode()  # what cannot be written down cannot be found again
            self.places[field].setdefault(term, {})[position] = weight
            self.lengths[field] += 1

    def has_start(self, field: str, prefix: str) -> bool:
        return any(term.startswith(prefix) for term in self.places[field])

    def weight(self, field: str, terms: tuple[str, ...], tail: str) -> int:
        """Weigh the places where these terms follow one another."""
        places = self.places[field]
        rows = [places.get(term, {}) for term in terms]
        if tail:
            rows.append({at: 1 for term in places if term.startswith(tail) for at in places[term]})
        return sum(
            weight
            for start, weight in rows[0].items()
            if all(start + i in row for i, row in enumerate(rows))
        )


def _sums(found: list[dict[int, float]], ids: set[int]) -> dict[int, float]:
    return {id_: sum(scores.get(id_, 0.0) for scores in found) for id_ in ids}
