"""What a query might have meant instead: said beside the answer, never acted on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.borrowed import borrowed, is_operator
from search.dates import is_date
from search.lexer import DATES, pieces
from search.parser import parse
from search.printing import to_text
from search.query import Or, QueryError, Term, parts
from search.spaceless import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.lexer import Piece
    from search.query import Node

_OPERATORS = frozenset({"AND", "OR", "NOT"})
_SMALL = {
    "or": ("either of two", "OR"),
    "and not": ("the first without the second", "NOT"),
    "and": ("both of two", "AND"),
    "not": ("the first without the second", "NOT"),
}
_SHOUTED = 5  # letters of a word that is a headline's rather than an abbreviation
_UNTIL = frozenset({"to", "TO", "until", "-", "–", "..", "…"})
_SINGLE_QUOTES = re.compile(r"(?<!\w)['‘‚]([^'‘’\"]+)['’](?!\w)")


@dataclass(frozen=True, slots=True)
class Hint:
    """How something in a query was read, and the query that would be read the other way.

    `operators` are the pieces of the query that are operators in the other reading.
    """

    message: str
    query: str
    operators: tuple[str, ...] = ()


def hints(query: str, typed: Sequence[str] = ()) -> list[Hint]:
    """Give hints on a query that can be read; `typed` are the arguments it came in."""
    found = list(pieces(query))
    said = [
        *_capitals(query, found),
        *_borrowed(query, found),
        *_dates_apart(query, found),
        *_inside_quotes(query, found),
        *_question_mark(found),
        *_whole_clauses(query, found),
    ]
    small = list(_small_operators(query, found))
    eaten = [] if said else _eaten_quotes(query, found, typed)
    return [hint for hint in (*small, *said, *eaten) if _is_query(hint.query)]


def _whole_clauses(query: str, found: list[Piece]) -> Iterator[Hint]:
    """Note a clause typed without spaces, which finds only articles that repeat it."""
    whole = set(_leaves(parse(query))) if _is_query(query) else set()
    for piece in found:
        words = pairs(piece.text) if piece.kind == "word" and not piece.field else ()
        if words and Term(piece.text) in whole:
            message = f"{piece.text} was looked for as it stands; for some of its words"
            some = to_text(Or(words))
            meant = some if len(found) == 1 else f"{query[: piece.at]}({some}){query[piece.end :]}"
            yield Hint(message, meant)


def _leaves(tree: Node) -> Iterator[Node]:
    below = parts(tree)
    if not below:
        yield tree
    for part in below:
        yield from _leaves(part)


def _small_operators(query: str, found: list[Piece]) -> Iterator[Hint]:
    """Note or, and and not between two words, which are words like any other."""
    for small, (what, operator) in _SMALL.items():
        count = len(small.split())
        for at in range(1, len(found) - count):
            pieces = found[at : at + count]
            text = " ".join(piece.text for piece in pieces)
            plain = all(piece.kind == "word" and not piece.field for piece in pieces)
            if plain and text in {small, small.title()}:
                meant = _with_operator(query, found[at], found[at + count], operator, pieces[-1])
                message = f"{text} was looked for as a word; for {what}"
                yield Hint(message, meant, tuple(text.split()))
                return


def _with_operator(query: str, first: Piece, behind: Piece, operator: str, last: Piece) -> str:
    """Put an operator in the place of some pieces; a NOT goes behind a NEAR."""
    end, sign = last.end, operator
    if operator == "NOT" and behind.kind == "NEAR":
        end, sign = behind.end, f"{behind.text} NOT"
    return query[: first.at] + sign + query[end:]


def _capitals(query: str, found: list[Piece]) -> Iterator[Hint]:
    """Note operators in a headline that is all in capitals."""
    operators = [p for p in found if p.kind in _OPERATORS and p.text in _OPERATORS]
    words = [p.text for p in found if p.kind == "word"]
    shouted = len(words) > 1 and all(word.upper() == word != word.lower() for word in words)
    if operators and shouted and max(map(len, words)) >= _SHOUTED:
        named = " and ".join(dict.fromkeys(piece.text for piece in operators))
        yield Hint(f"{named} in capitals joins words; as words like the others", query.lower())


def _borrowed(query: str, found: list[Piece]) -> Iterator[Hint]:
    """Note operators of other search services, all in one hint."""
    foreign, meant = list(borrowed(found)), query
    for piece, ours in reversed(foreign):
        meant = meant[: piece.at] + ours + meant[piece.end :]
    if foreign:
        texts = list(dict.fromkeys(piece.text for piece, _ in foreign))
        verb, here = ("was", "it is") if len(texts) == 1 else ("were", "they are")
        message = f"{' and '.join(texts)} {verb} read as text; in this language {here} written"
        yield Hint(message, meant, tuple([p.text for p, ours in foreign if is_operator(ours)]))


def _dates_apart(query: str, found: list[Piece]) -> Iterator[Hint]:
    """Note two dates with a word between them, of which the field takes only the first."""
    for first, until, last in zip(found, found[1:], found[2:], strict=False):
        ends = first.field in DATES and until.text in _UNTIL and not last.field
        if ends and is_date(last.text):
            meant = f"{query[: first.end]}..{query[last.at :]}"
            message = f"{last.text} was looked for as a word; for all dates from {first.text} on"
            yield Hint(f"{message} to it", meant)
            return


def _inside_quotes(query: str, found: list[Piece]) -> Iterator[Hint]:
    """Note signs that quotes make a part of the text, and quotes that are apostrophes."""
    for piece in found:
        if piece.kind == "phrase" and piece.text.startswith("=") and not piece.exact:
            meant = f'{query[: piece.at]}="{piece.text[1:]}"{query[piece.end :]}'
            yield Hint("= inside quotes is text; for the exact form", meant)
            return
    single = _SINGLE_QUOTES.search(query)
    if single and " " in single[1].strip():
        meant = f'{query[: single.start()]}"{single[1]}"{query[single.end() :]}'
        yield Hint("single quotes are apostrophes; for the phrase", meant)


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


def _is_query(text: str) -> bool:
    try:
        parse(text)
    except QueryError:
        return False
    return True
