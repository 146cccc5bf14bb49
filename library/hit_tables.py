"""Tables of what searches find, for SQL to join with the library's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.errors import SqlError

if TYPE_CHECKING:
    from library.asking import Question
    from library.library import Library
    from library.searching import HitRow


@dataclass(frozen=True, slots=True)
class HitTable:
    """What a query found: a row (article, ordinal, score) for each paragraph.

    An article that matches without one of its paragraphs has one row, without an ordinal.
    `searched` counts the articles in the index, `pending` those that wait to be indexed.
    """

    name: str
    query: str
    read_as: str
    rows: Sequence[HitRow]
    searched: int
    pending: int


def find(library: Library, options: Sequence[str]) -> list[HitTable]:
    """Search for each `name=query`.

    All are looked at before the first is searched for. Raises `SqlError` for a name that cannot
    be a table's, `QueryError` for a query that cannot be read.
    """
    if not options:
        return []  # and the index is not opened
    from db.hit_tables import check
    from library.asking import read

    queries: dict[str, str] = {}
    for name, query in map(_split, options):
        if name in queries:
            raise SqlError(f"--hits {name}=... is given twice; choose another name for the second.")
        queries[name] = query
    check(library.reader, queries)
    questions = {name: read(library, query) for name, query in queries.items()}
    return [_searched(library, name, question) for name, question in questions.items()]


def _split(option: str) -> tuple[str, str]:
    name, sign, query = option.partition("=")
    if not sign:
        raise SqlError(f"--hits takes a name and a query, as in --hits h='{option}'")
    return name.strip(), query.strip()


def _searched(library: Library, name: str, question: Question) -> HitTable:
    from library.asking import serving
    from library.searching import hit_rows

    rows = hit_rows(library, question)
    searched = serving(library, lambda engine: engine.count())
    pending = library.reader.pending()
    return HitTable(name, question.text, question.read_as, rows, searched, pending)
