"""What `doctor` looks at: the database, the index, and whether they agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from db import kin
from library.errors import DatabaseError, EngineError, EngineNotInstalled, LibraryError
from library.library import Library

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` is the command or step that puts right what is wrong."""

    about: str
    wrong: bool
    detail: str
    mend: str | None = None


def check(library: Library) -> list[Finding]:
    """Look a library over without changing it; a database that cannot be read ends it."""
    try:
        findings = [*_database(library), _sqlite(), _modes(library)]
    except DatabaseError as error:
        return [Finding("database", True, str(error), "restore a copy of cuttings.db")]
    return [*findings, _families(library), *_index(library)]


def _database(library: Library) -> Iterator[Finding]:
    faults = [row["integrity_check"] for row in library.reader.select("PRAGMA integrity_check(20)")]
    whole = faults == ["ok"]
    mend = None if whole else "keep a copy of the file, restore an older one"
    yield Finding("database", not whole, "intact" if whole else "; ".join(faults), mend)
    strays = library.reader.select("PRAGMA foreign_key_check")
    detail = f"{len(strays)} rows refer to rows that are gone" if strays else "all references hold"
    yield Finding("references", bool(strays), detail, "restore a copy" if strays else None)


def _families(library: Library) -> Finding:
    waiting = kin.waiting(library.reader)
    if not waiting:
        return Finding("families", False, "all articles looked at")
    detail = f"{waiting:,} articles, stored by an older program, not looked at yet"
    return Finding("families", False, detail, "cuttings reindex, or the next cuttings ingest")


def _sqlite() -> Finding:
    """Name SQLite's version, and its one fault that matters here (sqlite.org/wal.html#walresetbug)."""
    version = sqlite3.sqlite_version_info
    sound = version >= (3, 51, 3) or (version[:2] == (3, 44) and version >= (3, 44, 6))
    sound = sound or (version[:2] == (3, 50) and version >= (3, 50, 7))
    note = (
        ""
        if sound
        else (
            "; it has the WAL reset fault, which cannot strike here while only cuttings writes: "
            "one lock lets one process write at a time"
        )
    )
    return Finding("SQLite", False, sqlite3.sqlite_version + note)


def _modes(library: Library) -> Finding:
    open_to = [
        path
        for path in (library.folder.path, library.folder.database, library.folder.index)
        if path.exists() and path.stat().st_mode & 0o077
    ]
    if not open_to:
        return Finding("permissions", False, "closed to other users")
    names = ", ".join(str(path) for path in open_to)
    mend = f"chmod -R go= '{library.folder.path}'"
    return Finding("permissions", True, f"other users can get at {names}", mend)


def _index(library: Library) -> Iterator[Finding]:
    try:
        engine = library.indexing.engine()
        held = dict(engine.revisions())
    except EngineNotInstalled as error:
        yield Finding("index", True, str(error), "cuttings reindex --engine whoosh")
        return
    except (EngineError, LibraryError) as error:
        yield Finding("index", True, str(error), "cuttings reindex")
        return
    yield Finding("index", False, f"{len(held):,} articles, {library.indexing.describe()}")
    reader = library.reader
    waiting = {row["article_id"] for row in reader.select("SELECT article_id FROM index_queue")}
    known = dict(reader.revisions())
    missing = sorted(known.keys() - held.keys() - waiting)
    extra = sorted(held.keys() - known.keys() - waiting)
    stale = sorted(i for i in known.keys() & held.keys() - waiting if known[i] != held[i])
    yield _difference("in the database, not in the index", missing)
    yield _difference("in the index, not in the database", extra)
    yield _difference("in the index in another wording", stale)
    mend = "cuttings reindex --pending" if waiting else None
    yield Finding("waiting", False, f"{len(waiting):,} articles wait to be indexed", mend)


def _difference(what: str, ids: list[int]) -> Finding:
    if not ids:
        return Finding(what, False, "none")
    some = ", ".join(map(str, ids[:_SHOWN])) + (", ..." if len(ids) > _SHOWN else "")
    return Finding(what, True, f"{len(ids):,} articles: {some}", "cuttings reindex")
