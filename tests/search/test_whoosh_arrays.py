"""Answers from arrays are those of the plain scorer, to the last bit of each score."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from search import whoosh_choice, whoosh_engine
from search.parser import parse
from search.planner import plan
from tests.search import states
from tests.search.oracle import holds
from tests.search.test_engines import TODAY, VOCABULARY, some_query
from tests.search.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from search.engine import Sort
    from search.plan import Plan
    from search.whoosh_engine import WhooshEngine

QUERIES = 160


@pytest.fixture(scope="module", params=states.STATES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WhooshEngine]:
    made = whoosh_engine.create(tmp_path_factory.mktemp("index") / "gen")
    request.param(made)
    yield made
    made.close()


def answers(
    engine: WhooshEngine, made: Plan, monkeypatch: pytest.MonkeyPatch, *, with_places: bool
) -> list[object]:
    """Give an answer with arrays, and the same without."""
    found: list[object] = []
    sorts: list[Sort] = ["relevance", "date"]
    for arrays in (True, False):
        monkeypatch.setattr(whoosh_engine, "arrays_pay", lambda *_, arrays=arrays: arrays)
        pages = [
            engine.search(made, limit=limit, offset=offset, sort=sort)
            for sort in sorts
            for limit, offset in ((1000, 0), (3, 0), (2, 5), (0, 0))
        ]
        places = (engine.paragraphs(made), engine.matches(made)) if with_places else ()
        found.append((pages, engine.ids(made), places))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_answers_are_those_of_the_plain_scorer(
    engine: WhooshEngine, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1000 + seed)
    for n in range(QUERIES // 4):
        text = some_query(chance)
        made = plan(parse(text), list(VOCABULARY), TODAY)
        with_arrays, without = answers(engine, made, monkeypatch, with_places=n % 4 == 0)
        assert with_arrays == without, text


def test_trees_that_no_query_gives_are_answered_alike_and_as_by_brute_force(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {id_ for id_, _ in engine.revisions()}
    held, some = [one for one in states.held() if one.id in ids], 0
    trees = Trees(random.Random(5), states.held(), whole=True)
    for n in range(QUERIES):
        made = trees.tree() if n % 2 else trees.places()
        with_arrays, without = answers(engine, made, monkeypatch, with_places=n % 4 == 0)
        assert with_arrays == without, made
        found = engine.ids(made)
        assert found == {one.id for one in held if holds(made, one)}, made
        some += 0 < len(found) < len(held)
    assert some > QUERIES // 2


def test_numpy_is_imported_when_questions_ask_for_enough(tmp_path: Path) -> None:
    engine = whoosh_engine.create(tmp_path / "gen")
    states.one_segment(engine)
    engine.close()
    code = (
        "import datetime, sys; from pathlib import Path; from search import whoosh_choice;"
        "from search import whoosh_engine; from search.planner import plan;"
        "from search.parser import parse; whoosh_choice.ENOUGH = 50;"
        "engine = whoosh_engine.open_index(Path(sys.argv[1]));"
        "made = plan(parse('*'), ['en'], datetime.date(2022, 1, 1));"
        "found = [(engine.search(made, limit=3).total, 'numpy' in sys.modules) for _ in range(3)];"
        "print(found)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "gen")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[(40, False), (40, True), (40, True)]"
    assert whoosh_choice.ENOUGH > 10_000
