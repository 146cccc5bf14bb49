"""Find where paragraphs end in a text without blank lines or indents, from lengths and signs.

A printer fills its lines. Where the next line's first word would still have fitted, the paragraph ended
for sure; everywhere else a full line that ends a sentence may or may not end a paragraph. Such doubtful
ends are weighed by the text's own habits, and each run of lines between two sure ends is parted so that
the expected number of paragraphs got exactly right is greatest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

from ingest.layout import Measure, room
from ingest.sentences import ends_sentence, starts_small

BIAS, HABIT, BEFORE, AFTER, USUAL, OPEN = -0.15, 0.92, 1.16, 0.65, -1.24, -2.32
"""Weights of a logistic regression over the doubtful ends of 210 articles of the development half of
`data/wrapped`, wrapped anew to 15 widths each. More features and boosted trees gained nothing."""

USUAL_LINES = 3.0
"""Lines of a paragraph, where a text has none that is surely one."""

FARTHEST = 200
"""No more doubtful ends than this are looked back over at once, which bounds the work."""

_WITHIN = re.compile(r"[.!?…][\"'”’»)\]“]*\s+[\"'“„«(\[]*([^\W_])|[。！？]")
"""A sentence's end within a line, and the next sentence's first letter."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a text uses paragraphs: log-odds that a sentence's end is a paragraph's, and usual length."""

    odds: float
    lines: float


def split_dense(block: list[str], measure: Measure) -> Iterator[list[str]]:
    """Part a block of lines into its paragraphs' lines."""
    sure = [_ended(line, after, measure) for line, after in pairwise(block)]
    doubtful = [
        not known and ends_sentence(line) and not starts_small(after)
        for known, (line, after) in zip(sure, pairwise(block), strict=True)
    ]
    runs = list(_runs(sure))
    habits = _habits(block, sure, doubtful, runs)
    for start, end in runs:
        yield from _split_run(block[start:end], doubtful[start : end - 1], habits)


def _ended(line: str, after: str, measure: Measure) -> bool:
    """Whether a line surely ends a paragraph; where lines are ragged it must end a sentence too."""
    if room(line, after, measure.width, measure.wide) < 0:
        return False
    return not measure.ragged or (ends_sentence(line) and not starts_small(after))


def _runs(sure: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each run of lines that ends surely."""
    start = 0
    for index, known in enumerate(sure, 1):
        if known:
            yield start, index
            start = index
    yield start, len(sure) + 1


def _habits(
    block: list[str], sure: list[bool], doubtful: list[bool], runs: list[tuple[int, int]]
) -> Habits:
    ends = sum(known and ends_sentence(line) for known, line in zip(sure, block, strict=False))
    within = sum(not first.islower() for line in block for first in _WITHIN.findall(line))
    lengths = [end - start for start, end in runs if not any(doubtful[start : end - 1])]
    usual = sum(lengths) / len(lengths) if lengths else USUAL_LINES
    return Habits(log((ends + 0.5) / (within + 0.5)), usual)


def _split_run(run: list[str], doubtful: list[bool], habits: Habits) -> Iterator[list[str]]:
    places = [index for index, doubt in enumerate(doubtful, 1) if doubt]
    if not places:
        yield run
        return
    open_at = _open_quotations(run)
    chances = [_chance(place, len(run) - place, open_at[place - 1], habits) for place in places]
    cuts = [places[index] for index in _best_cuts(chances)]
    for start, end in pairwise([0, *cuts, len(run)]):
        yield run[start:end]


def _chance(before: int, after: int, opened: bool, habits: Habits) -> float:
    """Give the chance that a paragraph ends after `before` lines of a run, `after` lines before its end."""
    weight = BIAS + HABIT * habits.odds + BEFORE * log(before) + AFTER * log(after)
    weight += USUAL * log(habits.lines) + OPEN * opened
    return 1 / (1 + exp(-max(-30.0, min(30.0, weight))))


def _open_quotations(run: list[str]) -> list[bool]:
    """Say after each line whether a quotation that began in the run is still open."""
    seen: Counter[str] = Counter()
    opened = []
    for line in run:
        for mark in '“”„«»"':
            seen[mark] += line.count(mark)
        opened.append(_is_open(seen))
    return opened


def _is_open(seen: Counter[str]) -> bool:
    if seen["„"]:
        return seen["„"] > (seen["“"] or seen["”"] + seen['"'])
    if seen["“"] or seen["”"]:
        return seen["“"] > seen["”"]
    if seen["«"] or seen["»"]:
        return seen["«"] > seen["»"]
    return seen['"'] % 2 == 1


def _best_cuts(chances: list[float]) -> list[int]:
    """Choose the cuts for which the most paragraphs are expected to come out exactly.

    A paragraph does if both its ends are true ones and no true end lies between.
    """
    chance = [1.0, *chances, 1.0]
    best, back = [0.0], [0]
    for end in range(1, len(chance)):
        whole, choice = 1.0, (-1.0, 0)
        for start in range(end - 1, max(-1, end - FARTHEST), -1):
            choice = max(choice, (best[start] + chance[start] * whole * chance[end], start))
            whole *= 1 - chance[start]
        best.append(choice[0])
        back.append(choice[1])
    cuts, at = [], back[-1]
    while at:
        cuts.append(at - 1)
        at = back[at]
    return cuts[::-1]
