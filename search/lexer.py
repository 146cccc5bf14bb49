"""A query's text cut into pieces: words, phrases, parentheses and operators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from article import Kind as ParagraphKind
from search import mistakes
from search.query import QueryError, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = frozenset(kind.value for kind in ParagraphKind)
FIELDS = {
    "headline": "headline", "title": "headline", "author": "author", "by": "author",
    "site": "site", "source": "site", "date": "date", "published": "date", "added": "added",
    "section": "section", "tag": "tag", "lang": "lang", "url": "url", "id": "id", "is": "is",
    "has": "has", **{kind: kind for kind in sorted(KINDS)},
}  # fmt: skip
DATES = frozenset({"date", "added"})
FARTHEST = 100
"""The largest distance of NEAR: paragraphs lie as far apart, so that it never joins two of them."""

# White space, control characters, marks of writing direction and lone surrogates part words.
_BLANK = "\\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
_QUOTES = '"“”„«»'
_OPENING = frozenset(_QUOTES)
_BLANKS = re.compile(f"[{_BLANK}]*")
_SIGNS = re.compile(f"[-+]+(?=[^{_BLANK})+-])")
_WORD = re.compile(f"[^{_BLANK}{_QUOTES}()]+")
_FIELD = re.compile(r"([^\W\d_]+):")
_ADDRESS = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_NEAR = re.compile(r"(?:(NEAR|[Ww])|(?:ONEAR|PRE|pre))/([0-9]+)")
_SAME = re.compile(r"/([spSP])")
_ATLEAST = re.compile(r"ATLEAST/([0-9]+)")
_SLOP = re.compile(f"~([0-9]*)(?=[{_BLANK})]|$)")
_BRACKETS = re.compile(r"\[\s*([^\s\]]+)\s+TO\s+([^\s\]]+)\s*\]")
_SPOKEN = re.compile(r"(last|this)\s+(week|month|year)(?![^\W_])", re.IGNORECASE)

Kind = Literal["word", "phrase", "(", ")", "AND", "OR", "NOT", "NEAR", "ATLEAST"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a query, where it stands, and what belongs to it.

    `field` is the field written before it, `exact` whether `=` was. `number` is the distance of a
    NEAR or behind a phrase, and the count of an ATLEAST; `unit` and `ordered` are a NEAR's.
    """

    kind: Kind
    text: str
    at: int
    end: int
    field: str | None = None
    exact: bool = False
    number: int | None = None
    unit: Unit = "word"
    ordered: bool = False


def pieces(query: str) -> Iterator[Piece]:
    """Cut a query up. Raises QueryError for an unknown field and an unclosed quote."""
    at = _blanks(query, 0)
    while at < len(query):
        if signs := _SIGNS.match(query, at):
            if query[at] == "-":
                yield Piece("NOT", "-", at, at + 1)
            at = signs.end()
        piece = _piece(query, at)
        yield piece
        at = _blanks(query, piece.end)


def _piece(query: str, at: int) -> Piece:
    word = _WORD.match(query, at)
    if word is None:
        return _quoted_or_bracket(query, at)
    if operator := _operator(query, word):
        return operator
    name = _FIELD.match(query, at)
    if name is None or _ADDRESS.match(query, at) or _is_plain_colon(query, name):
        return _value(query, at, None)
    return _field_value(query, name, word.end())


def _operator(query: str, word: re.Match[str]) -> Piece | None:
    text, at, end = word.group(), word.start(), word.end()
    if text in {"AND", "OR", "NOT"}:
        kind: Kind = "AND" if text == "AND" else "OR" if text == "OR" else "NOT"
        return Piece(kind, text, at, end)
    if near := _NEAR.fullmatch(text):
        distance = _bounded(query, word, int(near[2][:9]), FARTHEST)
        return Piece("NEAR", text, at, end, number=distance, ordered=near[1] is None)
    if same := _SAME.fullmatch(text):
        unit: Unit = "sentence" if same[1] in "sS" else "paragraph"
        return Piece("NEAR", text, at, end, unit=unit)
    if atleast := _ATLEAST.fullmatch(text):
        return Piece(
            "ATLEAST", text, at, end, number=_bounded(query, word, int(atleast[1][:9]), 1000)
        )
    return None


