"""No query breaks a search: each is answered, or refused with words."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import pytest

from article import Article, Paragraph, Stored
from search import whoosh_engine
from search.document import document
from search.parser import parse
from search.patterns import PatternTooWide
from search.planner import plan
from search.query import QueryError
from tests.search.soup import ask, small_index, some_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.engine import Engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    found = small_index(tmp_path_factory.mktemp("small") / "gen")
    yield found
    found.close()


@pytest.mark.parametrize("seed", range(4))
def test_random_queries_are_answered_or_refused(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    answered = sum(ask(engine, some_query(chance)) for _ in range(2_500))
    assert answered > 500


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Make an index of 60,000 different words."""
    found = whoosh_engine.create(tmp_path_factory.mktemp("wordy") / "gen")
    added = "2022-01-01T00:00:00+00:00"
    for number in range(1, 61):
        words = " ".join(f"w{number}x{n:x}ing" for n in range(1_000))
        article = Article((Paragraph(words),), language="en")
        found.replace([document(Stored(number, 1, article, 0, added, added))])
    found.commit()
    yield found
    found.close()


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("w1x*", 1),
        ("w2x?ing", 1),
        ("*x3e7ing", 60),
        ("w60x3e6inf~", 1),
        ("w1x* OR w2x* OR w3x*", 3),
        ('"w1x5ing w1x6*"', 1),
        ("w1x* NEAR/2 w1x3*", 1),
        ("*ing", None),
        ("w?* OR w*", None),
        ("*x?*?*?*g", None),
        ("*ing NEAR/5 *ing", None),
        ("[a TO z]", None),
        ("a* OR b*", None),
        ("?*?*?*", None),
        ("word~9", None),
        (" OR ".join(f"wor{n}d~" for n in range(11)), None),
        (" OR ".join(f"w{n}*" for n in range(1, 60)), None),
    ],
)
def test_a_word_that_stands_for_too_many_is_refused(
    wordy: Engine, query: str, finds: int | None
) -> None:
    def answer() -> int:
        return len(wordy.ids(plan(parse(query), ["en"], dt.date(2022, 1, 1))))

    if finds is None:
        with pytest.raises((QueryError, PatternTooWide)) as caught:
            answer()
        assert len(str(caught.value)) < 200
    else:
        assert answer() == finds
