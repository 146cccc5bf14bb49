"""The article it all began with: what is stored, and what its words find."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from accession import Outcome
from library.asking import read
from library.library import Library
from library.searching import search


@pytest.fixture
def expected(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "seed/expected.json").read_text("utf-8"))
    return found


@pytest.fixture
def seeded(library: Library, shared: Path) -> Library:
    recorded = list(library.ingest([str(shared / "seed/article.txt")], io.BytesIO()))
    assert [one.outcome for one in recorded] == [Outcome.ADDED]
    return library


def test_the_stored_article_is_what_was_expected(seeded: Library, expected: dict[str, Any]) -> None:
    article = seeded.article(1).article
    assert article.url == expected["url"]
    assert article.site == expected["site"]
    assert article.language == expected["language"]
    assert article.headline == expected["headline"]["value"]
    assert article.origins["headline"] == expected["headline"]["origin"]
    assert article.published is not None
    assert article.published.date == expected["published"]["value"]
    assert article.published.precision == expected["published"]["precision"]
    assert article.origins["published"] == expected["published"]["origin"]
    authors = [
        {"value": a.name, "origin": article.origins["authors"], "url": a.url}
        for a in article.authors
    ]
    assert authors == expected["authors"]


def test_the_stored_paragraphs_are_what_was_expected(
    seeded: Library, expected: dict[str, Any]
) -> None:
    stored = [
        {"ordinal": n, "kind": p.kind.value, "text": p.text, "credit": p.credit, "url": p.url}
        for n, p in enumerate(seeded.article(1).article.paragraphs, 1)
    ]
    wanted = [{"credit": None, "url": None, **one} for one in expected["paragraphs"]]
    assert stored == wanted


@pytest.mark.parametrize("word", ["integration", "migrants"])
def test_a_word_is_found_in_its_paragraphs(
    seeded: Library, expected: dict[str, Any], word: str
) -> None:
    page = search(seeded, read(seeded, word))
    assert page.total == 1
    assert [p.ordinal for p in page.hits[0].passages] == expected["searches"][word]
    for passage in page.hits[0].passages:
        assert {passage.text[start:end].casefold() for start, end in passage.marks} == {word}


@pytest.mark.parametrize(
    ("query", "total", "ordinals"),
    [
        ('"single migration"', 1, [13]),
        ("putin /s border*", 1, [13, 14]),
        ("migrants /p poland", 1, [15]),
        ("headline:interference", 1, []),
        ("author:afp date:2021-11", 1, []),
        ("integration NOT migrants", 0, []),
        ("=EU", 1, [16]),
        ("=eu", 0, []),
        ("anti-government", 1, [10]),
        ("caption:deepening", 1, [1]),
        ("related:economic", 1, [7]),
    ],
)
def test_a_query_finds_its_paragraphs(
    seeded: Library, query: str, total: int, ordinals: list[int]
) -> None:
    page = search(seeded, read(seeded, query))
    assert page.total == total
    assert [p.ordinal for hit in page.hits for p in hit.passages] == ordinals


def test_the_bytes_are_kept_as_they_came(seeded: Library, shared: Path) -> None:
    import zlib

    row = seeded.reader.select("SELECT data, compression FROM originals")[0]
    assert row["compression"] == "zlib"
    assert zlib.decompress(row["data"]) == (shared / "seed/article.txt").read_bytes()
