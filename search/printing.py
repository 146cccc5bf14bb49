"""A query's tree as text again: reading what is printed gives the same tree."""

from __future__ import annotations

from search.query import (
    And,
    AtLeast,
    Every,
    Exists,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)

STATES = frozenset({"revised"})
"""What stands behind `is:`; everything else an article may have stands behind `has:`."""


def to_text(tree: Node) -> str:  # noqa: PLR0911 - one line for each kind of node
    """Print a tree as a query."""
    match tree:
        case Field(name, node):
            return f"{name}:{_grouped(node, (Not, And, Or, Near, AtLeast))}"
        case And(nodes):
            return " AND ".join([_grouped(node, (And, Or)) for node in nodes])
        case Or(nodes):
            return " OR ".join([_grouped(node, (Or,)) for node in nodes])
        case Not(node):
            return f"NOT {_grouped(node, (And, Or, Near))}"
        case AtLeast(count, node):
            return f"ATLEAST/{count} {_grouped(node, (And, Or, Near, Not, AtLeast))}"
        case Near(left, right):
            return (
                f"{_grouped(left, (And, Or))} {operator(tree)} {_grouped(right, (And, Or, Near))}"
            )
        case _:
            return _leaf(tree)


def operator(near: Near) -> str:
    """Give the sign between the two sides of a Near."""
    if near.unit == "word":
        return f"{'ONEAR' if near.ordered else 'NEAR'}/{near.distance}"
    return f"/{near.unit[0]}"


def _leaf(leaf: Node) -> str:  # noqa: PLR0911 - one line for each kind of leaf
    match leaf:
        case Term(text, exact):
            return f"={text}" if exact else text
        case Phrase(text, slop, exact):
            near = "" if slop is None else f"~{slop}"
            return f"{'=' if exact else ''}{_quoted(text)}{near}"
        case Prefix(text):
            return f"{text}*"
        case Wildcard(text):
            return text
        case Fuzzy(text, edits):
            return f"{text}~{edits if edits > 1 else ''}"
        case Range(low, high):
            return _range_text(low, high)
        case Exists(name):
            return f"is:{name}" if name in STATES else f"has:{name}"
        case Every():
            return "*"
    raise AssertionError(leaf)


def _quoted(text: str) -> str:
    if not any(quote in text for quote in '"“”'):
        return f'"{text}"'
    return f"«{text}»" if "»" not in text else f"»{text}«"


def _grouped(node: Node, kinds: tuple[type, ...]) -> str:
    text = to_text(node)
    return f"({text})" if isinstance(node, kinds) else text


def _range_text(low: str | None, high: str | None) -> str:
    if low == high and low and not low.startswith("-"):
        return f'"{low}"' if " " in low else low
    if low and low.startswith("-") and high == "today":
        return low
    text = f"{low or ''}..{high or ''}"
    return f'"{text}"' if " " in text else text
