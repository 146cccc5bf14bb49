"""Direct SQL: where the query comes from, and its answer as named rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from library.errors import SqlError

if TYPE_CHECKING:
    from db.describe import Described
    from db.sql import Rows
    from library.hit_tables import HitTable
    from library.library import Library

Value = str | int | float | bytes | None


class Answer:
    """The rows of a query, read as they are asked for; `truncated` is known after the last."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns, each once."""
        return self._rows.columns

    @property
    def truncated(self) -> bool:
        """Whether the limit of rows cut the answer short."""
        return self._rows.truncated

    def rows(self) -> Iterator[Mapping[str, Value]]:
        """Give the rows by the names of their columns."""
        for row in self._rows:
            yield dict(zip(self.columns, row, strict=True))


def query_text(query: str | None, file: Path | None, standard_input: TextIO) -> str:
    """Give the query from the command line, a file or standard input."""
    if query is not None and file is not None:
        raise SqlError("Give the query itself or --file, not both.")
    if file is not None:
        try:
            return file.read_text("utf-8")
        except OSError as error:
            raise SqlError(f"{file} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise SqlError(f"{file} cannot be read: it is not UTF-8.") from error
    if query in {None, "-"}:
        if query is None and standard_input.isatty():
            raise SqlError('Give a query: cuttings sql "select ..."')
        return standard_input.read()
    assert query is not None  # noqa: S101 - None is in the set above
    return query


def run(
    library: Library,
    sql: str,
    *,
    seconds: float,
    max_rows: int,
    tables: Sequence[HitTable] = (),
) -> Answer:
    """Put a query to the library; raise `SqlError` if it is wrong, forbidden or too much."""
    from db.sql import run as run_sql

    _ = library.reader  # says what is wrong with a library that is missing, damaged or newer
    hits = {table.name: table.rows for table in tables}
    path = library.folder.database
    return Answer(run_sql(path, sql, seconds=seconds, max_rows=max_rows, hits=hits))


def described() -> Sequence[Described]:
    """Give the documented tables and views."""
    from db.describe import describe

    return describe()
