"""Damage to any file of a library: the right answers afterwards or a clear error, never a wrong one."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from search import tantivy_files, verified, whoosh_manifest
from search.engines import NAMES, installed
from terminal.exits import Exit
from tests.reliability.conftest import trials
from tests.reliability.damage import Outcome, ask, copies, damage, make

SEED = 7
_TANTIVY = (".store", ".idx", ".term", ".pos", ".fast", ".fieldnorm", ".del")


@pytest.fixture(autouse=True)
def _notes_are_kept_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was read through be noted though it is new: each trial waits for the clock to tick."""
    monkeypatch.setattr(verified, "_TICK", 0)


@pytest.fixture(scope="module", params=[name for name in NAMES if installed(name)])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a library with each engine."""
    folder: Path = tmp_path_factory.mktemp(request.param) / "library"
    make(folder, request.param)
    return folder


def test_answers_stay_right_whatever_happens_to_a_file_of_the_index(
    made: Path, tmp_path: Path
) -> None:
    right = ask(made)
    assert (right.said, right.code) == ((), None)
    outcomes: Counter[str] = Counter()
    for what, outcome in tried(made, tmp_path, trials(50, 2_500)):
        assert outcome.answers in (right.answers, None), what
        assert outcome.code in (Exit.CANNOT_SERVE, None), what
        assert outcome.said or not matters(what), what
        outcomes["said" if outcome.said else "without effect"] += 1
    assert outcomes["said"] > trials(50, 2_500) / 2


def tried(made: Path, work: Path, count: int) -> list[tuple[str, Outcome]]:
    """Damage a file of the index, time and again; give which and how, and what came of it."""
    chance, found = random.Random(SEED), list[tuple[str, Outcome]]()
    for folder in copies(made, work / "library", count):
        files = sorted(path for path in (folder / "index").rglob("*") if path.is_file())
        path = chance.choice(files)
        how, changed = damage(path, chance)
        found.append((f"{path.name} {how} {changed}", ask(folder)))
    return found


def matters(what: str) -> bool:
    """Tell whether damage has to be said: a flip beside Tantivy's checksums may be without effect."""
    name, how, _ = what.split()
    return serves(what) and not (how == "flip" and name.endswith(_TANTIVY))


def serves(what: str) -> bool:
    """Tell whether a file was changed that holds what is found, or says whether to trust it."""
    name, _, changed = what.split()
    listed = (".seg", ".toc", "manifest.json", "meta.json", "seal.json", "stamp.json")
    return changed == "True" and name.endswith((*listed, *_TANTIVY))


def test_without_the_check_damage_goes_unnoticed(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Show that the trials above could fail: files are taken to be whole without a look."""
    right = ask(made)
    monkeypatch.setattr(whoosh_manifest, "_is_listed", lambda *_: True)
    monkeypatch.setattr(tantivy_files, "_is_whole", lambda _: True)
    assert any(
        outcome.answers not in (right.answers, None) or (serves(what) and not outcome.said)
        for what, outcome in tried(made, tmp_path, 25)
    )


def test_the_database_is_never_replaced_by_a_search_whatever_happened_to_it(
    made: Path, tmp_path: Path
) -> None:
    """SQLite has no checksums: what it takes for whole may have changed, what it does not is said."""
    chance = random.Random(SEED)
    codes: Counter[Exit | None] = Counter()
    for folder in copies(made, tmp_path / "library", trials(10, 500)):
        database = folder / "cuttings.db"
        how, _ = damage(database, chance)
        damaged = database.read_bytes() if database.exists() else None
        outcome = ask(folder)
        assert (database.read_bytes() if database.exists() else None) == damaged, how
        if outcome.code is not None:
            assert outcome.code is Exit.CANNOT_SERVE, how
            assert re.search("copy|Try again", outcome.said[-1]), (how, outcome.said)
        codes[outcome.code] += 1
    assert codes[Exit.CANNOT_SERVE]
