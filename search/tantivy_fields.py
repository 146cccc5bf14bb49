"""What the Tantivy index holds: its fields take analysed words, joined by spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tantivy

from search import tantivy_codes
from search.document import HEADLINE_WEIGHT
from search.held import FIELDS, VALUES
from search.kept import joined, lines, pack
from search.layout import PARAGRAPH_GAP, ZONES
from search.tantivy_codes import CODES, at_one_place, coded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search.document import Document

SCHEMA_VERSION = 3  # raise it whenever the fields or what they hold change

WORDS = "words"  # the tokenizer that splits at spaces and leaves a gap for each filler
FILLER = "\x1f"
_GAP = " ".join(["", *[FILLER] * PARAGRAPH_GAP, ""])


def schema() -> tantivy.Schema:
    """Make the schema of the index.

    `text` holds the stems with their positions, the headline's as often as its words count;
    `sentence` and `paragraph` the codes of the same stems, those of one text at one position;
    `zone` and `exact` say which stems stand in which zone, and which exact forms stand anywhere.
    """
    builder = tantivy.SchemaBuilder()
    for name in ("text", *FIELDS):
        builder.add_text_field(name, tokenizer_name=WORDS)
    for name in ("sentence", "paragraph"):
        builder.add_text_field(name, tokenizer_name=CODES)
    for name in ("exact", "zone"):
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="basic")
    for name in (*VALUES, "id"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("number", "revision", "newest", "words"):
        builder.add_unsigned_field(name, fast=True)
    for name in ("first_day", "last_day", "added"):
        builder.add_integer_field(name, fast=True)
    builder.add_bytes_field("kept", stored=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Tell an index how texts of its fields are taken apart; WORDS counts fillers and throws them away."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer(
        WORDS, builder.filter(tantivy.Filter.custom_stopword([FILLER])).build()
    )
    index.register_tokenizer(CODES, tantivy_codes.analyzer())


def zoned(zone: str, terms: Iterable[str]) -> str:
    """Give the words of the field `zone` that say that terms stand in a zone."""
    mark = f"{ZONES.index(zone)}:"
    return mark + f" {mark}".join(terms)


def values(document: Document) -> tantivy.Document:
    """Give a document as the values of the fields.

    Raises UnicodeEncodeError for words that cannot be written down.
    """
    made, words = tantivy.Document(), lines(document)
    made.add_bytes("kept", pack(document, words))
    terms, keys = words[0::2], words[1::2]
    again = terms[:1] * (HEADLINE_WEIGHT - 1) if document.layout.headline else []
    made.add_text("text", _GAP.join(terms + again))  # a headline, as often as its words count
    made.add_text("exact", " ".join(keys))
    for name in FIELDS:
        if runs := getattr(document, name):
            made.add_text(name, _GAP.join([joined(run.terms) for run in runs]))
    _add_places(made, document)
    for name in VALUES:
        for value in getattr(document, name):
            made.add_text(name, value)
    made.add_text("id", str(document.id))
    _add_numbers(made, document)
    return made


def newest(document_id: int, day: int) -> int:
    """Give the number by which a descending order is newest first, and lower ids first in a tie."""
    return day << 36 | (1 << 36) - 1 - document_id


def _add_places(made: tantivy.Document, document: Document) -> None:
    """Say in which zone, paragraph and sentence each term stands."""
    zones: dict[str, list[str]] = {}
    paragraphs: list[list[str]] = []
    ordinal = -1
    for run, stretch in zip(document.text, document.layout.stretches, strict=True):
        zones.setdefault(stretch.zone, []).extend(run.terms)
        codes = list(map(coded, run.terms))
        if stretch.ordinal != ordinal or not ordinal:  # a credit belongs to its paragraph
            paragraphs.append([])
        paragraphs[-1] += codes
        ordinal, start = stretch.ordinal, 0
        for count in stretch.sentences:
            made.add_text("sentence", at_one_place(codes[start : start + count]))
            start += count
    for codes in paragraphs:
        made.add_text("paragraph", at_one_place(codes))
    made.add_text("zone", " ".join([zoned(zone, terms) for zone, terms in zones.items()]))


def _add_numbers(made: tantivy.Document, document: Document) -> None:
    made.add_unsigned("number", document.id)
    made.add_unsigned("revision", document.revision)
    made.add_unsigned("newest", newest(document.id, document.first_day or 0))
    made.add_unsigned("words", sum(len(run.terms) for run in document.text))
    for name in ("first_day", "last_day", "added"):
        if (value := getattr(document, name)) is not None:
            made.add_integer(name, value)
