"""From an archive's bytes to its records, over whatever is damaged in them.

The length that a record gives of itself is believed where another record follows it, or the end. Where
none does, the record goes as far as the next one, which is looked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from ingest.webarchive.forms import Form
from ingest.webarchive.record import ENDS, Damage, Head, Malformed, Record

_STEP = 1 << 20
_OVERLAP = 1 << 14
"""Bytes that the start of a record may have, so that it is found across the edge of two steps."""

_FOLLOWING = 1 << 12
_LINE_ENDS = b"\r\n"
_BETWEEN = "bytes that are no record"


def records(
    file: BinaryIO, form: Form, numbers: Iterator[int], last: bool = True
) -> Iterator[Record | Damage]:
    """Give the records of a seekable file; `numbers` gives each its number.

    `last` where the archive's own file ends there: a record without its end was then cut with it.
    """
    walk = _Walk(file, form)
    at = walk.past_line_ends(0)
    while at < walk.size:
        number = next(numbers)
        file.seek(at)
        try:
            head = form.head(file)
        except Malformed as error:
            yield Damage(number, str(error), error.uri)
            at = walk.next_start(at + 1)
            continue
        record, at = walk.record(head, number, file.tell())
        cut = last and record.start + head.size > walk.size == at
        yield replace(record, cut=cut)
        if cut:
            yield Damage(number, ENDS, head.uri)
        if at < walk.size and not walk.follows(at):
            yield Damage(next(numbers), _BETWEEN)
            at = walk.next_start(at)


class _Walk:
    """Finds its way about a file."""

    def __init__(self, file: BinaryIO, form: Form) -> None:
        self._file = file
        self._form = form
        self.size = file.seek(0, io.SEEK_END)

    def record(self, head: Head, number: int, start: int) -> tuple[Record, int]:
        """Give the record whose block begins there, and where what is behind it begins."""
        end = start + head.size
        right = end <= self.size and (self.follows(end) or self._closed(start, end))
        following = end if right else self.next_start(start)
        if following >= end:
            return Record(head, number, self._file, start, head.size), self.past_line_ends(end)
        closing = len(self._form.end)
        size = following - start
        size -= closing if size >= closing and self._closes(following - closing) else 0
        return Record(head, number, self._file, start, size), following

    def follows(self, at: int) -> bool:
        """Whether a record follows there, or the end, with nothing but line ends before it."""
        at = self.past_line_ends(at)
        return at >= self.size or self._form.start.match(self._read(at, _FOLLOWING)) is not None

    def past_line_ends(self, at: int) -> int:
        """Give where something else than line ends stands, from there on."""
        while piece := self._read(at, _FOLLOWING):
            rest = piece.lstrip(_LINE_ENDS)
            at += len(piece) - len(rest)
            if rest:
                return at
        return at

    def next_start(self, after: int) -> int:
        """Give where the next record begins, from a place on; the file's size where there is none."""
        before = min(after, 1)  # a byte more, which may be the line end before it
        at = after - before
        while piece := self._read(at, _STEP + _OVERLAP):
            for found in self._form.sought.finditer(piece):
                if found.start(1) >= before:
                    return at + found.start(1)
            at, before = at + _STEP, 0
        return self.size

    def _closed(self, start: int, end: int) -> bool:
        """Whether a block ends there by what closes it, though no record follows.

        A line end alone is no proof, and the end of headers closes a block as well: not one that has
        taken a record's headers in.
        """
        return len(self._form.end) > 1 and self._closes(end) and not self._reached_over(start, end)

    def _reached_over(self, start: int, end: int) -> bool:
        """Whether a record that begins in a block goes on behind it."""
        begun = self.next_start(start)
        self._file.seek(begun)
        try:
            head = self._form.head(self._file)
        except Malformed:
            return False
        return begun < end < self._file.tell() + head.size

    def _closes(self, at: int) -> bool:
        return self._read(at, len(self._form.end)) == self._form.end

    def _read(self, at: int, most: int) -> bytes:
        self._file.seek(at)
        return self._file.read(most)
