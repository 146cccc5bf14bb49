"""From what a person names to open files: files, folders, standard input; and addresses on the web."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import stat
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from article import FileRead, Outcome, ReadBefore, Reading, Reason, Refusal
from ingest import signs
from ingest.before import Known, state, state_at, with_end
from ingest.fetch.target import is_on_the_web
from ingest.fetch.web import Web
from ingest.registry import JSON, TEXT, Apart, ending
from ingest.side_by_side import SideBySide
from ingest.single import in_language
from ingest.workers import Workers

STANDARD_INPUT = "-"
_PAGES = frozenset({".html", ".htm"})
_OMNIVORE = frozenset({"content", "highlights"})
_SPOOLED = 16 * 1024 * 1024
_PAGE_AHEAD = 2 * 1024 * 1024
"""Bytes that a page is counted as, before it is there, among those that are read ahead."""


Result = Reading | Refusal | FileRead | ReadBefore


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; `named` where the person named it and did not merely name its folder."""

    path: Path
    named: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """An address on the web to read."""

    url: str


Input = Found | Linked | Refusal | ReadBefore | None
"""What is to be read, or need not be; None is standard input."""


def find(paths: Iterable[str]) -> Iterator[Found | Refusal]:
    """Give the files that paths stand for, folders walked in the order of their names.

    Links to folders are followed, each folder once; hidden folders are passed over, said so.
    """
    seen: set[tuple[int, int]] = set()
    for name in paths:
        if not name:  # an unset variable of a script must not stand for the folder it runs in
            yield Refusal(name, Outcome.FAILED, Reason.NOT_FOUND, "an empty name")
            continue
        path = Path(os.path.abspath(name))  # noqa: PTH100 - resolve() would hide the user's own link
        if _is_folder(path):
            yield from _walk(path, seen)
        else:
            yield Found(path, named=True)


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Found | Refusal]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            status = current.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(current.iterdir())
        except OSError as error:
            yield unreadable(current, error)
            continue
        folders = [entry for entry in entries if _is_folder(entry)]
        yield from (Found(entry, named=False) for entry in entries if entry not in set(folders))
        passed = {entry: why for entry in folders if (why := _passed_over(entry, entries))}
        yield from (_skip(entry, why) for entry, why in passed.items())
        waiting += [entry for entry in reversed(folders) if entry not in passed]


def _is_folder(path: Path) -> bool:
    """Whether a path is a folder; one that may not be looked at says so when it is opened."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _passed_over(folder: Path, beside: Sequence[Path]) -> str | None:
    """Say why a folder is not walked: it is hidden, or holds the pictures of a saved page."""
    if folder.name.startswith("."):
        return "a hidden folder, passed over"
    if folder.name in _OMNIVORE and any(signs.OMNIVORE_LIST.fullmatch(one.name) for one in beside):
        return "what belongs to the lists of Omnivore beside it, passed over"
    page = re.fullmatch(r"(.+)[_.-]\w+", folder.name)  # X_files, X-Dateien, X_fichiers
    pages = [one for one in beside if page and one.stem == page[1] and one.suffix in _PAGES]
    return f"what belongs to {pages[0].name}, passed over" if pages else None


def read_all(
    paths: Iterable[str],
    standard_input: BinaryIO,
    language: str | None = None,
    workers: Workers | None = None,
    *,
    web: Web | None = None,
) -> Iterator[Reading | Refusal]:
    """Read what paths stand for, `-` being standard input: one result an article.

    `language` is the code of the language they are all in, where the person says it; for the rest see
    `read_new`.
    """
    for result in read_new(named(paths), standard_input, workers or Workers(), web or Web()):
        if language and isinstance(result, Reading):
            yield in_language(result, language)
        elif isinstance(result, Reading | Refusal):
            yield result


def named(paths: Iterable[str], known: Known = lambda _: False) -> Iterator[Input]:
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
    return ReadBefore(now) if now and known(now) else None


def _side_by_side(
    inputs: Iterable[Input],
    standard_input: BinaryIO,
    workers: Workers,
    web: Web,
) -> Iterator[Result]:
    """Read what is read apart in so many processes, all else here, in the order of the inputs."""

    def read_one(one: Input) -> Iterator[Result]:
        if one is None:
            return _read_stream(standard_input, workers)
        if isinstance(one, Linked):
            return web.read(one.url, workers)
        return read(one, workers) if isinstance(one, Found) else iter([one])

    def stop() -> None:
        web.close()
        workers.close()

    side_by_side = SideBySide(read_one, _weight, stop, workers.processes)
    yield from side_by_side.results(inputs)


def _weight(one: Input) -> int | None:
    """Give the bytes of a file that is read apart and ahead, or of a page."""
    if isinstance(one, Linked):
        return _PAGE_AHEAD
    if not isinstance(one, Found):
        return None
    try:
        with open_file(one.path) as file:
            format_ = signs.recognise(file, ending(one.path.name))
            size = os.fstat(file.fileno()).st_size
    except OSError:  # which is said when its turn has come
        return None
    apart = format_.read if format_ else None
    return size if isinstance(apart, Apart) and not apart.long else None


def read(found: Found, workers: Workers) -> Iterator[Reading | Refusal | FileRead]:
    """Read one file, whatever it turns out to be."""
    place = location(found.path)
    try:
        with open_file(found.path) as file, closing(_results(file, found, workers)) as results:
            yield from with_end(results, lambda: state(place, os.fstat(file.fileno())))
    except OSError as error:
        yield unreadable(found.path, error)


def _results(
    file: BinaryIO, found: Found, workers: Workers
) -> Generator[Reading | Refusal, None, None]:
    format_ = signs.recognise(file, ending(found.path.name))
    if format_ is None:
        yield _unread(found)
        return
    for result in format_.read(file, location(found.path), workers):
        yield _milder(result, found)


def open_file(path: Path) -> BinaryIO:
    """Open a regular file; never wait for a pipe or a device that stands in a folder."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file")
    return open(descriptor, "rb")  # noqa: PTH123 - the caller closes it


def _milder(result: Reading | Refusal, found: Found) -> Reading | Refusal:
    """Skip what only looked like a file to read, where the person did not name it."""
    if found.named or not isinstance(result, Refusal) or result.item:
        return result
    nameless = not found.path.suffix and result.reason is Reason.NOT_TEXT
    if nameless or result.reason is Reason.UNKNOWN_FORMAT:
        return _skip(found.path, result.detail, result.reason)
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


def _skip(path: Path, detail: str, reason: Reason = Reason.UNKNOWN_FORMAT) -> Refusal:
    return Refusal(location(path), Outcome.SKIPPED, reason, detail)


def location(path: Path) -> str:
    """Give a path as text that can be stored, bytes that are no UTF-8 written out in hex."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def unreadable(path: Path, error: OSError) -> Refusal:
    """Say why a path could not be read."""
    reasons = {
        errno.ENOENT: (Reason.NOT_FOUND, "no such file or folder"),
        errno.EACCES: (Reason.NO_PERMISSION, "this user may not read it"),
        errno.EPERM: (Reason.NO_PERMISSION, "this user may not read it"),
        errno.ELOOP: (Reason.UNREADABLE, "a link that leads round in a circle"),
    }
    plain = (Reason.UNREADABLE, error.strerror or type(error).__name__)
    reason, detail = reasons.get(error.errno or 0, plain)
    if path.is_symlink() and reason is Reason.NOT_FOUND:
        detail = "a link that leads nowhere"
    return Refusal(location(path), Outcome.FAILED, reason, detail)
