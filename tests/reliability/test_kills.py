"""A kill at any system call that changes the library loses nothing, and the next command carries on."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.folder import Folder
from tests.reliability.cases import CASES, Prepared
from tests.reliability.conftest import trials
from tests.reliability.faults import Point, Runs, spread
from tests.reliability.holding import problems
from tests.reliability.making import acknowledged, state

ALL = 100_000
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
    assert problems(prepared.folder, prepared.stored, prepared.case.gone) == ""
    whole = state(Folder(prepared.folder).database)
    wrong = [
        f"{point.call} {point.number} ({point.text[:90]}): {found}"
        for number, point in enumerate(spread(points, count)[part::parts])
        if (found := _killed_at(point, prepared, runs, whole, at_once=number % 2 == 1))
    ]
    assert wrong == []


def _killed_at(
    point: Point, prepared: Prepared, runs: Runs, whole: object, *, at_once: bool
) -> str:
    """Kill a command at a point; give what is wrong after another command, and after the same again.

    `at_once` leaves the other command out.
    """
    prepared.anew()
    ended = runs.spoiled("signal=KILL", point, *prepared.argv)
    if ended.code != -9:
        return f"not killed, but {ended.code}: {ended.err}"
    stored = {**prepared.stored, **acknowledged(ended.out)}
    if not (at_once or prepared.case.mends) and (
        found := problems(prepared.folder, stored, prepared.case.gone)
    ):
        return f"then another command: {found}"
    again = runs.plain(*prepared.argv)
    if again.code not in prepared.case.again:
        return f"the same again ended with {again.code}: {again.err}"
    if found := problems(prepared.folder, stored, prepared.case.gone):
        return f"after the same again: {found}"
    return (
        "" if state(Folder(prepared.folder).database) == whole else "another end than undisturbed"
    )
