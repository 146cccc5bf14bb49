# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""One committed state of a Whoosh index, searched exhaustively.

Whoosh's own searcher stops early when it believes to know the best hits, and is sometimes wrong.
Here each leaf of a plan gives all documents of a segment with their scores, and plans combine
these; so counts are exact and every engine agrees on them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from search import bm25
from search.plan import All, AnyOf, But, Dates, Everything, Following, Plan, Starting, Word
from search.whoosh_fields import POSITION_BYTES, unpack_positions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.columns import ColumnReader
    from whoosh.matching.mcore import Matcher
    from whoosh.reading import IndexReader

Scores = dict[int, float]  # document number within a segment: score

_LENGTH_FIELD = {"exact": "text", "headline_exact": "headline"}  # they hold as many words


class Snapshot:
    """A reader and what was read through it; valid until the reader is closed."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.documents: int = reader.doc_count()
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        self.segments = [Segment(leaf, self) for leaf in leaves]
        self._mean_lengths: dict[str, float] = {}

    def rarity(self, field: str, term: bytes) -> float:
        """Weigh how rare a term is in all segments."""
        holding = sum(segment.reader.doc_frequency(field, term) for segment in self.segments)
        return bm25.rarity(holding, self.documents)

    def mean_length(self, field: str) -> float:
        """Give the mean length of a field, in words."""
        if field not in self._mean_lengths:
            words = sum(segment.reader.field_length(field) for segment in self.segments)
            total = sum(segment.reader.doc_count_all() for segment in self.segments)
            self._mean_lengths[field] = words / total or 1.0
        return self._mean_lengths[field]


class Segment:
    """One segment of the index: evaluates plans over its documents."""

    def __init__(self, reader: IndexReader, snapshot: Snapshot) -> None:
        self.reader = reader
        self._snapshot = snapshot
        self._columns: dict[str, list[int]] = {}
        self._readers: dict[str, ColumnReader] = {}
        self._live: set[int] | None = None
        self._norms: defaultdict[str, dict[int, float]] = defaultdict(dict)

    def value(self, column: str, number: int) -> int:
        """Give one document's value in a column: `number` (its id), `revision` or `date`."""
        if column in self._columns:
            return self._columns[column][number]
        if column not in self._readers:
            self._readers[column] = self.reader.column_reader(column, translate=False)
        value: int = self._readers[column][number]
        return value

    def column(self, name: str) -> list[int]:
        """Give a whole column by document number."""
        if name not in self._columns:
            self._columns[name] = list(self.reader.column_reader(name, translate=False))
        return self._columns[name]

    def live(self) -> set[int]:
        """Give the numbers of all documents that are not deleted."""
        if self._live is None:
            self._live = set(self.reader.all_doc_ids())
        return self._live

    def scores(self, plan: Plan) -> Scores:  # noqa: PLR0911 - one for each kind
        """Give every document that matches, with its score."""
        match plan:
            case Word(field, term):
                return self._word(field, term.encode())
            case Following(field, terms, tail):
                return self._following(field, [term.encode() for term in terms], tail)
            case Starting(field, prefix):
                return self._starting(field, prefix)
            case Dates(first, last):
                dates = self.column("date")
                return {n: 0.0 for n in self.live() if first <= dates[n] <= last}
            case Everything():
                return dict.fromkeys(self.live(), 0.0)
            case But(part):
                return dict.fromkeys(self.live() - self.scores(part).keys(), 0.0)
            case All(plans):
                return _all([self.scores(part) for part in plans])
            case AnyOf(plans):
                return _any([self.scores(part) for part in plans])

    def _word(self, field: str, term: bytes) -> Scores:
        matcher = self._postings(field, term)
        if matcher is None:
            return {}
        if field not in bm25.SCORED:
            return dict.fromkeys(matcher.all_ids(), 0.0)
        weights = {}
        while matcher.is_active():
            weights[matcher.id()] = matcher.weight()
            matcher.next()
        return self._scored(field, weights, self._snapshot.rarity(field, term))

    def _starting(self, field: str, prefix: str) -> Scores:
        found: Scores = {}
        for term in list(self.reader.expand_prefix(field, prefix.encode())):
            if (matcher := self._postings(field, term)) is not None:
                found.update(dict.fromkeys(matcher.all_ids(), 1.0))
        return found

    def _following(self, field: str, terms: list[bytes], tail: str) -> Scores:
        rows: dict[bytes, dict[int, _Posting]] = {}
        within: list[int] | None = None
        for term in sorted(set(terms), key=lambda term: self.reader.doc_frequency(field, term)):
            rows[term] = self._places(field, term, within)
            within = sorted(rows[term])
        tails = self._tails(field, tail, set(within or ())) if tail else None
        weights = {}
        for number in within or ():
            starts = _starts([rows[term][number] for term in terms])
            if tails is not None:
                starts &= {at - len(terms) for at in tails[number]}
            if starts:
                weights[number] = len(starts) * rows[terms[0]][number].mean_weight()
        if field not in bm25.SCORED:
            return dict.fromkeys(weights, 0.0)
        rarity = sum(self._snapshot.rarity(field, term) for term in terms)
        return self._scored(field, weights, rarity)

    def _places(self, field: str, term: bytes, within: list[int] | None) -> dict[int, _Posting]:
        matcher = self._postings(field, term)
        found: dict[int, _Posting] = {}
        if matcher is None:
            return found
        for number in _numbers(matcher) if within is None else within:
            matcher.skip_to(number)
            if not matcher.is_active():
                break
            if matcher.id() == number:
                found[number] = _Posting(matcher.weight(), matcher.value())
        return found

    def _tails(self, field: str, tail: str, within: set[int]) -> dict[int, set[int]]:
        found: defaultdict[int, set[int]] = defaultdict(set)
        for term in list(self.reader.expand_prefix(field, tail.encode())):
            for number, posting in self._places(field, term, sorted(within)).items():
                found[number].update(posting.positions())
        return found

    def _postings(self, field: str, term: bytes) -> Matcher | None:
        if (field, term) not in self.reader:
            return None
        matcher: Matcher = self.reader.postings(field, term)
        return matcher if matcher.is_active() else None  # all its documents may be deleted

    def _scored(self, field: str, weights: dict[int, float], rarity: float) -> Scores:
        norms = self._norms[field]
        mean = self._snapshot.mean_length(_LENGTH_FIELD.get(field, field))
        lengths = _LENGTH_FIELD.get(field, field)
        for number in weights.keys() - norms.keys():
            length = self.reader.doc_field_length(number, lengths) or 0
            norms[number] = bm25.norm(length, mean)
        return {n: rarity * bm25.saturation(weight, norms[n]) for n, weight in weights.items()}


class _Posting:
    """How a term stands in one document."""

    __slots__ = ("packed", "weight")

    def __init__(self, weight: float, packed: bytes) -> None:
        self.weight = weight
        self.packed = packed

    def positions(self) -> tuple[int, ...]:
        return unpack_positions(self.packed)

    def mean_weight(self) -> float:
        return self.weight / (len(self.packed) // POSITION_BYTES)


def _numbers(matcher: Matcher) -> Iterator[int]:
    while matcher.is_active():
        yield matcher.id()
        if matcher.is_active():
            matcher.next()


def _starts(postings: list[_Posting]) -> set[int]:
    """Find where terms follow one another."""
    starts = set(postings[0].positions())
    for distance, posting in enumerate(postings[1:], 1):
        starts &= {at - distance for at in posting.positions()}
    return starts


def _all(found: list[Scores]) -> Scores:
    smallest = min(found, key=len)
    return {n: sum([scores[n] for scores in found]) for n in smallest if _in_all(n, found)}


def _in_all(number: int, found: list[Scores]) -> bool:
    return all(number in scores for scores in found)


def _any(found: list[Scores]) -> Scores:
    total: Scores = {}
    for scores in found:
        for number, score in scores.items():
            total[number] = total.get(number, 0.0) + score
    return total
