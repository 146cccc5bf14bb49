"""Writes web archives, sound ones and others, for the tests."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Sequence

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HOST = "https://www.straitgazette.example"
GALLERY = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def page(name: str, head: str = "", charset: str = "utf-8") -> bytes:
    """Give the page of an article."""
    return (
        f"<!DOCTYPE html><html><head><title>{name}</title>{head}</head><body><article><h1>{name}</h1>"
        f"<p>{name}: so it was said at the harbour of Lower Haven on Monday, when the ferry had come in "
        "an hour late and nobody was there to take its lines.</p>"
        f"<p>The mayor, Oona Birch, spoke of {name} for an hour, and of the quay that has to be mended "
        "before the first storm of the winter.</p></article></body></html>"
    ).encode(charset)


def answer(
    body: bytes, type_: str = "text/html; charset=utf-8", status: str = "200 OK", head: str = ""
) -> bytes:
    """Give what a server answers; `head` are more lines of its headers, each with its end."""
    said = f"Content-Type: {type_}\r\n" if type_ else ""
    return f"HTTP/1.1 {status}\r\n{said}{head}\r\n".encode() + body


def record(
    uri: str,
    block: bytes,
    kind: str = "response",
    head: str = "",
    *,
    length: object = None,
    version: str = "1.0",
) -> bytes:
    """Give a record; `length` is what it says of its length, if that is not the truth."""
    type_ = "application/http; msgtype=response" if kind == "response" else "text/html"
    if "Content-Type:" not in head:
        head += f"Content-Type: {type_}\r\n"
    size = len(block) if length is None else length
    lines = (
        f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n"
        f"WARC-Date: 2024-05-07T06:30:00Z\r\n{head}Content-Length: {size}\r\n\r\n"
    )
    return lines.encode() + block + b"\r\n\r\n"


def page_record(name: str, **said: object) -> bytes:
    """Give the record of an article's page, at the address of its name."""
    block = answer(page(name))
    return record(f"{HOST}/{name.lower()}", block, **said)  # type: ignore[arg-type]


def zipped(records: Sequence[bytes], level: int = 6) -> bytes:
    """Pack each record by itself, as most archives are."""
    return b"".join(gzip.compress(one, level, mtime=0) for one in records)


def pieces(records: Sequence[bytes], size: int = 500) -> bytes:
    """Pack an archive in pieces of one size."""
    data = b"".join(records)
    return zipped([data[at : at + size] for at in range(0, len(data), size)])


def zstandard(data: bytes) -> bytes:
    """Pack bytes with Zstandard."""
    return zstd.compress(data)


def with_dictionary(records: Sequence[bytes]) -> bytes:
    """Pack each record with a dictionary that stands, packed too, before them all."""
    samples = [page(f"Sample{number}") for number in range(200)]
    dictionary = zstd.train_dict(samples, 4000)
    inner = zstd.compress(dictionary.dict_content)
    frame = b"\x5d\x2a\x4d\x18" + len(inner).to_bytes(4, "little") + inner
    return frame + b"".join(zstd.compress(one, zstd_dict=dictionary) for one in records)


def arc(pages: Sequence[tuple[str, bytes]], version: int = 1) -> list[bytes]:
    """Give the records of an ARC: its own, and answers at addresses."""
    fields = "URL IP-address Archive-date Content-type Archive-length\n"
    info = f"{version} 0 Lower Haven\n{fields}".encode()
    first = _arc_record("filedesc://haven.arc", info, version, "text/plain")
    return [first, *(_arc_record(uri, block, version, "text/html") for uri, block in pages)]


def _arc_record(uri: str, block: bytes, version: int, type_: str) -> bytes:
    more = "" if version == 1 else "200 - - 0 haven.arc "
    line = f"{uri} 10.0.0.1 20240507063000 {type_} {more}{len(block)}\n"
    return line.encode() + block + b"\n"


def wacz(archives: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Give a WACZ."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr("datapackage.json", '{"profile": "data-package"}')
        for name, data in archives.items():
            made.writestr(f"archive/{name}", data)
    return out.getvalue()
