"""By what a web archive is known, packed or not."""

from __future__ import annotations

from ingest.webarchive.forms import ARC_SIGN, WARC_SIGN

PACKED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
"""How files under gzip and Zstandard begin."""
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Begins the frame with the dictionary that the other frames of a `.warc.zst` are packed with."""

_OPENING = 512


def is_archive(opening: bytes, named: bool) -> bool:
    """Whether a file that begins so is a web archive; `named` where its name says so.

    The name counts where the file is packed, and damaged so early that nothing of it is seen.
    """
    if not opening.startswith(PACKED):
        return opening.startswith(DICTIONARY) or _begins(opening)
    from ingest.webarchive.codings import opening_of

    inner = opening_of(opening, _OPENING)
    return _begins(inner) or (named and not inner)


def _begins(opening: bytes) -> bool:
    return any(sign.match(opening) for sign in (WARC_SIGN, ARC_SIGN))
