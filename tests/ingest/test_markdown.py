"""Markdown keeps every word, without its marks."""

import io

import pytest

from accession import Reason, Refusal
from article import Kind
from ingest import registry
from ingest.markdown import parse
from ingest.workers import Workers


def test_broken_front_matter_stays_to_be_read() -> None:
    article, _ = parse("---\ntitle: [open\nnote: : x\n---\n\nThe body.\n")
    assert [p.text for p in article.paragraphs] == ["title: [open", "note: : x", "The body."]


def test_front_matter_s_date_keeps_its_offset() -> None:
    article, _ = parse("---\ndate: 2021-11-04T23:30:00-05:00\n---\nText.")
    assert article.published is not None
    assert article.published.moment == "2021-11-04T23:30:00-05:00"


@pytest.mark.parametrize("title", ["1.10", "007", "No", "2021-11-04"])
def test_a_title_that_looks_like_a_number_stays_as_written(title: str) -> None:
    assert parse(f"---\ntitle: {title}\n---\nText.")[0].headline == title


def test_prose_under_an_own_name_in_front_matter_is_kept() -> None:
    article, _ = parse("---\nlayout: post\nnote: ask the harbour master\n---\nText.")
    assert [p.text for p in article.paragraphs] == ["Text.", "note: ask the harbour master"]


def test_a_second_title_is_a_subheading() -> None:
    article, _ = parse("---\ntitle: One\n---\n# Two\n\nText.")
    assert article.headline == "One"
    assert (article.paragraphs[0].kind, article.paragraphs[0].text) == (Kind.SUBHEADING, "Two")


def test_links_keep_their_text_and_references_their_address() -> None:
    article, _ = parse(
        "See [the *port*](https://e.org/a 'Notice') and [it][1].\n\n[1]: https://e.org/b\n[2]: https://e.org/c\n"
    )
    assert article.paragraphs[0].text == "See the port and it."
    assert [(link.url, link.text) for link in article.links] == [
        ("https://e.org/a", "the port (Notice)"),
        ("https://e.org/b", "it"),
        ("https://e.org/c", None),
    ]


def test_tables_code_and_markup_keep_their_words() -> None:
    article, _ = parse(
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n```\n\n<div>in a <b>box</b></div>\n\nline<br>end\n"
    )
    assert [p.text for p in article.paragraphs] == [
        "a | b",
        "1 | 2",
        "x = 1",
        "in a box",
        "line end",
    ]


def test_a_byline_below_the_title_is_read() -> None:
    article, _ = parse("# Harbour\n\n*By Jane Roe | 4 November 2021*\n\nIt opened.")
    assert [author.name for author in article.authors] == ["Jane Roe"]
    assert [p.text for p in article.paragraphs] == ["It opened."]


def test_nothing_written_is_empty() -> None:
    with pytest.raises(ValueError, match=r"^empty$"):
        parse("\n\n")


def test_quotes_nested_beyond_reason_keep_their_words() -> None:
    article, _ = parse("> " * 500 + "deep")
    assert "deep" in article.paragraphs[0].text


def test_a_file_that_would_take_its_parser_days_is_given_up() -> None:
    data = b"![" * 100_000 + b"words"
    with Workers(seconds=1) as workers:
        (refused,) = registry.MARKDOWN.read(io.BytesIO(data), "deep.md", workers)
    assert isinstance(refused, Refusal)
    assert refused.reason is Reason.TIMEOUT
