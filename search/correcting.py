"""The plain words of a query's tree, and the tree with some of them replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from search import wild
from search.analysis import has_no_spaces, tokens
from search.planned_words import INITIALS
from search.query import And, AtLeast, Field, Near, Node, Not, Or, Phrase, Term, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNSPELT = frozenset({"id", "date", "added", "url"})  # fields whose values are no words


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a word stands: in a node of some field, from `start` to `end` of its text.

    Two words of a query that follow one another are a spot too, with `other` as the second node.
    """

    field: str | None
    node: Term | Phrase
    start: int
    end: int
    other: Term | None = None

    @property
    def word(self) -> str:
        """What stands there."""
        behind = f" {self.other.text}" if self.other else ""
        return self.node.text[self.start : self.end] + behind


def spots(tree: Node, field: str | None = None) -> Iterator[Spot]:
    """Give the plain words of a tree in their order: no wildcards, numbers or exact spellings."""
    match tree:
        case Term(text, exact=False) if field not in _UNSPELT and not INITIALS.fullmatch(text):
            yield from _in_text(tree, field)
        case Phrase(text, exact=False) if field not in _UNSPELT and not wild.is_wild(text):
            yield from _in_text(tree, field)
        case Field(name, node):
            yield from spots(node, name)
        case _:
            for part in parts(tree):
                yield from spots(part, field)


def neighbours(tree: Node, spot: Spot) -> Iterator[Spot]:
    """Give the spots that a word makes with the one before it and the one behind it."""
    inside = list(_in_text(spot.node, spot.field))
    for one, other in pairwise(inside):
        if spot in {one, other}:
            yield replace(one, end=other.end)
    if len(inside) == 1 and isinstance(spot.node, Term):
        yield from _beside(tree, spot, None)


def corrected(  # noqa: PLR0911 - one for each kind
    tree: Node, fixes: Mapping[Spot, str], field: str | None = None
) -> Node:
    """Give a tree with other words in some spots; two words in the place of one are a phrase."""
    match tree:
        case Field(name, node):
            return Field(name, corrected(node, fixes, name))
        case And(nodes):
            joined = _joined(nodes, fixes, field)
            again = tuple([corrected(node, fixes, field) for node in joined])
            return And(again) if len(again) > 1 else again[0]
        case Or(nodes):
            return Or(tuple([corrected(node, fixes, field) for node in nodes]))
        case Near(left, right):
            sides = corrected(left, fixes, field), corrected(right, fixes, field)
            return replace(tree, left=sides[0], right=sides[1])
        case Not(node) | AtLeast(_, node):
            return replace(tree, node=corrected(node, fixes, field))
        case Term() | Phrase():
            return _replaced(tree, fixes, field)
        case _:
            return tree


def _in_text(node: Term | Phrase, field: str | None) -> Iterator[Spot]:
    if field in {"site", "lang"}:
        yield Spot(field, node, 0, len(node.text))
        return
    for token in tokens(node.text, None):
        if not has_no_spaces(token.exact) and any(map(str.isalpha, token.exact)):
            yield Spot(field, node, token.start, token.end)


def _beside(tree: Node, spot: Spot, field: str | None) -> Iterator[Spot]:
    if isinstance(tree, And) and field == spot.field:
        for one, other in pairwise(tree.nodes):
            if spot.node in {one, other} and (pair := _pair(one, other, field)):
                yield pair
    name = tree.name if isinstance(tree, Field) else field
    for part in parts(tree):
        yield from _beside(part, spot, name)


def _pair(one: Node, other: Node, field: str | None) -> Spot | None:
    """Give the spot of two plain words that follow one another in a query."""
    if not (isinstance(one, Term) and isinstance(other, Term)):
        return None
    first, second = list(spots(one, field)), list(spots(other, field))
    if len(first) == 1 and len(second) == 1:
        return Spot(field, one, 0, len(one.text), other)
    return None


def _joined(nodes: tuple[Node, ...], fixes: Mapping[Spot, str], field: str | None) -> list[Node]:
    """Put one word in the place of two neighbours that are to be joined."""
    pairs: dict[tuple[Node, Node | None], str] = {
        (spot.node, spot.other): fix for spot, fix in fixes.items() if spot.field == field
    }
    joined: list[Node] = []
    for node in nodes:
        fix = pairs.get((joined[-1], node)) if joined else None
        if fix is None:
            joined.append(node)
        else:
            joined[-1] = _word(fix)
    return joined


def _replaced(node: Term | Phrase, fixes: Mapping[Spot, str], field: str | None) -> Node:
    here = [spot for spot in fixes if (spot.field, spot.node, spot.other) == (field, node, None)]
    text = node.text
    for spot in sorted(here, key=lambda spot: spot.start, reverse=True):
        text = text[: spot.start] + fixes[spot] + text[spot.end :]
    if not here:
        return node
    return replace(node, text=text) if isinstance(node, Phrase) else _word(text)


def _word(text: str) -> Node:
    """Make a node of a word, or of two; one that would be read as an operator is written small."""
    if " " in text:
        return Phrase(text)
    return Term(text.lower() if text in {"AND", "OR", "NOT"} else text)
