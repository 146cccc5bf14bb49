"""The tree a query is read into. It knows neither languages nor engines."""

from __future__ import annotations

from dataclasses import dataclass


class QueryError(ValueError):
    """A query that cannot be read.

    `position` is the code point where the mistake stands; `suggestion` is a corrected query to
    copy, where there is one. `query` is the whole text, filled in by who took it from the person.
    """

    def __init__(self, message: str, position: int, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.suggestion = suggestion
        self.query = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Something written without quotes or spaces: usually one word."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between quotes: they must follow one another."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """`word*`: every word that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class Range:
    """Dates from `low` to `high`, both included, as they were written; None is an open end."""

    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Every:
    """`*`: every article."""


@dataclass(frozen=True, slots=True)
class Field:
    """`name:...`: looked for in one field only. The name is never an alias."""

    name: str
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


Node = Term | Phrase | Prefix | Range | Every | Field | And | Or | Not


def to_text(tree: Node) -> str:  # noqa: PLR0911 - one line for each kind of node
    """Print a tree as a query: parsing it gives the same tree again."""
    match tree:
        case Term(text):
            return text
        case Phrase(text):
            return _quoted(text)
        case Prefix(text):
            return f"{text}*"
        case Range(low, high):
            return _range_text(low, high)
        case Every():
            return "*"
        case Field(name, node):
            return f"{name}:{_grouped(node, (Not, And, Or))}"
        case And(nodes):
            return " AND ".join([_grouped(node, (And, Or)) for node in nodes])
        case Or(nodes):
            return " OR ".join([_grouped(node, (Or,)) for node in nodes])
        case Not(node):
            return f"NOT {_grouped(node, (And, Or))}"


def _quoted(text: str) -> str:
    if not any(quote in text for quote in '"“”'):
        return f'"{text}"'
    return f"«{text}»" if "»" not in text else f"»{text}«"


def _grouped(node: Node, kinds: tuple[type, ...]) -> str:
    text = to_text(node)
    return f"({text})" if isinstance(node, kinds) else text


def _range_text(low: str | None, high: str | None) -> str:
    if low == high and low and not low.startswith("-"):
        return low
    if low and low.startswith("-") and high == "today":
        return low
    return f"{low or ''}..{high or ''}"
