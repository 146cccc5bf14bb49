"""Articles about the same as another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from article import Stored
from library.asking import serving
from library.library import Library
from search.engine import Engine
from search.similar import Shared, any_of, profile, shared

__all__ = ["Alike", "Similar", "similar"]

_CANDIDATES = 50  # weighed again; more change little and take longer


@dataclass(frozen=True, slots=True)
class Alike:
    """An article about the same, and what it shares with the first."""

    stored: Stored
    shared: Shared


@dataclass(frozen=True, slots=True)
class Similar:
    """The answer: the words it was sought by, most telling first, and the articles, best first.

    `searched` counts the articles in the index, `pending` those that wait.
    """

    stored: Stored
    words: Sequence[str]
    hits: Sequence[Alike]
    searched: int
    pending: int


def similar(library: Library, article_id: int, *, limit: int = 10) -> Similar:
    """Find articles about the same as one, its copies first; raise `ArticleMissing`."""
    stored = library.article(article_id)

    def call(engine: Engine) -> Similar:
        about = profile(stored, engine)
        count = max(limit, _CANDIDATES) + 1
        found = engine.search(any_of(about.words), limit=count).hits
        others = library.reader.articles([hit.id for hit in found if hit.id != article_id])
        present = [other for other in others.values() if other.removed_at is None]
        hits = [Alike(*one) for one in shared(about, stored, present, engine.weigher())]
        hits.sort(key=lambda hit: (-hit.shared.score, hit.stored.id))
        written = [word.spelling for word in about.words]
        return Similar(stored, written, hits[:limit], engine.count(), library.reader.pending())

    return serving(library, call)
