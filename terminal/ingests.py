"""What became of each input, and of all of them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

from accession import Outcome, Recorded
from terminal.places import place
from terminal.safe import safe
from terminal.silence import silence
from terminal.table import json_text

FORMAT = 1
_SHOWN = 20
_ALL_NOTES = "cuttings sql \"select location, item, warnings from ingests where warnings <> '[]'\""


@dataclass(slots=True)
class Counts:
    """How many inputs ended in which outcome, how many were not shown; whether any were not read."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    hidden: int = 0
    not_read: bool = False

    def add(self, one: Recorded) -> None:
        """Count an input, or all of a file that was not read again."""
        self.outcomes[one.outcome] += one.before or 1
        self.not_read = self.not_read or bool(one.before)


def tell(recorded: Iterable[Recorded], *, as_json: bool = False, dry_run: bool = False) -> bool:
    """Tell what became of each input, and of all of them; say whether any failed."""
    counts = events(recorded) if as_json else report(recorded)
    print(summary(counts, dry_run=dry_run), file=sys.stderr)
    return bool(counts.outcomes[Outcome.FAILED])


def report(recorded: Iterable[Recorded]) -> Counts:
    """Write a line for each input, the first of each outcome; give how many ended in which.

    Stored articles go to standard output, what was skipped or failed to standard error. Failures
    are all shown: each is something the person has to do.
    """
    counts, shown, notes = Counts(), Counter[Outcome](), 0
    for one in recorded:
        counts.add(one)
        shown[one.outcome] += 1
        if shown[one.outcome] <= _SHOWN or one.outcome is Outcome.FAILED:
            stored = one.outcome not in {Outcome.SKIPPED, Outcome.FAILED}
            _write(_line(one), sys.stdout if stored else sys.stderr)
        else:
            counts.hidden += one.before or 1
        for warning in one.warnings:
            notes += 1
            if notes <= _SHOWN:
                _write(f"  note: {safe(_place(one))}: {safe(warning)}", sys.stderr)
    if notes > _SHOWN:
        _write(f"  and {notes - _SHOWN:,} notes more: {_ALL_NOTES}", sys.stderr)
    return counts


def events(recorded: Iterable[Recorded]) -> Counts:
    """Write a JSON object for each input, and one for all of them at the end."""
    counts = Counts()
    for one in recorded:
        counts.add(one)
        event = {
            "format": FORMAT,
            "event": "input",
            "outcome": one.outcome.value,
            "location": one.location,
            "item": one.item,
            "article": one.article_id,
            "headline": one.headline,
            "reason": one.reason and one.reason.value,
            "detail": one.detail,
            "warnings": list(one.warnings),
            "read": not one.before,
            "count": one.before or 1,
        }
        _write(json_text(event), sys.stdout)
    total = {outcome.value: counts.outcomes[outcome] for outcome in Outcome}
    _write(json_text({"format": FORMAT, "event": "end", "outcomes": total}), sys.stdout)
    return counts


def _write(line: str, out: TextIO) -> None:
    """Write a line; a reader who has seen enough does not stop the storing that gives the lines."""
    try:
        print(line, file=out, flush=True)
    except BrokenPipeError:
        silence(out)


def _line(one: Recorded) -> str:
    if one.article_id is None:
        return f"{one.outcome:<10} {safe(_place(one))}: {safe(one.detail or _before(one))}"
    headline = safe(one.headline or "(no headline)")
    return f"{one.outcome:<10} {one.article_id:>5}  {headline}  ({safe(_place(one))})"


def _before(one: Recorded) -> str:
    """Say what stands for all of a file that was not read again."""
    if one.outcome is Outcome.SKIPPED:
        return "as before" if one.before == 1 else f"{one.before:,} things in it, as before"
    count = "1 article" if one.before == 1 else f"{one.before:,} articles"
    return f"{count}, read before"


def _place(one: Recorded) -> str:
    return place(one.location, one.item)


def summary(counts: Counts, *, dry_run: bool = False) -> str:
    """Say how many inputs ended in which outcome."""
    found = counts.outcomes
    said = [f"{found[outcome]:,} {outcome}" for outcome in Outcome if found[outcome]]
    more = f" ({counts.hidden:,} of them not shown above)" if counts.hidden else ""
    text = (", ".join(said) or "Nothing to read was found") + more + "."
    if counts.not_read:
        text += " Files that have not changed were not read again: --force reads them."
    return f"Nothing was stored; it would be: {text}" if dry_run else text
