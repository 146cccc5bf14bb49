"""The two forms of a record: that of WARC, with its headers, and that of ARC, with one line."""

from __future__ import annotations

import re
from typing import BinaryIO, Final, Protocol

from ingest.webarchive.record import ENDS, Head, Malformed

WARC_SIGN: Final = re.compile(rb"\s*WARC/\d\.\d{1,2}[ \t]*\r?\n")
ARC_SIGN: Final = re.compile(rb"\s*filedesc:\S* \S+ \d{8,18} [^\n]{1,200}\n")

MOST_HEAD: Final = 1 << 16
"""Bytes the headers of a record may have; an address may have some thousands."""

_LENGTH = re.compile(r"[0-9]{1,15}")
_NO_DIGITS = re.compile(r"[^0-9]+")
_TO_THE_DAY, _TO_THE_SECOND = 8, 14
"""Digits of a date."""
_ARC_LINE = re.compile(
    r"(?P<uri>\S.*?) (?P<ip>\S+) (?P<date>\d{8,18}) (?P<type>\S+(?:; \S+=\S+)?)"
    r"(?: \d{3} \S+ \S+ \d+ \S+)? (?P<length>\S+)"
)
"""A line of ARC 1; ARC 2 has status, checksum, redirection, offset and file name before the length."""


class Form(Protocol):
    """How the records of an archive are written."""

    start: re.Pattern[bytes]
    """Matches how a record begins."""
    sought: re.Pattern[bytes]
    """Finds where one does, as its first group, among bytes that need be nothing."""
    end: bytes
    """What stands behind a block."""

    def head(self, file: BinaryIO) -> Head:
        """Read the head of a record that begins here, up to its block. Raises `Malformed`."""


class Warc:
    """WARC 0.17 to 1.1."""

    start = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n")
    sought = re.compile(b"(" + start.pattern + b")")
    end = b"\r\n\r\n"

    def head(self, file: BinaryIO) -> Head:
        """Read headers up to the empty line behind them; see `Form`."""
        if not WARC_SIGN.fullmatch(file.readline(100)):
            raise Malformed("no record begins where one should")
        headers = _headers(file)
        uri = headers.get("warc-target-uri", "").strip("<>")
        return Head(
            headers.get("warc-type", "").lower(),
            uri,
            headers.get("content-type", ""),
            _length(headers.get("content-length", ""), uri),
            "warc-truncated" in headers or "warc-segment-number" in headers,
            _made(headers.get("warc-date", "")),
        )


class Arc:
    """ARC 1 and 2."""

    start = re.compile(
        rb"[a-z][a-z\d+.-]{1,20}:[^\n]{1,2000} \d{8,18}(?: [^\s]{1,300}){1,7} \d{1,15}\r?\n"
    )
    sought = re.compile(rb"\n(" + start.pattern + b")")
    end = b"\n"

    def head(self, file: BinaryIO) -> Head:
        """Read the line; see `Form`."""
        line = file.readline(MOST_HEAD).decode("utf-8", "replace").rstrip("\r\n")
        found = _ARC_LINE.fullmatch(line) if len(line) < MOST_HEAD // 4 else None
        if not found:
            raise Malformed("no record begins where one should")
        kind = "warcinfo" if found["uri"].startswith("filedesc:") else "response"
        uri, size = found["uri"], _length(found["length"], found["uri"])
        return Head(kind, uri, found["type"], size, made=_made(found["date"]))


WARC: Final = Warc()
ARC: Final = Arc()


def form_of(opening: bytes) -> Form:
    """Tell the form of an archive, or of a part of it, by how it begins: over what is damaged there."""
    if WARC_SIGN.match(opening) or not (ARC.start.match(opening) or ARC.sought.search(opening)):
        return WARC
    return ARC


def _headers(file: BinaryIO) -> dict[str, str]:
    """Read headers up to the empty line behind them; of two with one name, the first counts."""
    headers: dict[str, str] = {}
    name, left = "", MOST_HEAD
    while (line := file.readline(left)).strip():
        left -= len(line)
        if left <= 0 or WARC_SIGN.fullmatch(line):  # the next record's, where these were broken off
            raise Malformed("its headers have no end", headers.get("warc-target-uri", ""))
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in {" ", "\t"} and name:
            headers[name] += f" {text.strip()}"
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        headers.setdefault(name, value.strip())
    if not line:
        raise Malformed(ENDS, headers.get("warc-target-uri", ""))
    return headers


def _made(date: str) -> int:
    """Give a date as `Head` has it, which WARC writes with signs between the digits, and ARC without."""
    digits = _NO_DIGITS.sub("", date)[:_TO_THE_SECOND]
    return int(digits.ljust(_TO_THE_SECOND, "0")) if len(digits) >= _TO_THE_DAY else 0


def _length(value: str, uri: str) -> int:
    if not _LENGTH.fullmatch(value):
        said = f"that it is {value[:40]!r} bytes long" if value else "nothing of its length"
        raise Malformed(f"its head says {said}", uri)
    return int(value)
