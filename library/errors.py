"""Everything a library can raise, in one place for those who show errors."""

from __future__ import annotations

from db.errors import (
    ArticleChanged,
    DatabaseDamaged,
    DatabaseError,
    DatabaseForeign,
    DatabaseFull,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseOutdated,
    DatabaseReadOnly,
    SqlError,
)
from search.errors import EngineError, IndexDamaged, IndexLocked, IndexMissing, QueryError

__all__ = [
    "ArticleChanged",
    "ArticleMissing",
    "BackupWrong",
    "DatabaseDamaged",
    "DatabaseError",
    "DatabaseForeign",
    "DatabaseFull",
    "DatabaseLocked",
    "DatabaseMissing",
    "DatabaseNewer",
    "DatabaseOutdated",
    "DatabaseReadOnly",
    "EditWrong",
    "EngineError",
    "EngineNotInstalled",
    "FeedWrong",
    "FileTaken",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnavailable",
    "LanguageUnknown",
    "LibraryError",
    "LibraryFilled",
    "MappingWrong",
    "NotALibrary",
    "NotRemoved",
    "OverviewWrong",
    "PhraseWrong",
    "QueryError",
    "ReferenceWrong",
    "SqlError",
]


class LibraryError(Exception):
    """A library cannot do what was asked."""


class BackupWrong(LibraryError):
    """A file is no backup, or no longer what was written."""


class FileTaken(LibraryError):
    """A file that was to be made is there already."""


class LibraryFilled(LibraryError):
    """A library that holds articles would be replaced, which was not said."""


class NotRemoved(LibraryError):
    """An article is to be purged that was not removed before."""


class NotALibrary(LibraryError):
    """The folder named as a library holds something else."""


class ReferenceWrong(LibraryError):
    """What was written names no article and no paragraph."""


class OverviewWrong(LibraryError):
    """An overview was asked for that there is not, or that nobody could read."""


class PhraseWrong(LibraryError):
    """What is to be found word for word has no words."""


class EditWrong(LibraryError):
    """A value that was given for an article cannot be meant."""


class ArticleMissing(LibraryError):
    """No article bears this number."""


class LanguageUnknown(LibraryError):
    """What was written is no code of a language."""


class FeedWrong(LibraryError):
    """What was written is no feed, or none that is followed."""


class MappingWrong(LibraryError):
    """What was written names no value of an article, or no column."""


class IndexOutdated(LibraryError):
    """The index was made by another version, or for another state of the database."""


class IndexUnavailable(LibraryError):
    """The index cannot serve and would take long to build: the person must say when."""


class EngineNotInstalled(LibraryError):
    """What the index is made with is not there."""
