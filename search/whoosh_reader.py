# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""One committed state of a Whoosh index: its segments, and what is read from each."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any

from whoosh.columns import EmptyColumnReader

from search.layout import Layout
from search.patterns import MOST_FORMS, PatternTooWide
from search.plan import Word
from search.scoring import Weigher
from search.whoosh_fields import unpack_positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from whoosh.columns import ColumnReader
    from whoosh.matching.mcore import Matcher
    from whoosh.reading import IndexReader

    from search.patterns import Pattern

_SKIPPING = 8  # so many times longer than what is wanted of it, a posting list is skipped through


class Snapshot:
    """A reader and what was read through it; valid until the reader is closed."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.documents: int = reader.doc_count()
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        self.segments = [Segment(leaf) for leaf in leaves]
        self._weigher: Weigher | None = None

    def weigher(self) -> Weigher:
        """Give what weighs plans by all segments; the mean length counts deleted documents too."""
        if self._weigher is None:
            words = sum(sum(segment.column("words")) for segment in self.segments)
            total = sum(segment.reader.doc_count_all() for segment in self.segments)
            self._weigher = Weigher(self.documents, words / (total or 1) or 1.0, self._holding)
        return self._weigher

    def _holding(self, word: Word) -> int:
        term = word.term.encode()
        return sum(segment.reader.doc_frequency(word.field, term) for segment in self.segments)


class Segment:
    """One segment of the index."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self._columns: dict[str, Sequence[int]] = {}
        self._readers: dict[str, ColumnReader] = {}
        self._live: set[int] | None = None
        self._chosen: dict[tuple[str, Pattern], list[bytes]] = {}
        self._all_keys: dict[str, list[str]] = {}

    def column(self, name: str) -> Sequence[int]:
        """Give a column of numbers by document number."""
        if name not in self._columns:
            self._columns[name] = _numbers(self._reader(name), self.reader.doc_count_all())
        return self._columns[name]

    def layout(self, number: int) -> Layout:
        """Give the layout of a document."""
        return Layout(self._reader("layout")[number])

    def live(self) -> set[int]:
        """Give the numbers of all documents that are not deleted."""
        if self._live is None:
            self._live = set(self.reader.all_doc_ids())
        return self._live

    def documents(self, field: str, term: bytes) -> list[int]:
        """Give the documents that hold a term, ascending."""
        matcher = self._postings(field, term)
        return list(matcher.all_ids()) if matcher else []

    def weights(self, field: str, term: bytes) -> dict[int, float]:
        """Give the documents that hold a term, and how often, headline words counted more."""
        matcher, found = self._postings(field, term), {}
        while matcher is not None and matcher.is_active():
            found[matcher.id()] = matcher.weight()
            matcher.next()
        return found

    def positions(
        self, field: str, term: bytes, within: Sequence[int]
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Give the positions of a term in those of some documents, ascending, that hold it."""
        matcher = self._postings(field, term)
        if matcher is None:
            return
        if self.reader.doc_frequency(field, term) > _SKIPPING * len(within):
            numbers: Iterable[int] = _skipped(matcher, within)
        else:
            numbers = filter(set(within).__contains__, _walked(matcher))
        for number in numbers:
            yield number, unpack_positions(matcher.value())

    def keys(self, field: str, pattern: Pattern) -> list[bytes]:
        """Give the keys that a pattern stands for; raises PatternTooWide."""
        if (field, pattern) not in self._chosen:
            looked_up = [key for key in pattern.keys if (field, key.encode()) in self.reader]
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
        found = self.reader.expand_prefix(field, prefix.encode())
        keys = [key.decode("utf-8", "replace") for key in found]
        if not prefix:
            self._all_keys[field] = keys
        return keys

    def _postings(self, field: str, term: bytes) -> Matcher | None:
        if (field, term) not in self.reader:
            return None
        matcher: Matcher = self.reader.postings(field, term)
        return matcher if matcher.is_active() else None  # all its documents may be deleted

    def _reader(self, column: str) -> ColumnReader:
        if column not in self._readers:
            self._readers[column] = self.reader.column_reader(column, translate=False)
        return self._readers[column]


def _walked(matcher: Matcher) -> Iterator[int]:
    while matcher.is_active():
        yield matcher.id()
        matcher.next()


def _skipped(matcher: Matcher, within: Sequence[int]) -> Iterator[int]:
    for number in within:
        matcher.skip_to(number)
        if not matcher.is_active():
            return
        if matcher.id() == number:
            yield number


def _numbers(reader: ColumnReader, count: int) -> Sequence[int]:
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
