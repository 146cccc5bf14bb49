"""Archives under gzip or Zstandard: each record packed by itself, or all of them together.

What begins with a record is a part and is unpacked by itself, in memory or on the disk, so that what is
damaged in one is no matter to the others.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from accession import Reason
from ingest.bundles import MAX_UNPACKED
from ingest.webarchive.codings import PIECE, Damaged, opening_of, unpacker_of
from ingest.webarchive.forms import ARC, WARC
from ingest.webarchive.signs import DICTIONARY, PACKED
from ingest.zips import RATIO, SLACK, Refused

_SIGN = 4
_OFTEN = 10
"""How many times the bytes of a file may be unpacked."""
_AT_LEAST = 1 << 30
"""Bytes that may be unpacked of any file: a damaged record of a small one counts as a piece."""
_MOST_OF_DICTIONARY = 16 << 20
_IN_MEMORY = 4 << 20
_STEP = 1 << 20
_OPENING = 1 << 12
_NOTES = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
_SIGNS = re.compile(b"|".join(re.escape(sign) for sign in PACKED))


@dataclass(frozen=True, slots=True)
class Part:
    """Unpacked bytes of an archive, seekable and open until the next part is asked for.

    `flaw` says why they break off. `cut` where the archive's file ends before they do; of one that is
    not packed, `open`: it cannot be told.
    """

    file: BinaryIO
    flaw: str = ""
    cut: bool = False
    open: bool = False


def parts(file: BinaryIO) -> Iterator[Part]:
    """Give the parts of an archive: of one that is not packed, itself."""
    dictionary, at = _dictionary(file)
    packed = _Packed(file, dictionary)
    if not packed.begins_part(at) and packed.is_plain():
        yield Part(file, open=True)
        return
    while at < packed.size:
        if after := packed.behind_notes(at):
            at = after
            continue
        if not packed.begins_part(at):
            begun, at = at, packed.next_part(at)
            if not packed.is_blank(begun, at):
                yield Part(io.BytesIO(), "bytes that are no record")
            continue
        with SpooledTemporaryFile(_IN_MEMORY) as spooled:
            target = cast("BinaryIO", spooled)
            flaw, end = packed.unpack(at, target)
            yield Part(target, flaw, cut=end > packed.size)
        at = packed.next_part(at + 1) if flaw else end


class _Packed:
    """A file of packed parts."""

    def __init__(self, file: BinaryIO, dictionary: bytes | None) -> None:
        self._file = file
        self._dictionary = dictionary
        self.size = file.seek(0, io.SEEK_END)
        self._left = _OFTEN * self.size + _AT_LEAST

    def begins_part(self, at: int) -> bool:
        """Whether something packed begins there, to judge by its sign."""
        return self._read(at, _SIGN).startswith(PACKED)

    def behind_notes(self, at: int) -> int | None:
        """Give the end of a frame of Zstandard that holds no data; None where there is none."""
        head = self._read(at, 8)
        return at + 8 + int.from_bytes(head[4:], "little") if _NOTES.match(head) else None

    def unpack(self, at: int, target: BinaryIO) -> tuple[str, int]:
        """Unpack the part that begins there; give its flaw, if it has one, and where it ends.

        Where the file ends before it does, that is a byte behind the file. What is packed behind a part
        is of it too until a record begins: some programs pack an archive in pieces of one size.
        """
        end = at
        try:
            while end == at or self._goes_on(end):
                end = self._unpack_one(end, at, target)
                if end > self.size:
                    return self._swallows(at), end
        except Damaged as error:
            return f"it is damaged: {error}", at
        except _TooMuch as error:
            return str(error), at
        return "", end

    def _unpack_one(self, start: int, part: int, target: BinaryIO) -> int:
        """Unpack one member of gzip, or frame of Zstandard, of a part; give where it ends."""
        unpacker, end = unpacker_of(self._read(start, _SIGN), self._dictionary), start
        while not unpacker.ended and (data := self._read(end, PIECE)):
            end += len(data)
            self._spend(len(data))
            for piece in unpacker.pieces(data):
                target.write(piece)
                _allow(target.tell(), end - part)
        self._left += len(unpacker.beyond)
        return end - len(unpacker.beyond) if unpacker.ended else self.size + 1

    def _spend(self, size: int) -> None:
        """Count what is unpacked: parts that lie within one another could be without number."""
        self._left -= size
        if self._left < 0:
            detail = (
                f"what is damaged in it would be read over {_OFTEN} times; the rest is not read"
            )
            raise Refused(Reason.TOO_LARGE, detail)

    def next_part(self, at: int) -> int:
        """Give where the next part begins that holds a record; the file's size where there is none."""
        while piece := self._read(at, _STEP + _SIGN):
            for found in _SIGNS.finditer(piece):
                if _begins_record(self._opening(at + found.start())):
                    return at + found.start()
            at += _STEP
        return self.size

    def is_plain(self) -> bool:
        """Whether what does not begin as something packed is not packed, rather than damaged there."""
        return _begins_record(self._read(0, _OPENING).lstrip()) or self.next_part(0) == self.size

    def is_blank(self, start: int, end: int) -> bool:
        """Whether there is nothing but zeros and white space between two places."""
        for at in range(start, end, _STEP):
            if self._read(at, min(_STEP, end - at)).strip(b"\0\t\r\n "):
                return False
        return True

    def _swallows(self, at: int) -> str:
        """Give the flaw of a part that goes on to the file's end: where others begin in it, it is not cut."""
        return "it is damaged: it has no end" if self.next_part(at + 1) < self.size else ""

    def _goes_on(self, at: int) -> bool:
        """Whether what is packed there goes on with a record that was begun before it."""
        opening = self._opening(at) if self.begins_part(at) else b""
        return bool(opening.strip()) and not _begins_record(opening)

    def _opening(self, at: int) -> bytes:
        return opening_of(self._read(at, _OPENING), _OPENING, self._dictionary)

    def _read(self, at: int, most: int) -> bytes:
        self._file.seek(at)
        return self._file.read(most)


class _TooMuch(Exception):
    """More was unpacked than may be."""


def _allow(size: int, packed: int) -> None:
    """Let so many bytes come of so many that were packed. Raises `_TooMuch`."""
    if size > RATIO * packed + SLACK:
        raise _TooMuch(f"it unpacks to over {RATIO} times its size")
    if size > MAX_UNPACKED:
        raise _TooMuch(f"it unpacks to over {MAX_UNPACKED >> 20} MB; unpack the archive first")


def _begins_record(opening: bytes) -> bool:
    return any(form.start.match(opening) for form in (WARC, ARC))


def _dictionary(file: BinaryIO) -> tuple[bytes | None, int]:
    """Give the dictionary in a file's first frame, packed there or not, and where that frame ends.

    Without one, None and 0.
    """
    file.seek(0)
    if file.read(_SIGN) != DICTIONARY:
        return None, 0
    size = int.from_bytes(file.read(4), "little")
    data = file.read(min(size, _MOST_OF_DICTIONARY))
    if data.startswith(PACKED):
        data = opening_of(data, _MOST_OF_DICTIONARY)
    return data, _SIGN + 4 + size
