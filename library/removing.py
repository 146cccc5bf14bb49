"""Taking articles out, bringing them back as they were, deleting them for good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from article import Stored
from db.lock import exclusive
from library.errors import ArticleMissing, NotRemoved
from library.library import Library
from library.rebuilding import Progress
from search import generations


def to_purge(library: Library, ids: Sequence[int]) -> list[Stored]:
    """Give the articles a purge would delete; what was purged before is left out.

    Raises `ArticleMissing` where there was never such an article, `NotRemoved`.
    """
    found = []
    for article_id in ids:
        one = library.reader.article(article_id)
        if one is not None:
            if one.removed_at is None:
                message = (
                    f"Article {article_id} is not removed. First: cuttings remove {article_id}"
                )
                raise NotRemoved(message)
            found.append(one)
        elif not _was_purged(library, article_id):
            raise _missing(library, article_id)
    return found


def undo(library: Library, ids: Sequence[int]) -> list[int]:
    """Bring removed articles back, as they were, under their numbers; give the numbers.

    Those that are not removed are left as they are. Raises `ArticleMissing`.
    """
    for article_id in ids:
        if library.reader.article(article_id) is None:
            raise _missing(library, article_id)
    return library.store.bring_back(ids)


def purge(library: Library, ids: Sequence[int], progress: Progress) -> bool:
    """Delete removed articles for good, and all traces of their words in the library's folder.

    The index is built anew, since an engine keeps the words of what was taken out of it; only then
    is the article deleted, so that a purge which was stopped is done by the same command again.
    Says if the log of the database could be emptied too. Raises as `to_purge`.
    """
    still_there = [one.id for one in to_purge(library, ids)]
    library.indexing.rebuild(progress)
    with exclusive(library.folder.index_lock):
        generations.drop_damaged(library.folder.index)
    if still_there:
        library.store.purge(still_there)
    library.close()
    return library.store.scrub()


def still_held(library: Library) -> list[Path]:
    """Give the databases in the library's folder that were kept, and hold what they held."""
    database = library.folder.database
    kept = (f"{database.name}.before-*", f"{database.name}.damaged-*")
    return sorted(path for pattern in kept for path in database.parent.glob(pattern))


def _missing(library: Library, article_id: int) -> ArticleMissing:
    if _was_purged(library, article_id):
        return ArticleMissing(f"Article {article_id} was purged: it cannot be brought back.")
    return ArticleMissing(f"There is no article {article_id}. What there is: cuttings list")


def _was_purged(library: Library, article_id: int) -> bool:
    sql = "SELECT 1 FROM removals WHERE article_id = ? AND action = 'purged'"
    return bool(library.reader.select(sql, [article_id]))
