"""What a person names, read: files, folders, standard input, and addresses on the web."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from accession import FileRead, FileState, Outcome, ReadBefore, Reading, Reason, Refusal
from ingest import signs
from ingest.ahead import weight
from ingest.before import Known, state, state_at, with_end
from ingest.fetch.target import is_on_the_web
from ingest.fetch.web import Web
from ingest.finding import Found, find, location, open_file, skip, unreadable
from ingest.registry import JSON, TEXT, Format, ending
from ingest.side_by_side import SideBySide
from ingest.workers import Workers

STANDARD_INPUT = "-"
_SPOOLED = 16 * 1024 * 1024
_PAGE_AHEAD = 2 * 1024 * 1024
"""Bytes that a page is counted as, before it is there, among those that are read ahead."""


Result = Reading | Refusal | FileRead | ReadBefore


@dataclass(frozen=True, slots=True)
class Linked:
    """An address on the web to read."""

    url: str


Input = Found | Linked | Refusal | ReadBefore | None
"""What is to be read, or need not be; None is standard input."""


def read_all(
    paths: Iterable[str],
    standard_input: BinaryIO,
    workers: Workers | None = None,
    web: Web | None = None,
) -> Iterator[Reading | Refusal]:
    """Read what paths stand for, `-` being standard input: one result an article; see `read_new`."""
    for result in read_new(named(paths), standard_input, workers or Workers(), web or Web()):
        if isinstance(result, Reading | Refusal):
            yield result


def named(paths: Iterable[str], known: Known = lambda *_: False) -> Iterator[Input]:
    """Give what is to be read where paths are named; files that are `known` need not be."""
    for name in paths:
        if name == STANDARD_INPUT:
            yield None
        elif is_on_the_web(name):
            yield Linked(name)
        else:
            yield from (_read_before(found, known) or found for found in find([name]))


def read_new(
    inputs: Iterable[Input],
    standard_input: BinaryIO,
    workers: Workers,
    web: Web,
) -> Iterator[Result]:
    """Read what need be, and tell the end of each file.

    `workers` read, as many at once as they say, and know what else the person said; `web` gets what
    is on the web. Both are closed at the end.
    """
    try:
        with workers:
            yield from _side_by_side(inputs, standard_input, workers, web)
    finally:
        web.close()


def _read_before(found: Found | Refusal, known: Known) -> ReadBefore | None:
    if isinstance(found, Refusal):
        return None
    now = state_at(found.path, location(found.path))
    return ReadBefore(now) if now and known(now, found.named) else None


@dataclass(frozen=True, slots=True)
class _Sighted:
    """A file that was looked into: the format it has, as long as it is in this state.

    Without a state it could not be looked into, which is said when its turn has come. `ahead` is what
    it weighs if it may be read ahead.
    """

    found: Found
    state: FileState | None = None
    format_: Format | None = None
    ahead: int | None = None


def _side_by_side(
    inputs: Iterable[Input],
    standard_input: BinaryIO,
    workers: Workers,
    web: Web,
) -> Iterator[Result]:
    """Read what is read apart in so many processes, all else here, in the order of the inputs."""

    def read_one(one: Seen) -> Iterator[Result]:
        if one is None:
            return _read_stream(standard_input, workers)
        if isinstance(one, Linked):
            return web.read(one.url, workers)
        return _read(one, workers) if isinstance(one, _Sighted) else iter([one])

    def stop() -> None:
        web.close()
        workers.close()

    side_by_side = SideBySide(read_one, _weight, stop, workers.processes)
    yield from side_by_side.results(map(_seen, inputs))


Seen = _Sighted | Linked | Refusal | ReadBefore | None


def _seen(one: Input) -> Seen:
    """Look into what is a file."""
    if not isinstance(one, Found):
        return one
    try:
        with open_file(one.path) as file:
            format_ = _format(one, file)
            return _Sighted(one, _state(one, file), format_, weight(file, format_, one.path.name))
    except OSError:
        return _Sighted(one)


def _state(found: Found, file: BinaryIO) -> FileState:
    return state(location(found.path), os.fstat(file.fileno()))


def _format(found: Found, file: BinaryIO) -> Format | None:
    return signs.recognise(file, ending(found.path.name))


def _weight(one: Seen) -> int | None:
    """Give the bytes of a file that may be read ahead, or of a page."""
    if isinstance(one, Linked):
        return _PAGE_AHEAD
    return one.ahead if isinstance(one, _Sighted) else None


def _read(one: _Sighted, workers: Workers) -> Iterator[Reading | Refusal | FileRead]:
    """Read one file, whatever it turns out to be."""
    try:
        with open_file(one.found.path) as file, closing(_results(file, one, workers)) as results:
            for result in with_end(results, lambda: _state(one.found, file)):
                if not (one.found.named and _is_nothing(result)):
                    yield result
    except OSError as error:
        yield unreadable(one.found.path, error)


def _is_nothing(result: Result) -> bool:
    """Tell the end of a file that gave nothing: named, it is tried again, since in a folder it may be skipped."""
    return isinstance(result, FileRead) and not (result.articles or result.skipped)


def _results(
    file: BinaryIO, one: _Sighted, workers: Workers
) -> Generator[Reading | Refusal, None, None]:
    same = one.state == _state(one.found, file)
    format_ = one.format_ if same else _format(one.found, file)
    if format_ is None:
        yield _unread(one.found)
        return
    for result in format_.read(file, location(one.found.path), workers):
        yield _milder(result, one.found)


def _milder(result: Reading | Refusal, found: Found) -> Reading | Refusal:
    """Skip what only looked like a file to read, where the person did not name it."""
    if found.named or not isinstance(result, Refusal) or result.item:
        return result
    nameless = not found.path.suffix and result.reason is Reason.NOT_TEXT
    if nameless or result.reason is Reason.UNKNOWN_FORMAT:
        return skip(found.path, result.detail, result.reason)
    return result


def _read_stream(stream: BinaryIO, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read standard input: text and JSON as they come, other formats whole, since they are sought in."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    format_ = signs.by_content(buffered.peek(signs.PEEK)[: signs.PEEK], "")
    if format_ in {TEXT, JSON}:
        yield from format_.read(buffered, STANDARD_INPUT, workers)
        return
    with SpooledTemporaryFile(_SPOOLED) as spooled:
        shutil.copyfileobj(buffered, spooled)
        spooled.seek(0)
        file = cast("BinaryIO", spooled)
        format_ = signs.recognise(file, "")
        if format_ is None:
            yield Refusal(STANDARD_INPUT, Outcome.FAILED, Reason.UNKNOWN_FORMAT, signs.unknown(""))
        else:
            yield from format_.read(file, STANDARD_INPUT, workers)


def _unread(found: Found) -> Refusal:
    outcome = Outcome.FAILED if found.named else Outcome.SKIPPED
    detail = signs.unknown(found.path.suffix)
    return Refusal(location(found.path), outcome, Reason.UNKNOWN_FORMAT, detail)
