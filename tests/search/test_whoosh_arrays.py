"""Answers from arrays are those of the plain scorer, to the last bit of each score."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from article import Article, Author, Kind, Paragraph
from search import whoosh_array_scores, whoosh_choice, whoosh_engine
from search.parser import parse
from search.plan import AnyOf, Following, Near, Window, Word
from search.planner import plan
from tests.search import states
from tests.search.oracle import holds
from tests.search.random_news import TODAY, VOCABULARY, doc, some_query
from tests.search.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from search.engine import Sort
    from search.plan import Plan
    from search.whoosh_engine import WhooshEngine

QUERIES = 160


def planned(text: str) -> Plan:
    return plan(parse(text), list(VOCABULARY), TODAY)


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
    monkeypatch.setattr(whoosh_array_scores, "FEW", 0)  # all documents at once, be they few
    found: list[object] = []
    sorts: list[Sort] = ["relevance", "date"]
    for arrays in (True, False):
        monkeypatch.setattr(whoosh_engine, "arrays_pay", lambda *_, arrays=arrays: arrays)
        pages = [
            engine.search(made, limit=limit, offset=offset, sort=sort)
            for sort in sorts
            for limit, offset in ((1000, 0), (2, 5))
        ]
        pages += [engine.search(made, limit=limit) for limit in (3, 0)]
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
        made = planned(text)
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


def test_places_that_overlap_are_found_alike_and_as_by_brute_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ask for plans of three words, which stand side by side and in each other's places."""
    chance, some = random.Random(6), 0

    def text() -> str:
        return " ".join(chance.choice(["a", "b", "c", "a.", "C."]) for _ in range(5))

    held = [
        doc(number, 1, Article((Paragraph(text(), credit=text()), Paragraph(text(), Kind.CAPTION))))
        for number in range(1, 11)
    ] + [doc(number, 1, Article((), tags=("a b",))) for number in (11, 12)]
    engine, trees = whoosh_engine.create(tmp_path / "gen"), Trees(chance, held, whole=True)
    engine.replace(held)
    engine.commit()
    for n in range(QUERIES):
        made = trees.places()
        with_arrays, without = answers(engine, made, monkeypatch, with_places=n % 4 == 0)
        assert with_arrays == without, made
        found = engine.ids(made)
        assert found == {one.id for one in held if holds(made, one)}, made
        some += 0 < len(found) < len(held)
    assert some > QUERIES // 3
    engine.close()


@pytest.mark.parametrize("others", [0, 40])  # with few others, the texts of all are read
def test_texts_of_all_lengths_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    engine = whoosh_engine.create(tmp_path / "gen")
    long = Paragraph("oil " + "word " * 70_000 + "rises. Gas stays."), Paragraph("Price falls.")
    credited = Paragraph("Oil rises.", Kind.CAPTION, credit="Jane Doe"), Paragraph("Price falls.")
    engine.replace([
        doc(1, 1, Article(long)),
        doc(2, 1, Article(credited, headline="Gas")),
        doc(3, 1, Article((), headline="Coal", authors=(Author("Doe"),))),
        doc(4, 1, Article((), tags=("mine coal gas price",))),
        doc(5, 1, Article((), tags=("coal mine price gas",))),
        *(doc(number + 9, 1, Article((Paragraph("coal"),))) for number in range(others)),
    ])  # fmt: skip
    engine.commit()
    made: list[tuple[Plan, set[int]]] = [
        (Near(tagged("coal mine"), tagged("gas price"), "sentence"), set()),  # these have no text
    ]
    made += [(planned(query), ids) for query, ids in [
        ("oil /s rises", {1, 2}), ("oil /s stays", set()), ("oil /p stays", {1}),
        ("rises /p falls", set()), ("rises /p doe", {2}), ("rises /s doe", set()),
        ("gas /p rises", {1}), ("doe /p NOT oil", {3}), ("caption:rises", {2}),
        ("coal /p doe", set()),
        ("body:rises", {1}), ('"rises oil"~1', {2}), ('"stays rises"~2', {1}),
    ]]  # fmt: skip
    check(engine, made, monkeypatch)


def tagged(words: str) -> Plan:
    return Following(tuple(Word("tag", word) for word in words.split()))


def test_places_of_several_words_are_told_from_those_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = whoosh_engine.create(tmp_path / "gen")
    for number, words in enumerate(["a b c d e f", "a c b d e f", "a b c a"], 1):
        engine.replace([doc(number, 1, Article((Paragraph(words),)))])
    engine.commit()
    a, b, c, d, e, f = (Word("text", term) for term in "abcdef")
    long, longer = Following((a, b, c, d, e, f)), Following((a, AnyOf((b, Following((b, c))))))
    either = AnyOf((a, Following((a, b)))), AnyOf((Following((b, c)), c))
    check(engine, [
        (Near(d, AnyOf((long, b)), "sentence"), {1, 2}),
        (Near(d, long, "sentence"), set()),
        (Near(a, longer, "word", 1), {3}),
        (Following(either), {1, 2, 3}),
        (Window((a, longer), 3), {3}),
        (Window((a, longer), 2), set()),
    ], monkeypatch)  # fmt: skip


def check(
    engine: WhooshEngine, made: list[tuple[Plan, set[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for one, expected in made:
        with_arrays, without = answers(engine, one, monkeypatch, with_places=True)
        assert with_arrays == without, one
        assert engine.ids(one) == expected, one
    engine.close()


@pytest.mark.parametrize(
    ("query", "imported"),
    [("*", [False, True, True]), ("oil price", [False] * 3), ("oil /s price", [False, True, True])],
)
def test_numpy_is_imported_when_questions_ask_for_enough(
    tmp_path: Path, query: str, imported: list[bool]
) -> None:
    asked = "whoosh_engine.open_index(folder).search(made, limit=3)"
    assert numpy_after([asked] * 3, query, tmp_path / "gen") == imported
    assert whoosh_choice.ENOUGH > 10_000


def test_what_was_answered_is_not_walked_through_again(tmp_path: Path) -> None:
    asked = ["engine.search(made, limit=3)", "engine.ids(made)", "engine.search(made, limit=9)"]
    assert numpy_after(asked, "*", tmp_path / "gen") == [False] * 3


def numpy_after(asked: list[str], query: str, folder: Path) -> list[bool]:
    """Tell after each of these questions to an index whether a new process has imported numpy."""
    engine = whoosh_engine.create(folder)
    states.one_segment(engine)
    engine.close()
    code = (
        "import datetime, sys; from pathlib import Path; from search import whoosh_choice;"
        "from search import whoosh_engine; from search.planner import plan;"
        "from search.parser import parse; whoosh_choice.ENOUGH = 60;"
        "folder = Path(sys.argv[1]); engine = whoosh_engine.open_index(folder);"
        "made = plan(parse(sys.argv[2]), ['en'], datetime.date(2022, 1, 1));"
        "print([(eval(one), 'numpy' in sys.modules)[1] for one in sys.argv[3:]])"
    )
    command = [sys.executable, "-c", code, str(folder), query, *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [word == "True" for word in done.stdout.strip("[]\n").split(", ")]
