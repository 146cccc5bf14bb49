"""Which words of a query stand in no article; there are none as a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search import query
from search.correcting import spots
from search.patterns import PatternTooWide
from search.plan import All, AnyOf, Following, Forms, Word
from search.proximity import TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.correcting import Spot
    from search.engine import Engine
    from search.patterns import Pattern
    from search.plan import Plan
    from search.planner import Planner


def lacking(tree: query.Node, engine: Engine, planner: Planner) -> Iterator[Spot]:
    """Give the plain words of a tree that stand in no article, each once."""
    for spot in dict.fromkeys(spots(tree)):
        if not holds(engine, planner, spot.word, spot.field):
            yield spot


def holds(engine: Engine, planner: Planner, text: str, field: str | None) -> bool:
    """Tell whether any article may hold a word in a field (None: in its text)."""
    return held(engine, plan_of(planner, text, None if field in TEXT_FIELDS else field))


def held(engine: Engine, plan: Plan) -> bool:
    """Tell whether any article may match the plan of a word."""
    match plan:
        case Word():
            return engine.weigher().holding(plan) > 0
        case Forms(field, pattern):
            return bool(forms(engine, field, pattern))
        case AnyOf(plans):
            return any(held(engine, part) for part in plans)
        case Following(plans) | All(plans):
            return all(held(engine, part) for part in plans)
        case _:
            return True


def forms(engine: Engine, field: str, pattern: Pattern) -> dict[str, int]:
    """Give the keys a pattern stands for, and how many documents hold each; none of too many."""
    try:
        return engine.forms(field, pattern)
    except PatternTooWide:
        return {}


def plan_of(planner: Planner, text: str, field: str | None) -> Plan:
    """Make the plan of a word, or of several as a phrase, in a field."""
    node = query.Phrase(text) if " " in text else query.Term(text)
    return planner.plan(query.Field(field, node) if field else node)
