"""From a query to a page of hits: read it, ask the index, fetch the articles, find the passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from article import Stored
from library.asking import Question, ask, serving
from library.families import Family, once
from library.library import Library
from search.engine import Engine, Hit, ParagraphHit
from search.hints import Hint
from search.lacking import lacking
from search.passages import Located, Mark, Passage, best, locate
from search.plan import perhaps
from search.snippets import snippet

if TYPE_CHECKING:
    from library.suggesting import Suggestion

__all__ = ["Found", "Page", "Sort", "best", "hit_rows", "search", "search_paragraphs", "snippet"]

Sort = Literal["relevance", "date"]
HitRow = tuple[int, int | None, float]  # article, paragraph's ordinal, score
H = TypeVar("H", Hit, ParagraphHit)


@dataclass(frozen=True, slots=True)
class Found:
    """An article that matches, the marks in its headline, and its paragraphs that match.

    `family` is that of near-identical articles which it stands for, where these were put together.
    """

    stored: Stored
    score: float
    headline_marks: Sequence[Mark]
    passages: Sequence[Passage]
    family: Family | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an answer, with what was searched to give it.

    `total` counts all articles that match, `searched` those in the index, `pending` those that
    wait to be indexed. `undated` and `imprecise` count those left out only because their date is
    not known, or only to a month or year. `paragraphs` counts all paragraphs that match, where
    those were asked for; `once` the hits, if each family is one of them, where that was
    asked for and not too many match.
    """

    query: str
    read_as: str
    total: int
    searched: int
    pending: int
    hits: Sequence[Found]
    undated: int = 0
    imprecise: int = 0
    hints: Sequence[Hint] = ()
    suggestions: Sequence[Suggestion] = ()
    paragraphs: int | None = None
    once: int | None = None


def search(
    library: Library,
    question: Question,
    *,
    limit: int = 10,
    offset: int = 0,
    sort: Sort = "relevance",
) -> Page:
    """Answer a question with articles."""

    def call(engine: Engine) -> tuple[int, Sequence[Hit]]:
        result = engine.search(question.plan, limit=limit, offset=offset, sort=sort)
        return result.total, result.hits

    total, hits, articles = _current(library, question, call)
    located = _located(library, question, articles)
    found = [_found(articles[hit.id], hit.score, located[hit.id]) for hit in hits]
    return _page(library, question, total, found)


def search_families(
    library: Library,
    question: Question,
    *,
    limit: int = 10,
    offset: int = 0,
    sort: Sort = "relevance",
) -> Page:
    """Answer a question with articles, of near-identical ones with the first in the order."""
    count: int | None = None
    families: Mapping[int, Family] = {}

    def call(engine: Engine) -> tuple[int, Sequence[Hit]]:
        nonlocal count, families
        drawn = once(library.reader, engine, question.plan, limit, offset, sort)
        count, families = drawn.count, drawn.families
        return drawn.total, drawn.hits

    total, hits, articles = _current(library, question, call)
    located = _located(library, question, articles)
    found = [
        replace(_found(articles[hit.id], hit.score, located[hit.id]), family=families.get(hit.id))
        for hit in hits
    ]
    return replace(_page(library, question, total, found), once=count)


def search_paragraphs(
    library: Library, question: Question, *, limit: int = 10, offset: int = 0
) -> Page:
    """Answer a question with paragraphs, best first: each hit is an article with one of them."""
    documents = 0

    def call(engine: Engine) -> tuple[int, Sequence[ParagraphHit]]:
        nonlocal documents
        result = engine.paragraphs(question.plan, limit=limit, offset=offset)
        documents = result.documents
        return result.total, result.hits

    total, hits, articles = _current(library, question, call)
    located = _located(library, question, articles)
    found = [
        _found(articles[hit.id], hit.score, _only(located[hit.id], hit.ordinal)) for hit in hits
    ]
    return replace(_page(library, question, documents, found), paragraphs=total)


def hit_rows(library: Library, question: Question) -> list[HitRow]:
    """Give every paragraph that matches, and a row without ordinal for articles matched otherwise.

    A paragraph's score is its own; an article that matches without any of its paragraphs has the
    article's. What the index holds in another state than the database is left out.
    """

    def call(engine: Engine) -> tuple[Sequence[ParagraphHit], Sequence[Hit]]:
        articles = engine.search(question.plan, limit=engine.count() + 1).hits
        return engine.paragraphs(question.plan).hits, articles

    paragraphs, articles = ask(library, question, call)
    current = dict(library.reader.revisions())
    rows: list[HitRow] = [
        (hit.id, hit.ordinal, hit.score)
        for hit in paragraphs
        if current.get(hit.id) == hit.revision
    ]
    inside = {hit.id for hit in paragraphs}
    whole = [hit for hit in articles if hit.id not in inside]
    return rows + [(h.id, None, h.score) for h in whole if current.get(h.id) == h.revision]


def _current(
    library: Library, question: Question, call: Callable[[Engine], tuple[int, Sequence[H]]]
) -> tuple[int, Sequence[H], Mapping[int, Stored]]:
    """Ask for hits and fetch their articles; what the index holds in an old state is mended first."""
    total, hits = ask(library, question, call)
    articles = _fetch(library, hits)
    stale = [hit.id for hit in hits if hit.id not in articles]
    if stale and not library.reader.queued(stale):
        library.indexing.heal(stale)
        total, hits = ask(library, question, call)
        articles = _fetch(library, hits)
    current = [hit for hit in hits if hit.id in articles]
    return total - (len(hits) - len(current)), current, articles


def _fetch(library: Library, hits: Sequence[H]) -> dict[int, Stored]:
    """Fetch those hits that the database holds in the revision the index knows."""
    revisions = {hit.id: hit.revision for hit in hits}
    stored = library.reader.articles(list(revisions))
    return {
        number: one
        for number, one in stored.items()
        if one.removed_at is None and one.revision == revisions[number]
    }


def _located(
    library: Library, question: Question, articles: Mapping[int, Stored]
) -> dict[int, Located]:
    weigher = serving(library, lambda engine: engine.weigher())
    return {number: locate(question.plan, one, weigher) for number, one in articles.items()}


def _only(located: Located, ordinal: int) -> Located:
    passages = tuple(passage for passage in located.passages if passage.ordinal == ordinal)
    return Located(located.headline, passages)


def _found(stored: Stored, score: float, located: Located) -> Found:
    return Found(stored, score, located.headline, located.passages)


def _page(library: Library, question: Question, total: int, found: Sequence[Found]) -> Page:
    left_out = _left_out(library, question)
    undated = library.reader.undated(left_out) if left_out else 0
    return Page(
        query=question.text,
        read_as=question.read_as,
        total=total,
        searched=serving(library, lambda engine: engine.count()),
        pending=library.reader.pending(),
        hits=found,
        undated=undated,
        imprecise=len(left_out) - undated,
        hints=question.hints,
        suggestions=_suggestions(library, question),
    )


def _suggestions(library: Library, question: Question) -> Sequence[Suggestion]:
    tree, planner = question.tree, question.planner
    if not ask(library, question, lambda engine: any(lacking(tree, engine, planner))):
        return []
    from library.suggesting import suggestions  # hardly ever needed

    return suggestions(library, question)


def _left_out(library: Library, question: Question) -> list[int]:
    """Give the articles that do not match only because of what is not known of their dates."""
    wider = perhaps(question.plan)
    if wider == question.plan:
        return []
    return ask(library, question, lambda e: sorted(e.ids(wider) - e.ids(question.plan)))
