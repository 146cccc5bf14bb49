# mypy: allow-untyped-calls, disable-error-code="misc"
# (Whoosh is typed in part)
"""The keys and posting lists of a segment, for ourselves and for Whoosh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.reading import TermInfo, TermNotFound

from search.engine import IndexDamaged
from search.whoosh_matcher import ListedMatcher
from search.whoosh_postings import DOCUMENTS, WEIGHTS, PostingList, PostingsFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whoosh.formats import Format
    from whoosh.reading import IndexReader

    from search.whoosh_keys import KeysFile

_REMEMBERED = 5_000  # keys; a question looks up each of its keys several times


class Terms(TermsReader):
    """The keys and posting lists of a segment, for ourselves and for Whoosh."""

    def __init__(self, keys: KeysFile, postings: PostingsFile) -> None:
        self.keys = keys
        self.fields = keys.fields
        self.postings = postings
        self._known: dict[tuple[str, bytes], int | None] = {}

    def find(self, field: str, key: bytes) -> int | None:
        """Give the number of a key of a field."""
        if (field, key) not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            number = self.keys.closest(field, key)
            held = number < self.fields.get(field, (0, 0))[1] and self.keys.key(number) == key
            self._known[field, key] = number if held else None
        return self._known[field, key]

    def beginning(self, field: str, prefix: bytes) -> range:
        """Give the numbers of the keys of a field that begin so."""
        start = self.keys.closest(field, prefix)
        end = self.fields.get(field, (0, 0))[1]
        if prefix:  # no key of UTF-8 holds the byte 255
            end = self.keys.closest(field, prefix + b"\xff")
        return range(start, end)

    def lists(self, start: int, end: int) -> PostingList:
        """Give the posting lists of keys that follow one another, as one."""
        return PostingList(self.postings, *self.keys.lists(start, end))

    def lists_of(self, field: str, keys: Iterable[bytes]) -> Iterator[PostingList]:
        """Give the posting lists of some keys; those of keys side by side, as of a prefix, as one."""
        numbers = sorted(n for key in keys if (n := self.find(field, key)) is not None)
        if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
            yield self.lists(numbers[0], numbers[-1] + 1)
        else:
            yield from (self.lists(number, number + 1) for number in numbers)

    def postings_of(self, field: str, key: bytes) -> PostingList | None:
        """Give the posting list of a key."""
        number = self.find(field, key)
        return None if number is None else self.lists(number, number + 1)

    # What Whoosh asks of a TermsReader.

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self.find(*term) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Give all (field, key)."""
        for field, (start, end) in self.fields.items():
            yield from ((field, self.keys.key(number)) for number in range(start, end))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Give (field, key) from a key on, those of later fields too."""
        for field, (start, end) in self.fields.items():
            first = self.keys.closest(field, prefix) if field == fieldname else start
            if field >= fieldname:
                yield from ((field, self.keys.key(number)) for number in range(first, end))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give all terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give terms from a key on with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """Sum up the posting list of a key."""
        found = self.postings_of(fieldname, tbytes)
        if found is None:
            raise TermNotFound(f"no term {fieldname}:{tbytes!r}")
        documents, weights = found.numbers(DOCUMENTS), found.numbers(WEIGHTS)
        total, most = float(sum(weights)), float(max(weights))
        return TermInfo(total, len(documents), 0, 0, most, documents[0], documents[-1])

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """Sum the weights of a key."""
        found = self.postings_of(fieldname, tbytes)
        return float(sum(found.numbers(WEIGHTS))) if found else 0.0

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """Count the documents that hold a key, deleted ones too."""
        found = self.postings_of(fieldname, tbytes)
        return len(found) if found else 0

    def matcher(
        self,
        fieldname: str,
        tbytes: bytes,
        format_: Format,
        scorer: Any = None,  # noqa: ANN401 - as Whoosh has it
    ) -> ListedMatcher:
        """Give the matcher of a key's posting list."""
        found = self.postings_of(fieldname, tbytes)
        if found is None:
            raise TermNotFound(f"no term {fieldname}:{tbytes!r}")
        info = self.term_info(fieldname, tbytes)
        return ListedMatcher(found, format_, scorer=scorer, term=(fieldname, tbytes), terminfo=info)

    def indexed_field_names(self) -> Iterable[str]:
        """Name the fields."""
        return self.fields.keys()

    def cursor(self, fieldname: str, _: object) -> Cursor:
        """Give a cursor on the keys of a field."""
        return Cursor(self, fieldname)

    def close(self) -> None:
        """Let go of the files."""
        self.keys.close()
        self.postings.close()


def terms_of(reader: IndexReader) -> Terms:
    """Give the keys and posting lists that a reader of Whoosh's has opened; raises IndexDamaged."""
    leaf: Any = reader
    terms = leaf._terms
    if not isinstance(terms, Terms):
        raise IndexDamaged("a segment was written by another program, or by an older Cuttings")
    return terms


class Cursor(FieldCursor):
    """Goes through the keys of a field; Whoosh looks for similar words with it."""

    def __init__(self, terms: Terms, field: str) -> None:
        self._terms = terms
        self._field = field
        self._at, self._end = terms.fields.get(field, (0, 0))
        self._start = self._at

    def first(self) -> str | None:
        """Go to the first key."""
        self._at = self._start
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to a key, or to the one behind where it would stand."""
        key = string.encode() if isinstance(string, str) else string
        self._at = self._terms.keys.closest(self._field, key)
        return self.text()

    def next(self) -> str | None:
        """Go to the next key."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Give the key, None behind the last."""
        return self._terms.keys.key(self._at).decode() if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        """Sum up the key's postings."""
        key = self._terms.keys.key(self._at) if self.is_valid() else None
        return None if key is None else self._terms.term_info(self._field, key)

    def is_valid(self) -> bool:
        """Tell whether there is a key."""
        return self._at < self._end
