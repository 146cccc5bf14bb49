"""The files that paths stand for: folders walked, each path opened as a file and nothing else."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from accession import Outcome, Reason, Refusal
from ingest import signs

_PAGES = frozenset({".html", ".htm"})
_OMNIVORE = frozenset({"content", "highlights"})


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
            entries, folders = _listed(current)
        except OSError as error:
            yield unreadable(current, error)
            continue
        within = set(folders)
        yield from (Found(entry, named=False) for entry in entries if entry not in within)
        passed = {entry: why for entry in folders if (why := _passed_over(entry, entries))}
        yield from (skip(entry, why) for entry, why in passed.items())
        waiting += [entry for entry in reversed(folders) if entry not in passed]


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    """Give all that is in a folder, and the folders among them, by name."""
    with os.scandir(folder) as entries:
        found = sorted((entry.name, _leads_to_folder(entry)) for entry in entries)
    paths = [(folder / name, is_folder) for name, is_folder in found]
    return [path for path, _ in paths], [path for path, is_folder in paths if is_folder]


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # as of a link that leads in a circle: it is said when it is opened
        return False


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


def open_file(path: Path) -> BinaryIO:
    """Open a regular file; never wait for a pipe or a device that stands in a folder."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file")
    return open(descriptor, "rb")  # noqa: PTH123 - the caller closes it


def skip(path: Path, detail: str, reason: Reason = Reason.UNKNOWN_FORMAT) -> Refusal:
    """Say why a path is passed over."""
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
