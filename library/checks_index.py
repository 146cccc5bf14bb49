"""Whether the index holds what the database does, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from library.errors import (
    EngineError,
    EngineNotInstalled,
    IndexDamaged,
    IndexMissing,
    LibraryError,
)
from library.finding import Finding, some
from library.library import Library
from library.sampling import ARTICLES, not_found, sample

if TYPE_CHECKING:
    from search.engine import Engine

REBUILD = "cuttings reindex"
_UNFOUND = f"of {ARTICLES} tried, not found by their own words"


def look(library: Library, deep: bool) -> Iterator[Finding]:
    """Compare the index with the database; `deep` reads its files too."""
    try:
        engine = library.indexing.engine()
        held = dict(engine.revisions())
    except EngineNotInstalled as error:
        yield Finding("index", True, str(error), "cuttings reindex --engine whoosh")
        return
    except (IndexDamaged, IndexMissing, LibraryError) as error:
        yield Finding("index", True, str(error), REBUILD)
        return
    except EngineError as error:  # nothing is wrong with the index, but with where it is
        yield Finding("index", True, str(error), "cuttings doctor --repair")
        return
    yield Finding("index", False, f"{len(held):,} articles, {library.indexing.describe()}")
    rows = library.reader.select("SELECT article_id FROM index_queue")
    waiting = {row["article_id"] for row in rows}
    yield from _compared(library, held, waiting)
    yield _sampled(library, engine, waiting)
    if deep:
        yield from _contents(engine)


def _compared(
    library: Library, held: dict[int, int], waiting: AbstractSet[int]
) -> Iterator[Finding]:
    known = dict(library.reader.revisions())
    missing = sorted(known.keys() - held.keys() - waiting)
    extra = sorted(held.keys() - known.keys() - waiting)
    stale = sorted(i for i in known.keys() & held.keys() - waiting if known[i] != held[i])
    yield _difference("in the database, not in the index", missing)
    yield _difference("in the index, not in the database", extra)
    yield _difference("in the index in another wording", stale)
    mend = "cuttings reindex --pending" if waiting else None
    yield Finding("waiting", False, f"{len(waiting):,} articles wait to be indexed", mend)


def _sampled(library: Library, engine: Engine, waiting: AbstractSet[int]) -> Finding:
    ids = sample([one for one in library.reader.ids() if one not in waiting])
    try:
        unfound = list(not_found(engine, library.reader, ids))
    except EngineError as error:
        return Finding(_UNFOUND, True, str(error), REBUILD)
    return _difference(_UNFOUND, unfound)


def _contents(engine: Engine) -> Iterator[Finding]:
    try:
        engine.verify()
    except EngineError as error:
        yield Finding("files of the index", True, str(error), REBUILD)
    else:
        yield Finding("files of the index", False, "as they were written")


def _difference(what: str, ids: list[int]) -> Finding:
    if not ids:
        return Finding(what, False, "none")
    return Finding(what, True, f"{len(ids):,} articles: {some(ids)}", REBUILD)
