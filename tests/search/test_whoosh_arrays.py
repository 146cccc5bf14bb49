"""Answers from arrays are those of the plain scorer, to the last bit of each score."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from search import whoosh_choice, whoosh_engine
from search.parser import parse
from search.plan import All, AnyOf, Between, But, Following, Near, Often, Plan, Within, Word
from search.planner import plan
from tests.search.test_engines import (
    TODAY,
    VOCABULARY,
    doc,
    documents,
    fill,
    some_article,
    some_query,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from search.engine import Sort
    from search.whoosh_engine import WhooshEngine

QUERIES = 160


def one_segment(engine: WhooshEngine) -> None:
    engine.replace(documents(3, 121))
    engine.commit()


def many_segments(engine: WhooshEngine) -> None:
    fill(engine, documents(3, 121))
    for start in range(0, 120, 30):
        engine.replace(documents(3, 121)[start : start + 25])
        engine.commit()


def merged(engine: WhooshEngine) -> None:
    chance = random.Random(8)
    for number in range(1, 150):
        engine.replace([doc(number % 70, number, some_article(chance))])
        if number % 5 == 0:
            engine.delete([number % 31])
        engine.commit()


@pytest.fixture(scope="module", params=[one_segment, many_segments, merged])
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


def some_plan(chance: random.Random, depth: int = 0) -> Plan:
    """Make a tree that no query may give, but a plan allows."""
    words = [
        Word("text", term) for term in ("oil", "price", "preis", "石", "石油", "rise", "prici")
    ]
    words += [
        Word("text", "oil", 0.2),
        Word("exact", "oil"),
        Word("author", "doe"),
        Word("id", "7"),
    ]
    if depth > 2 or chance.random() < 0.3:
        return chance.choice(words)
    kind = chance.randrange(8)
    if kind < 2:
        some = tuple(some_plan(chance, depth + 1) for _ in range(chance.randint(0, 3)))
        return (All(some) if some else Between("date", 20200101, 20210201)) if kind else AnyOf(some)
    if kind == 2:
        return But(some_plan(chance, depth + 1))
    return some_places(chance, words, depth)


def some_places(chance: random.Random, words: list[Word], depth: int = 0) -> Plan:
    if depth > 3 or chance.random() < 0.3:
        return chance.choice(words[:8])
    left, right = (some_places(chance, words, depth + 1) for _ in range(2))
    flags = {name: chance.random() < 0.4 for name in ("ordered", "lacking", "backward")}
    found: list[Plan] = [
        Following((chance.choice(words[:8]), AnyOf((words[0], words[1])))),
        Near(left, right, "word", chance.randint(1, 120), **flags),
        Near(left, right, "sentence"),
        Often(chance.randint(1, 3), left),
        Within(chance.choice(["headline", "caption"]), left),
        AnyOf((left, right)),
    ]
    return chance.choice(found)


def test_trees_that_no_query_gives_are_answered_alike(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, some = random.Random(5), 0
    for n in range(QUERIES):
        made = some_plan(chance)
        with_arrays, without = answers(engine, made, monkeypatch, with_places=n % 4 == 0)
        assert with_arrays == without, made
        some += 0 < len(engine.ids(made)) < engine.count()
    assert some > QUERIES // 4


def test_numpy_is_imported_when_questions_ask_for_enough(tmp_path: Path) -> None:
    engine = whoosh_engine.create(tmp_path / "gen")
    one_segment(engine)
    engine.close()
    code = (
        "import datetime, sys; from pathlib import Path; from search import whoosh_choice;"
        "from search import whoosh_engine; from search.planner import plan;"
        "from search.parser import parse; whoosh_choice.ENOUGH = 150;"
        "engine = whoosh_engine.open_index(Path(sys.argv[1]));"
        "made = plan(parse('*'), ['en'], datetime.date(2022, 1, 1));"
        "found = [(engine.search(made, limit=3).total, 'numpy' in sys.modules) for _ in range(3)];"
        "print(found)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "gen")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[(120, False), (120, True), (120, True)]"
    assert whoosh_choice.ENOUGH > 10_000
