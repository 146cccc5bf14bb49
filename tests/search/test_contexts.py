"""A concordance's lines are true to the text, and engines agree on them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article import Article, Author, Kind, Paragraph, Stored
from search import whoosh_engine
from search.contexts import WORDS, Context, contexts
from search.document import document
from search.matches import count, each
from search.memory import MemoryEngine
from search.parser import parse
from search.planner import plan

if TYPE_CHECKING:
    from pathlib import Path

    from search.engine import Engine

LONG = " ".join(f"w{n}" for n in range(40))
STORED = [
    Stored(n, 1, article, 10, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
    for n, article in enumerate(
        [
            Article(
                (
                    Paragraph("The  ferry, said\nthe mayor, was “late”. Ferries are."),
                    Paragraph("…", Kind.CAPTION, "Photo: Ferry Press"),
                    Paragraph(f"{LONG} ferry {LONG}"),
                    Paragraph("Seen from a quay.", Kind.CAPTION, "Haven Ferries"),
                ),
                headline="Ferry late",
                standfirst="A ferry story",
                byline="By F. Ferry",
                authors=(Author("F. Ferry"),),
                dateline="Ferry Point",
                language="en",
            ),
            Article((Paragraph("渡轮公司的渡轮 ferry 每天往返。"),), language="zh"),
            Article((Paragraph("No boat here."),), byline="Ferry", language="en"),
        ],
        1,
    )
]
QUERIES = ["ferry", "late ferry", '"the ferry"', "ferr* OR wall", "渡轮", "渡", "headline:ferry",
           "ferry NEAR/3 mayor", "caption:ferry", "lang:zh", "ferry NOT boat", "author:ferry"]  # fmt: skip


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    made: Engine = (
        MemoryEngine() if request.param == "memory" else whoosh_engine.create(tmp_path / "index")
    )
    made.replace(document(one) for one in STORED)
    made.commit()
    return made


def lines(engine: Engine, query: str) -> list[tuple[int, Context]]:
    asked = plan(parse(query), {"en", "zh"}, dt.date(2026, 1, 1))
    found = engine.matches(asked)
    given = [
        (id_, context)
        for id_ in sorted(found)
        for context in contexts(asked, STORED[id_ - 1], each(found[id_]))
    ]
    assert len(given) == sum(map(count, found.values()))
    return given


def test_every_place_of_running_text_has_its_line_and_names_have_none(engine: Engine) -> None:
    places = [(id_, line.ordinal, line.zone, line.match) for id_, line in lines(engine, "ferry")]
    assert places == [
        (1, 0, "headline", "Ferry"),
        (1, 0, "standfirst", "ferry"),
        (1, 0, "dateline", "Ferry"),
        (1, 1, "body", "ferry"),
        (1, 1, "body", "Ferries"),
        (1, 2, "caption", "Ferry"),
        (1, 3, "body", "ferry"),
        (1, 4, "caption", "Ferries"),
        (2, 1, "body", "ferry"),
    ]


def test_a_line_is_a_stretch_of_its_text_with_white_space_folded(engine: Engine) -> None:
    (first, *_) = [line for _, line in lines(engine, '"the ferry"')]
    assert (first.left, first.match) == ("", "The ferry")
    assert first.right == ", said the mayor, was “late”. Ferries are."


def test_contexts_end_at_whole_words_and_give_neighbours_nearest_first(engine: Engine) -> None:
    (line,) = [line for _, line in lines(engine, "ferry") if line.ordinal == 3]
    assert line.left == " ".join(f"w{n}" for n in range(40 - WORDS, 40)) + " "
    assert line.right == "".join(f" w{n}" for n in range(WORDS))
    assert line.before[:2] == ("w39", "w38")
    assert line.behind[:2] == ("w0", "w1")


def test_chinese_marks_what_was_asked_for(engine: Engine) -> None:
    assert [line.match for _, line in lines(engine, "渡轮")] == ["渡轮", "渡轮"]
    assert [line.match for _, line in lines(engine, "渡")] == ["渡", "渡"]
    assert [line.right[:2] for _, line in lines(engine, "渡")] == ["轮公", "轮 "]


def test_a_credit_is_a_text_of_its_own(engine: Engine) -> None:
    (line,) = [line for _, line in lines(engine, "ferry") if line.ordinal == 4]
    assert (line.left, line.match, line.right) == ("Haven ", "Ferries", "")


def test_matches_that_share_words_are_one_line(engine: Engine) -> None:
    found = lines(engine, '"the ferry" OR ferry OR "ferry said"')
    assert [line.match for _, line in found if line.ordinal == 1][:2] == [
        "The ferry, said",
        "Ferries",
    ]


def test_words_of_a_phrase_are_one_line(engine: Engine) -> None:
    assert [line.match for _, line in lines(engine, '"ferry late"')] == ["Ferry late"]
    both = lines(engine, "ferry late")
    assert [line.match for _, line in both][:2] == ["Ferry", "late"]


@pytest.mark.parametrize("query", QUERIES)
def test_engines_agree(query: str, tmp_path: Path) -> None:
    asked = plan(parse(query), {"en", "zh"}, dt.date(2026, 1, 1))
    engines: list[Engine] = [MemoryEngine(), whoosh_engine.create(tmp_path / "index")]
    for engine in engines:
        engine.replace(document(one) for one in STORED)
        engine.commit()
    memory, whoosh = [engine.matches(asked) for engine in engines]
    assert memory == whoosh


@settings(deadline=None)
@given(st.text("ferry .,“”-\n渡轮 é\u0301'’", max_size=60))
def test_left_match_and_right_are_the_text(text: str) -> None:
    article = Article((Paragraph(text), Paragraph("Ferry")), language="en")
    stored = Stored(1, 1, article, 1, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
    engine = MemoryEngine()
    engine.replace([document(stored)])
    engine.commit()
    asked = plan(parse("ferr* OR y OR 渡"), {"en"}, dt.date(2026, 1, 1))
    for line in contexts(asked, stored, each(engine.matches(asked)[1])):
        whole = "Ferry" if line.ordinal == 2 else " ".join(text.split())
        assert line.left + line.match + line.right in whole
        assert line.match.strip() == line.match != ""
