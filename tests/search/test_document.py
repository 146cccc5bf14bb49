"""An article as engines see it."""

import pytest

from article import Article, Author, Paragraph, Precision, Published
from search.document import HEADLINE_WEIGHT, PARAGRAPH_GAP, Document, document, site_keys


def of(**values: object) -> Document:
    article = Article(**{"paragraphs": (), **values})  # type: ignore[arg-type]
    return document(7, 3, article)


def test_texts_are_kept_apart_by_a_gap() -> None:
    found = of(
        headline="Oil rises",
        paragraphs=(Paragraph("One two three.", credit="Jane Doe"), Paragraph("Four")),
    )
    starts = [(run.paragraph, run.start, run.exacts) for run in found.text]
    assert starts == [
        (0, 0, ("oil", "rises")),
        (1, 2 + PARAGRAPH_GAP, ("one", "two", "three")),
        (1, 5 + 2 * PARAGRAPH_GAP, ("jane", "doe")),
        (2, 7 + 3 * PARAGRAPH_GAP, ("four",)),
    ]


def test_only_headline_words_weigh_more() -> None:
    found = of(headline="Oil", standfirst="Prices up", paragraphs=(Paragraph("Oil"),))
    assert [run.weight for run in found.text] == [HEADLINE_WEIGHT, 1, 1]
    assert of(paragraphs=(Paragraph("Oil"),)).text[0].weight == 1


def test_who_wrote_it_is_found_by_author_and_by_plain_words() -> None:
    found = of(byline="By Jane Doe", authors=(Author("AFP"),), dateline="MOSCOW")
    assert [run.exacts for run in found.author] == [("by", "jane", "doe"), ("afp",)]
    assert [run.exacts for run in found.text] == [("by", "jane", "doe"), ("afp",), ("moscow",)]


def test_a_site_is_found_by_its_parent_domains() -> None:
    assert site_keys("www.News.Example.com") == ["news.example.com", "example.com"]
    assert site_keys("https://example.com/a") == ["example.com"]
    assert site_keys("The Moscow Times") == ["the moscow times"]
    assert site_keys("") == []
    assert "example.org" in of(url="https://m.example.org/a?b").site
    assert of(url="http://[broken").site == ()


def test_a_language_is_found_with_and_without_its_country() -> None:
    assert of(language="pt-BR").lang == ("pt-br", "pt")
    assert of().lang == ()


@pytest.mark.parametrize(
    ("date", "precision", "number"),
    [
        ("2021-11-04", Precision.DAY, 20211104),
        ("2021-11", Precision.MONTH, 20211101),
        ("2021", Precision.YEAR, 20210101),
        ("November", Precision.DAY, None),
    ],
)
def test_a_date_is_a_number(date: str, precision: Precision, number: int | None) -> None:
    assert of(published=Published(date, precision)).date == number
    assert of().date is None
