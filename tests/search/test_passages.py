"""Which paragraphs match, and which words in them are marked."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from article import Article, Kind, Paragraph, Stored
from search.parser import parse
from search.passages import Located, Passage, best, locate
from search.planner import plan
from search.snippets import snippet

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2022, 1, 1)
ADDED = "2022-01-01T00:00:00+00:00"

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


def located(query: str, article: Article = ARTICLE, *languages: str | None) -> Located:
    made = plan(parse(query), languages or ("en",), TODAY)
    return locate(made, Stored(1, 1, article, 0, ADDED, ADDED))


def found(query: str, article: Article = ARTICLE, *languages: str | None) -> list[Passage]:
    return list(located(query, article, *languages).passages)


def marked(query: str, article: Article = ARTICLE, *languages: str | None) -> dict[int, list[str]]:
    passages = found(query, article, *languages)
    return {p.ordinal: [p.text[start:end] for start, end in p.marks] for p in passages}


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
        ("friday AND lang:en AND NOT lang:de", {3: ["Friday"]}),
        ("friday NOT (harbour AND site:example.com)", {3: ["Friday"]}),
        ("friday AND site:example.com", {}),
        ("h?rbour NEAR/1 voted", {}),
        ("h?rbour NEAR/2 voted", {2: ["harbour", "voted"]}),
        ("plan /s voted", {2: ["plan", "voted", "plan"]}),
        ("city /p protests", {4: ["protests", "city"]}),
        ("city /s protests", {}),
        ("divides /p city", {}),
        ('"voted harbour"~3', {2: ["harbour", "voted"]}),
        ("fridax~ OR prot*", {3: ["Friday"], 4: ["protests"]}),
        ("=Single", {}),
        ("=single", {3: ["single", "single"]}),
        ("ATLEAST/4 plan", {2: ["plan", "plan"], 3: ["plan", "plan"]}),
        ("caption:harbour", {1: ["harbour"]}),
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
    for query in ("plans", "headline:plans", "headline:pla*", "headline:(city /p plan)"):
        assert (8, 12) in located(query).headline
    assert located("author:plan OR *").headline == ()


def test_a_credit_that_matches_is_marked_in_the_credit() -> None:
    (passage,) = found("brook")
    assert passage.credit == "Ada Brook / Northern Press"
    assert passage.credit_marks == ((4, 9),)


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


def test_the_best_passages_come_first() -> None:
    passages = found("harbour plan")
    assert [passage.ordinal for passage in best(passages, 2)] == [2, 3]
    assert [passage.ordinal for passage in best(found("single OR city"), 2)] == [3, 4]
    assert {passage.ordinal for passage in best(passages, 10)} == {1, 2, 3, 4}


def test_a_short_passage_is_its_own_snippet() -> None:
    (passage,) = found("friday")
    assert snippet(passage, 500) is passage


def of_text(text: str, query: str, language: str = "en") -> Passage:
    (passage,) = found(query, Article((Paragraph(text),), language=language), language)
    return passage


def shown(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.marks]


def test_a_snippet_is_the_whole_sentences_with_most_marks() -> None:
    text = (
        "One harbour plan comes before it all. "
        + "This sentence says nothing of the kind. " * 3
        + "Here the harbour plan fails. The plan for the harbour was old. "
        + "End. " * 20
    )
    cut = snippet(of_text(text, "harbour plan"), 80)
    assert (
        cut.text
        == "… Here the harbour plan fails. The plan for the harbour was old. End. End. End. …"
    )
    assert shown(cut) == ["harbour", "plan", "plan", "harbour"]


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "so " * 60 + "the harbour plan fails " + "and so " * 40
    cut = snippet(of_text(text, '"harbour plan"'), 60)
    assert cut.text.startswith("… so ")
    assert cut.text.endswith(" …")
    assert shown(cut) == ["harbour plan"]
    assert len(cut.text) <= 64


def test_a_snippet_without_spaces_is_cut_anywhere() -> None:
    cut = snippet(of_text("学" * 300 + "北京" + "习" * 300, "北京", "zh"), 40)
    assert shown(cut) == ["北京"]
    assert len(cut.text) <= 44


def test_a_snippet_of_a_hundred_thousand_matches_is_the_first_of_the_densest() -> None:
    sentences = snippet(of_text("A plan. " + "One plan. The plan. " * 50_000, "plan"), 30)
    assert sentences.text == "A plan. One plan. The plan. …"
    words = snippet(of_text("so " * 50 + "a plan " * 100_000, "plan"), 20)
    assert words.text == "… so a plan a plan a …"


def test_snippets_of_all_widths_hold_together() -> None:
    for passage in found("harbour plan OR city OR single"):
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
        passages = found(query, article)
        assert [passage.ordinal for passage in passages] == ordinals
        assert all(passage.marks for passage in passages)
    assert marked('"single migration"', article) == {13: ["single migration"]}
    assert marked("putin /s border*", article) == {
        13: ["Putin", "borders"],
        14: ["borders", "Putin"],
    }
    assert marked("migrants /p poland", article) == {15: ["migrants", "Poland"]}
    assert marked("integration NOT migrants", article) == {}
    assert marked("=EU", article) == {16: ["EU", "EU"]}
    assert located("headline:interference", article).headline
