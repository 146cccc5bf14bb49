"""What became of each input, and of all of them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from article import Outcome, Recorded
from terminal.places import place
from terminal.safe import safe
from terminal.silence import silence

_SHOWN = 20
_ALL_NOTES = "cuttings sql \"select location, item, warnings from ingests where warnings <> '[]'\""


def report(recorded: Iterable[Recorded]) -> Counter[Outcome]:
    """Write a line for each input, the first of each outcome; give how many ended in which.

    Stored articles go to standard output, what was skipped or failed to standard error. Failures
    are all shown: each is something the person has to do.
    """
    counts: Counter[Outcome] = Counter()
    notes = 0
    for one in recorded:
        counts[one.outcome] += 1
        if counts[one.outcome] <= _SHOWN or one.outcome is Outcome.FAILED:
            stored = one.outcome not in {Outcome.SKIPPED, Outcome.FAILED}
            _write(_line(one), sys.stdout if stored else sys.stderr)
        for warning in one.warnings:
            notes += 1
            if notes <= _SHOWN:
                _write(f"  note: {safe(_place(one))}: {safe(warning)}", sys.stderr)
    if notes > _SHOWN:
        _write(f"  and {notes - _SHOWN:,} notes more: {_ALL_NOTES}", sys.stderr)
    return counts


def _write(line: str, out: TextIO) -> None:
    """Write a line; a reader who has seen enough does not stop the storing that gives the lines."""
    try:
        print(line, file=out, flush=True)
    except BrokenPipeError:
        silence(out)


def _line(one: Recorded) -> str:
    if one.article_id is None:
        return f"{one.outcome:<10} {safe(_place(one))}: {safe(one.detail or '')}"
    headline = safe(one.headline or "(no headline)")
    return f"{one.outcome:<10} {one.article_id:>5}  {headline}  ({safe(_place(one))})"


def _place(one: Recorded) -> str:
    return place(one.location, one.item)


def summary(counts: Counter[Outcome]) -> str:
    """Say how many inputs ended in which outcome."""
    said = [f"{counts[outcome]:,} {outcome}" for outcome in Outcome if counts[outcome]]
    hidden = sum(
        max(count - _SHOWN, 0) for outcome, count in counts.items() if outcome is not Outcome.FAILED
    )
    more = f" ({hidden:,} of them not shown above)" if hidden else ""
    return (", ".join(said) or "Nothing to read was found") + more + "."
