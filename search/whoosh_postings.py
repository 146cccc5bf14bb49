"""The posting lists of a segment as columns: what stands in one row of them is one posting.

    header | documents u4 | counts | weights | places

`counts` says how many places a posting has, `weights` the same with words of the headline counted
more. Rows are ordered by field, key and document, places by row; so a key's list is a stretch of
each column, and is read without a loop. All but the documents are kept as narrow as they fit.
"""

from __future__ import annotations

import struct
import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.whoosh_checked import CheckedFile

DOCUMENTS, COUNTS, WEIGHTS, PLACES = range(4)

HEADER = struct.Struct("<4sQQ4s")  # magic, rows, places, typecodes of the columns: B, H or I
MAGIC = b"CPL1"


class PostingsFile:
    """The file of a segment's posting lists; damage is a ValueError."""

    def __init__(self, file: CheckedFile) -> None:
        self._file = file
        magic, rows, places, codes = HEADER.unpack(file.get(0, HEADER.size))
        self.codes: str = codes.decode("ascii")
        self._sizes = [array(code).itemsize for code in self.codes]
        self._starts, at = [], HEADER.size
        for column, size in enumerate(self._sizes):
            self._starts.append(at)
            at += size * (places if column == PLACES else rows)
        if magic != MAGIC or at != file.length:
            raise ValueError("the posting lists are damaged")

    def read(self, column: int, start: int, count: int) -> bytes:
        """Read a stretch of a column, `start` and `count` in rows (in places for `PLACES`)."""
        size = self._sizes[column]
        return self._file.get(self._starts[column] + start * size, count * size)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class PostingList:
    """The postings of one key, or of several that follow one another."""

    def __init__(self, file: PostingsFile, rows: tuple[int, int], places: tuple[int, int]) -> None:
        self._file = file
        self._rows = rows
        self._places = places

    def __len__(self) -> int:
        return self._rows[1] - self._rows[0]

    def code(self, column: int) -> str:
        """Give the typecode of a column, for `array` and numpy alike; bytes are little-endian."""
        return self._file.codes[column]

    def raw(self, column: int) -> bytes:
        """Read a column of the list."""
        start, end = self._places if column == PLACES else self._rows
        return self._file.read(column, start, end - start)

    def numbers(self, column: int) -> array[int]:
        """Read a column of the list as numbers."""
        found = array(self.code(column), self.raw(column))
        if sys.byteorder == "big":
            found.byteswap()
        return found
