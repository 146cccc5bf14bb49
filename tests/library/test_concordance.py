"""A concordance shows every match of all articles that a query finds, in the order asked for."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from article import Paragraph
from library import concordance as concordances
from library.asking import read
from library.concordance import Concordance, Line, Sort
from library.library import Library
from search import whoosh_engine
from search.document import document


def concordance(
    library: Library, query: str, limit: int = 50, offset: int = 0, sort: Sort = "relevance"
) -> Concordance:
    question = read(library, query)
    return concordances.concordance(library, question, limit=limit, offset=offset, sort=sort)


COLOURS = ["red", "green", "blue", "amber"]


def ingest(library: Library, *lines: dict[str, object]) -> None:
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    assert list(library.ingest(["-"], io.BytesIO(data)))


@pytest.fixture
def filled(library: Library) -> Library:
    articles = [
        {
            "id": n,
            "title": f"Report {n}",
            "date": f"2023-01-{n + 1:02}",
            "text": f"A {COLOURS[n % 4]} boat came.\n\nThe boat {'sank' if n % 2 else 'rests'} now.\n\nBoat {n}.",
        }
        for n in range(12)
    ]
    ingest(library, *articles)
    library.indexing.drain()
    return library


def lines(
    library: Library, limit: int = 1000, offset: int = 0, sort: Sort = "relevance"
) -> list[Line]:
    return list(concordance(library, "boat", limit=limit, offset=offset, sort=sort).lines)


def test_every_match_of_every_article_is_counted_and_shown(filled: Library) -> None:
    found = concordance(filled, "boat", limit=5)
    assert (found.total, found.articles, len(list(found.lines))) == (36, 12, 5)
    assert len(lines(filled)) == 36
    assert {line.place for line in lines(filled)} >= {"1#1", "1#2", "1#3", "12#3"}


@pytest.mark.parametrize("sort", ["relevance", "date", "left", "right"])
def test_pages_put_together_are_the_whole(filled: Library, sort: Sort) -> None:
    pages = [line for start in range(0, 36, 7) for line in lines(filled, 7, start, sort)]
    assert pages == lines(filled, sort=sort)
    assert lines(filled, 7, 40, sort) == []


def test_lines_sort_by_the_nearest_neighbour_and_those_without_come_last(filled: Library) -> None:
    left = [line.context.before[:2] for line in lines(filled, sort="left")]
    assert left == sorted(left, key=lambda words: (not words, words))
    assert left[0] == ("amber", "a")
    assert left[-1] == ()
    right = [line.context.behind[:1] for line in lines(filled, sort="right")]
    assert right == sorted(right)


def test_newest_articles_come_first_when_asked(filled: Library) -> None:
    assert [line.id for line in lines(filled, 4, sort="date")] == [12, 12, 12, 11]


def test_a_match_above_the_paragraphs_is_referred_to_by_the_article(filled: Library) -> None:
    (line,) = concordance(filled, 'headline:"report 3"').lines
    assert (line.place, line.context.ordinal, line.context.zone) == ("4", 0, "headline")


def test_articles_without_a_match_in_the_text_are_told_apart(filled: Library) -> None:
    found: Concordance = concordance(filled, "date:2023")
    assert (found.page.total, found.articles, found.total, list(found.lines)) == (12, 0, 0, [])


def test_what_the_index_holds_in_another_wording_is_mended_first(filled: Library) -> None:
    filled.indexing.close()
    engine = whoosh_engine.open_index(next(filled.folder.index.glob("gen-*")))
    held = filled.article(4)
    other = replace(held.article, paragraphs=(Paragraph("A kayak that was never stored."),))
    engine.replace([document(replace(held, revision=7, article=other))])
    engine.commit()
    engine.close()
    assert list(concordance(filled, "kayak OR boat", limit=1000).lines) == lines(filled)
    assert {line.id for line in lines(filled)} == set(range(1, 13))
