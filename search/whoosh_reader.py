# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""One committed state of a Whoosh index: its segments, and what is read from each."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from whoosh.columns import EmptyColumnReader

from search.layout import Layout
from search.patterns import MOST_FORMS, PatternTooWide
from search.plan import Word
from search.scoring import Weigher
from search.whoosh_postings import COUNTS, DOCUMENTS, PLACES, WEIGHTS
from search.whoosh_terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from whoosh.columns import ColumnReader
    from whoosh.reading import IndexReader

    from search.patterns import Pattern
    from search.plan import Plan
    from search.whoosh_arrays import Arrays

_SKIPPING = 8  # so many times longer than what is wanted of it, a posting list is searched in


class Snapshot:
    """A reader and what was read through it; valid until the reader is closed."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.documents: int = reader.doc_count()
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        self.segments = [Segment(leaf) for leaf in leaves]
        self._weigher: Weigher | None = None
        self.scored: tuple[Plan, list[tuple[Segment, dict[int, float]]]] | None = None  # lately

    def close(self) -> None:
        """Let go of files."""
        self.reader.close()

    def weigher(self) -> Weigher:
        """Give what weighs plans by all segments; the mean length counts deleted documents too."""
        if self._weigher is None:
            words = sum(sum(segment.column("words")) for segment in self.segments)
            total = sum(segment.reader.doc_count_all() for segment in self.segments)
            self._weigher = Weigher(self.documents, words / (total or 1) or 1.0, self._holding)
        return self._weigher

    def _holding(self, word: Word) -> int:
        term = word.term.encode()
        return sum(segment.holding(word.field, term) for segment in self.segments)


class Segment:
    """One segment of the index."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.terms = terms_of(reader)
        self._columns: dict[str, Sequence[int]] = {}
        self._readers: dict[str, ColumnReader] = {}
        self._live: set[int] | None = None
        self._chosen: dict[tuple[str, Pattern], list[bytes]] = {}
        self._all_keys: dict[str, list[str]] = {}

    def column(self, name: str) -> Sequence[int]:
        """Give a column of numbers by document number."""
        if name not in self._columns:
            self._columns[name] = numbers(self._reader(name), self.reader.doc_count_all())
        return self._columns[name]

    def layout(self, number: int) -> Layout:
        """Give the layout of a document."""
        return Layout(self._reader("layout")[number])

    def layouts(self, numbers: Iterable[int]) -> list[bytes]:
        """Give the packed layouts of documents."""
        reader = self._reader("layout")
        return [reader[number] for number in numbers]

    @cached_property
    def arrays(self) -> Arrays:
        """The segment in arrays: this imports numpy."""
        from search.whoosh_arrays import Arrays

        return Arrays(self)

    def live(self) -> set[int]:
        """Give the numbers of all documents that are not deleted."""
        if self._live is None:
            self._live = set(self.reader.all_doc_ids())
        return self._live

    def documents(self, field: str, key: bytes) -> list[int]:
        """Give the documents that hold a key, ascending."""
        found = self.terms.postings_of(field, key)
        return self._alive(found.numbers(DOCUMENTS)) if found else []

    def weights(self, field: str, key: bytes) -> dict[int, float]:
        """Give the documents that hold a key, and how often, headline words counted more."""
        found = self.terms.postings_of(field, key)
        if found is None:
            return {}
        weights = dict(zip(found.numbers(DOCUMENTS), found.numbers(WEIGHTS), strict=True))
        return {number: weights[number] for number in self._alive(weights)}

    def positions(
        self, field: str, key: bytes, within: Sequence[int]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """Give the positions of a key in those of some documents, ascending, that hold it."""
        found = self.terms.postings_of(field, key)
        if found is None:
            return
        documents, places = found.numbers(DOCUMENTS), found.numbers(PLACES)
        ends = list(accumulate(found.numbers(COUNTS), initial=0))
        for row in _rows(documents, within):
            yield documents[row], places[ends[row] : ends[row + 1]]

    def holding(self, field: str, key: bytes) -> int:
        """Count the documents that hold a key, deleted ones too."""
        return self.terms.doc_frequency(field, key)

    def keys(self, field: str, pattern: Pattern) -> list[bytes]:
        """Give the keys that a pattern stands for; raises PatternTooWide."""
        if (field, pattern) not in self._chosen:
            looked_up = [key for key in pattern.keys if self.holding(field, key.encode())]
            if pattern.scan is not None:
                looked_up += self._begin(field, pattern.scan)
            chosen = pattern.chosen(looked_up)
            if len(chosen) > MOST_FORMS:
                raise PatternTooWide(str(pattern))
            self._chosen[field, pattern] = [key.encode() for key in chosen]
        return self._chosen[field, pattern]

    def _begin(self, field: str, prefix: str) -> list[str]:
        """Give the keys that begin so; all keys of a field are read only once."""
        if not prefix and field in self._all_keys:
            return self._all_keys[field]
        found = self.terms.beginning(field, prefix.encode())
        raw = self.terms.keys.keys(found.start, found.stop)
        keys = [key.decode("utf-8", "replace") for key in raw]
        if not prefix:
            self._all_keys[field] = keys
        return keys

    def _alive(self, numbers: Iterable[int]) -> list[int]:
        if not self.reader.has_deletions():
            return list(numbers)
        return list(filter(self.live().__contains__, numbers))

    def _reader(self, column: str) -> ColumnReader:
        if column not in self._readers:
            self._readers[column] = self.reader.column_reader(column, translate=False)
        return self._readers[column]


def _rows(documents: Sequence[int], within: Sequence[int]) -> Iterator[int]:
    """Give the rows in which one of some documents stands; all ascend."""
    if len(documents) <= _SKIPPING * len(within):
        wanted = set(within)
        yield from (row for row, number in enumerate(documents) if number in wanted)
        return
    row = 0
    for number in within:
        row = bisect_left(documents, number, row)
        if row < len(documents) and documents[row] == number:
            yield row


def numbers(reader: ColumnReader, count: int) -> Sequence[int]:
    """Read a whole column of numbers at once; documents at the end without a value have none.

    Whoosh's own reader gives one number at a time, a hundred times as slowly.
    """
    column: Any = reader
    if isinstance(reader, EmptyColumnReader):  # no document of the segment has a value
        return list(reader)
    held = min(column._count, count)
    numbers = array(column._typecode)
    numbers.frombytes(column._dbfile.get(column._basepos, held * numbers.itemsize))
    if sys.byteorder == "little":
        numbers.byteswap()
    numbers.extend([column._default] * (count - held))
    return numbers
