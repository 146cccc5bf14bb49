"""A query put to a library: read into a tree, planned for its languages, asked of its index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ingest.codes import canonical
from library.library import Library
from search import parser
from search.engine import Engine, IndexDamaged, IndexMissing
from search.hints import Hint, hints
from search.patterns import PatternTooWide
from search.plan import Plan
from search.planner import Planner
from search.printing import to_text
from search.query import Node, QueryError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it was typed, its tree, its plan for one library, and how else it might be meant.

    `planner` made the plan, and can make those of its parts.
    """

    text: str
    tree: Node
    plan: Plan
    planner: Planner
    hints: Sequence[Hint] = ()

    @property
    def read_as(self) -> str:
        """The query as it was read, in the spelling of docs/query-language.md."""
        return to_text(self.tree)


def read(library: Library, query: str, typed: Sequence[str] = ()) -> Question:
    """Read a query; raise `QueryError` if it cannot be read.

    `typed` are the arguments it came in on a command line, where quotes may have got lost.
    """
    try:
        tree = parser.parse(query)
    except QueryError as error:
        error.query = query
        raise
    today = date.today()  # noqa: DTZ011 - the person's own day
    planner = Planner(library.reader.languages(), today, canonical)
    return Question(query, tree, planner.plan(tree), planner, hints(query, typed))


def ask(library: Library, question: Question, call: Callable[[Engine], T]) -> T:
    """Ask the index, as `serving` does.

    Raises `QueryError` where a word of the question stands for too many, and `IndexUnavailable`.
    """
    try:
        return serving(library, call)
    except PatternTooWide as error:
        problem = QueryError(str(error), 0)
        problem.query = question.text
        raise problem from error


def serving(library: Library, call: Callable[[Engine], T]) -> T:
    """Ask the index, brought up to date; one that proves damaged, or is gone, is mended and asked again."""
    library.indexing.ready()
    try:
        return call(library.indexing.engine())
    except (IndexDamaged, IndexMissing) as error:
        library.indexing.mend(error)
        return call(library.indexing.engine())


def matching_ids(library: Library, question: Question) -> set[int]:
    """Give the ids of all articles that match."""
    return ask(library, question, lambda engine: engine.ids(question.plan))
