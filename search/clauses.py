"""A query's tree taken apart: each clause with its plan, so that it can be asked for by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search import plan
from search.planned_words import TEXT
from search.planner import near, within
from search.printing import to_text
from search.proximity import TEXT_FIELDS
from search.query import And, AtLeast, Field, Near, Node, Not, Or, parts, sides

if TYPE_CHECKING:
    from search.plan import Plan
    from search.planner import Planner


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of a query, and the field it stands in (None: anywhere in the text).

    A field with one word or phrase is one clause, whose node is the word. `written` is the node
    with its field. The parts of a Near are its `sides`. `anywhere` is the plan of the node without
    regard to a part of the text that its field may be.
    """

    node: Node
    written: Node
    field: str | None
    anywhere: Plan
    parts: tuple[Clause, ...] = ()

    @property
    def text(self) -> str:
        """The clause as a query."""
        return to_text(self.written)

    @property
    def plan(self) -> Plan:
        """The clause's plan where it stands."""
        zone = self.field if self.field in TEXT_FIELDS else None
        return within(zone, self.anywhere) if zone else self.anywhere


def clauses(tree: Node, planner: Planner, field: str | None = None) -> Clause:
    """Take a tree apart that stands in a field."""
    node = tree
    if isinstance(tree, Field):
        field = tree.name
        node = tree if parts(tree.node) else tree.node
    below = tuple([clauses(part, planner, field) for part in _below(node)])
    return Clause(node, tree, field, _anywhere(node, below, planner, field), below)


def _below(node: Node) -> tuple[Node, ...]:
    return sides(node) if isinstance(node, Near) else parts(node)


def _anywhere(node: Node, below: tuple[Clause, ...], planner: Planner, field: str | None) -> Plan:
    if not below:
        return planner.plan(node, TEXT if field is None or field in TEXT_FIELDS else field)
    return _joined(node, *[part.anywhere if part.field == field else part.plan for part in below])


def _joined(node: Node, *plans: Plan) -> Plan:
    """Make a node's plan from those of its parts, so that none is made twice."""
    match node:
        case And():
            return plan.All(plans)
        case Or():
            return plan.AnyOf(plans)
        case Not():
            return plan.But(plans[0])
        case AtLeast(count):
            return plan.Often(count, plans[0])
        case Near():
            return near(node, *plans)
        case _:
            return plans[0]
