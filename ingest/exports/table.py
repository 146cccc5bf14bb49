"""CSV and TSV: an article or a link a row, whatever the columns are called."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, TextIO

from accession import Reading, Reason, Refusal
from ingest.byline import parse_signature, split_names
from ingest.clean import clean
from ingest.decode import NotText, text_stream
from ingest.exports.columns import ColumnMissing, Columns, columns_of, delimiter_of
from ingest.exports.moments import moment
from ingest.exports.reading import read as read_saved
from ingest.exports.references import first_name_first
from ingest.exports.rows import Row, rows_of
from ingest.exports.saved import Saved, is_marked_up
from ingest.json_article import described
from ingest.single import refuse
from ingest.slug import site_of
from ingest.workers import Workers

KIND = "csv"
_SHELVES = frozenset(["unread", "archive", "starred"])
"""Folders of Instapaper's that tell nothing of a link."""

_SEPARATOR = re.compile(r"sep=(.)\r?\n")
"""The line above a table in which Excel says what parts its cells."""

_MIDNIGHT = re.compile(r"(?<=\d)[T ]00:00(?::00(?:\.0+)?)?$")
_LIST = re.compile(r"""(["'])(.*?)\1""")


def read(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read a table row by row; tells which column is taken for what before the first."""
    try:
        stream, decoded = text_stream(file)
    except NotText as error:
        yield refuse(location, Reason.NOT_TEXT, str(error))
        return
    try:
        warnings = (f"read as {decoded.encoding}, by its bytes",) if decoded.guessed else ()
        yield from _Table(location, workers, warnings).results(stream, decoded.text)
    finally:
        stream.detach()


class _Table:
    """Reads one table."""

    def __init__(self, location: str, workers: Workers, warnings: tuple[str, ...]) -> None:
        self._location = location
        self._workers = workers
        self._warnings = warnings

    def results(self, stream: TextIO, opening: str) -> Iterator[Reading | Refusal]:
        """Give a result for each row below the header."""
        if said := _SEPARATOR.match(opening):
            stream.readline()
        delimiter = said[1] if said else delimiter_of(opening)
        rows = rows_of(stream, delimiter)
        header = next(rows, None)
        if header is None or header.broken:
            yield refuse(self._location, Reason.EMPTY, "it holds no table")
            return
        try:
            columns = columns_of(header.cells, self._workers.columns)
        except ColumnMissing as error:
            yield refuse(self._location, Reason.UNKNOWN_FORMAT, str(error))
            return
        name = "standard input" if self._location == "-" else PurePath(self._location).name
        self._workers.notify(f"Columns of {name}: {columns.told()}")
        head = self._head(columns, header.text, delimiter)
        row = None
        for row in rows:
            yield self._result(columns, row, head)
        if row is None:
            yield refuse(self._location, Reason.EMPTY, "a table without rows")

    def _head(self, columns: Columns, written: str, delimiter: str) -> str:
        """Give the header to keep with each row; what the person said of the columns is in it."""
        if not self._workers.columns:
            return written
        names = list(columns.names)
        for field, (at, *_) in columns.places.items():
            names[at] = field
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerow(names)
        return out.getvalue()

    def _result(self, columns: Columns, row: Row, head: str) -> Reading | Refusal:
        item = f"row {row.number}"
        if row.broken:
            return refuse(self._location, Reason.MALFORMED, row.broken, item)
        warnings = (*self._warnings, *_counted(columns, row))
        saved = _saved(columns, row, warnings)
        data = (head + row.text).encode("utf-8", "replace")
        return read_saved(saved, data, self._location, item, self._workers)


def _saved(columns: Columns, row: Row, warnings: tuple[str, ...]) -> Saved:
    cells = {field: columns.cells(row.cells, field) for field in columns.places}
    first = {field: found[0] for field, found in cells.items() if found}
    text = first.get("text", "")
    marked = is_marked_up(text)
    said = {
        **first,
        "published": None,
        "date": _MIDNIGHT.sub("", first.get("published", "")),
        "site": _site(first.get("site", "")),
        "authors": _names(first.get("authors", "")),
        "tags": [tag for cell in cells.get("tags", ()) for tag in _tags(cell)],
        "text": None if marked else text,
    }
    article, more = described(said)
    return Saved(
        article,
        KIND,
        page=text if marked else "",
        saved_at=moment(first.get("saved_at")),
        note=" · ".join(cells.get("note", ())) or None,
        warnings=(*warnings, *more),
        bare=not article.url,
    )


def _counted(columns: Columns, row: Row) -> Iterator[str]:
    """Tell where a row has not as many cells as there are columns."""
    wanted = len(columns.names)
    more = [clean(cell) for cell in row.cells[wanted:] if cell.strip()]
    if more:
        yield f"cells behind the last column, not kept: {', '.join(more)[:200]}"
    if len(row.cells) < wanted:
        yield f"the row has {len(row.cells)} cells for {wanted} columns"


def _site(cell: str) -> str:
    return (site_of(cell) or cell) if "://" in cell else cell


def _names(cell: str) -> list[str]:
    """Give the authors in a cell: a list, names last name first between semicolons, or a byline."""
    if (listed := _listed(cell)) is not None:
        return listed
    if ";" in cell:
        return [first_name_first(name) for name in cell.split(";") if name.strip()]
    signature = parse_signature(cell)
    authors = signature.authors if signature and signature.authors else split_names(cell)
    return [author.name for author in authors]


def _tags(cell: str) -> list[str]:
    """Give the tags in a cell, parted as the program that wrote it does."""
    tags = _listed(cell)
    if tags is None:
        parting = next((sign for sign in "|;," if sign in cell), None)
        tags = cell.split(parting) if parting else [cell]
    return [tag.strip() for tag in tags if tag.strip() and tag.strip().casefold() not in _SHELVES]


def _listed(cell: str) -> list[str] | None:
    """Give the texts of a list as JSON or Python writes it; None where the cell is no list."""
    if not (cell.startswith("[") and cell.endswith("]")):
        return None
    return [text for _, text in _LIST.findall(cell)]
