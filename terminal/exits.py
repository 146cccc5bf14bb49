"""Exit codes, and which error ends in which: the one table."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the command says to the shell."""

    DONE = 0
    NOTHING_FOUND = 1
    WRONG_COMMAND = 2
    CANNOT_SERVE = 3
    SOME_FAILED = 4
    INTERRUPTED = 130


def codes() -> dict[type[Exception], Exit]:
    """Give the table, to be read from top to bottom: the first class an error belongs to decides."""
    from library import errors  # only a command that failed needs it

    return {
        errors.QueryError: Exit.WRONG_COMMAND,
        errors.SqlError: Exit.WRONG_COMMAND,
        errors.ReferenceWrong: Exit.WRONG_COMMAND,
        errors.OverviewWrong: Exit.WRONG_COMMAND,
        errors.PhraseWrong: Exit.WRONG_COMMAND,
        errors.EditWrong: Exit.WRONG_COMMAND,
        errors.LanguageUnknown: Exit.WRONG_COMMAND,
        errors.FeedWrong: Exit.WRONG_COMMAND,
        errors.MappingWrong: Exit.WRONG_COMMAND,
        errors.NotALibrary: Exit.WRONG_COMMAND,
        errors.FileTaken: Exit.WRONG_COMMAND,
        errors.LibraryFilled: Exit.WRONG_COMMAND,
        errors.NotRemoved: Exit.WRONG_COMMAND,
        errors.ArticleMissing: Exit.NOTHING_FOUND,
        errors.LibraryError: Exit.CANNOT_SERVE,
        errors.DatabaseError: Exit.CANNOT_SERVE,
        errors.EngineError: Exit.CANNOT_SERVE,
        OSError: Exit.CANNOT_SERVE,
    }


def code_of(error: Exception) -> Exit | None:
    """Give the exit code of an error, None for one that is a defect of ours."""
    return next((code for kind, code in codes().items() if isinstance(error, kind)), None)
