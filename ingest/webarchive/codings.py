"""Bytes unpacked a piece at a time, whatever they were packed with: gzip, deflate, brotli, Zstandard.

Archives pack their records so, and servers their answers. A piece is bounded, so that whoever asks for
the pieces can stop before a bomb has gone off.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 1 << 16
"""Bytes of a long piece; brotli's may be a little longer."""

_FIRST = 1 << 9
"""Bytes of the first: damage costs the piece it is met in, and a record begins with its address."""

_GZIP = b"\x1f\x8b"


class Damaged(ValueError):
    """The bytes are not packed as they should be."""


class Unpacker(Protocol):
    """Unpacks one stream of bytes."""

    @property
    def ended(self) -> bool:
        """Whether the stream has come to its own end."""

    @property
    def beyond(self) -> bytes:
        """What was given of bytes behind that end."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Give what more bytes of the stream unpack to. Raises `Damaged`."""


class Inflate:
    """Gzip, and deflate with or without the frame of zlib; `bits` is zlib's word for which."""

    def __init__(self, bits: int) -> None:
        self._inner = zlib.decompressobj(bits)
        self._most = _FIRST

    @property
    def ended(self) -> bool:
        """See `Unpacker`."""
        return self._inner.eof

    @property
    def beyond(self) -> bytes:
        """See `Unpacker`."""
        return self._inner.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """See `Unpacker`."""
        more = True
        while more and not self.ended:
            try:
                piece = self._inner.decompress(data, self._most)
            except zlib.error as error:
                raise Damaged(str(error)) from error
            yield piece
            data = self._inner.unconsumed_tail
            more = (
                bool(data) or len(piece) == self._most
            )  # zlib may have kept the end of a full piece
            self._most = PIECE


class Zstandard:
    """One frame of Zstandard, packed with a dictionary or without."""

    def __init__(self, dictionary: bytes | None = None) -> None:
        try:
            given = None if dictionary is None else zstd.ZstdDict(dictionary)
        except ValueError as error:
            raise Damaged(str(error)) from error
        self._inner = zstd.ZstdDecompressor(given)

    @property
    def ended(self) -> bool:
        """See `Unpacker`."""
        return self._inner.eof

    @property
    def beyond(self) -> bytes:
        """See `Unpacker`."""
        return self._inner.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """See `Unpacker`."""
        try:
            yield self._inner.decompress(data, PIECE)
            while not (self._inner.eof or self._inner.needs_input):
                yield self._inner.decompress(b"", PIECE)
        except zstd.ZstdError as error:
            raise Damaged(str(error)) from error


class Brotli:
    """A stream of brotli; what stands behind its end is damage."""

    beyond = b""

    def __init__(self) -> None:
        import brotli

        self._inner = brotli.Decompressor()
        self._error = brotli.error

    @property
    def ended(self) -> bool:
        """See `Unpacker`."""
        return bool(self._inner.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """See `Unpacker`."""
        more = True
        try:
            while more and not self.ended:
                piece = self._inner.process(data, output_buffer_limit=PIECE)
                yield piece
                data = b""
                more = len(piece) >= PIECE or not self._inner.can_accept_more_data()
        except self._error as error:
            raise Damaged(str(error)) from error


def gzip() -> Inflate:
    """Unpack one member of gzip."""
    return Inflate(16 + zlib.MAX_WBITS)


def deflate(opening: bytes) -> Inflate:
    """Unpack deflate as servers send it: in zlib's frame as the standard says, or bare as many do."""
    framed = len(opening) > 1 and opening[0] & 0x0F == 8 and int.from_bytes(opening[:2]) % 31 == 0
    return Inflate(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)


def unpacker_of(opening: bytes, dictionary: bytes | None = None) -> Unpacker:
    """Give what unpacks a part of a file that begins so: gzip, or else Zstandard."""
    return gzip() if opening.startswith(_GZIP) else Zstandard(dictionary)


def opening_of(data: bytes, most: int, dictionary: bytes | None = None) -> bytes:
    """Give what the beginning of a file under gzip or Zstandard unpacks to, as far as it does."""
    found = b""
    with suppress(Damaged):
        for piece in unpacker_of(data, dictionary).pieces(data):
            found += piece
            if len(found) >= most:
                break
    return found[:most]
