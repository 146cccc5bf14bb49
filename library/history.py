"""An article through time: every wording it had, what changed with each, and all its copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from article import Stored
from library.changes import Changes, changes
from library.errors import ArticleMissing

if TYPE_CHECKING:
    from db.copies import Kept
    from db.history import Origin
    from library.library import Library


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording, where it came from, and what changed with it; None for the first.

    `copy` is the number of the copy it was read from, oldest first, as `original --copy` takes it.
    """

    stored: Stored
    origin: Origin
    copy: int | None
    changes: Changes | None


@dataclass(frozen=True, slots=True)
class History:
    """An article's wordings and copies, the oldest first."""

    wordings: Sequence[Wording]
    copies: Sequence[Kept]

    @property
    def today(self) -> Stored:
        """The article as it reads now."""
        return self.wordings[-1].stored


@dataclass(frozen=True, slots=True)
class Compared:
    """Two wordings of an article, where each came from, and what differs."""

    old: Origin
    new: Origin
    changes: Changes


def history(library: Library, article_id: int) -> History:
    """Give the history of an article, removed or not; raise `ArticleMissing` if there is none."""
    from db.copies import copies
    from db.history import origins

    with library.reader.snapshot():
        wordings = _wordings(library, article_id)
        came = origins(library.reader, article_id)
        kept = copies(library.reader, article_id)
    numbers: dict[int | None, int] = {one.id: n for n, one in enumerate(kept, 1)}
    differing = [None, *(changes(old, new) for old, new in pairwise(wordings))]
    return History(
        [
            Wording(stored, origin, numbers.get(origin.copy), differs)
            for stored, origin, differs in zip(wordings, came, differing, strict=True)
        ],
        kept,
    )


def compared(library: Library, article_id: int, revisions: Sequence[int]) -> Compared:
    """Compare two wordings of an article: those of these numbers, one and today's, or the last two.

    Raises `ArticleMissing` if there is no such article or wording, or only one.
    """
    from db.history import origins

    with library.reader.snapshot():
        wordings = _wordings(library, article_id)
        came = origins(library.reader, article_id)
    old, new = _chosen(article_id, revisions, len(wordings))
    return Compared(came[old - 1], came[new - 1], changes(wordings[old - 1], wordings[new - 1]))


def _wordings(library: Library, article_id: int) -> list[Stored]:
    from db.wordings import wordings

    found = library.reader.article(article_id)
    stored = found or library.article(article_id)  # which says that it is missing
    return wordings(library.reader, stored)


def _chosen(article_id: int, revisions: Sequence[int], last: int) -> tuple[int, int]:
    """Give the two wordings that are meant; they are numbered from 1 without a gap."""
    if last == 1:
        message = f"Article {article_id} has had one wording; there is none to compare it with."
        raise ArticleMissing(message)
    for number in revisions:
        if not 1 <= number <= last:
            message = f"Article {article_id} has {last} wordings, none numbered {number}."
            raise ArticleMissing(message)
    old, new = [*(revisions or [last - 1]), last][:2]
    return old, new
