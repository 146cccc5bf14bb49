# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""What the Whoosh index holds: its fields take analysed words, no text."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence, Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.document import Document, Run

SCHEMA_VERSION = 4  # raise it whenever the fields or what they hold change
UNDATED = 0

RunOfKeys = tuple[int, "tuple[str, ...]", int]  # position of the first, keys, weight of each

POSITION_BYTES = 4


def pack_positions(positions: Sequence[int]) -> bytes:
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
    stored = unique = scorable = False
    vector = None
    posting_format: type[Existence | Positions] = Existence

    def __init__(self) -> None:
        self.format = self.posting_format()

    def runs(self, value: Any) -> Iterable[RunOfKeys]:  # noqa: ANN401 - each field has its own
        """Give the keys of one document, as they follow one another."""
        raise NotImplementedError


class Terms(_Analysed):
    """Terms with their positions."""

    posting_format = PackedPositions

    def runs(self, value: tuple[Run, ...]) -> Iterable[RunOfKeys]:
        """Give the terms."""
        return ((run.start, run.terms, run.weight) for run in value)


class Forms(_Analysed):
    """Exact forms and spellings with their positions; they are not scored."""

    posting_format = PackedPositions

    def runs(self, value: tuple[Run, ...]) -> Iterable[RunOfKeys]:
        """Give the keys."""
        return ((run.start, run.keys, run.weight) for run in value)


class Keys(_Analysed):
    """Whole values, without positions."""

    def runs(self, value: tuple[str, ...]) -> Iterable[RunOfKeys]:
        """Give the values."""
        return [(0, value, 1)]


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
        headline=COLUMN(NumericColumn("i")),
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
        "headline": document.layout.headline,
        "layout": document.layout.pack(),
    }
    filled = {name: value for name, value in indexed.items() if value}
    return filled | {name: value for name, value in columns.items() if value is not None}
