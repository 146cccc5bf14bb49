"""What an engine promises. Engines agree on ids, counts and date order; scores are their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from search.errors import (
    DocumentsRejected,
    EngineError,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search.document import Document
    from search.matches import Matches
    from search.patterns import Pattern
    from search.plan import Plan
    from search.scoring import Weigher

__all__ = [
    "DocumentsRejected",
    "Engine",
    "EngineError",
    "Hit",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "ParagraphHit",
    "ParagraphResult",
    "Result",
    "Sort",
]

Sort = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matches, in the revision the engine holds. A higher score is better."""

    id: int
    revision: int
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """One page of hits, and how many documents match in all."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class ParagraphHit:
    """A paragraph with words that match, in a document that matches."""

    id: int
    revision: int
    ordinal: int
    score: float


@dataclass(frozen=True, slots=True)
class ParagraphResult:
    """One page of paragraphs, how many match in all, and in how many documents they stand."""

    total: int
    documents: int
    hits: tuple[ParagraphHit, ...]


class Engine(Protocol):
    """An index of documents.

    Every method may raise an EngineError, those that take a plan or a pattern PatternTooWide, and
    no other error.
    """

    def replace(self, documents: Iterable[Document]) -> None:
        """Take documents in the place of those with the same id; of two alike, the last.

        Nothing is written, and nothing can be found, before `commit`.
        """

    def delete(self, ids: Iterable[int]) -> None:
        """Take documents out, at the next `commit`; ids that are not there are passed over."""

    def commit(self) -> None:
        """Make what was replaced and deleted durable and visible, all of it at once.

        Raises DocumentsRejected after the rest is committed. After any other error nothing has
        changed and nothing is waiting to be committed.
        """

    def search(
        self, plan: Plan, *, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> Result:
        """Find documents: best first, or newest first and undated last; lower ids first in a tie."""

    def ids(self, plan: Plan) -> set[int]:
        """Find the ids of all documents that match."""

    def paragraphs(
        self, plan: Plan, *, limit: int | None = None, offset: int = 0
    ) -> ParagraphResult:
        """Find the paragraphs of all documents that match, best first; None gives all of them.

        Documents that match by other things than words in their paragraphs have none.
        """

    def matches(self, plan: Plan) -> dict[int, Matches]:
        """Give the matches in the running text of all documents that match, by id.

        Documents that match by other things than words of their running text are left out.
        """

    def forms(self, field: str, pattern: Pattern) -> dict[str, int]:
        """Give the keys of a field that a pattern stands for, and how many documents hold each.

        Raises PatternTooWide.
        """

    def weigher(self) -> Weigher:
        """Give what weighs plans by the documents held."""

    def revisions(self) -> Iterator[tuple[int, int]]:
        """Give id and revision of every document held."""

    def count(self) -> int:
        """Count the documents held."""

    def verify(self) -> None:
        """Read all files of the index through, those too that were found whole before.

        Raises IndexDamaged.
        """

    def close(self) -> None:
        """Let go of files; what was not committed is forgotten."""
