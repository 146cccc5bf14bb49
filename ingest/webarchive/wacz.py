"""WACZ: a zip file with web archives in it, read where they lie there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from accession import Reason
from ingest.bundles import MAX_UNPACKED
from ingest.zips import Refused, open_zip, pieces

ARCHIVES: Final = re.compile(r".+\.w?arc(?:\.gz|\.zst)?", re.IGNORECASE)
"""The names of the archives in it."""

_IN_MEMORY = 4 << 20
_LOCAL_HEAD = 30
_ENCRYPTED = 0x1


def archives(file: BinaryIO) -> tuple[ZipFile, list[ZipInfo]]:
    """Open a WACZ and list the archives in it; raises `Refused`."""
    opened = open_zip(file)
    found = [info for info in opened.filelist if ARCHIVES.fullmatch(info.filename)]
    if not found:
        raise Refused(Reason.MALFORMED, "no WACZ: there is no archive/*.warc.gz in it")
    return opened, found


@contextmanager
def member(opened: ZipFile, info: ZipInfo, file: BinaryIO) -> Iterator[BinaryIO]:
    """Open an archive in a WACZ, seekable; what is packed there again is unpacked. Raises `Refused`."""
    if info.compress_type == ZIP_STORED and not info.flag_bits & _ENCRYPTED:
        yield cast(
            "BinaryIO", io.BufferedReader(Slice(file, _start(file, info), info.compress_size))
        )
        return
    with SpooledTemporaryFile(_IN_MEMORY) as spooled:
        size = 0
        for piece in pieces(opened, info):
            size += len(piece)
            if size > MAX_UNPACKED:
                detail = f"it unpacks to over {MAX_UNPACKED >> 20} MB; unpack it first"
                raise Refused(Reason.TOO_LARGE, detail)
            spooled.write(piece)
        yield cast("BinaryIO", spooled)


def _start(file: BinaryIO, info: ZipInfo) -> int:
    """Give where a member's bytes begin, behind the head that repeats what the list says."""
    file.seek(max(0, info.header_offset))
    head = file.read(_LOCAL_HEAD)
    lies = info.header_offset < 0  # it is worked out from where the list says that it is itself
    if lies or len(head) < _LOCAL_HEAD or not head.startswith(b"PK\x03\x04"):
        raise Refused(Reason.MALFORMED, "it is not where the WACZ says it is")
    name, extra = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
    return info.header_offset + _LOCAL_HEAD + name + extra


class Slice(io.RawIOBase):
    """So many bytes of a file from a place on, as a file of their own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def seekable(self) -> bool:
        """Whether places in it can be gone to: yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; give it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on."""
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
