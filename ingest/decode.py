"""Bytes to text, whatever encoding they came in."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import BinaryIO

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OPENING = 1 << 20
"""Bytes of a long file by which its encoding is told."""

_SAMPLE = 65_536
_LETTERS = 8_192
_WIDE = ("utf-16-le", "utf-16-be")
_TEXT_SHARE = 0.99
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.02
_STRAY_SHARE = 0.05
_LATIN_1 = {"iso8859-1", "ascii"}
"""Browsers read these two as windows-1252."""
_NOT_OF_PAGES = {"idna", "punycode", "unicode-escape", "raw-unicode-escape"}


class NotText(ValueError):
    """The bytes hold no text."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was read as; `guessed` where nothing in the bytes told it."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Give the text of some bytes; `declared` is the encoding that they say themselves to be in.

    In order of trust: a byte order mark, valid UTF-8, what is declared, UTF-16 without a mark, UTF-8 with
    a few stray bytes of windows-1252, and what charset-normalizer finds. Raises `NotText`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    if as_declared := _as_declared(data, declared):
        return as_declared
    wide = _utf16_without_mark(data[:_SAMPLE])
    if wide is None and _is_binary(data[:_SAMPLE]):
        wide = _utf16_by_letters(data[:_LETTERS])
        if wide is None:
            raise NotText("it holds no text that could be read")
    try:
        return Decoded(data.decode(wide or "utf-8"), wide or "utf-8", guessed=wide is not None)
    except UnicodeDecodeError:
        return _mixed(data) or _guess(data)


def text_stream(file: BinaryIO) -> tuple[io.TextIOWrapper, Decoded]:
    """Give a seekable file as a stream of text, line ends as they are, and how it was decoded.

    It is told by the file's first megabyte, which is the text that is given with it. Later bytes
    that are no UTF-8 are read as windows-1252 there, and marked as lost elsewhere. Raises `NotText`.
    """
    file.seek(0)
    opening = file.read(OPENING)
    file.seek(0)
    if len(opening) == OPENING:
        opening = opening[: opening.rfind(b"\n") + 1] or opening
    found = decode(opening)
    name = found.encoding.removeprefix("damaged ").partition(" with ")[0]
    errors = "cuttings-strays" if name.startswith("utf-8") else "replace"
    name = "utf-8-sig" if name == "utf-8" else name
    return io.TextIOWrapper(file, name, errors, newline=""), found


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as windows-1252."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - the only kind decode() raises
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cuttings-strays", _stray)


def encoding_named(name: str) -> str | None:
    """Give Python's name of the encoding a page or header names; None for UTF-8, and for none it knows."""
    try:
        found = codecs.lookup(name).name
        "".encode(found)  # not all that is looked up there is an encoding of text
    except (LookupError, ValueError):
        return None
    if found.startswith("utf") or found in _NOT_OF_PAGES:
        return None
    return "cp1252" if found in _LATIN_1 else found


def is_utf8(data: bytes) -> bool:
    """Whether bytes are valid UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    """Read bytes that are no UTF-8 in the encoding that is declared, if they are in it."""
    encoding = encoding_named(declared) if declared else None
    if not encoding or is_utf8(data) or _is_binary(data[:_SAMPLE]):
        return None
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), f"damaged {encoding}", guessed=True)


def _is_binary(sample: bytes) -> bool:
    """Tell whether control bytes are too many for a text; a lone NUL in a long one may be dirt."""
    return len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample)


def _utf16_without_mark(sample: bytes) -> str | None:
    """Tell UTF-16 by its zero bytes standing on one side of nearly every pair."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * pairs and odd < 0.05 * pairs else None


def _utf16_by_letters(sample: bytes) -> str | None:
    """Tell UTF-16 in scripts without zero bytes: read the right way round, nearly all is letters."""
    even = sample[: len(sample) // 2 * 2]
    shares = {code: _share_of_text(even.decode(code, "replace")) for code in _WIDE}
    best = max(_WIDE, key=lambda code: shares[code])
    return best if shares[best] >= _TEXT_SHARE and min(shares.values()) < shares[best] else None


def _share_of_text(text: str) -> float:
    """Give the share of characters that stand in texts, and of those that words are parted by."""
    import unicodedata

    kinds = [unicodedata.category(one) if one not in "\r\n\t" else "Zs" for one in text]
    plain = sum(kind[0] in "LNPZ" or kind == "Mn" for kind in kinds)
    parted = sum(kind[0] in "PZ" for kind in kinds)
    return plain / len(kinds) if kinds and parted > len(kinds) / 100 else 0.0


def _mixed(data: bytes) -> Decoded | None:
    """Read UTF-8 or ASCII in which a few bytes are windows-1252, as when texts were pasted together."""
    strays = 0

    def as_1252(error: UnicodeError) -> tuple[str, int]:
        nonlocal strays
        assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - the only kind decode() raises
        piece = error.object[error.start : error.end]
        strays += len(piece)
        return piece.decode("cp1252", "replace"), error.end

    codecs.register_error("cuttings-1252", as_1252)
    text = data.decode("utf-8", "cuttings-1252")
    if strays > _STRAY_SHARE * len(data):
        return None
    return Decoded(text, "utf-8 with windows-1252", guessed=True)


def _guess(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    found = from_bytes(data[:_SAMPLE]).best()
    if found is None:
        raise NotText("its encoding could not be told")
    text = data.decode(found.encoding, "replace")
    damaged = "\ufffd" in text
    return Decoded(text, f"damaged {found.encoding}" if damaged else found.encoding, guessed=True)
