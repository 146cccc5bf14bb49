"""The bytes of a feed as an XML parser can take them: feeds are often almost XML."""

from __future__ import annotations

import codecs
import html
import re

from ingest.decode import NotText, decode

_START = re.compile(
    rb"<(?:\?xml|!DOCTYPE|!--|rss|feed|rdf:RDF|RDF|opml|\w+:(?:feed|rss))\b|<!--", re.IGNORECASE
)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_DECLARATION = re.compile(rb"<\?xml[^>]*\?>")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_PIECE = 1 << 20
_HALVES = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][\da-fA-F]{2}"
    rb"|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
"""Halves of characters by their numbers, which the parser takes and cannot give back."""
_LOOSE = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)(?:([A-Za-z]\w{1,30});)?",
    re.DOTALL,
)
"""What is between CDATA marks, which is left alone, and each `&` that XML does not know."""


def mended(data: bytes, charset: str | None = None) -> bytes:
    """Give a feed in UTF-8 without a declaration; raises `NotText`.

    Junk above it and control characters go; HTML's entities and lone `&` become what they mean.
    """
    data = _utf8(data, charset)
    start = _START.search(data, 0, _PIECE)
    data = data[start.start() if start else 0 :].translate(None, _CONTROLS)
    data = _HALVES.sub(b"&#xFFFD;", _DECLARATION.sub(b"", data, count=1))
    return _LOOSE.sub(_meant, data)


def _utf8(data: bytes, charset: str | None) -> bytes:
    """Decode a feed: valid UTF-8 first, then what it or its server declares, then a guess."""
    if data.startswith(_WIDE):
        return decode(data).text.encode("utf-8", "replace")
    if _is_utf8(data):
        return data.removeprefix(codecs.BOM_UTF8)
    declared = _DECLARED.search(data[:_PIECE])
    for name in (declared and declared[1].decode(), charset):
        if name and not name.lower().startswith("utf"):
            try:
                return data.decode(name).encode("utf-8", "replace")
            except (LookupError, UnicodeDecodeError):
                continue
    return decode(data).text.encode("utf-8", "replace")


def _is_utf8(data: bytes) -> bool:
    """Decode piece by piece, for a feed may be long."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(view[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _meant(found: re.Match[bytes]) -> bytes:
    if found[0].startswith(b"<"):
        return found[0]
    if found[1] is None:
        return b"&amp;"
    text = html.unescape(f"&{found[1].decode('ascii', 'replace')};")
    if text.endswith(";"):
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(one)};" for one in text).encode()


__all__ = ["NotText", "mended"]
