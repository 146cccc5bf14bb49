"""From what a person names to open files: files, folders, standard input."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from article import Outcome, Reading, Reason, Refusal
from ingest import registry
from ingest.single import in_language

STANDARD_INPUT = "-"
_PEEK = 4096


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; `named` where the person named it and did not merely name its folder."""

    path: Path
    named: bool


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
        if path.is_dir():
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
        folders = [entry for entry in entries if entry.is_dir()]
        yield from (Found(entry, named=False) for entry in entries if entry not in set(folders))
        hidden = [entry for entry in folders if entry.name.startswith(".")]
        yield from (_skip(entry, "a hidden folder, passed over") for entry in hidden)
        waiting += [entry for entry in reversed(folders) if entry not in hidden]


def read_all(
    paths: Iterable[str], standard_input: BinaryIO, language: str | None = None
) -> Iterator[Reading | Refusal]:
    """Read what paths stand for, `-` being standard input: one result an article.

    `language` is the code of the language they are all in, where the person says it.
    """
    for result in _read_each(paths, standard_input):
        if language and isinstance(result, Reading):
            yield in_language(result, language)
        else:
            yield result


def _read_each(paths: Iterable[str], standard_input: BinaryIO) -> Iterator[Reading | Refusal]:
    for name in paths:
        if name == STANDARD_INPUT:
            yield from _read_stream(standard_input)
            continue
        for found in find([name]):
            yield from read(found) if isinstance(found, Found) else [found]


def read(found: Found) -> Iterator[Reading | Refusal]:
    """Read one file, whatever it turns out to be."""
    format_ = registry.by_suffix(found.path.suffix)
    if format_ is None:
        kinds = ", ".join(one.name for one in registry.FORMATS)
        detail = f"files ending in {found.path.suffix} are not read yet; these are: {kinds}"
        yield _unread(found, Reason.UNKNOWN_FORMAT, detail)
        return
    try:
        with _open(found.path) as file:
            for result in format_.read(file, location(found.path)):
                yield _milder(result, found)
    except OSError as error:
        yield unreadable(found.path, error)


def _open(path: Path) -> BinaryIO:
    """Open a regular file; never wait for a pipe or a device that stands in a folder."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file")
    return open(descriptor, "rb")  # noqa: PTH123 - the caller closes it


def _milder(result: Reading | Refusal, found: Found) -> Reading | Refusal:
    """Skip what only looked like text by having no ending, where the person did not name it."""
    nameless = not found.path.suffix and not found.named
    if nameless and isinstance(result, Refusal) and result.reason is Reason.NOT_TEXT:
        return _skip(found.path, result.detail, Reason.NOT_TEXT)
    return result


def _read_stream(stream: BinaryIO) -> Iterator[Reading | Refusal]:
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    opening = buffered.peek(_PEEK)
    yield from registry.by_content(opening).read(buffered, STANDARD_INPUT)


def _unread(found: Found, reason: Reason, detail: str) -> Refusal:
    outcome = Outcome.FAILED if found.named else Outcome.SKIPPED
    return Refusal(location(found.path), outcome, reason, detail)


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
