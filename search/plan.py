"""A tree made ready for engines: its leaves are keys of the index, and every engine agrees on them.

A plan is *positional* where its words have places in the text: `Word`, `Forms`, `Following`, `Near`,
`Window`, `Within`, `Often`, and `AnyOf` of these. `search.spans` says which places such a plan has
in a document; it matches where it has at least one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.patterns import Pattern
    from search.query import Unit


@dataclass(frozen=True, slots=True)
class Word:
    """A term in a field; what it weighs in a ranking, beside others as rare."""

    field: str
    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Forms:
    """Every exact form that a pattern stands for; scored as a constant."""

    field: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Following:
    """Words that follow one another: each a Word, Forms or AnyOf these."""

    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Places of `left` and `right` close to each other: see `search.spans.near`.

    With `ordered`, the right one behind the left, or with `backward` before it. With `lacking`,
    places of `left` that have no place of `right` close to them.
    """

    left: Plan
    right: Plan
    unit: Unit
    distance: int = 0
    ordered: bool = False
    lacking: bool = False
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Places of all these, in any order, at positions that differ by at most `distance`."""

    plans: tuple[Plan, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Within:
    """Places of a plan that lie in one zone of the text (`search.layout.ZONES`)."""

    zone: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Often:
    """The places of a plan, where there are at least `count` of them."""

    count: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class Between:
    """Documents whose values lie from `low` to `high`, both included.

    `date` compares both days of a publication date, `added` seconds since 1970. With `perhaps`,
    also documents whose dates may lie there: undated, or dated only to a month or year.
    """

    field: str
    low: int
    high: int
    perhaps: bool = False


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class All:
    """Documents that match all of these."""

    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents that match one of these."""

    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class But:
    """Documents that do not match this."""

    plan: Plan


Leaf = Word | Forms
Plan = Leaf | Following | Near | Window | Within | Often | Between | Everything | All | AnyOf | But

NOTHING = AnyOf(())


def parts(plan: Plan) -> tuple[Plan, ...]:
    """Give the plans right below a plan."""
    match plan:
        case All(plans) | AnyOf(plans) | Following(plans) | Window(plans):
            return plans
        case Near(left, right):
            return left, right
        case But(inner) | Within(_, inner) | Often(_, inner):
            return (inner,)
        case _:
            return ()


def leaves(plan: Plan) -> Iterator[Leaf]:
    """Give the words and patterns of a plan, in their order."""
    if isinstance(plan, Word | Forms):
        yield plan
    for part in parts(plan):
        yield from leaves(part)


def in_text(plan: Plan) -> bool:
    """Tell whether a positional plan has its places in the text, and not in a field beside it."""
    while not isinstance(plan, Word | Forms):
        inner = parts(plan)
        if not inner:
            return False
        plan = inner[0]
    return plan.field in {"text", "exact"}


def needs_positions(plan: Plan) -> bool:
    """Tell whether documents that match are found by positions alone."""
    match plan:
        case Word() | Forms() | Between() | Everything():
            return False
        case All(plans) | AnyOf(plans):
            return any(map(needs_positions, plans))
        case But(part):
            return needs_positions(part)
        case _:
            return True


def any_of(choices: list[Plan]) -> Plan:
    """Join choices into one plan, each once."""
    different = tuple(dict.fromkeys(choices))
    return different[0] if len(different) == 1 else AnyOf(different)


def perhaps(plan: Plan) -> Plan:
    """Widen a plan to what it might match if every date were known."""
    match plan:
        case Between("date", low, high):
            return Between("date", low, high, perhaps=True)
        case All(plans):
            return All(tuple(map(perhaps, plans)))
        case AnyOf(plans):
            return AnyOf(tuple(map(perhaps, plans)))
        case _:
            return plan
