"""Files of an index that notice damage: each block is held against its checksum when first read.

    content | CRC-32 u4 of each 16 KB of it | length of the content u8

Arrays would not notice themselves: any bytes are numbers.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whoosh.filedb.structfile import StructFile

_BLOCK = 1 << 14
_LENGTH = struct.Struct("<Q")


class CheckedFile:
    """Reads what `write_checked` wrote; `length` in bytes. Damage is a ValueError."""

    def __init__(self, file: StructFile, length: int) -> None:
        self._file = file
        (self.length,) = _LENGTH.unpack(file.get(length - _LENGTH.size, _LENGTH.size))
        blocks = -(-self.length // _BLOCK)
        if self.length + 4 * blocks + _LENGTH.size != length:
            raise ValueError("a file of the index has another length than it says")
        self._sums = struct.unpack(f"<{blocks}I", file.get(self.length, 4 * blocks))
        self._good = bytearray(blocks)

    def get(self, start: int, count: int) -> bytes:
        """Read `count` bytes from `start` on."""
        end = start + count
        if not 0 <= start <= end <= self.length:
            raise ValueError("a file of the index ends too early")
        last = -(-end // _BLOCK)
        block = self._good.find(0, start // _BLOCK, last)
        while block >= 0:
            self._check(block)
            block = self._good.find(0, block, last)
        return self._file.get(start, count)

    def _check(self, block: int) -> None:
        start = block * _BLOCK
        content = self._file.get(start, min(_BLOCK, self.length - start))
        if zlib.crc32(content) != self._sums[block]:
            raise ValueError("a file of the index is damaged")
        self._good[block] = 1

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def write_checked(file: StructFile, pieces: Iterable[bytes]) -> None:
    """Write bytes, piece by piece, so that `CheckedFile` can read them."""
    sums, length, rest = list[int](), 0, b""
    for piece in pieces:
        file.write(piece)
        length += len(piece)
        unsummed = memoryview(rest + piece)
        whole = len(unsummed) // _BLOCK * _BLOCK
        sums += (zlib.crc32(unsummed[at : at + _BLOCK]) for at in range(0, whole, _BLOCK))
        rest = bytes(unsummed[whole:])
    if rest:
        sums.append(zlib.crc32(rest))
    file.write(struct.pack(f"<{len(sums)}I", *sums) + _LENGTH.pack(length))
