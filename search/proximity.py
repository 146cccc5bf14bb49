"""What can stand beside NEAR, /s and /p, and behind ATLEAST: what has a place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.lexer import KINDS
from search.query import And, AtLeast, Every, Exists, Field, Node, Not, Or, QueryError, Range

if TYPE_CHECKING:
    from search.lexer import Piece

TEXT_FIELDS = KINDS | {"headline"}
"""Fields that are parts of the text; the words of others have no place beside its words."""

_WORDS = frozenset({"author", "section", "tag", "url"})  # they have positions, but no sentences


def check_field(piece: Piece, field: str | None) -> None:
    """Raise QueryError if NEAR, /s, /p or ATLEAST stands in a field where it has no meaning."""
    if field is None or field in TEXT_FIELDS or (field in _WORDS and piece.unit == "word"):
        return
    raise QueryError(f"{piece.text} has no meaning inside {field}:(...)", piece.at)


def check_pair(sign: str, at: int, left: Node, right: Node) -> None:
    """Raise QueryError unless both sides have places, or one does and the other is a NOT."""
    sides = [node.node if isinstance(node, Not) else node for node in (left, right)]
    if isinstance(left, Not) and isinstance(right, Not):
        raise QueryError(f"{sign} needs a word without NOT on one side", at)
    for side in sides:
        check(sign, at, side)


def check(sign: str, at: int, node: Node) -> None:
    """Raise QueryError if a node has no places in the text."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if problem := _problem(sign, one):
            raise QueryError(problem, at)
        match one:
            case Or(nodes):
                waiting += nodes
            case Field(_, inner) | AtLeast(_, inner):
                waiting.append(inner)


def _problem(sign: str, node: Node) -> str | None:
    match node:
        case And():
            return f"AND cannot stand inside {sign}; join each word with {sign} itself: a {sign} b {sign} c"
        case Not():
            return f"NOT can stand only right beside {sign}: a {sign} NOT b"
        case Range() | Exists() | Every():
            return f"{sign} goes with words; dates, has:, is: and * have no place in the text"
        case Field(name) if name not in TEXT_FIELDS:
            return f"{sign} goes with words of the text; those of {name}: have no place in it"
        case _:
            return None
