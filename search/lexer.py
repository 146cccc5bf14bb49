"""A query's text cut into pieces: words, phrases, parentheses and operators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from search.query import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = {
    "headline": "headline", "title": "headline", "author": "author", "by": "author",
    "site": "site", "source": "site", "date": "date", "published": "date", "section": "section",
    "tag": "tag", "lang": "lang", "url": "url", "id": "id",
}  # fmt: skip

# White space, control characters, marks of writing direction and lone surrogates part words.
_BLANK = "\\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
_QUOTES = '"“”„«»'
_OPENING = frozenset(_QUOTES + "(")
_BLANKS = re.compile(f"[{_BLANK}]*")
_SIGNS = re.compile(f"[-+]+(?=[^{_BLANK})+-])")
_WORD = re.compile(f"[^{_BLANK}{_QUOTES}()]+")
_FIELD = re.compile(r"([^\W\d_]+):")
_ADDRESS = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_OPERATORS = frozenset({"AND", "OR", "NOT"})

Kind = Literal["word", "phrase", "(", ")", "AND", "OR", "NOT"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a query and where it stands; `field` is the field written before it."""

    kind: Kind
    text: str
    at: int
    field: str | None = None


def pieces(query: str) -> Iterator[Piece]:
    """Cut a query up. Raises QueryError for an unknown field and an unclosed quote."""
    at = _blanks(query, 0)
    while at < len(query):
        if signs := _SIGNS.match(query, at):
            if query[at] == "-":
                yield Piece("NOT", "-", at)
            at = signs.end()
        piece, at = _piece(query, at)
        yield piece
        at = _blanks(query, at)


def _piece(query: str, at: int) -> tuple[Piece, int]:
    word = _WORD.match(query, at)
    if word is None:
        return _quoted_or_bracket(query, at, None)
    if word.group() in _OPERATORS:
        return Piece(_operator(word.group()), word.group(), at), word.end()
    name = _FIELD.match(query, at)
    if name is None or _ADDRESS.match(query, at) or _is_plain_colon(query, name):
        return Piece("word", word.group(), at), word.end()
    return _field_value(query, name, word.end())


def _operator(word: str) -> Literal["AND", "OR", "NOT"]:
    return "AND" if word == "AND" else "OR" if word == "OR" else "NOT"


def _is_plain_colon(query: str, name: re.Match[str]) -> bool:
    """Tell whether the colon ends a word of ordinary text, as in `said: no`."""
    end = name.end()
    alone = end == len(query) or query[end] == ")" or _blanks(query, end) > end
    return alone and name[1].lower() not in FIELDS


def _field_value(query: str, name: re.Match[str], end: int) -> tuple[Piece, int]:
    field = FIELDS.get(name[1].lower())
    at = name.end()
    if field is None:
        raise _unknown_field(query, name, end)
    if at < end:
        return _written_value(query, name, field, end)
    if query[at : at + 1] not in _OPENING:
        raise _nothing_behind(query, name)
    return _quoted_or_bracket(query, at, field)


def _written_value(query: str, name: re.Match[str], field: str, end: int) -> tuple[Piece, int]:
    at = name.end()
    if query[at] in "-+" and field != "date":
        sign = "-" if query[at] == "-" else ""
        corrected = query[: name.start()] + sign + name.group() + query[at:].lstrip("-+")
        raise QueryError(f"{query[at]} belongs before {name.group()}", at, corrected)
    return Piece("word", query[at:end], at, field), end


def _quoted_or_bracket(query: str, at: int, field: str | None) -> tuple[Piece, int]:
    character = query[at]
    if character == "(":
        return Piece("(", character, at, field), at + 1
    if character == ")":
        return Piece(")", character, at), at + 1
    end = _closing_quote(query, at)
    return Piece("phrase", query[at + 1 : end], at, field), end + 1


def _closing_quote(query: str, at: int) -> int:
    closing = {"«": "»", "»": "«"}.get(query[at], '"“”')
    for end in range(at + 1, len(query)):
        if query[end] in closing:
            return end
    corrected = query[:at].rstrip() + " " + query[at:].rstrip() + closing[0]
    if _blanks(query, at + 1) == len(query):
        corrected = query[:at].rstrip()
    raise QueryError("this quote is not closed", at, corrected.strip() or None)


def _unknown_field(query: str, name: re.Match[str], end: int) -> QueryError:
    import difflib  # only a mistake needs it

    start = name.start()
    near = difflib.get_close_matches(name[1].lower(), FIELDS, 1)
    if near:
        corrected = query[:start] + near[0] + query[name.end() - 1 :]
    else:
        corrected = f'{query[:start]}"{query[start:end]}"{query[end:]}'
    return QueryError(f"there is no field {name[1]}: {', '.join(FIELDS)}", start, corrected)


def _nothing_behind(query: str, name: re.Match[str]) -> QueryError:
    rest = query[name.end() :].lstrip()
    corrected = query[: name.end()] + rest if rest and rest[0] != ")" else None
    message = f"{name.group()} needs a word, a quote or a parenthesis right behind it"
    return QueryError(message, name.end(), corrected)


def _blanks(query: str, at: int) -> int:
    blanks = _BLANKS.match(query, at)
    return blanks.end() if blanks else at
