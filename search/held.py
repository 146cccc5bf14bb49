"""One document turned into positions: what a plan means for it, worked out without an engine."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Forms,
    Leaf,
    Plan,
    Word,
)
from search.spans import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.document import Document
    from search.layout import Layout

FIELDS = ("author", "section", "tag", "url")  # of words without stems
VALUES = ("site", "lang", "has")  # of whole values


class Held:
    """A document by the positions of its keys, ascending."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @property
    def document(self) -> Document:
        """The document itself."""
        return self._document

    @property
    def layout(self) -> Layout:
        """How its words lie."""
        return self.document.layout

    @cached_property
    def fields(self) -> dict[str, dict[str, list[int]]]:
        """Positions by field and key."""
        return _Fields(self.document)

    @property
    def words(self) -> int:
        """How many words the text holds."""
        return sum(len(run.terms) for run in self.document.text)

    def positions(self, leaf: Leaf) -> Sequence[int]:
        """Give the positions of a leaf; see `search.spans.Places`."""
        keys = self.fields[leaf.field]
        if isinstance(leaf, Word):
            return keys.get(leaf.term, ())
        return sorted({at for key in leaf.pattern.chosen(keys) for at in keys[key]})

    def holds(self, plan: Plan) -> bool:
        """Tell whether the document matches a plan."""
        match plan:
            case All(plans):
                return all(map(self.holds, plans))
            case AnyOf(plans):
                return any(map(self.holds, plans))
            case But(part):
                return not self.holds(part)
            case Everything():
                return True
            case Between():
                return self._lies(plan)
            case _:
                return bool(spans(plan, self))

    def _lies(self, plan: Between) -> bool:
        if plan.field == "added":
            added = self.document.added
            return added is not None and plan.low <= added <= plan.high
        first, last = self.document.first_day, self.document.last_day
        if first is None or last is None:
            return plan.perhaps
        if plan.perhaps:
            return first <= plan.high and plan.low <= last
        return plan.low <= first and last <= plan.high


class _Fields(dict[str, dict[str, list[int]]]):
    """Positions by field and key; a field is taken apart when it is asked for."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document

    def __missing__(self, field: str) -> dict[str, list[int]]:
        found = self[field] = dict[str, list[int]]()
        for start, keys in runs(self._document, field):
            for position, key in enumerate(keys, start):
                found.setdefault(key, []).append(position)
        return found


def runs(document: Document, field: str) -> list[tuple[int, Sequence[str]]]:
    """Give the keys of a field as they follow one another, and the position of each first one."""
    if field == "text":
        return [(run.start, run.terms) for run in document.text]
    if field == "exact":
        return [(run.start, run.keys) for run in document.text]
    if field == "id":
        return [(0, [str(document.id)])]
    if field in VALUES:
        return [(0, getattr(document, field))]
    return [(run.start, run.terms) for run in getattr(document, field)]


def positives(plan: Plan, held: Held) -> list[Plan]:
    """Give the positional parts of a plan by which a document matches it, each once.

    Parts under NOT and alternatives that do not hold are left out.
    """
    match plan:
        case All(plans):
            found = [part for inner in plans for part in positives(inner, held)]
        case AnyOf(plans):
            holding = [inner for inner in plans if held.holds(inner)]
            found = [part for inner in holding for part in positives(inner, held)]
        case But() | Everything() | Between():
            return []
        case Forms() | Word() if plan.field in {*VALUES, "id"}:
            return []
        case _:
            return [plan]
    return list(dict.fromkeys(found))
