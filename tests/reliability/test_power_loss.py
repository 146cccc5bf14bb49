"""A power cut at any moment loses nothing that was reported as stored, and damages no index."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.reliability.cases import CASES, Prepared
from tests.reliability.conftest import trials
from tests.reliability.faults import Runs
from tests.reliability.holding import problems
from tests.reliability.making import acknowledged
from tests.reliability.power import Disk, cuts

_CASES = ["ingest", "ingest-more", "remove", "reindex"]


def found_after_cuts(
    prepared: Prepared, calls: Sequence[tuple[str, str]], place: Path, count: int
) -> list[str]:
    """Cut the power at so many points of what a command did; give what is wrong afterwards."""
    prepared.anew()
    disk, wrong = Disk(prepared.folder.parent), list[str]()
    for one in cuts(disk, calls, count, seed=7):
        disk.crashed(place, one["seed"])
        stored = {**prepared.stored, **acknowledged(disk.told.decode())}
        if found := problems(place / "library", stored, prepared.case.gone):
            last = calls[one["cut"] - 1] if one["cut"] else ("", "")
            wrong.append(f"{one} after {last[0]}({last[1][:40]}: {found}")
        shutil.rmtree(place)
    return wrong


@pytest.mark.parametrize("name", _CASES)
def test_what_was_reported_as_stored_survives_a_power_cut(
    name: str, runs: Runs, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    prepared = Prepared(CASES[name], home)
    prepared.anew()
    calls = runs.written(*prepared.argv)
    assert found_after_cuts(prepared, calls, tmp_path / "cut", trials(50, 1_250)) == []
