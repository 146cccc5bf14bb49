"""The rows of a CSV, each with its place; one that is broken costs itself."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TextIO

from ingest.single import MAX_BYTES

MOST_BROKEN: Final = 20
"""Quotes that are not closed before a file is given up: behind each it is read again."""

_END = "\0the end of the table\0"
"""Stands behind the last line: it is a row of its own unless a quote is open there."""

csv.field_size_limit(MAX_BYTES)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as spreadsheets count, its cells, and how it is written in the file.

    `broken` says why there are no cells.
    """

    number: int
    cells: list[str]
    text: str
    broken: str | None = None


class _TooLong(Exception):
    """A row that has no end within what an article may have."""


class _Lines:
    """Gives the lines of a file, keeps those of the row that is read, and takes some back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._back: deque[str] = deque()
        self._ended = False
        self.kept: list[str] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._stream.readline(MAX_BYTES + 1)
        if not line:
            if self._ended:
                raise StopIteration
            self._ended = True
            return _END
        self.kept.append(line)
        self._size += len(line)
        if self._size > MAX_BYTES:
            raise _TooLong
        return line

    def row(self) -> str:
        """Give the row that was read as it is written, and begin with the next."""
        text = "".join(self.kept)
        self.kept, self._size = [], 0
        return text

    def again(self) -> str:
        """Give the first line of the row that was read, and take the others back."""
        first, *rest = self.kept
        self._back.extendleft(reversed(rest))
        self._ended = False
        self.kept, self._size = [], 0
        if len(first) > MAX_BYTES and not self._back:
            self._pass(first)
        return first

    def _pass(self, line: str) -> None:
        """Read on to the end of a line that was cut for its length."""
        while line and not line.endswith(("\n", "\r")):
            line = self._stream.readline(MAX_BYTES)


def rows_of(stream: TextIO, delimiter: str) -> Iterator[Row]:
    """Give the rows of a table, empty ones passed over."""
    lines, number = _Lines(stream), 0
    for _ in range(MOST_BROKEN):
        why = "a quote in it is not closed"
        try:
            for cells in csv.reader(lines, delimiter=delimiter):
                if cells and cells[-1].endswith(_END):
                    break
                number += 1
                text = lines.row()
                if any(cell.strip() for cell in cells):
                    yield Row(number, cells, text)
        except _TooLong:
            why = f"over {MAX_BYTES >> 20} MB, or a quote in it is not closed"
        except csv.Error as error:
            why = str(error)
        if not lines.kept:
            return
        number += 1
        yield Row(number, [], lines.again(), why)
    yield Row(number + 1, [], "", "too many broken rows; from here on it is not read")
