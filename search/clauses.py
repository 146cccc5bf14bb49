"""A query's tree taken apart: each clause with its plan, so that it can be asked for by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.plan import All, AnyOf, But, Forms, Leaf, Plan, Word
from search.plan import parts as plans_below
from search.planner import TEXT, within
from search.printing import to_text
from search.proximity import TEXT_FIELDS
from search.query import And, Field, Near, Node, Not, Or, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.planner import Planner


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of a query, the field it stands in (None: anywhere in the text), and its plan there.

    A field with one word or phrase is one clause, whose node is the word. `written` is the node
    with its field. The parts of a Near are its `sides`.
    """

    node: Node
    written: Node
    field: str | None
    plan: Plan
    parts: tuple[Clause, ...] = ()

    @property
    def text(self) -> str:
        """The clause as a query."""
        return to_text(self.written)


def clauses(tree: Node, planner: Planner, field: str | None = None) -> Clause:
    """Take a tree apart that stands in a field."""
    node, inside = tree, field
    if isinstance(tree, Field):
        inside = tree.name
        node = tree if parts(tree.node) else tree.node
    below = tuple([clauses(part, planner, inside) for part in _below(node)])
    return Clause(node, tree, inside, _plan(tree, below, planner, field), below)


def leaves(plan: Plan) -> Iterator[Leaf]:
    """Give the words and patterns of a plan, in their order."""
    if isinstance(plan, Word | Forms):
        yield plan
    for part in plans_below(plan):
        yield from leaves(part)


def sides(near: Near) -> tuple[Node, Node]:
    """Give the two sides of a Near, the one that must not be there last and without its NOT."""
    left, right = near.left, near.right
    if isinstance(left, Not):
        return right, left.node
    return left, right.node if isinstance(right, Not) else right


def _below(node: Node) -> tuple[Node, ...]:
    return sides(node) if isinstance(node, Near) else parts(node)


def _plan(tree: Node, below: tuple[Clause, ...], planner: Planner, field: str | None) -> Plan:
    """Make a clause's plan: from those of its parts where these are no more than joined."""
    plans = tuple([part.plan for part in below])
    match tree:
        case And():
            return All(plans)
        case Or():
            return AnyOf(plans)
        case Not():
            return But(*plans)
        case Field() if below:
            return plans[0]
        case _ if field in TEXT_FIELDS:
            return within(str(field), planner.plan(tree, TEXT))
        case _:
            return planner.plan(tree, field or TEXT)
