"""A timeline: a line a period, with a bar as long as the share of its articles that match."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from terminal.style import Style

if TYPE_CHECKING:
    from library.overview import Period, Timeline

_FEW_EMPTY = 5
"""So many periods in a row without any article get a line each; more are folded into one."""
_FEW_WITHOUT = 31
"""The same for periods that have articles, of which none matches: a month of days."""
_LEAST_BAR = 4
_GAP = "  "
_EIGHTHS = " ▏▎▍▌▋▊▉"


def write_timeline(timeline: Timeline, out: TextIO | None = None) -> None:
    """Write a timeline that is not empty as a chart, or as lines of tabs with every period."""
    out = out or sys.stdout
    style = Style.of(out)
    lines = _chart(timeline, style) if style.terminal else _tabbed(timeline)
    out.writelines(line + "\n" for line in lines)
    out.write("\n")


def _tabbed(timeline: Timeline) -> Iterator[str]:
    yield f"{timeline.unit}\tfound\tall\tpercent"
    for one in timeline.periods:
        percent = "" if one.share is None else f"{100 * one.share:.6g}"
        yield f"{one.period}\t{one.count}\t{one.all}\t{percent}"


def _chart(timeline: Timeline, style: Style) -> Iterator[str]:
    head = (timeline.unit, "found", "all", "share")
    cells = {one.period: _cells(one) for one in timeline.periods}
    widths = [max(map(len, column)) for column in zip(head, *cells.values(), strict=True)]
    room = style.width - sum(widths) - len(_GAP) * len(widths)
    largest = max(one.share or 0 for one in timeline.periods)
    yield style.bold(_line(head, widths))
    for run in _runs(timeline.periods):
        if len(run) > 1:
            yield style.dim(f"{'…':<{widths[0]}}{_GAP}{_told(run, timeline.unit)}")
        else:
            bar = _bar((run[0].share or 0) / largest, room)
            yield (_line(cells[run[0].period], widths) + _GAP + bar).rstrip()


def _cells(one: Period) -> tuple[str, str, str, str]:
    return one.period, f"{one.count:,}", f"{one.all:,}", _percent(one.share)


def _percent(share: float | None) -> str:
    """Give a share in percent, never as none or as all of them unless it is."""
    if share is None:
        return "–"
    if 0 < share < 0.0005:
        return "<0.1%"
    return f"{min(share, 0.999) if share < 1 else 1:.1%}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers = zip(cells, widths, strict=True)
    return _GAP.join([f"{first[0]:<{first[1]}}", *(f"{text:>{width}}" for text, width in numbers)])


def _bar(part: float, room: int) -> str:
    """Draw a part, from 0 to 1, of so many cells; where there are too few, nothing."""
    if room < _LEAST_BAR or not part:
        return ""
    full, rest = divmod(max(round(part * room * 8), 1), 8)
    return "█" * full + _EIGHTHS[rest].strip()


def _runs(periods: Iterable[Period]) -> Iterator[list[Period]]:
    """Cut periods into single ones, and runs of many in which there is nothing to see."""
    for matching, some in groupby(periods, key=lambda one: one.count > 0):
        run = list(some)
        if not matching and len(run) > _FEW_WITHOUT:
            yield run
        else:
            yield from _short_runs(run)


def _short_runs(periods: Iterable[Period]) -> Iterator[list[Period]]:
    for filled, some in groupby(periods, key=lambda one: one.all > 0):
        run = list(some)
        if not filled and len(run) > _FEW_EMPTY:
            yield run
        else:
            yield from ([one] for one in run)


def _told(run: Sequence[Period], unit: str) -> str:
    every = sum(one.all for one in run)
    return f"{len(run):,} {unit}s" + (f": 0 of {every:,}" if every else " without any article")
