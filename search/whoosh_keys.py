"""The file of a segment's keys, sorted, and of where the posting list of each begins.

    header | fields | ends of keys u4 | first rows u4 | first places u8 | keys

The three columns have one entry more than there are keys. `fields` names, in JSON, the fields and
the numbers of their first and last keys.
"""

from __future__ import annotations

import json
import struct
import sys
from array import array
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.whoosh_checked import CheckedFile

HEADER = struct.Struct("<4sIII")  # magic, keys, bytes of the fields' names, bytes of all keys
MAGIC = b"CTL1"
ENDS, ROWS, FIRST_PLACES = "I", "I", "Q"

_FEW = 400  # stretches; more one by one take longer than to read all, in a usual segment

Fields = dict[str, tuple[int, int]]  # numbers of a field's first key and of the first behind it
Stretch = tuple[int, int]  # where it begins, and ends


class KeysFile:
    """The keys of a segment; damage is a ValueError.

    What is read is held against its checksum, so that a search in a new process would spend most
    of its time on keys it does not ask for: the first few are read where they lie.
    """

    def __init__(self, file: CheckedFile) -> None:
        self._file = file
        self._few = _FEW
        magic, count, names, self._length = HEADER.unpack(file.get(0, HEADER.size))
        ends = HEADER.size + names
        rows, places, self._keys = (ends + width * (count + 1) for width in (4, 8, 16))
        if magic != MAGIC or file.length != self._keys + self._length:
            raise ValueError("the list of keys is damaged")
        self.fields: Fields = json.loads(file.get(HEADER.size, names))
        self.ends = Column(file, ends, count + 1, ENDS)
        self.rows = Column(file, rows, count + 1, ROWS)
        self.places = Column(file, places, count + 1, FIRST_PLACES)

    def key(self, number: int) -> bytes:
        """Give a key."""
        start, end = self._stretch(self.ends, number, number + 1)
        if self._few:
            return self._file.get(self._keys + start, end - start)
        return self._all_keys[start:end]

    def closest(self, field: str, key: bytes) -> int:
        """Give the number of a field's key, or of the one behind where it would stand."""
        start, end = self.fields.get(field, (0, 0))
        return start + bisect_left(range(start, end), key, key=self.key)

    def lists(self, start: int, end: int) -> tuple[Stretch, Stretch]:
        """Give the rows and the places of the posting lists of keys that follow one another."""
        return self._stretch(self.rows, start, end), self._stretch(self.places, start, end)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _stretch(self, column: Column, start: int, end: int) -> Stretch:
        if self._few:
            self._few -= 1
            return column.read(start), column.read(end)
        return column.all[start], column.all[end]

    @cached_property
    def _all_keys(self) -> bytes:
        return self._file.get(self._keys, self._length)


class Column:
    """Numbers in a file, `count` of them from the byte `start` on."""

    def __init__(self, file: CheckedFile, start: int, count: int, code: str) -> None:
        self._file = file
        self._start = start
        self._count = count
        self._one = struct.Struct(f"<{code}")

    def read(self, index: int) -> int:
        """Read one number."""
        start = self._start + index * self._one.size
        return int(self._one.unpack(self._file.get(start, self._one.size))[0])

    @cached_property
    def all(self) -> array[int]:
        """All numbers, read once."""
        numbers = array(self._one.format[1:])
        numbers.frombytes(self._file.get(self._start, self._count * self._one.size))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers
