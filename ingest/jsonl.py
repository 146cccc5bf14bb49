"""JSON files: an article a line, a list of them, or one alone."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from article import Reading, Reason, Refusal, Source
from ingest.decode import NotText, decode
from ingest.json_article import Json, NotAnArticle, parse
from ingest.single import MAX_BYTES, refuse, with_language

KIND = "jsonl"
_MAX_LIST = 256 * 1024 * 1024


def read(file: BinaryIO, location: str) -> Iterator[Reading | Refusal]:
    """Read a JSON file: lines as they come, never all at once; a list or a lone object whole."""
    blank, opening = 0, file.readline(MAX_BYTES + 1)
    while opening and not opening.strip():
        blank, opening = blank + 1, file.readline(MAX_BYTES + 1)
    if not opening:
        detail = "it holds only white space" if blank else "it is empty"
        yield refuse(location, Reason.EMPTY, detail)
    elif _is_line(opening):
        yield from _lines(opening, blank, file, location)
    else:
        yield from _whole(opening + file.read(_MAX_LIST), blank, location)


def _is_line(opening: bytes) -> bool:
    """Tell a file of lines by its first line: an object of its own, or one broken short."""
    if opening.lstrip()[:1] == b"[":
        return False
    try:
        json.loads(opening)
    except ValueError:
        return opening.strip() != b"{" and len(opening) > 2 and not _opens_object(opening)
    return True


def _opens_object(opening: bytes) -> bool:
    """Tell the first line of an object laid out over several."""
    return opening.rstrip().endswith((b"{", b"[", b","))


def _lines(line: bytes, number: int, file: BinaryIO, location: str) -> Iterator[Reading | Refusal]:
    """Read line by line, `number` lines having gone before."""
    while line:
        number += 1
        item = f"line {number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_BYTES)
            detail = f"over {MAX_BYTES >> 20} MB, too large for one article"
            yield refuse(location, Reason.TOO_LARGE, detail, item)
        elif line.strip():
            yield _line(line, location, item)
        line = file.readline(MAX_BYTES + 1)


def _lines_after(data: bytes, blank: int, location: str) -> Iterator[Reading | Refusal] | None:
    """Give what lines hold if data that is no one value has an object alone on its second line."""
    first, _, rest = data.partition(b"\n")
    second = next((line for line in rest[:MAX_BYTES].splitlines() if line.strip()), b"")
    return _lines(first + b"\n", blank, io.BytesIO(rest), location) if _is_object(second) else None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _line(line: bytes, location: str, item: str) -> Reading | Refusal:
    try:
        return _reading(json.loads(decode(line).text), line.rstrip(b"\r\n"), location, item)
    except NotText as error:
        return refuse(location, Reason.NOT_TEXT, str(error), item)
    except NotAnArticle as error:
        return refuse(location, Reason.EMPTY, str(error), item)
    except (ValueError, RecursionError) as error:
        return refuse(location, Reason.MALFORMED, f"not JSON: {error}", item)


def _whole(data: bytes, blank: int, location: str) -> Iterator[Reading | Refusal]:
    if len(data) > _MAX_LIST:
        yield refuse(
            location,
            Reason.TOO_LARGE,
            f"over {_MAX_LIST >> 20} MB in one value; write a line an article instead",
        )
        return
    try:
        value = json.loads(decode(data).text)
    except NotText as error:
        yield refuse(location, Reason.NOT_TEXT, str(error))
        return
    except (ValueError, RecursionError) as error:
        by_line = _lines_after(data, blank, location)
        yield from by_line or [refuse(location, Reason.MALFORMED, f"not JSON: {error}")]
        return
    if isinstance(value, list):
        for number, entry in enumerate(value, 1):
            yield _entry(
                entry,
                json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace"),
                location,
                f"entry {number}",
            )
    else:
        yield _entry(value, data, location, None)


def _entry(value: Json, data: bytes, location: str, item: str | None) -> Reading | Refusal:
    try:
        return _reading(value, data, location, item)
    except NotAnArticle as error:
        return refuse(location, Reason.EMPTY, str(error), item)


def _reading(value: Json, data: bytes, location: str, item: str | None) -> Reading:
    if not isinstance(value, dict):
        raise NotAnArticle("not an object with an article's fields")
    article, warnings = parse(value)
    return Reading(Source(location, KIND, data, item), with_language(article), warnings)
