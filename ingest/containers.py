"""Files that hold files: gzip and zip, unpacked within bounds whatever they say of themselves."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from accession import Reason
from ingest.clean import clean
from ingest.parsed import Unread
from ingest.zips import RATIO, SLACK, Refused, looks_like_zip, open_zip, pieces

MOST_BYTES = 1 << 30
"""Bytes that all members of a zip file together may unpack to."""

MOST_OF_ONE = 200 << 20
"""Bytes one member may unpack to, for it is held in memory."""

_PIECE = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS
_DOCUMENTS = {
    "word/document.xml": "docx",
    "META-INF/container.xml": "epub",
    "content.xml": "odt",
}
"""The members by which a zip file is known for a document."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip file; `name` is a label and never a path of ours."""

    name: str
    data: bytes


def unpack_gzip(source: BinaryIO, target: BinaryIO, limit: int) -> None:
    """Unpack a gzip file of one part or several into another; raises `Refused` beyond `limit` bytes."""
    allowed = RATIO * source.seek(0, io.SEEK_END) + SLACK
    source.seek(0)
    size = 0
    try:
        for piece in _gunzipped(source):
            size += len(piece)
            if size > limit:
                raise Refused(Reason.TOO_LARGE, f"it unpacks to over {limit >> 20} MB")
            if size > allowed:
                raise Refused(Reason.TOO_LARGE, f"it unpacks to over {RATIO} times its size")
            target.write(piece)
    except zlib.error as error:
        raise Refused(Reason.MALFORMED, f"a damaged gzip file: {str(error)[:100]}") from error
    target.seek(0)


def document_in(archive: ZipFile) -> str | None:
    """Give the format of a document that is a zip file (`docx`, `epub`, `odt`), None for another."""
    names = archive.NameToInfo
    if "META-INF/container.xml" in names and "content.xml" in names:
        return "odt" if "mimetype" in names and "META-INF/manifest.xml" in names else "epub"
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    return next((kind for name, kind in _DOCUMENTS.items() if name in names), None)


def members(file: BinaryIO) -> Iterator[Member | Unread]:
    """Give the files in a zip file, one held at a time, in the order of its list.

    Folders, hidden files and what macOS adds are passed over. A member that cannot be read costs
    itself; the bound of all together ends the walk, said so in a last `Unread`.
    """
    try:
        archive = open_zip(file)
    except Refused as error:
        yield error.unread()
        return
    some, unpacking = False, _Unpacking(archive)
    with archive:
        for info in archive.filelist:
            name = label(info)
            if info.filename.endswith("/") or _is_passed(name):
                continue
            some = True
            yield unpacking.member(info, name)
            if unpacking.left < 0:
                return
    if not some:
        yield Unread(Reason.EMPTY, "a zip file with no files in it")


def label(info: ZipInfo) -> str:
    """Give a member's name as it may be shown: no way to write to, its letters as they were meant."""
    name = info.filename
    if not info.flag_bits & 0x800:  # the name is not marked as UTF-8, and mostly is all the same
        try:
            name = name.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = info.filename
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return clean("/".join(parts))[:500] or "a member without a name"


class _Unpacking:
    """Counts what is unpacked, of members that are refused too."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.left = MOST_BYTES

    def member(self, info: ZipInfo, name: str) -> Member | Unread:
        """Unpack a member."""
        try:
            data = b"".join(self._pieces(info))
        except Refused as error:
            return error.unread(name)
        if looks_like_zip(data) and not _is_document(data):
            detail = "a zip file within a zip file; unpack it first"
            return Unread(Reason.UNKNOWN_FORMAT, detail, name)
        return Member(name, data)

    def _pieces(self, info: ZipInfo) -> Iterator[bytes]:
        size = 0
        for piece in pieces(self._archive, info):
            self.left -= len(piece)
            size += len(piece)
            if self.left < 0:
                detail = f"the zip file unpacks to over {MOST_BYTES >> 20} MB; the rest is not read"
                raise Refused(Reason.TOO_LARGE, detail)
            if size > MOST_OF_ONE:
                raise Refused(Reason.TOO_LARGE, f"it unpacks to over {MOST_OF_ONE >> 20} MB")
            yield piece


def _is_document(data: bytes) -> bool:
    try:
        with open_zip(io.BytesIO(data)) as archive:
            return document_in(archive) is not None
    except Refused:
        return False


def _is_passed(name: str) -> bool:
    return any(part == "__MACOSX" or part.startswith(".") for part in PurePosixPath(name).parts)


def _gunzipped(file: BinaryIO) -> Iterator[bytes]:
    """Unpack piece by piece; zeros or other bytes after the last part are no part of it."""
    unpacker, waiting, whole = zlib.decompressobj(_GZIP), b"", False
    while waiting := waiting or file.read(_PIECE):
        if unpacker.eof:
            unpacker = zlib.decompressobj(_GZIP)
            if not waiting.startswith(b"\x1f"):
                return
        yield unpacker.decompress(waiting, _PIECE)
        waiting = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        whole = unpacker.eof
    if not whole:
        raise zlib.error("it ends before its end")
