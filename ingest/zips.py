"""Zip files that are documents: what they unpack to is counted before any library sees them.

The sizes that a zip file declares of itself are the word of whoever made it. Each member is unpacked
once in small pieces, which costs no memory, and the pieces are counted.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from copy import copy
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from accession import Reason
from ingest.parsed import Unread

MOST_MEMBERS = 10_000
MOST_BYTES = 200 << 20
"""Bytes a document may unpack to; the longest books with all their pictures have less."""

RATIO = 100
SLACK = 1 << 20
"""Bytes a member may unpack to whatever its ratio: an empty table of ten thousand rows packs well."""

_METHODS = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""How members may be packed. The others unpack a piece to any length before it can be counted."""

_PIECE = 1 << 16
_ENCRYPTED = 0x1
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")


class Refused(Exception):
    """A file that is not read, and why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail

    def unread(self, item: str | None = None) -> Unread:
        """Say so as a parser does."""
        return Unread(self.reason, self.detail, item)


def looks_like_zip(opening: bytes) -> bool:
    """Whether a file that begins so is a zip file."""
    return opening.startswith(_SIGNATURES)


def open_zip(file: BinaryIO) -> ZipFile:
    """Open a zip file whose list of members is sound; raises `Refused`."""
    try:
        archive = ZipFile(file)
    except (BadZipFile, LargeZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Refused(Reason.MALFORMED, f"a damaged zip file: {_brief(error)}") from error
    if len(archive.filelist) > MOST_MEMBERS:
        raise Refused(
            Reason.TOO_LARGE,
            f"its zip file has {len(archive.filelist)} members, over {MOST_MEMBERS}",
        )
    size = file.seek(0, io.SEEK_END)
    if sum(info.compress_size for info in archive.filelist) > size:
        raise Refused(Reason.MALFORMED, "its zip file says it holds more bytes than it has")
    return archive


def open_document(data: bytes, what: str) -> ZipFile:
    """Open a document that is a zip file, all of its members counted; raises `Refused`."""
    if not data:
        raise Refused(Reason.EMPTY, "it is empty")
    if not looks_like_zip(data):
        raise Refused(Reason.MALFORMED, f"no {what}: it is not the zip file that one is")
    archive, total = open_zip(io.BytesIO(data)), 0
    for info in archive.filelist:
        for piece in pieces(archive, info):
            total += len(piece)
            if total > MOST_BYTES:
                raise Refused(Reason.TOO_LARGE, f"it unpacks to over {MOST_BYTES >> 20} MB")
    return archive


def pieces(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """Give a member piece by piece, as far as it really goes; raises `Refused`."""
    if info.flag_bits & _ENCRYPTED:
        raise Refused(Reason.ENCRYPTED, f"{_label(info)} in it is encrypted; unpack it first")
    if info.compress_type not in _METHODS:
        detail = f"{_label(info)} in it is packed in a way that is not read; unpack it first"
        raise Refused(Reason.UNKNOWN_FORMAT, detail)
    size, check = 0, 0
    allowed = RATIO * info.compress_size + SLACK
    for piece in _unpacked(archive, info, allowed + 1):
        size, check = size + len(piece), zlib.crc32(piece, check)
        if size > allowed:
            raise Refused(
                Reason.TOO_LARGE, f"{_label(info)} in it unpacks to over {RATIO} times its size"
            )
        yield piece
    if (size, check) != (info.file_size, info.CRC):
        raise Refused(Reason.MALFORMED, f"{_label(info)} in its zip file is damaged")


def read_member(archive: ZipFile, name: str) -> bytes | None:
    """Give a member's bytes, None where there is none of this name; raises `Refused`."""
    info = archive.NameToInfo.get(name)
    return None if info is None else b"".join(pieces(archive, info))


def _unpacked(archive: ZipFile, info: ZipInfo, most: int) -> Iterator[bytes]:
    """Unpack without regard to the size declared, at which zipfile would stop."""
    unlimited = copy(info)
    unlimited.file_size = most
    setattr(unlimited, "CRC", None)  # noqa: B010 - None, against its type: nothing to compare with
    try:
        with archive.open(unlimited) as member:
            while piece := member.read(_PIECE):
                yield piece
    except (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
        detail = f"{_label(info)} in its zip file cannot be unpacked: {_brief(error)}"
        raise Refused(Reason.MALFORMED, detail) from error


def _label(info: ZipInfo) -> str:
    return repr(info.filename[-60:])


def _brief(error: Exception) -> str:
    return str(error)[:100] or type(error).__name__
