"""An article as engines see it."""

import pytest

from article import Article, Author, Kind, Paragraph, Precision, Published, Stored
from search.document import HEADLINE_WEIGHT, Document, document, site_keys
from search.layout import PARAGRAPH_GAP, Layout, Stretch

ADDED = "2024-03-31T12:00:00+00:00"


def of(revision: int = 1, **values: object) -> Document:
    article = Article(**{"paragraphs": (), **values})  # type: ignore[arg-type]
    return document(Stored(7, revision, article, 0, ADDED, ADDED))


def test_texts_are_kept_apart_by_a_gap() -> None:
    found = of(
        headline="Oil rises",
        paragraphs=(
            Paragraph("One two. Three.", Kind.CAPTION, credit="Jane Doe"),
            Paragraph("…"),
            Paragraph("Four"),
        ),
    )
    assert [(run.start, run.keys[0].partition("\x1f")[0]) for run in found.text] == [
        (0, "oil"),
        (2 + PARAGRAPH_GAP, "one"),
        (5 + 2 * PARAGRAPH_GAP, "jane"),
        (7 + 3 * PARAGRAPH_GAP, "four"),
    ]
    assert [(one.ordinal, one.zone, one.sentences) for one in found.layout.stretches] == [
        (0, "headline", (2,)),
        (1, "caption", (2, 1)),
        (1, "caption", (2,)),
        (3, "body", (1,)),
    ]


def test_a_layout_tells_what_a_position_is() -> None:
    layout = of(
        headline="Oil rises",
        standfirst="So it does",
        paragraphs=(Paragraph("One two. Three.", credit="Jane Doe"), Paragraph("Four")),
    ).layout
    starts = [stretch.start for stretch in layout.stretches]
    assert [layout.paragraph(start) for start in starts] == [-1, -2, 1, 1, 2]
    one = starts[2]
    assert layout.sentence(one) == layout.sentence(one + 1) != layout.sentence(one + 2)
    assert len({layout.sentence(start) for start in starts}) == 5
    assert layout.headline == 2
    assert layout.lengths == {0: 5, 1: 5, 2: 1}
    assert Layout(layout.pack()).stretches == layout.stretches


def test_a_layout_of_large_numbers_is_kept() -> None:
    stretch = Stretch(0, 70_000, "body", (5_000_000, 0, 1))
    assert Layout(Layout.of([stretch]).pack()).stretches == (stretch,)
    assert Layout(Layout.of([]).pack()).stretches == ()
    assert Layout.of([]).headline == 0


def test_only_headline_words_weigh_more() -> None:
    found = of(headline="Oil", standfirst="Prices up", paragraphs=(Paragraph("Oil"),))
    assert [run.weight for run in found.text] == [HEADLINE_WEIGHT, 1, 1]
    assert of(paragraphs=(Paragraph("Oil"),)).text[0].weight == 1


def test_who_wrote_it_is_found_by_author_and_by_plain_words() -> None:
    found = of(byline="By Jane Doe", authors=(Author("AFP"),), dateline="MOSCOW")
    assert [run.terms for run in found.author] == [("by", "jane", "doe"), ("afp",)]
    assert [run.terms for run in found.text] == [("by", "jane", "doe"), ("afp",), ("moscow",)]


def test_what_an_article_has_is_named() -> None:
    assert of().has == ()
    assert set(of(2, headline="Oil", published=Published("2021"), tags=("a",)).has) == {
        "headline", "date", "tag", "revised",
    }  # fmt: skip
    credited = Paragraph("Oil", Kind.CAPTION, credit="Doe")
    assert set(of(paragraphs=(credited, Paragraph("x"))).has) == {"caption", "credit", "body"}


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
    ("code", "keys"),
    [
        ("no", ("no",)),
        ("nb-NO", ("nb-no", "nb", "no")),
        ("nn", ("nn", "no")),
        ("hr", ("hr", "sh")),
        ("sr-latn", ("sr-latn", "sr", "sh")),
    ],
)
def test_a_language_is_found_by_the_code_it_shares(code: str, keys: tuple[str, ...]) -> None:
    assert of(language=code).lang == keys


@pytest.mark.parametrize(
    ("date", "precision", "first", "last"),
    [
        ("2021-11-04", Precision.DAY, 20211104, 20211104),
        ("2021-02", Precision.MONTH, 20210201, 20210228),
        ("2021", Precision.YEAR, 20210101, 20211231),
        ("November", Precision.DAY, None, None),
        ("2021-13", Precision.MONTH, None, None),
        ("2021-02-30", Precision.DAY, None, None),
        ("0000", Precision.YEAR, None, None),
    ],
)
def test_a_date_is_the_days_it_may_mean(
    date: str, precision: Precision, first: int | None, last: int | None
) -> None:
    found = of(published=Published(date, precision))
    assert (found.first_day, found.last_day) == (first, last)
    assert of().first_day is None


def test_when_it_was_added_is_kept_in_seconds() -> None:
    assert of().added == 1_711_886_400
