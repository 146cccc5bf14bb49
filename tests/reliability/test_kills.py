"""A kill at any system call that changes the library loses nothing, and the next command carries on."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.folder import Folder
from tests.reliability.cases import CASES, Prepared
from tests.reliability.conftest import trials
from tests.reliability.faults import Point, Runs, spread
from tests.reliability.making import acknowledged, state

ALL = 100_000
TOO_LATE = "it ended before: what was noted of the index a second ago is noted no second time"
_TURNS = 4
_IN_CI = {"ingest": 50, "ingest-more": 48, "remove": 24, "sync": 24, "reindex": 24}
_PART = 25


def _shares() -> list[tuple[str, int, int, int]]:
    """Give (case, points, part, parts): what one test tries, few enough that two workers share well."""
    shares: list[tuple[str, int, int, int]] = []
    for name in CASES:
        count = trials(_IN_CI.get(name, 6), ALL)
        parts = -(-min(count, 200) // _PART)
        shares += [(name, count, part, parts) for part in range(parts)]
    return shares


@pytest.mark.parametrize(("name", "count", "part", "parts"), _shares())
def test_a_command_killed_at_a_system_call_loses_nothing_and_is_done_by_doing_it_again(  # noqa: PLR0917
    name: str, count: int, part: int, parts: int, runs: Runs, tmp_path: Path
) -> None:
    prepared = Prepared(CASES[name], tmp_path)
    prepared.anew()
    points = runs.points(tmp_path, *prepared.argv)
    assert prepared.problems(prepared.stored) == ""
    whole = state(Folder(prepared.folder).database)
    tried = spread(points, count)[part::parts]
    found = [
        _killed_in_time(point, prepared, runs, whole, at_once=number % 2 == 1)
        for number, point in enumerate(tried)
    ]
    wrong = [
        f"{point.call} {point.number} ({point.text[:90]}): {what}"
        for point, what in zip(tried, found, strict=True)
        if what not in {"", TOO_LATE}
    ]
    assert wrong == []
    assert found.count(TOO_LATE) <= len(found) // 10


def _killed_in_time(
    point: Point, prepared: Prepared, runs: Runs, whole: object, *, at_once: bool
) -> str:
    """Kill a command at a point, and try again where the command ended before: it is a second's luck."""
    found = TOO_LATE
    for _ in range(_TURNS):
        if found == TOO_LATE:
            found = _killed_at(point, prepared, runs, whole, at_once=at_once)
    return found


def _killed_at(
    point: Point, prepared: Prepared, runs: Runs, whole: object, *, at_once: bool
) -> str:
    """Kill a command at a point; give what is wrong after another command, and after the same again.

    `at_once` leaves the other command out.
    """
    prepared.anew()
    ended = runs.spoiled("signal=KILL", point, *prepared.argv)
    if ended.code not in {-9, 0}:
        return f"not killed, but {ended.code}: {ended.err}"
    stored = {**prepared.stored, **acknowledged(ended.out)}
    if not (at_once or prepared.case.mends) and (found := prepared.problems(stored)):
        return f"then another command: {found}"
    if found := prepared.again(runs, stored, whole):
        return found
    return TOO_LATE if ended.code == 0 else ""
