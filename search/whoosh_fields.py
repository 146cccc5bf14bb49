# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""What the Whoosh index holds: its fields take analysed words, no text."""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence, Positions

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from search.document import Document, Run

SCHEMA_VERSION = 2  # raise it whenever the fields or what they hold change
UNDATED = 0

Posting = tuple[bytes, int, float, bytes]  # term, frequency, weight, positions


POSITION_BYTES = 4


def pack_positions(positions: list[int]) -> bytes:
    """Write positions as unsigned 32-bit numbers: smaller and faster than Whoosh's pickles."""
    return struct.pack(f"<{len(positions)}I", *positions)


def unpack_positions(packed: bytes) -> tuple[int, ...]:
    """Read what `pack_positions` wrote."""
    return struct.unpack(f"<{len(packed) // POSITION_BYTES}I", packed)


class PackedPositions(Positions):
    """Positions as `pack_positions` writes them."""

    def encode(self, poslist: list[int]) -> bytes:
        """Write positions down."""
        return pack_positions(poslist)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Read positions."""
        return list(unpack_positions(valuestring))

    def decode_frequency(self, valuestring: bytes) -> int:
        """Count positions."""
        return len(valuestring) // POSITION_BYTES


class _Analysed(FieldType):  # type: ignore[misc, unused-ignore]
    """A field that is handed terms; Whoosh analyses nothing."""

    analyzer = None
    stored = unique = False
    vector = None

    def __init__(self, scorable: bool = False) -> None:
        self.scorable = scorable
        self.format = self.posting_format()

    posting_format: type[Existence | Positions] = Existence


class Terms(_Analysed):
    """Terms with their positions."""

    posting_format = PackedPositions

    def index(self, value: tuple[Run, ...], **_: object) -> Generator[Posting, None, None]:
        """Give the postings of one document."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        extra: Counter[str] = Counter()
        for run in value:
            for position, term in enumerate(run.terms, run.start):
                places[term].append(position)
            if run.weight > 1:
                extra.update({t: (run.weight - 1) * n for t, n in Counter(run.terms).items()})
        for term, positions in places.items():
            count = len(positions)
            weight = float(count + extra[term])
            yield term.encode(), count, weight, pack_positions(positions)


class Forms(_Analysed):
    """Exact forms and spellings with their positions; they are not scored."""

    posting_format = PackedPositions

    def index(self, value: tuple[Run, ...], **_: object) -> Generator[Posting, None, None]:
        """Give the postings of one document."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for run in value:
            for position, key in enumerate(run.keys, run.start):
                places[key].append(position)
        for key, positions in places.items():
            count = len(positions)
            yield key.encode(), count, float(count), pack_positions(positions)


class Keys(_Analysed):
    """Whole values."""

    def index(self, value: Iterable[str], **_: object) -> Generator[Posting, None, None]:
        """Give the postings of one document."""
        for key in value:
            yield key.encode(), 1, 1.0, b""


def schema() -> Schema:
    """Make the schema of the index."""
    return Schema(
        text=Terms(),
        exact=Forms(),
        author=Terms(),
        section=Terms(),
        tag=Terms(),
        url=Terms(),
        site=Keys(),
        lang=Keys(),
        has=Keys(),
        id=Keys(),
        number=COLUMN(NumericColumn("q")),
        revision=COLUMN(NumericColumn("q")),
        first_day=COLUMN(NumericColumn("i", UNDATED)),
        last_day=COLUMN(NumericColumn("i", UNDATED)),
        added=COLUMN(NumericColumn("q", -(2**62))),
        words=COLUMN(NumericColumn("i")),
        layout=COLUMN(VarBytesColumn()),
    )


def values(document: Document) -> dict[str, object]:
    """Give a document as the values of the fields."""
    indexed: dict[str, object] = {
        "text": document.text,
        "exact": document.text,
        "author": document.author,
        "section": document.section,
        "tag": document.tag,
        "url": document.url,
        "site": document.site,
        "lang": document.lang,
        "has": document.has,
        "id": (str(document.id),),
    }
    columns = {
        "number": document.id,
        "revision": document.revision,
        "first_day": document.first_day,
        "last_day": document.last_day,
        "added": document.added,
        "words": sum(len(run.terms) for run in document.text),
        "layout": document.layout.pack(),
    }
    filled = {name: value for name, value in indexed.items() if value}
    return filled | {name: value for name, value in columns.items() if value is not None}
