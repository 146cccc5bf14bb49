"""What a query might have meant instead: said beside the answer, never acted on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.lexer import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.lexer import Piece

_OPERATORS = frozenset({"AND", "OR", "NOT"})
_SHOUTED = 5  # letters of a word that is a headline's rather than an abbreviation


@dataclass(frozen=True, slots=True)
class Hint:
    """How something in a query was read, and the query that would be read the other way."""

    message: str
    query: str


def hints(query: str, typed: Sequence[str] = ()) -> list[Hint]:
    """Give hints on a query that can be read; `typed` are the arguments it came in."""
    found = list(pieces(query))
    said = [
        *_small_operators(query, found),
        *_capitals(query, found),
        *_bare_near(query, found),
        *_question_mark(found),
    ]
    return said or list(_eaten_quotes(query, found, typed))


def _small_operators(query: str, found: list[Piece]) -> Iterator[Hint]:
    """Note or and not between two words, which are words like any other."""
    for piece in found[1:-1]:
        if piece.kind == "word" and piece.text in {"or", "not"} and not piece.field:
            meant = _replaced(query, piece, piece.text.upper())
            what = "either of two" if piece.text == "or" else "the first without the second"
            yield Hint(f"{piece.text} was looked for as a word; for {what}", meant)
            return


def _capitals(query: str, found: list[Piece]) -> Iterator[Hint]:
    """Note operators in a headline that is all in capitals."""
    operators = [p for p in found if p.kind in _OPERATORS and p.text in _OPERATORS]
    words = [p.text for p in found if p.kind == "word"]
    shouted = len(words) > 1 and all(word.upper() == word != word.lower() for word in words)
    if operators and shouted and max(map(len, words)) >= _SHOUTED:
        named = " and ".join(dict.fromkeys(piece.text for piece in operators))
        yield Hint(f"{named} in capitals joins words; as words like the others", query.lower())


def _bare_near(query: str, found: list[Piece]) -> Iterator[Hint]:
    for piece in found[1:-1]:
        if piece.kind == "word" and piece.text in {"NEAR", "ONEAR"}:
            meant = _replaced(query, piece, f"{piece.text}/5")
            yield Hint(f"{piece.text} was looked for as a word; for words close together", meant)
            return


def _question_mark(found: list[Piece]) -> Iterator[Hint]:
    """Note a lone word with a ? behind it, which ends a question."""
    if len(found) == 1 and re.fullmatch(r"[^\W_]{2,}\?", found[0].text):
        word = found[0].text[:-1]
        message = "a ? at the end of a word ends a question; for words that begin so"
        yield Hint(message, f"{word}*")


def _eaten_quotes(query: str, found: list[Piece], typed: Sequence[str]) -> Iterator[Hint]:
    """Note words that were quoted for the shell, which takes the quotes away."""
    plain = all(piece.kind == "word" and not piece.field for piece in found)
    if len(typed) == 1 and len(found) > 1 and plain and not re.search(r"[*?~=+-]", query):
        yield Hint("the shell took the quotes away; for the phrase", f'"{query.strip()}"')


def _replaced(query: str, piece: Piece, text: str) -> str:
    return query[: piece.at] + text + query[piece.end :]