def _bounded(query: str, word: re.Match[str], number: int, largest: int) -> int:
    if 1 <= number <= largest:
        return number
    name = word.group().partition("/")[0]
    corrected = f"{name}/{max(1, min(number, largest))}"
    message = f"the number behind {name}/ goes from 1 to {largest:,}"
    raise mistakes.replaced(message, query, word.start(), word.end(), corrected)


def _is_plain_colon(query: str, name: re.Match[str]) -> bool:
    """Tell whether the colon ends a word of ordinary text, as in `said: no`."""
    end = name.end()
    alone = end == len(query) or query[end] == ")" or _blanks(query, end) > end
    return alone and name[1].lower() not in FIELDS


def _field_value(query: str, name: re.Match[str], end: int) -> Piece:
    field = FIELDS.get(name[1].lower())
    at = name.end()
    if field is None:
        raise mistakes.unknown_field(query, name.start(), name.end(), end, FIELDS)
    if at == end and query[at : at + 1] not in _OPENING | {"("}:
        raise mistakes.nothing_behind(query, name.start(), at)
    if at < end and query[at] in "-+" and field not in DATES:
        raise mistakes.sign_behind_field(query, name.start(), at)
    return _value(query, at, field)


def _value(query: str, at: int, field: str | None) -> Piece:
    """Read what stands behind a field, or alone: a word, a phrase or a group."""
    if field in DATES and (spoken := _SPOKEN.match(query, at)):
        return Piece("word", " ".join(spoken.group().lower().split()), at, spoken.end(), field)
    if brackets := _BRACKETS.match(query, at):
        return _bracketed(query, brackets, field)
    exact = query[at] == "=" and at + 1 < len(query) and _blanks(query, at + 1) == at + 1
    start = at + 1 if exact else at
    word = _WORD.match(query, start)
    if word is None:
        return _quoted_or_bracket(query, start, field, exact=exact)
    return Piece("word", word.group(), at, word.end(), field, exact)


def _bracketed(query: str, found: re.Match[str], field: str | None) -> Piece:
    low, high = ("" if end == "*" else end for end in found.groups())
    if field not in DATES:
        raise mistakes.range_of_words(query, found.start(), found.end(), low, high)
    return Piece("word", f"{low}..{high}", found.start(), found.end(), field)


def _quoted_or_bracket(
    query: str, at: int, field: str | None = None, *, exact: bool = False
) -> Piece:
    character = query[at]
    if character == "(" and not exact:
        return Piece("(", character, at, at + 1, field)
    if character in "()":
        if exact:
            raise QueryError("= goes with one word or one phrase", at - 1)
        return Piece(")", character, at, at + 1)
    end = _closing_quote(query, at)
    text, opened = query[at + 1 : end], at - 1 if exact else at
    slop = _SLOP.match(query, end + 1)
    if slop is None:
        return Piece("phrase", text, opened, end + 1, field, exact)
    if not slop[1] or not 1 <= int(slop[1][:9]) <= FARTHEST:
        message = f"~ behind a phrase needs a distance from 1 to {FARTHEST}"
        by = f"~{FARTHEST}" if len(slop[1]) > 1 else "~5"
        raise mistakes.replaced(message, query, slop.start(), slop.end(), by)
    return Piece("phrase", text, opened, slop.end(), field, exact, int(slop[1]))


def _closing_quote(query: str, at: int) -> int:
    closing = {"«": "»", "»": "«"}.get(query[at], '"“”')
    for end in range(at + 1, len(query)):
        if query[end] in closing:
            return end
    bare = _blanks(query, at + 1) == len(query)
    raise mistakes.unclosed_quote(query, at, closing[0], bare=bare)


def _blanks(query: str, at: int) -> int:
    blanks = _BLANKS.match(query, at)
    return blanks.end() if blanks else at
