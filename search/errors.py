"""What reading a query and asking an index can raise; it imports nothing, for those who only catch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class QueryError(ValueError):
    """A query that cannot be read.

    `position` is the code point where the mistake stands; `suggestion` is a corrected query to
    copy, where there is one. `query` is the whole text, filled in by who took it from the person.
    """

    def __init__(self, message: str, position: int, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.suggestion = suggestion
        self.query = ""


class EngineError(Exception):
    """The index cannot do what was asked; the database is not concerned."""


class IndexMissing(EngineError):
    """There is no index in the folder."""


class IndexDamaged(EngineError):
    """The index cannot be read, or must not be trusted: set it aside and build it anew."""


class IndexLocked(EngineError):
    """Another process is writing to the index, and did not end in time."""


class DocumentsRejected(EngineError):
    """Some documents cannot be indexed; all others of the same commit are.

    `reasons` says why, by document id.
    """

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__("; ".join(f"article {id_}: {why}" for id_, why in reasons.items()))
        self.reasons = reasons
