"""Articles about the same as another: its copies first, and never itself."""

from __future__ import annotations

import io
import json

import pytest

from library.errors import ArticleMissing
from library.library import Library
from library.similar import Similar, similar

FERRY = "The ferry between Lower Haven and Saltmarsh carries pupils over the strait in winter."
OTHERS = [
    {"title": "The ferry is late", "text": "In winter the ferry to Saltmarsh waits for the ice."},
    {"title": "Apple harvest", "text": "The orchards gave the pickers more apples than the pickers took."},
    {"title": "Choir sings", "text": "The choir of the valley sang in the hall, and the hall was full after dark."},
    {"title": "Budget", "text": "The council of the valley passed the budget in the hall after dark."},
    {"title": "Orchard sold", "text": "The orchards and the apples of the valley were sold to the pickers."},
    {"title": "Паром", "text": "Паром ходит через пролив, и паром возит школьников."},
    {"title": "Пролив замёрз", "text": "Школьников возит через пролив автобус, а не паром."},
    {"title": "渡轮", "language": "zh", "text": "渡轮公司的渡轮每天往返两岸。"},
    {"title": "海峡", "language": "zh", "text": "海峡的渡轮公司今天停航。"},
    {"title": "Fährfahrt", "language": "qaa", "text": "zorbel quandu mirp zorbel"},
    {"title": "Mirp", "language": "qaa", "text": "zorbel quandu mirp talnek"},
    {"title": "!!!", "text": "*** --- ***"},
    {"title": "Zyx", "text": "Wvut qponm."},
]  # fmt: skip


@pytest.fixture
def filled(library: Library) -> Library:
    copies = [
        {"id": "a", "title": "Ferry carries pupils", "text": FERRY, "date": "2023-01-01"},
        {"id": "b", "title": "Ferry carries pupils", "text": FERRY, "date": "2023-02-01"},
    ]
    data = "".join(json.dumps(line) + "\n" for line in [*copies, *OTHERS]).encode()
    assert len(list(library.ingest(["-"], io.BytesIO(data)))) == len(OTHERS) + 2
    library.indexing.drain()
    return library


def numbered(library: Library, headline: str) -> int:
    sql = "SELECT min(id) AS id FROM articles WHERE headline = ?"
    found: int = library.reader.select(sql, [headline])[0]["id"]
    return found


def headlines(found: Similar) -> list[str | None]:
    return [hit.stored.article.headline for hit in found.hits]


def test_a_copy_comes_first_with_full_marks_then_what_is_about_the_same(filled: Library) -> None:
    found = similar(filled, 1)
    assert [hit.stored.id for hit in found.hits[:2]] == [2, 3]
    assert found.hits[0].shared.score == pytest.approx(1.0)
    assert found.hits[1].shared.score < 0.8
    assert 1 not in {hit.stored.id for hit in found.hits}


def test_the_words_that_matter_are_named_as_the_article_writes_them(filled: Library) -> None:
    found = similar(filled, numbered(filled, "The ferry is late"))
    assert set(found.hits[0].shared.words) >= {"ferry", "Saltmarsh", "winter"}
    assert "the" not in found.words
    assert "ice" not in found.words, "no other article holds it"


def test_function_words_tell_nothing_however_rare(filled: Library) -> None:
    found = similar(filled, numbered(filled, "Choir sings"))
    assert "dark" in found.words
    assert "after" not in found.words


@pytest.mark.parametrize(
    ("headline", "other"),
    [("Паром", "Пролив замёрз"), ("渡轮", "海峡"), ("Fährfahrt", "Mirp")],
)
def test_any_language_will_do_one_without_a_stemmer_too(
    filled: Library, headline: str, other: str
) -> None:
    assert headlines(similar(filled, numbered(filled, headline))) == [other]


@pytest.mark.parametrize("headline", ["!!!", "Zyx"])
def test_an_article_without_words_that_others_hold_has_none_like_it(
    filled: Library, headline: str
) -> None:
    found = similar(filled, numbered(filled, headline))
    assert (found.words, found.hits) == ([], [])


def test_a_removed_article_is_neither_asked_nor_shown(filled: Library) -> None:
    filled.remove([2])
    filled.indexing.drain()
    assert 2 not in {hit.stored.id for hit in similar(filled, 1).hits}
    with pytest.raises(ArticleMissing):
        similar(filled, 2)


def test_as_many_are_shown_as_asked_for(filled: Library) -> None:
    assert len(similar(filled, 1, limit=1).hits) == 1
