"""From a query to a page of hits: parse, bring the index up to date, ask it, fetch, find passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from article import Stored
from library.library import Library
from search import parser
from search.engine import Engine, Result
from search.passages import Marks, Passage, find, headline_marks
from search.plan import Plan, plan, read_as

Sort = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True)
class Found:
    """An article that matches, the marks in its headline, and its paragraphs that match."""

    stored: Stored
    score: float
    headline_marks: Marks
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
    tree = parser.parse(query)
    engine = library.indexing.ready()
    wanted = plan(tree, library.reader.languages(), date.today())  # noqa: DTZ011 - the person's own day
    result = engine.search(wanted, limit=limit, offset=offset, sort=sort)
    if not _agree(library, result):
        engine = library.indexing.heal([hit.id for hit in result.hits])
        result = engine.search(wanted, limit=limit, offset=offset, sort=sort)
    return Page(
        query=query,
        read_as=read_as(tree),
        total=result.total,
        searched=engine.count(),
        pending=library.reader.pending(),
        hits=_fetch(library, wanted, result),
    )


def _agree(library: Library, result: Result) -> bool:
    """Tell whether the database holds each hit in the revision the index knows."""
    ...


def _fetch(library: Library, wanted: Plan, result: Result) -> list[Found]:
    ...
