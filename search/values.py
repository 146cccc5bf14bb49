"""One word, phrase or date of a query, read for the field it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search import dates
from search.analysis import has_no_spaces, words
from search.query import Every, Node, Phrase, Prefix, QueryError, Range, Term

if TYPE_CHECKING:
    from search.lexer import Piece

MIN_PREFIX = 2  # letters; one letter would stand for a large part of all words


def value(query: str, piece: Piece, field: str | None) -> Node | None:
    """Read one piece; None for punctuation that stands alone. Raises QueryError."""
    if field == "date":
        return _date(query, piece)
    if field == "id":
        return _number(piece)
    if piece.kind == "phrase":
        return _phrase(piece)
    if piece.text.endswith("*"):
        return _prefix(query, piece, field)
    return _word(query, piece, field)


def _word(query: str, piece: Piece, field: str | None) -> Node | None:
    if "*" in piece.text:
        base = piece.text.partition("*")[0]
        corrected = _corrected(query, piece, f"{base}*") if _is_prefix(base) else None
        raise QueryError("* can stand only at the end of a word", piece.at, corrected)
    if words(piece.text, None).terms:
        return Term(piece.text)
    if field is not None:
        raise QueryError(f"{piece.text} holds no letter or digit", piece.at)
    return None


def _phrase(piece: Piece) -> Node:
    if not words(piece.text, None).terms:
        raise QueryError("there is no word between the quotes", piece.at)
    star = piece.text.find("*")
    if star > 0 and piece.text[star - 1].isalnum():
        raise QueryError("* cannot stand between quotes", piece.at + 1 + star)
    return Phrase(piece.text)


def _prefix(query: str, piece: Piece, field: str | None) -> Node:
    base = piece.text.rstrip("*")
    if not base and field is None:
        return Every()
    if _is_prefix(base):
        return Prefix(base)
    if len(words(base, None).terms) > 1:
        corrected = _corrected(query, piece, f'"{base}"') if "*" not in base else None
        raise QueryError("* can stand only behind a single word", piece.at, corrected)
    raise QueryError(f"* needs at least {MIN_PREFIX} letters before it", piece.at)


def _is_prefix(base: str) -> bool:
    if "*" in base:
        return False
    if has_no_spaces(base):
        return bool(base)
    exacts = words(base, None).exacts
    return len(exacts) == 1 and len(exacts[0]) >= MIN_PREFIX


def _date(query: str, piece: Piece) -> Range:
    text = piece.text.strip()
    low, dots, high = text.partition("..")
    if not dots:
        high = "today" if low.startswith("-") else low
    if not (low or high) or not all(dates.is_date(day) for day in (low, high) if day):
        raise QueryError(f"{text} is no date; dates are {dates.FORMS}", piece.at)
    if low and high and dates.runs_backwards(low, high):
        corrected = _corrected(query, piece, f"{high}..{low}")
        raise QueryError(f"{low} is later than {high}", piece.at, corrected)
    return Range(low or None, high or None)


def _number(piece: Piece) -> Term:
    text = piece.text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise QueryError(f"{text} is no article number", piece.at)
    return Term(str(int(text)))


def _corrected(query: str, piece: Piece, text: str) -> str:
    quotes = 2 if piece.kind == "phrase" else 0
    return query[: piece.at] + text + query[piece.at + len(piece.text) + quotes :]
