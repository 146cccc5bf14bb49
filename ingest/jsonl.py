"""JSON files: an article a line, a list of them, one alone, or what another program saved."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from accession import Reading, Reason, Refusal
from ingest.decode import NotText, decode
from ingest.exports import apps, omnivore
from ingest.exports.reading import read as read_saved
from ingest.json_article import Json, NotAnArticle
from ingest.single import MAX_BYTES, refuse
from ingest.workers import Workers

KIND = "jsonl"
_MAX_LIST = 256 * 1024 * 1024

_OPENED, _NEXT = re.compile(r"\s*\[\s*"), re.compile(r"\s*,\s*")

Results = Iterator[Reading | Refusal]


def read(file: BinaryIO, location: str, workers: Workers) -> Results:
    """Read a JSON file: lines as they come, never all at once; a list or a lone object whole."""
    blank, opening = 0, file.readline(MAX_BYTES + 1)
    while opening and not opening.strip():
        blank, opening = blank + 1, file.readline(MAX_BYTES + 1)
    reader = _Reader(location, workers)
    if not opening:
        detail = "it holds only white space" if blank else "it is empty"
        yield refuse(location, Reason.EMPTY, detail)
    elif _is_line(opening):
        yield from reader.lines(opening, blank, file)
    else:
        yield from reader.whole(opening + file.read(_MAX_LIST), blank)


def _is_line(opening: bytes) -> bool:
    """Tell a file of lines by its first line: an object of its own, or one broken short."""
    if opening.lstrip()[:1] == b"[":
        return False
    try:
        json.loads(opening)
    except (ValueError, RecursionError):
        return opening.strip() != b"{" and len(opening) > 2 and not _opens_object(opening)
    return True


def _opens_object(opening: bytes) -> bool:
    """Tell the first line of an object laid out over several."""
    return opening.rstrip().endswith((b"{", b"[", b","))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _whole_entries(text: str) -> Iterator[Json]:
    """Give the values that a list begins with, as far as they are whole."""
    decoder, found = json.JSONDecoder(), _OPENED.match(text)
    while found:
        try:
            value, end = decoder.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            return
        yield value
        found = _NEXT.match(text, end)


def _dumped(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


class _Reader:
    """Reads the values of one file."""

    def __init__(self, location: str, workers: Workers) -> None:
        self._location = location
        self._workers = workers

    def lines(self, line: bytes, number: int, file: BinaryIO) -> Results:
        """Read line by line, `number` lines having gone before."""
        while line:
            number += 1
            item = f"line {number}"
            if len(line) > MAX_BYTES:
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_BYTES)
                detail = f"over {MAX_BYTES >> 20} MB, too large for one article"
                yield self._refused(Reason.TOO_LARGE, detail, item)
            elif line.strip():
                yield from self._line(line, item)
            line = file.readline(MAX_BYTES + 1)

    def whole(self, data: bytes, blank: int) -> Results:
        """Read a value over several lines; if it is none, what can be read of it as lines or entries."""
        if len(data) > _MAX_LIST:
            detail = f"over {_MAX_LIST >> 20} MB in one value; write a line an article instead"
            yield self._refused(Reason.TOO_LARGE, detail)
            return
        text = ""
        try:
            text = decode(data).text
            value = json.loads(text)
        except NotText as error:
            yield self._refused(Reason.NOT_TEXT, str(error))
        except (ValueError, RecursionError) as error:
            yield from self._lines_after(data, blank) or self._cut(text, error)
        else:
            yield from self._list(value) if isinstance(value, list) else self._value(value, data)

    def _lines_after(self, data: bytes, blank: int) -> Results | None:
        """Give what lines hold if data that is no one value has an object alone on its second line."""
        first, _, rest = data.partition(b"\n")
        second = next((line for line in rest[:MAX_BYTES].splitlines() if line.strip()), b"")
        if not _is_object(second):
            return None
        return self.lines(first + b"\n", blank, io.BytesIO(rest))

    def _cut(self, text: str, error: Exception) -> Results:
        """Read the entries of a list that breaks off, up to where it does."""
        number = 0
        for number, value in enumerate(_whole_entries(text), 1):
            yield self._entry(value, _dumped(value), f"entry {number}")
        item = f"entry {number + 1}" if number else None
        yield self._refused(Reason.MALFORMED, f"not JSON: {error}", item)

    def _line(self, line: bytes, item: str) -> Results:
        try:
            value = json.loads(decode(line).text)
        except NotText as error:
            yield self._refused(Reason.NOT_TEXT, str(error), item)
        except (ValueError, RecursionError) as error:
            yield self._refused(Reason.MALFORMED, f"not JSON: {error}", item)
        else:
            yield from self._value(value, line.rstrip(b"\r\n"), item)

    def _list(self, values: list[Json]) -> Results:
        for number, value in enumerate(values, 1):
            yield self._entry(value, _dumped(value), f"entry {number}")
        if not values:
            yield self._refused(Reason.EMPTY, "a list with nothing in it")

    def _value(self, value: Json, data: bytes, item: str | None = None) -> Results:
        """Read a value: an article's, or an export of many."""
        packed = apps.entries_of(value) if isinstance(value, dict) else None
        if packed is None:
            yield self._entry(value, data, item)
            return
        number = 0
        for number, entry in enumerate(packed, 1):
            place = f"entry {number}"
            yield self._entry(entry, _dumped(entry), f"{item}, {place}" if item else place)
        if not number:
            yield self._refused(Reason.EMPTY, "an export with nothing in it", item)

    def _entry(self, value: Json, data: bytes, item: str | None) -> Reading | Refusal:
        if not isinstance(value, dict):
            return self._refused(Reason.EMPTY, "not an object with an article's fields", item)
        entry = omnivore.with_page_beside(value, self._location)
        data = data if entry is value else _dumped(entry)
        try:
            saved = apps.saved_of(entry, KIND)
        except NotAnArticle as error:
            return self._refused(Reason.EMPTY, str(error), item)
        return read_saved(saved, data, self._location, item, self._workers)

    def _refused(self, reason: Reason, detail: str, item: str | None = None) -> Refusal:
        return refuse(self._location, reason, detail, item)
