"""What of a plan Tantivy answers exactly, and by what else an answer is narrowed down.

Tantivy's own slop is wrong for three words and for a word that is asked for twice, and a phrase has
no place beside another. Such plans are *widened* to what holds all their documents and perhaps
more; `search.tantivy_reader` then looks at the words that were kept with each of these.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING

from search.held import FIELDS
from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Following,
    Forms,
    Near,
    Often,
    Plan,
    Window,
    Within,
    Word,
    parts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_CHOICES = 64  # so many phrases are asked for in the place of one with alternatives
_MOST_OFFSETS = 8  # so many distances are asked for one by one


def native(plan: Plan) -> bool:  # noqa: PLR0911 - one for each kind
    """Tell whether Tantivy answers a plan exactly."""
    match plan:
        case Word() | Forms() | Between() | Everything():
            return True
        case All(plans) | AnyOf(plans):
            return all(map(native, plans))
        case But(part):
            return native(part)
        case Following(plans):
            return _fit(plans) and prod(len(choices(part)) for part in plans) <= _MOST_CHOICES
        case Near():
            return _near_native(plan)
        case Window(plans):
            return len(plans) == 2 and _near_native(as_near(plan))
        case Within(_, part):
            return bool(words := choices(part)) and {word.field for word in words} == {"text"}
        case _:
            return False


def widened(plan: Plan, zone: str | None = None) -> Plan:
    """Give a native plan that matches all documents a plan does, in a zone of theirs."""
    match plan:
        case Within(inner, part):
            return widened(part, inner)
        case Word("text") if zone:
            return Within(zone, plan)
        case AnyOf(plans):
            return AnyOf(tuple([widened(part, zone) for part in plans]))
        case Often(_, part) | Near(part, _, lacking=True):
            return widened(part, zone)
        case Following() | Near() | Window() if zone or not native(plan):
            return _apart(plan, zone)
        case _:
            return plan


def _apart(plan: Following | Near | Window, zone: str | None) -> Plan:
    """Ask for the words of a plan without their places, but for what of these is native."""
    together: list[Plan] = [plan]
    if isinstance(plan, Near):
        together = [replace(plan, left=_bare(plan.left), right=_bare(plan.right), ordered=False)]
    elif isinstance(plan, Window):
        first, *others = plan.plans
        together = [Near(first, one, "word", plan.distance) for one in others]
    words = [widened(part, zone) for part in parts(plan)]
    return All((*filter(native, together), *words))


def scored(plan: Plan) -> bool:
    """Tell whether one document may score more than another by a plan."""
    match plan:
        case Word("text") | Forms("exact"):
            return True
        case But():
            return False
        case _:
            return any(map(scored, parts(plan)))


def residuals(plan: Plan, beside: tuple[Plan, ...] = ()) -> list[tuple[Plan, Plan]]:
    """Give the parts Tantivy cannot answer, each with a native plan of what it may match there.

    `beside` is what else has to hold where the plan stands.
    """
    if native(plan):
        return []
    match plan:
        case All(plans):
            sure = (*beside, *filter(native, plans))
            return [found for part in plans for found in residuals(part, sure)]
        case AnyOf(plans):
            return [found for part in plans for found in residuals(part, beside)]
        case But(part):
            return residuals(part, beside)
        case _:
            return [(plan, All((*beside, widened(plan))))]


def choices(plan: Plan) -> list[Word]:
    """Give the words one of which a plan asks for; none for a plan of another shape."""
    if isinstance(plan, Word):
        return [plan]
    if not isinstance(plan, AnyOf):
        return []
    found = [choices(part) for part in plan.plans]
    return list(dict.fromkeys([word for some in found for word in some])) if all(found) else []


def _fit(plans: Sequence[Plan]) -> bool:
    """Tell whether all are words, or choices of words, of one field that knows positions."""
    words = [choices(part) for part in plans]
    fields = {word.field for some in words for word in some}
    return all(words) and len(fields) == 1 and fields <= {"text", *FIELDS}


def _near_native(near: Near) -> bool:
    left, right = choices(near.left), choices(near.right)
    if near.lacking or not _fit((near.left, near.right)):
        return False
    terms = {word.term for word in left}, {word.term for word in right}
    if terms[0] & terms[1] or len(left) * len(right) > _MOST_CHOICES:
        return False
    if near.unit != "word":
        return left[0].field == "text"
    return not near.ordered or near.distance <= _MOST_OFFSETS


def as_near(window: Window) -> Near:
    """Give a window of two words as what it is."""
    return Near(window.plans[0], window.plans[1], "word", window.distance)


def _bare(plan: Plan) -> Plan:
    return plan.plan if isinstance(plan, Within) else plan
