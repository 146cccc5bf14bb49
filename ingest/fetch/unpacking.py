"""A body as it was before it was packed for its way, piece by piece, whatever it swells to."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from accession import Reason
from ingest.zips import Refused

ACCEPTED: Final = "gzip, deflate"
"""The packings that are asked for; what needs another library is not."""

_PIECE = 1 << 16
_GZIP, _RAW = 16 + zlib.MAX_WBITS, -zlib.MAX_WBITS
_PART = 0x1F
"""How each part of gzip begins."""
_PLAIN = frozenset({"", "identity"})
_MOST = 3
"""Packings one within another; servers use one."""


def unpacked(pieces: Iterator[bytes], packings: str) -> Iterator[bytes]:
    """Unpack what was packed so (`gzip`, or several by commas); raises `Refused` where it is damaged."""
    names = [name for one in packings.lower().split(",") if (name := one.strip()) not in _PLAIN]
    if len(names) > _MOST or not {"gzip", "x-gzip", "deflate"}.issuperset(names):
        detail = f"the page came packed in a way that was not asked for: {packings[:40]}"
        raise Refused(Reason.MALFORMED, detail)
    for name in reversed(names):
        pieces = _inflated(pieces, gzip=name != "deflate")
    return pieces


def _inflated(pieces: Iterator[bytes], *, gzip: bool) -> Iterator[bytes]:
    """Undo one packing; bytes behind its end are no part of it, but further parts of gzip are."""
    unpacker = None
    try:
        for piece in pieces:
            left = piece
            while left:
                if unpacker is None or (unpacker.eof and gzip and left[0] == _PART):
                    unpacker = zlib.decompressobj(_GZIP if gzip else _window(left))
                if unpacker.eof:
                    break
                yield unpacker.decompress(left, _PIECE)
                left = unpacker.unused_data or unpacker.unconsumed_tail
        if unpacker:
            yield unpacker.flush()
    except zlib.error as error:
        raise Refused(
            Reason.MALFORMED, "the page came packed, and the packing is damaged"
        ) from error
    if unpacker and not unpacker.eof:
        raise Refused(Reason.MALFORMED, "the page came packed, and breaks off")


def _window(opening: bytes) -> int:
    """Tell how `deflate` was meant: with the header that the standard wants, or without."""
    return zlib.MAX_WBITS if opening[0] & 15 == zlib.DEFLATED else _RAW
