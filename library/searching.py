"""From a query to a page of hits: parse, bring the index up to date, ask it, fetch, find passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from article import Stored
from library.library import Library
from search import parser
from search.engine import IndexDamaged, Result
from search.passages import Mark, Passage, best, find, headline_marks, snippet
from search.plan import Plan, plan, read_as
from search.query import Node, QueryError

__all__ = ["Found", "Page", "Sort", "best", "hit_rows", "search", "snippet"]

Sort = Literal["relevance", "date"]
HitRow = tuple[int, int | None, float]
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """An article that matches, the marks in its headline, and its paragraphs that match."""

    stored: Stored
    score: float
    headline_marks: Sequence[Mark]
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an answer, with what was searched to give it.

    `total` counts all articles that match, `searched` those in the index, `pending` those that
    wait to be indexed.
    """

    query: str
    read_as: str
    total: int
    searched: int
    pending: int
    hits: Sequence[Found]


def search(
    library: Library, query: str, *, limit: int = 10, offset: int = 0, sort: Sort = "relevance"
) -> Page:
    """Answer a query; raise `QueryError` if it cannot be read."""
    library.indexing.ready()
    tree, wanted = _read(library, query)
    try:
        result, articles = _ask(library, wanted, limit, offset, sort)
    except IndexDamaged as error:
        library.indexing.mend(error)
        result, articles = _ask(library, wanted, limit, offset, sort)
    stale = [hit.id for hit in result.hits if hit.id not in articles]
    if stale and not library.reader.queued(stale):
        library.indexing.heal(stale)
        result, articles = _ask(library, wanted, limit, offset, sort)
    hits = [hit for hit in result.hits if hit.id in articles]
    return Page(
        query=query,
        read_as=read_as(tree),
        total=result.total - (len(result.hits) - len(hits)),
        searched=library.indexing.engine().count(),
        pending=library.reader.pending(),
        hits=[_found(articles[hit.id], hit.score, wanted) for hit in hits],
    )


def hit_rows(library: Library, query: str) -> list[HitRow]:
    """Give article, paragraph and score of every paragraph that matches.

    An article that matches without one of its paragraphs has one row, without a paragraph.
    """
    rows: dict[int, list[HitRow]] = {}
    offset, total = 0, 0
    while not offset or offset < total + _MANY:  # a page's total leaves out what it cannot show
        page = search(library, query, limit=_MANY, offset=offset)
        for hit in page.hits:
            places: list[HitRow] = [(hit.stored.id, one.ordinal, one.score) for one in hit.passages]
            rows[hit.stored.id] = places or [(hit.stored.id, None, hit.score)]
        offset, total = offset + _MANY, page.total
    return [row for places in rows.values() for row in places]


def _read(library: Library, query: str) -> tuple[Node, Plan]:
    today = date.today()  # noqa: DTZ011 - the person's own day
    try:
        tree = parser.parse(query)
        return tree, plan(tree, library.reader.languages(), today)
    except QueryError as error:
        error.query = query
        raise


def _ask(
    library: Library, wanted: Plan, limit: int, offset: int, sort: Sort
) -> tuple[Result, dict[int, Stored]]:
    """Ask the index, and fetch those hits that the database holds in the revision the index knows."""
    result = library.indexing.engine().search(wanted, limit=limit, offset=offset, sort=sort)
    revisions = {hit.id: hit.revision for hit in result.hits}
    stored = library.reader.articles(list(revisions))
    current = {
        number: one
        for number, one in stored.items()
        if one.removed_at is None and one.revision == revisions[number]
    }
    return result, current


def _found(stored: Stored, score: float, wanted: Plan) -> Found:
    article = stored.article
    return Found(stored, score, headline_marks(wanted, article), find(wanted, article))
