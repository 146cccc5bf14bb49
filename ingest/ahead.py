"""Which files may be read ahead, whole, in a process of their own; and what they weigh."""

from __future__ import annotations

import os
import zlib
from pathlib import PurePath
from typing import BinaryIO

from ingest import signs
from ingest.registry import GZIP, Apart, Format

_GZIP_HEAD = 16 + zlib.MAX_WBITS
_PACKED = 4096
_LENGTH = 4
_MOST = 1032
"""No byte under gzip unpacks to more (deflate's largest ratio: https://zlib.net/zlib_tech.html)."""


def weight(file: BinaryIO, format_: Format | None, name: str) -> int | None:
    """Give the bytes of a file that is read apart, of one under gzip those it says it unpacks to.

    None of what is to be read when its turn has come, since much may be in it.
    """
    size = os.fstat(file.fileno()).st_size
    if format_ is GZIP:
        format_, size = _within(file, PurePath(name).stem), _unpacked(file, size)
    apart = format_.read if format_ else None
    return size if isinstance(apart, Apart) and not apart.long else None


def _within(file: BinaryIO, name: str) -> Format | None:
    """Tell what is under gzip by its beginning."""
    file.seek(0)
    try:
        opening = zlib.decompressobj(_GZIP_HEAD).decompress(file.read(_PACKED), signs.PEEK)
    except zlib.error:  # which is said when it is read
        return None
    return signs.by_content(opening, PurePath(name).suffix)


def _unpacked(file: BinaryIO, size: int) -> int:
    """Give the length that stands at the end of a file under gzip; it is a guess for planning only."""
    file.seek(max(size - _LENGTH, 0))
    return min(max(int.from_bytes(file.read(_LENGTH), "little"), size), _MOST * size)
