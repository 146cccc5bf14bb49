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
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.whoosh_checked import CheckedFile

HEADER = struct.Struct("<4sIII")  # magic, keys, bytes of the fields' names, bytes of all keys
MAGIC = b"CTL1"
ENDS, ROWS, FIRST_PLACES = "I", "I", "Q"

_FEW = 400  # to read more keys and lists one by one takes longer than to read all

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
        self._met: dict[int, bytes] = {}
        magic, count, names, length = HEADER.unpack(file.get(0, HEADER.size))
        ends = HEADER.size + names
        rows, places, keys = (ends + width * (count + 1) for width in (4, 8, 16))
        if magic != MAGIC or file.length != keys + length:
            raise ValueError("the list of keys is damaged")
        self.fields: Fields = json.loads(file.get(HEADER.size, names))
        self._count = count
        self._keys = keys
        self._ends = _Column(file, ends, ENDS)
        self._rows = _Column(file, rows, ROWS)
        self._places = _Column(file, places, FIRST_PLACES)

    def key(self, number: int) -> bytes:
        """Give a key."""
        if self._few:
            if number not in self._met:
                self._few -= 1
                start, end = self._ends.stretch(number)
                self._met[number] = self._file.get(self._keys + start, end - start)
            return self._met[number]
        ends, keys, _, _ = self._all
        return keys[ends[number] : ends[number + 1]]

    def keys(self, start: int, end: int) -> list[bytes]:
        """Give the keys from a number to before another."""
        ends = self._ends.read(start, end + 1)
        keys = self._file.get(self._keys + ends[0], ends[-1] - ends[0])
        return [keys[one - ends[0] : other - ends[0]] for one, other in pairwise(ends)]

    def closest(self, field: str, key: bytes) -> int:
        """Give the number of a field's key, or of the one behind where it would stand."""
        start, end = self.fields.get(field, (0, 0))
        return start + bisect_left(range(start, end), key, key=self.key)

    def lists(self, start: int, end: int) -> tuple[Stretch, Stretch]:
        """Give the rows and the places of the posting lists of keys that follow one another."""
        if self._few:
            self._few -= 1
            return self._rows.between(start, end), self._places.between(start, end)
        _, _, rows, places = self._all
        return (rows[start], rows[end]), (places[start], places[end])

    def rows(self, start: int, end: int) -> array[int]:
        """Give the first row of each key's posting list, and of the one behind the last."""
        return self._rows.read(start, end + 1)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @cached_property
    def _all(self) -> tuple[array[int], bytes, array[int], array[int]]:
        """All ends, keys, rows and places."""
        ends, rows, places = (
            column.read(0, self._count + 1) for column in (self._ends, self._rows, self._places)
        )
        return ends, self._file.get(self._keys, ends[-1]), rows, places


class _Column:
    """Numbers in a file, from the byte `start` on."""

    def __init__(self, file: CheckedFile, start: int, code: str) -> None:
        self._file = file
        self._start = start
        self._one, self._two = struct.Struct(f"<{code}"), struct.Struct(f"<{code}{code}")

    def stretch(self, index: int) -> Stretch:
        """Read a number and the next."""
        start = self._start + index * self._one.size
        found: Stretch = self._two.unpack(self._file.get(start, self._two.size))
        return found

    def between(self, one: int, other: int) -> Stretch:
        """Read two numbers."""
        return self._number(one), self._number(other)

    def read(self, start: int, end: int) -> array[int]:
        """Read the numbers from one to before another."""
        size = self._one.size
        numbers = array(self._one.format[1:])
        numbers.frombytes(self._file.get(self._start + start * size, (end - start) * size))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def _number(self, index: int) -> int:
        size = self._one.size
        return int(self._one.unpack(self._file.get(self._start + index * size, size))[0])
