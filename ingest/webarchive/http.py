"""What a server answered, as it stands in a record: its status, its headers, and the body unpacked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from accession import Reason
from ingest.decode import is_utf8
from ingest.single import MAX_BYTES
from ingest.webarchive.codings import Brotli, Damaged, Unpacker, Zstandard, deflate, gzip
from ingest.webarchive.record import Record
from ingest.zips import Refused

MOST_HEAD: Final = 1 << 16
"""Bytes that the headers of an answer may have; servers accept a quarter of it."""

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_FOLDED = re.compile(r"\r?\n[ \t]+")
_CHUNK = re.compile(rb"[ \t]*([\da-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE)
_LENGTH = re.compile(r"[0-9]{1,15}")
_TYPE_END = re.compile(r"[;,]")
_MOST_CODINGS = 4
_PLAIN = frozenset({"", "identity", "none", "utf-8"})
_CUT = "truncated: the archive does not hold the whole of this page"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's status and headers, names in small letters; its body begins at `start` of the block."""

    status: int
    headers: dict[str, str]
    start: int

    @property
    def type(self) -> str:
        """The type of its content, without what is said of it: `text/html`."""
        return _TYPE_END.split(self.headers.get("content-type", ""), maxsplit=1)[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server says the page is in."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else None

    @property
    def length(self) -> int | None:
        """The bytes that the server says its body has, as it was sent."""
        said = self.headers.get("content-length", "")
        return int(said) if _LENGTH.fullmatch(said) else None


@dataclass(frozen=True, slots=True)
class Body:
    """A page's bytes as its server has them, with warnings of what they lost on the way."""

    data: bytes
    warnings: tuple[str, ...] = ()


def answer_of(record: Record) -> Answer:
    """Read the head of what a record holds: with none, it is the content. Raises `Refused`."""
    opening = record.block(MOST_HEAD)
    status = _STATUS.match(opening)
    if not status:
        return Answer(200, {"content-type": record.head.type}, 0)
    end = _HEAD_END.search(opening)
    if not end and record.size > MOST_HEAD:
        raise Refused(Reason.MALFORMED, "the headers of the server's answer have no end")
    head = opening[: end.start()] if end else opening
    return Answer(int(status[1]), _headers(head), end.end() if end else record.size)


def body_of(record: Record, answer: Answer) -> Body:
    """Give the body that goes with an answer, unpacked. Raises `Refused`."""
    data = record.block(MAX_BYTES + 1, answer.start)
    if len(data) > MAX_BYTES:
        raise Refused(Reason.TOO_LARGE, f"over {MAX_BYTES >> 20} MB, too large for one article")
    said = answer.length
    short = record.head.begun or (record.cut if said is None else len(data) < said)
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        data, whole = joined(data)
        short = short or not whole
    for coding in reversed(_codings(answer)):
        data, whole = _unpacked(data, coding)
        short = short or not whole
    return Body(data, (_CUT,) if short else ())


def joined(data: bytes) -> tuple[bytes, bool]:
    """Join the chunks of a body, and say whether all were there; a body without chunks is left as it is."""
    if not _CHUNK.match(data):
        return data, True
    found, at = list[bytes](), 0
    while chunk := _CHUNK.match(data, at):
        size = int(chunk[1], 16)
        at = chunk.end() + size
        found.append(data[chunk.end() : at])
        if not size or at > len(data):
            return b"".join(found), not size
        at += len(data[at : at + 2]) - len(data[at : at + 2].lstrip(b"\r\n"))
    return b"".join((*found, data[at:])), False


def _headers(head: bytes) -> dict[str, str]:
    """Read headers; of two with one name the first counts, but codings are all of them."""
    found: dict[str, str] = {}
    for line in _FOLDED.sub(" ", head.decode("latin-1")).split("\n")[1:]:
        name, _, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "content-encoding" and name in found:
            value = f"{found.pop(name)}, {value}"
        found.setdefault(name, value)
    return found


def _codings(answer: Answer) -> list[str]:
    """List how a body was packed, first to last."""
    names = [one.strip().lower() for one in answer.headers.get("content-encoding", "").split(",")]
    codings = [name for name in names if name not in _PLAIN]
    if len(codings) > _MOST_CODINGS:
        raise Refused(Reason.MALFORMED, f"packed over {_MOST_CODINGS} times, one within another")
    return codings


def _unpacked(data: bytes, coding: str) -> tuple[bytes, bool]:
    """Undo a coding and say whether its end was there; what a crawler has unpacked is left as it is."""
    unpacker = _unpacker(coding, data)
    found, size = list[bytes](), 0
    try:
        for piece in unpacker.pieces(data):
            found.append(piece)
            size += len(piece)
            if size > MAX_BYTES:
                detail = f"it unpacks to over {MAX_BYTES >> 20} MB, too large for one article"
                raise Refused(Reason.TOO_LARGE, detail)
    except Damaged as error:
        if is_utf8(data) or data.lstrip()[:1] == b"<":
            return data, True
        raise Refused(Reason.MALFORMED, f"it is packed with {coding}, and damaged") from error
    return b"".join(found), unpacker.ended


def _unpacker(coding: str, data: bytes) -> Unpacker:
    if coding in {"gzip", "x-gzip"}:
        return gzip()
    if coding == "deflate":
        return deflate(data)
    if coding == "br":
        return Brotli()
    if coding == "zstd":
        return Zstandard()
    raise Refused(Reason.UNKNOWN_FORMAT, f"it is packed in a way that is not read: {coding[:40]!r}")
