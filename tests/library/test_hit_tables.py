"""Tables of hits hold what `search` finds, paragraph by paragraph."""

from __future__ import annotations

import io
import json

import pytest

from library.asking import read
from library.errors import QueryError, SqlError
from library.hit_tables import HitTable, find
from library.library import Library
from library.querying import run
from library.searching import hit_rows, search
from terminal.hit_tables import remarks

ARTICLES: list[dict[str, object]] = [
    {"title": "Ferry crew grows", "published": "2023-03-14", "paragraphs": ["The crew is larger.", "Ice came.", "A crew, a new crew."]},
    {"title": "Crew list", "published": "2022-10-02", "paragraphs": ["Names follow.", "No more."]},
    {"title": "Orchard", "published": "2022-10-03", "paragraphs": ["Apples for the crew."]},
    {"title": "Snow", "published": "2021-01-01", "paragraphs": ["It fell."]},
]  # fmt: skip


@pytest.fixture
def filled(library: Library) -> Library:
    store(library, ARTICLES)
    return library


def store(library: Library, articles: list[dict[str, object]]) -> None:
    lines = "".join(json.dumps({"id": n, **one}) + "\n" for n, one in enumerate(articles, 1))
    assert len(list(library.ingest(["-"], io.BytesIO(lines.encode())))) == len(articles)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("crew", [(1, 1), (1, 3), (2, None), (3, 1)]),
        ("date:2022", [(2, None), (3, None)]),
        ("snow OR crew date:2022", [(2, None), (3, 1), (4, None)]),
        ("headline:ferry", [(1, None)]),
        ("ice -headline:orchard", [(1, 2)]),
        ("zzyzx", []),
    ],
)
def test_a_row_a_paragraph_and_one_for_what_matches_as_a_whole(
    filled: Library, query: str, places: list[tuple[int, int | None]]
) -> None:
    rows = hit_rows(filled, read(filled, query))
    found = [(article_id, ordinal) for article_id, ordinal, _ in rows]
    assert sorted(found, key=lambda place: (place[0], place[1] or 0)) == places
    scores = {(article_id, ordinal): score for article_id, ordinal, score in rows}
    for hit in search(filled, read(filled, query)).hits:
        assert bool(hit.passages) is ((hit.stored.id, None) not in scores)
        assert hit.passages or scores[hit.stored.id, None] == pytest.approx(hit.score)
        for one in hit.passages:
            assert scores[hit.stored.id, one.ordinal] == pytest.approx(one.score)


def test_no_article_is_left_out_however_many_there_are(library: Library) -> None:
    store(library, [{"title": f"T{n}", "text": f"Words of report {n}."} for n in range(2_300)])
    library.indexing.drain()
    rows = hit_rows(library, read(library, "report"))
    assert sorted(row[:2] for row in rows) == [(n, 1) for n in range(1, 2_301)]


def test_removed_articles_are_not_among_the_hits(filled: Library) -> None:
    assert {row[0] for row in hit_rows(filled, read(filled, "crew"))} == {1, 2, 3}
    filled.remove([1])
    assert {row[0] for row in hit_rows(filled, read(filled, "crew"))} == {2, 3}


def test_sql_joins_what_searches_found(filled: Library) -> None:
    tables = find(filled, ["h=crew", "g = date:2022"])
    sql = (
        "SELECT articles.headline, h.ordinal FROM h JOIN g USING (article_id)"
        " JOIN articles ON articles.id = h.article_id ORDER BY article_id"
    )
    answer = run(filled, sql, seconds=10, max_rows=10, tables=tables)
    assert [tuple(row.values()) for row in answer.rows()] == [("Crew list", None), ("Orchard", 1)]


@pytest.mark.parametrize(
    ("option", "error"),
    [("h", SqlError), ("=crew", SqlError), ("H=crew", SqlError), ("articles=crew", SqlError),
     ("first=crew", SqlError), ("g=(crew", QueryError), ("g=", QueryError)],
)  # fmt: skip
def test_nothing_is_searched_for_where_one_of_them_is_wrong(
    filled: Library, option: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        find(filled, ["first=crew", option])
    assert not filled.folder.index.exists()


def test_a_wrong_query_says_where_it_is_wrong(filled: Library) -> None:
    with pytest.raises(QueryError) as caught:
        find(filled, ["h=crew (ice"])
    assert (caught.value.query, caught.value.position) == ("crew (ice", 5)


def test_what_was_found_and_searched_is_said() -> None:
    rows = [(1, 1, 1.0), (1, 3, 1.0), (2, 1, 1.0), (3, None, 1.0)]
    said = remarks(
        [
            HitTable("h", "ice crew", "ice AND crew", rows, 12_000, 7),
            HitTable("g", "snow", "snow", [(4, 1, 1.0)], 12_000, 0),
            HitTable("none", "zzyzx", "zzyzx", [], 12_000, 0),
        ]
    )
    assert list(said) == [
        "h read as: ice AND crew",
        "h: 3 paragraphs of 2 articles, 1 article as a whole; 12,000 articles searched, 7 still "
        "wait to be indexed. Index them with: cuttings reindex --pending",
        "g: 1 paragraph of 1 article; 12,000 articles searched, none wait to be indexed.",
        "none: nothing found; 12,000 articles searched, none wait to be indexed.",
    ]
