"""Which spans are close to others, in all documents of a segment at once: see `search.spans`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from search.whoosh_array_places import LAST, has, united
from search.whoosh_array_texts import stretch

if TYPE_CHECKING:
    from collections.abc import Callable

    from search.plan import Near
    from search.whoosh_array_places import Spans
    from search.whoosh_array_texts import Texts
    from search.whoosh_arrays import Integers, Mask


def near(plan: Near, left: Spans, right: Spans, texts: Callable[[], Texts]) -> Spans:
    """Keep spans that are close to another of the other side."""
    close = _close(plan, left, right, texts, behind=not plan.backward)
    if plan.lacking:
        return left.take(~close)
    beside = _close(plan, right, left, texts, behind=plan.backward)
    return united([left.take(close), right.take(beside)])


def _close(
    plan: Near, found: Spans, others: Spans, texts: Callable[[], Texts], *, behind: bool
) -> Mask:
    """Mark spans that have another close to them: behind it, in an ordered Near, or before."""
    if plan.unit != "word":
        all_texts = texts()
        starts = all_texts.sentences if plan.unit == "sentence" else all_texts.paragraphs
        return _beside(found, others, *stretch(starts, found.first))
    close, either = np.zeros(len(found.first), np.bool_), not plan.ordered
    if behind or either:
        close |= has(others.first, found.last + 1, found.last + plan.distance)
    if either or not behind:
        ends = np.sort(others.last, kind="stable")
        close |= has(ends, found.first - plan.distance, found.first - 1)
    return close


def _beside(found: Spans, others: Spans, low: Integers, high: Integers) -> Mask:
    """Mark spans that have another beside them, which begins between two places."""
    close = has(others.first, found.last + 1, high)
    # Of the others that begin behind `low`, the one that ends first.
    ends = np.append(np.minimum.accumulate(others.last[::-1])[::-1], LAST)
    close |= ends[np.searchsorted(others.first, low)] < found.first
    return close
