"""The reading order of a page that has no tags: rows, and the columns that a gutter parts them into."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from statistics import median

from ingest.pdf.words import Word

GUTTER = 0.8
"""A gutter is at least so wide, in type sizes."""

SHARE = 0.6
"""So many of the rows must leave the gutter free."""

FEWEST_ROWS = 4
LETTERS = 12
"""A column's lines have so many letters at least."""

MOST_STEPS = 3_000
MOST_COLUMNS = 8
STEP = 2.0
"""Points between the places tried for a gutter."""

Row = list[Word]


def columns_of(words: list[Word]) -> list[list[Row]]:
    """Give the parts of a page in reading order, each as the rows of one column."""
    rows = rows_of([word for word in words if word.upright])
    return [part for part in _part(rows, MOST_COLUMNS) if part]


def rows_of(words: list[Word]) -> list[Row]:
    """Gather words on one base line, from the top down, each row in the order it was drawn."""
    places = {id(word): at for at, word in enumerate(words)}
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: -word.y):
        if rows and abs(rows[-1][0].y - word.y) < 0.45 * max(rows[-1][0].size, word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.x0)
        if _runs_left(row):
            row.sort(key=lambda word: places[id(word)])
    return rows


def _runs_left(row: Row) -> bool:
    letters = "".join(word.text for word in row)
    right = sum("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in letters)
    return right * 2 > len(letters)


def _part(rows: list[Row], most: int) -> Iterator[list[Row]]:
    gutter = _gutter(rows) if most > 1 and len(rows) >= FEWEST_ROWS else None
    if gutter is None:
        yield rows
        return
    for over, band in groupby(_told(rows, gutter), key=lambda pair: pair[1]):
        taken = [row for row, _ in band]
        if over:
            yield taken
            continue
        left = [half for row in taken if (half := [w for w in row if w.x1 <= gutter])]
        right = [half for row in taken if (half := [w for w in row if w.x1 > gutter])]
        halves = [right, left] if _runs_left([w for row in taken for w in row]) else [left, right]
        for side in halves:
            yield from _part(side, most - 1)


def _told(rows: list[Row], gutter: float) -> Iterator[tuple[Row, bool]]:
    """Say of each row whether it runs over the gutter, or ends what did so before it."""
    before: Row | None = None
    for row in rows:
        over = any(start < gutter < end for start, end in _stretches(row))
        if not over and before and row[-1].x1 < gutter:
            near = before[0].y - row[0].y < 1.6 * row[0].size
            over = near and abs(before[0].size - row[0].size) < 0.3
        before = row if over else None
        yield row, over


def _stretches(row: Row) -> list[tuple[float, float]]:
    """Give from where to where a row is written, words with less than a gutter between them as one."""
    stretches: list[tuple[float, float]] = []
    for word in sorted(row, key=lambda word: word.x0):
        if stretches and word.x0 - stretches[-1][1] < GUTTER * word.size:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], word.x1))
        else:
            stretches.append((word.x0, word.x1))
    return stretches


def _gutter(rows: list[Row]) -> float | None:
    """Find the place that the fewest rows run over, with text on both sides of it."""
    stretches = [_stretches(row) for row in rows]
    low = min(start for row in stretches for start, _ in row)
    count = int((max(end for row in stretches for _, end in row) - low) / STEP) + 1
    if count > MOST_STEPS:
        return None
    crossed = [0] * (count + 1)
    for start, end in (stretch for row in stretches for stretch in row):
        for place in range(math.ceil((start - low) / STEP), int((end - low) / STEP) + 1):
            crossed[place] += 1
    runs = [
        (crossings, places)
        for crossings, run in groupby(range(1, count), key=crossed.__getitem__)
        if crossings <= (1 - SHARE) * len(rows) and (places := list(run))
    ]
    for _, places in sorted(runs, key=lambda run: (run[0], -len(run[1]))):
        gutter = low + STEP * median(places)
        if _both_are_prose(rows, gutter):
            return gutter
    return None


def _both_are_prose(rows: list[Row], gutter: float) -> bool:
    """Whether both sides hold text, not a list's numbers or a table's figures."""
    left, right = 0, 0
    lines = [0, 0]
    for row in rows:
        if any(start < gutter < end for start, end in _stretches(row)):
            continue
        one = sum(len(word.text) for word in row if word.x1 <= gutter)
        other = sum(len(word.text) for word in row if word.x0 >= gutter)
        left, right = left + one, right + other
        lines = [lines[0] + (one > 0), lines[1] + (other > 0)]
    enough = min(left / max(lines[0], 1), right / max(lines[1], 1)) >= LETTERS
    return enough and min(lines) >= FEWEST_ROWS and min(left, right) >= 0.15 * (left + right)
