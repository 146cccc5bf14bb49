"""The tree a query is read into. It knows neither languages nor engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.errors import QueryError

__all__ = [
    "And",
    "AtLeast",
    "Every",
    "Exists",
    "Field",
    "Fuzzy",
    "Leaf",
    "Near",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "QueryError",
    "Range",
    "Term",
    "Unit",
    "Wildcard",
    "parts",
    "sides",
]

Unit = Literal["word", "sentence", "paragraph"]


@dataclass(frozen=True, slots=True)
class Term:
    """Something written without quotes or spaces: usually one word. `exact`: as it is spelt."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between quotes: they must follow one another.

    With `slop` they may stand in any order, at positions that differ by at most so much. `exact`:
    as they are spelt.
    """

    text: str
    slop: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """`word*`: every word that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """`w?rd`, `w*rd`, `*word`: a `?` stands for one character, a `*` for any number of them."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """`word~`: words that differ by at most `edits` characters put in, left out or replaced."""

    text: str
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Range:
    """Dates from `low` to `high`, both included, as they were written; None is an open end."""

    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Exists:
    """`has:caption`, `is:revised`: articles that have something."""

    name: str


@dataclass(frozen=True, slots=True)
class Every:
    """`*`: every article."""


@dataclass(frozen=True, slots=True)
class Field:
    """`name:...`: looked for in one field only. The name is never an alias."""

    name: str
    node: Node


@dataclass(frozen=True, slots=True)
class Near:
    """Both in the same sentence or paragraph, or (`word`) at positions that differ by `distance`.

    `ordered`: the left one first.
    """

    left: Node
    right: Node
    unit: Unit
    distance: int = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`ATLEAST/3 word`: so many times or more in one article."""

    count: int
    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but that."""

    node: Node


Leaf = Term | Phrase | Prefix | Wildcard | Fuzzy | Range | Exists | Every
Node = Leaf | Field | Near | AtLeast | And | Or | Not


def sides(near: Near) -> tuple[Node, Node]:
    """Give the two sides of a Near, the one that must not be there last and without its NOT."""
    left, right = near.left, near.right
    if isinstance(left, Not):
        return right, left.node
    return left, right.node if isinstance(right, Not) else right


def parts(node: Node) -> tuple[Node, ...]:
    """Give the nodes right below a node."""
    match node:
        case And(nodes) | Or(nodes):
            return nodes
        case Near(left, right):
            return left, right
        case Field(_, inner) | AtLeast(_, inner) | Not(inner):
            return (inner,)
        case _:
            return ()
