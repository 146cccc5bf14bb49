"""Taking articles in: what is read is stored, a batch at a time, and what was read before is told again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from accession import FileRead, FileState, ReadBefore, Reading, Recorded, Refusal, Source
from db import files
from db.portions import portions
from ingest.codes import canonical
from ingest.fetch.target import is_on_the_web
from ingest.fetch.web import Web
from ingest.finding import Found, find
from ingest.said import Said, complete
from ingest.single import in_language
from ingest.sources import Input, Result, named, read_new
from ingest.workers import Workers
from library.errors import DatabaseMissing, LanguageUnknown
from library.folder import Folder

if TYPE_CHECKING:
    from library.library import Library

R = TypeVar("R", bound=Result)
_BATCH_INPUTS = 1_000
_BATCH_BYTES = 4 * 1024 * 1024

Progress = Callable[[int], None]
"""Told how many bytes are done with."""


def ingest(  # noqa: PLR0913 - what is read, what is said of it, how it is told
    library: Library,
    paths: Sequence[str],
    standard_input: BinaryIO,
    said: Said | None = None,
    *,
    force: bool = False,
    progress: Progress = lambda _: None,
) -> Iterator[Recorded]:
    """Read what paths stand for and store it, a batch at a time; one outcome an input.

    What has been given out is stored for good. The index is not touched: see `Library.indexing`.
    Files that were read before and have not changed are not read again, unless `force` says so.
    Raises `LanguageUnknown` where the language that is said is none.
    """
    past = Past(library, said or Said(), force=force)
    return take_in(named(paths, past.knows), standard_input, past, progress)


def take_in(
    inputs: Iterable[Input],
    standard_input: BinaryIO,
    past: Past,
    progress: Progress = lambda _: None,
) -> Iterator[Recorded]:
    """Read and store inputs, whatever is known of them; see `ingest`."""
    said = past.said
    notify = past.library.notify
    workers = Workers(said.password, columns=said.columns, notify=notify, processes=said.processes)
    read = read_new(inputs, standard_input, workers, Web(private=said.private))
    told = (_told(one, past) for one in read)
    return _record(_counted(told, progress), past)


def _told(one: Result, past: Past) -> Result:
    """Give a result with what the person says of it."""
    if not isinstance(one, Reading | Refusal):
        return one
    if past.code and isinstance(one, Reading):
        one = in_language(one, past.code)
    return complete(one, past.said)


def _record(inputs: Iterator[Result], past: Past) -> Iterator[Recorded]:
    library = past.library
    for batch in batches(inputs):
        for is_past, some in groupby(batch, lambda one: isinstance(one, ReadBefore)):
            if is_past:
                states = [cast("ReadBefore", one).state for one in some]
                yield from files.recorded(library.reader, states)
            else:
                new = [past.signed(one) for one in some if not isinstance(one, ReadBefore)]
                yield from library.store.record(new, past.said.tags)


class Past:
    """What was read before, with the same said of it as is said now.

    Where a password is said, what could not be read is to be read again. Raises `LanguageUnknown`.
    """

    def __init__(self, library: Library, said: Said, *, force: bool = False) -> None:
        self.library = library
        self.said = said
        self.code = None if said.language is None else _code(said.language)
        self._force = force
        self._program = version("cuttings")
        found = {
            "language": self.code,
            "columns": dict(said.columns),
            "tags": said.tags,
            "site": said.site,
            "date": said.published and said.published.date,
        }
        lasting = {name: value for name, value in found.items() if value}
        self._written = json.dumps(lasting, sort_keys=True)

    def knows(self, state: FileState, named: bool = False) -> bool:
        """Say whether a file need not be read; one that the person `named` is not passed over."""
        if self._force:
            return False
        try:
            reader = self.library.reader
        except DatabaseMissing:
            return False
        if not files.is_known(reader, state, self._written, self._program, named=named):
            return False
        return self.said.password is None or not files.has_failed(reader, state.location)

    def signed(self, one: Reading | Refusal | FileRead) -> Reading | Refusal | FileRead:
        """Note at the end of a file how it was read."""
        if not isinstance(one, FileRead):
            return one
        return replace(one, said=self._written, program=self._program)


def _code(language: str) -> str:
    code = canonical(language)
    if code is None:
        message = (
            f"{language!r} is no code of a language. Give two or three letters, "
            "with a region if you like: en, pt-BR, zh-Hant"
        )
        raise LanguageUnknown(message)
    return code


def batches(inputs: Iterable[R]) -> Iterator[list[R]]:
    """Cut what was read into what is stored in one transaction."""
    return portions(inputs, _weight, most=_BATCH_INPUTS, size=_BATCH_BYTES)


def _bytes(one: Result) -> int:
    return len(one.source.data) if isinstance(one, Reading) else 0


def _weight(one: Result) -> int:
    """Give what an input weighs in a batch; what was fetched ends one, since to fetch it again takes long."""
    match one:
        case Reading(Source(location=place, item=None)) | Refusal(location=place, item=None):
            return _BATCH_BYTES if is_on_the_web(place) else _bytes(one)
    return _bytes(one)


def _counted(inputs: Iterable[Result], progress: Progress) -> Iterator[Result]:
    """Tell on the way how many bytes are done with: within a file, those of its articles."""
    whole, inside = 0, 0
    for one in inputs:
        if isinstance(one, FileRead | ReadBefore):
            whole, inside = whole + one.state.size, 0
        else:
            inside += _bytes(one)
        progress(whole + inside)
        yield one


def size_of(paths: Sequence[str]) -> int:
    """Give the bytes of the files that paths stand for."""
    found = (one.path for one in find(paths) if isinstance(one, Found))
    return sum(map(_size, found))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # which is said when it is read
        return 0


@contextmanager
def rehearsal(folder: Folder, notify: Callable[[str], None]) -> Iterator[Library]:
    """Open a library in which nothing stays that is stored; none is made where there is none.

    Raises `DatabaseMissing` where it is lost.
    """
    from library.library import Library

    if folder.database.exists():
        with Library(folder, notify) as library, library.store.rehearsal():
            yield library
    else:
        Library(folder).check_not_lost()
        with TemporaryDirectory() as empty, Library(Folder(Path(empty)), notify) as library:
            yield library
