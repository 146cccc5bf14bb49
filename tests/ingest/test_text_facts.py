"""Dates, bylines, credits, slugs and hyphens are read as publishers write them."""

import pytest

from article import Precision
from ingest.byline import parse_signature
from ingest.captions import split_credit
from ingest.dates import parse_date
from ingest.pages import strip
from ingest.slug import date_from_url, headline_from_url, site_of
from ingest.text import parse
from ingest.wrapped import join


@pytest.mark.parametrize(
    ("text", "date", "moment"),
    [
        ("2021-11-04", "2021-11-04", None),
        ("26-FEB-1987 15:01:01.79", "1987-02-26", "1987-02-26T15:01:01.790000"),
        ("2024-11-22 07:22:44+01:00", "2024-11-22", "2024-11-22T07:22:44+01:00"),
        ("2023-12-22T23:30:00-05:00", "2023-12-22", "2023-12-22T23:30:00-05:00"),
        ("Thursday, November 4th, 2021 at 3:15 p.m. EDT", "2021-11-04", "2021-11-04T15:15:00"),
        ("Nov. 4, 2021", "2021-11-04", None),
        ("4 November 2021", "2021-11-04", None),
        ("Stand: 04.11.2021, 07:22 Uhr", "2021-11-04", "2021-11-04T07:22:00"),
        ("Donnerstag, 4. März 2021", "2021-03-04", None),
        ("le 1er août 2021 à 07h22", "2021-08-01", "2021-08-01T07:22:00"),
        ("4 de noviembre de 2021", "2021-11-04", None),
        ("4 ноября 2021 г.", "2021-11-04", None),
        ("2021年11月4日", "2021-11-04", None),
        ("13/04/2021", "2021-04-13", None),
        ("04/13/2021", "2021-04-13", None),
    ],
)
def test_dates_are_the_publisher_s_own_calendar_day(
    text: str, date: str, moment: str | None
) -> None:
    published = parse_date(text)
    assert published is not None
    assert (published.date, published.moment) == (date, moment)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2021", Precision.YEAR), ("November 2021", Precision.MONTH), ("2021-11", Precision.MONTH)],
)
def test_a_date_is_no_more_precise_than_it_says(text: str, precision: Precision) -> None:
    published = parse_date(text)
    assert published is not None
    assert published.precision is precision


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2021",
        "31.02.2021",
        "NaT",
        "Room 2021",
        "The 4 November 2021 attack",
        "12:30",
        "",
        "99999",
    ],
)
def test_what_is_no_date_or_leaves_the_day_open_is_not_guessed(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("By Jane Roe, John van Doe | 4 November 2021", ["Jane Roe", "John van Doe"]),
        ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("By Marks and Spencer", ["Marks and Spencer"]),
        ("Von Anna Beispiel", ["Anna Beispiel"]),
        ("By dpa | 2024-05-16", ["dpa"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
    ],
)
def test_bylines_name_each_author(line: str, names: list[str]) -> None:
    signature = parse_signature(line)
    assert signature is not None
    assert [author.name for author in signature.authors] == names


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the two had agreed",
        "Von hier an ging es bergab.",
        "By the way: nobody came",
        "By 1953",
    ],
)
def test_sentences_that_begin_like_a_byline_are_none(line: str) -> None:
    assert parse_signature(line) is None


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("A crane. Credit: Ann Lee/Reuters", "A crane.", "Ann Lee/Reuters"),
        ("A crane Credit... Bild: dpa", "A crane", "Bild: dpa"),
        ("A crane. Photo by Ann Lee Credit... Ann Lee", "A crane. Photo by Ann Lee", "Ann Lee"),
        ("A crane. Photo: A. L. Credit... Ann Lee", "A crane. Photo: A. L.", "Ann Lee"),
        ("A crane. Ann Lee / TASS", "A crane.", "Ann Lee / TASS"),
        ("A crane. It fell on Monday.", "A crane. It fell on Monday.", None),
        ("(Image: Ann Lee)", "(Image: Ann Lee)", None),
        ("The café (Photo: Ines)", "The café", "Ines"),
        (
            "The café. [Image credit: NASA/JPL (public domain)]",
            "The café.",
            "NASA/JPL (public domain)",
        ),
        ("The café (Foto: dpa).", "The café", "dpa"),
        ("The café (Photo: Ines", "The café", "Ines"),
        ("The café (left) Photo: Ines (AP)", "The café (left)", "Ines (AP)"),
        ("A café (photo: Ines) in May.", "A café (photo: Ines) in May.", None),
    ],
)
def test_caption_and_credit_are_parted(text: str, caption: str, credit: str | None) -> None:
    assert split_credit(text) == (caption, credit)


def test_a_slug_takes_the_case_of_the_article_s_words() -> None:
    words = [
        "The",
        "port",
        "of",
        "Aldmouth",
        "opens",
        "again.",
        "Storms",
        "had",
        "closed",
        "it,",
        "the",
        "BBC",
        "said.",
    ]
    url = "https://www.example.org/news/bbc-says-the-port-of-aldmouth-opens-a75485"
    assert headline_from_url(url, words) == "BBC says the port of Aldmouth opens"


def test_a_slug_that_the_article_does_not_use_is_no_headline() -> None:
    assert (
        headline_from_url(
            "https://e.org/skajrim-skorost-bega-kak", ["Как", "увеличить", "скорость"]
        )
        is None
    )
    assert headline_from_url("https://e.org/p/1854/", ["word"]) is None


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("2021/11/04/a-b", "2021-11-04"),
        ("news/2023/dec/21/a-b", "2023-12-21"),
        ("international/a-b-20241122", "2024-11-22"),
        ("2021/11/a-b", "2021-11"),
        ("story/19600369", None),
        ("2021/13/45/a", None),
    ],
)
def test_dates_in_addresses(path: str, date: str | None) -> None:
    published = date_from_url("https://example.org/" + path)
    assert (published.date if published else None) == date


def test_site_is_the_host_without_www() -> None:
    assert site_of("https://WWW.Example.org:8080/a") == "example.org"
    assert site_of("no address") is None


def test_a_hyphen_within_a_word_stays_and_a_hanging_one_keeps_its_blank() -> None:
    assert (
        join(["unprecedented anti-", "government protests"])
        == "unprecedented anti-government protests"
    )
    assert join(["für die Fort-", "und Weiterbildung"]) == "für die Fort- und Weiterbildung"
    assert join(["he came -", "late"]) == "he came - late"
    assert join(["ge\u00ad", "meinsam"]) == "gemeinsam"


def test_chinese_lines_are_joined_without_a_blank() -> None:
    assert join(["港が再開", "した。"]) == "港が再開した。"


def test_an_address_cut_by_the_page_is_whole_again() -> None:
    body = "A line that is as long as the page is wide, which is to say some sixty.\n\nAnother.\n\n"
    cut = "Original url: https://example.org/news/2021/11/04/harbour-opens-again-"
    more = "after-the-great-storm-of-last-week-and-the-fall-of-the-old-crane-on-q"
    article, _ = parse(f"{body}{cut}\n{more}\nuay-75485\n")
    assert article.url == f"https://example.org/news/2021/11/04/harbour-opens-again-{more}uay-75485"


def test_a_running_head_and_foot_are_taken_out_of_the_flow() -> None:
    printed = strip(
        [
            "8/14/25, 9:53 AM   Title",
            "",
            "One",
            "",
            "https://e.org/a   1/2",
            "8/14/25, 9:53 AM   Title",
            "",
            "two",
            "",
            "https://e.org/a   2/2",
        ]
    )
    assert (printed.lines, printed.title) == (["One", "two"], "Title")
