"""A concordance: every match in the text of the articles that a query finds, a line each."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import Literal

from article import Reference, Stored
from library.asking import Question, ask
from library.indexing import silent
from library.library import Library
from library.passage import cut
from library.rebuilding import Progress
from library.searching import Page, search
from search import matches
from search.contexts import Context, contexts
from search.engine import Engine, Hit

__all__ = ["Concordance", "Line", "Sort", "concordance"]

Sort = Literal["relevance", "date", "left", "right"]
"""By article, best or newest first, or by the words left or right of the match, nearest first."""

_BATCH = 200  # articles fetched at once

_Found = Mapping[int, matches.Matches]


@dataclass(frozen=True, slots=True)
class Line:
    """A match with its context, and the article it stands in; `ref` is the permanent reference."""

    id: int
    ref: str
    context: Context
    headline: str | None
    published: str | None
    site: str | None

    @property
    def place(self) -> str:
        """The short reference: `12#7`, or `12` for what stands above the paragraphs."""
        return str(Reference(self.id, self.context.ordinal or None))


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines asked for, given one after the other, and how many there are in all.

    `page` says how the query was read, what was searched, and how many articles match; `articles`
    of them have lines. The others match by something else than words of their running text.
    """

    page: Page
    total: int
    articles: int
    lines: Iterator[Line]


def concordance(  # noqa: PLR0913 - each is a choice of the person's
    library: Library,
    question: Question,
    *,
    limit: int = 50,
    offset: int = 0,
    sort: Sort = "relevance",
    progress: Progress = silent,
) -> Concordance:
    """Answer a question with lines.

    Only lines sorted by their neighbours need all articles that match to be read; `progress` is
    told of these.
    """
    order: Literal["relevance", "date"] = "date" if sort == "date" else "relevance"
    hits, found = _current(library, question, order)
    page = search(library, question, limit=0)
    if sort in {"left", "right"}:
        lines = _sorted(_told(library, question, hits, found, progress), sort, offset + limit)
        shown = iter(lines[offset:])
    else:
        behind, skipped = _passed_over(hits, found, offset)
        shown = islice(_lines(library, question, behind, found), skipped, skipped + limit)
    total = sum(matches.count(found[hit.id]) for hit in hits)
    return Concordance(page, total, len(hits), shown)


def _current(
    library: Library, question: Question, order: Literal["relevance", "date"]
) -> tuple[Sequence[Hit], _Found]:
    """Ask for the articles that have matches; what the index holds in an old state is mended first."""

    def call(engine: Engine) -> tuple[Sequence[Hit], _Found]:
        hits = engine.search(question.plan, limit=sys.maxsize, sort=order).hits
        return hits, engine.matches(question.plan)

    hits, found = ask(library, question, call)
    stale = _stale(library, hits)
    if stale and not library.reader.queued(stale):
        library.indexing.heal(stale)
        hits, found = ask(library, question, call)
        stale = _stale(library, hits)
    left_out = set(stale)
    return [hit for hit in hits if hit.id in found and hit.id not in left_out], found


def _stale(library: Library, hits: Iterable[Hit]) -> list[int]:
    revisions = dict(library.reader.revisions())
    return [hit.id for hit in hits if revisions.get(hit.id) != hit.revision]


def _passed_over(hits: Sequence[Hit], found: _Found, offset: int) -> tuple[Sequence[Hit], int]:
    """Leave out the hits whose lines are all passed over; give how many lines remain to pass over."""
    for index, hit in enumerate(hits):
        count = matches.count(found[hit.id])
        if offset < count:
            return hits[index:], offset
        offset -= count
    return [], 0


def _lines(
    library: Library, question: Question, hits: Sequence[Hit], found: _Found
) -> Iterator[Line]:
    """Give all lines of articles, fetched a batch at a time."""
    for start in range(0, len(hits), _BATCH):
        batch = hits[start : start + _BATCH]
        articles = library.reader.articles([hit.id for hit in batch])
        for hit in batch:
            stored = articles[hit.id]
            if stored.revision != hit.revision or stored.removed_at:
                continue  # changed at this moment
            yield from _of_article(question, stored, found[hit.id])


def _of_article(question: Question, stored: Stored, some: matches.Matches) -> Iterator[Line]:
    about = stored.article
    published = about.published.date if about.published else None
    for context in contexts(question.plan, stored, matches.each(some)):
        ref = cut(stored, context.ordinal).ref if context.ordinal else Reference(stored.id)
        yield Line(stored.id, str(ref), context, about.headline, published, about.site)


def _told(
    library: Library,
    question: Question,
    hits: Sequence[Hit],
    found: _Found,
    progress: Progress,
) -> Iterator[Line]:
    """Give all lines, and say how many articles are done."""
    for done in range(0, len(hits), _BATCH):
        yield from _lines(library, question, hits[done : done + _BATCH], found)
        progress(min(done + _BATCH, len(hits)), len(hits))


def _sorted(lines: Iterable[Line], sort: Sort, count: int) -> list[Line]:
    """Choose the first lines by their neighbours, those without last; `count` are kept at most."""

    def key(line: Line) -> tuple[bool, Sequence[str]]:
        beside = line.context.before if sort == "left" else line.context.behind
        return not beside, beside

    return nsmallest(count, lines, key=key)
