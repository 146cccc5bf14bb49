"""Which paragraphs match, and which words in them are marked."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from article import Article, Kind, Paragraph
from search.parser import parse
from search.passages import Passage, best, find, headline_marks, snippet
from search.plan import Plan, plan

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2022, 1, 1)

ARTICLE = Article(
    headline="Harbour plan divides the city",
    paragraphs=(
        Paragraph("The old harbour at dawn.", Kind.CAPTION, credit="Ada Brook / Northern Press"),
        Paragraph("The council’s plan for the harbour was voted down, the second plan this year."),
        Paragraph("“A single plan? There is no single plan,” said Ms. Olsen on Friday."),
        Paragraph("Anti-harbour protests went on. The city waits."),
    ),
    language="en",
)


def planned(query: str, *languages: str | None) -> Plan:
    return plan(parse(query), languages or ("en",), TODAY)


def marked(query: str, article: Article = ARTICLE, *languages: str | None) -> dict[int, list[str]]:
    found = find(planned(query, *languages), article)
    return {p.ordinal: [p.text[start:end] for start, end in p.marks] for p in found}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("harbours", {1: ["harbour"], 2: ["harbour"], 4: ["harbour"]}),
        ("harbour plan", {1: ["harbour"], 2: ["plan", "harbour", "plan"], 3: ["plan", "plan"],
                          4: ["harbour"]}),
        ('"single plan"', {3: ["single plan", "single plan"]}),
        ('"plan single"', {}),
        ('"the second"', {2: ["the second"]}),
        ("anti-harbour", {4: ["Anti-harbour"]}),
        ("counc*", {2: ["council"]}),
        ("waiting NOT zebra", {4: ["waits"]}),
        ("friday NOT harbour", {}),
        ("(zebra plan) OR friday", {3: ["Friday"]}),
        ("friday AND site:example.com AND NOT lang:de", {3: ["Friday"]}),
        ("friday NOT (harbour AND site:example.com)", {3: ["Friday"]}),
        ("brook", {1: []}),
        ("*", {}),
        ("headline:plan", {}),
        ("divides friday", {3: ["Friday"]}),
    ],
)  # fmt: skip
def test_paragraphs_that_match_are_found_and_marked(
    query: str, expected: dict[int, list[str]]
) -> None:
    assert marked(query) == expected


def test_the_headline_is_marked_by_plain_words_and_by_its_field() -> None:
    for query in ("plans", "headline:plans", "headline:pla*"):
        assert headline_marks(planned(query), ARTICLE) == ((8, 12),)
    assert headline_marks(planned("author:plan"), ARTICLE) == ()


def test_marks_count_code_points() -> None:
    article = Article((Paragraph("😀 «Été» 😀 plan"),), language="fr")
    assert marked("ete plan", article, "fr") == {1: ["Été", "plan"]}


def test_words_of_scripts_without_spaces_are_marked_whole() -> None:
    article = Article((Paragraph("他在北京大学学习。"), Paragraph("学生")), language="zh")
    assert marked("北京大学", article, "zh") == {1: ["北京大学"]}
    assert marked("学", article, "zh") == {1: ["学", "学"], 2: ["学"]}
    assert marked("大学 学习", article, "zh") == {1: ["大学", "学习"]}


def test_each_language_marks_its_own_words() -> None:
    german = Article((Paragraph("Neue Preise"),), language="de")
    english = Article((Paragraph("numb hands"),), language="en")
    assert marked("preis", german, "en", "de") == {1: ["Preise"]}
    assert marked("number", english, "en", "de") == {}


def test_the_best_passages_keep_their_order() -> None:
    found = find(planned("harbour plan"), ARTICLE)
    assert [passage.ordinal for passage in best(found, 2)] == [2, 3]
    assert best(found, 10) == found


def test_a_short_passage_is_its_own_snippet() -> None:
    passage = find(planned("friday"), ARTICLE)[0]
    assert snippet(passage, 500) is passage


def test_a_snippet_starts_with_a_sentence_and_keeps_its_marks() -> None:
    text = (
        "One long sentence comes before it all. " * 4
        + "Here the harbour plan fails. "
        + "End. " * 20
    )
    (passage,) = find(planned('"harbour plan"'), Article((Paragraph(text),), language="en"))
    cut = snippet(passage, 80)
    assert cut.text.startswith("… ")
    assert cut.text.endswith(" …")
    assert "Here the harbour plan fails." in cut.text
    assert [cut.text[start:end] for start, end in cut.marks] == ["harbour plan"]
    assert len(cut.text) <= 84


def test_a_snippet_without_spaces_is_cut_anywhere() -> None:
    text = "学" * 300 + "北京" + "习" * 300
    (passage,) = find(planned("北京", "zh"), Article((Paragraph(text),), language="zh"))
    cut = snippet(passage, 40)
    assert [cut.text[start:end] for start, end in cut.marks] == ["北京"]
    assert len(cut.text) <= 44


def test_snippets_of_all_widths_hold_together() -> None:
    for passage in find(planned("harbour plan OR city OR single"), ARTICLE):
        for width in range(1, 100):
            cut = snippet(passage, width)
            wanted = {passage.text[start:end] for start, end in passage.marks}
            assert {cut.text[start:end] for start, end in cut.marks} <= wanted
            assert len(cut.text) <= width + 4 or cut is passage


def test_the_article_of_the_first_day(shared: Path) -> None:
    expected = json.loads((shared / "seed" / "expected.json").read_text(encoding="utf-8"))
    paragraphs = [
        Paragraph(p["text"], Kind(p["kind"]), p.get("credit"), p.get("url"))
        for p in expected["paragraphs"]
    ]
    article = Article(
        tuple(paragraphs), headline=expected["headline"]["value"], language=expected["language"]
    )
    for query, ordinals in expected["searches"].items():
        found: list[Passage] = find(planned(query), article)
        assert [passage.ordinal for passage in found] == ordinals
        assert all(passage.marks for passage in found)
    assert marked('"single migration"', article) == {13: ["single migration"]}
    assert marked("integration NOT migrants", article) == {}
