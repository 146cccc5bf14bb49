"""How far from each other words stand in one article that should be close."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from search.evidence import Place, where
from search.explain import counted
from search.spans import overlap, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.evidence import Evidence
    from search.plan import Plan
    from search.query import Near
    from search.spans import Span


def nearest(near: Near, left: Plan, right: Plan, evidence: Evidence) -> str:
    """Say how close two words come that both stand in an article, if less close than they should."""
    found = ""
    if near.unit == "word":
        found = _in_words(near, left, right, evidence)
    elif near.unit == "sentence":
        found = _in_paragraphs(left, right, evidence)
    return found or _never(spans(left, evidence.held), spans(right, evidence.held))


def _in_words(near: Near, left: Plan, right: Plan, evidence: Evidence) -> str:
    forward, backward = _apart(left, right, evidence), _apart(right, left, evidence)
    choices = [found for found in (forward, backward) if found]
    if near.ordered and forward:
        choices = [forward]
    if not choices:
        return ""
    gap, place = min(choices, key=lambda choice: choice[0])
    order = "only in the other order, " if near.ordered and not forward else ""
    return f"{order}nearest are {counted(gap, 'word')} apart, {where([place])}"


def _apart(left: Plan, right: Plan, evidence: Evidence) -> tuple[int, Place] | None:
    """Find how many words lie from one to the next other in the same text, and in which."""
    pairs = _followed(spans(left, evidence.held), spans(right, evidence.held))
    for gap, one, other in sorted(pairs):
        text, _ = evidence.place(left, one)
        if text == evidence.place(right, other)[0]:
            return gap, Place(text, ())
    return None


def _followed(ones: Sequence[Span], others: Sequence[Span]) -> Iterator[tuple[int, Span, Span]]:
    """Give each span with the next other behind it, and the distance in words."""
    starts = [start for start, _ in others]
    for one in ones:
        at = bisect_right(starts, one[1])
        if at < len(others):
            yield others[at][0] - one[1], one, others[at]


def _in_paragraphs(left: Plan, right: Plan, evidence: Evidence) -> str:
    """Name the paragraphs that two words share, though none of their sentences."""
    paragraph = evidence.held.layout.paragraph
    others: dict[int, list[Span]] = {}
    for other in spans(right, evidence.held):
        others.setdefault(paragraph(other[0]), []).append(other)
    shared = [
        one
        for one in spans(left, evidence.held)
        if any(not overlap(one, other) for other in others.get(paragraph(one[0]), ()))
    ]
    places = [Place(evidence.place(left, one)[0], ()) for one in shared]
    return f"they share {where(places)}, but no sentence" if places else ""


def _never(ones: Sequence[Span], others: Sequence[Span]) -> str:
    same = any(overlap(one, other) for one in ones for other in others)
    return "they are the same words" if same else "they share no paragraph"
