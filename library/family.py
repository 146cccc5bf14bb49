"""A family of near-identical articles: what each outlet made of the same report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from article import Stored
from db import kin
from library.library import Library
from library.wording import Change, compare


@dataclass(frozen=True, slots=True)
class Version:
    """An article of the family; `changes` lead from the paragraphs of the longest one to its own."""

    stored: Stored
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Versions:
    """Articles of a family, the earliest first, and `longest`, with which they are compared.

    `total` counts all there are, 1 for an article that nothing is nearly the same as.
    """

    family: int
    longest: Stored
    total: int
    versions: Sequence[Version]


def family(library: Library, article_id: int, *, limit: int) -> Versions:
    """Give the family of an article; raise `ArticleMissing`."""
    with library.reader.snapshot():
        return _family(library, library.article(article_id), limit)


def _family(library: Library, asked: Stored, limit: int) -> Versions:
    number = kin.families_of(library.reader, {asked.id: asked.revision}).get(asked.id)
    if number is None:
        return Versions(asked.id, asked, 1, [Version(asked, [])])
    members = kin.members(library.reader, number)
    ids = [member.article_id for member in members]
    stored = library.reader.articles(ids[:limit])
    longest = library.article(max(members, key=lambda one: one.word_count).article_id)
    versions = [Version(stored[one], _changes(longest, stored[one])) for one in ids[:limit]]
    return Versions(number, longest, len(ids), versions)


def _changes(longest: Stored, one: Stored) -> Sequence[Change]:
    texts = [[paragraph.text for paragraph in each.article.paragraphs] for each in (longest, one)]
    return compare(*texts)
