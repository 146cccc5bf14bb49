"""The database: its pages, its references, its schema; looked at deeply, all that it holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from db import deep as contents
from db import kin
from db.reader import SCHEMA
from db.vetting import strangers
from library.errors import DatabaseDamaged, DatabaseError
from library.finding import Finding, some
from library.library import Library

REPAIR = "cuttings doctor --repair, or cuttings restore of a backup"
_RESTORE = "cuttings restore of a backup, if one holds them whole"


def look(library: Library, deep: bool) -> Iterator[Finding]:
    """Look the database over. Raises the errors of `library.errors` where it cannot be read."""
    yield _pages(library, "integrity_check" if deep else "quick_check")
    yield _references(library)
    yield _schema(library)
    yield _sqlite()
    yield _families(library)
    if deep:
        yield _texts(library)
        yield _full_text(library)
        yield _paragraphs(library)
        yield _originals(library)


def _pages(library: Library, how: str) -> Finding:
    faults = [row[how] for row in library.reader.select(f"PRAGMA {how}(20)")]
    if faults == ["ok"]:
        return Finding("database", False, "intact")
    return Finding("database", True, "; ".join(faults), REPAIR)


def _references(library: Library) -> Finding:
    strays = library.reader.select("PRAGMA foreign_key_check")
    if not strays:
        return Finding("references", False, "all references hold")
    return Finding("references", True, f"{len(strays)} rows refer to rows that are gone", REPAIR)


def _schema(library: Library) -> Finding:
    strange = strangers(library.reader.connection, SCHEMA)
    if not strange:
        return Finding("tables", False, "those of this version")
    detail = f"not as cuttings makes them: {some(strange)}; a backup could not be restored"
    return Finding("tables", True, detail, "drop what another program put in, with its own tools")


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


def _families(library: Library) -> Finding:
    waiting = kin.waiting(library.reader)
    if not waiting:
        return Finding("families", False, "all articles looked at")
    detail = f"{waiting:,} articles, stored by an older program, not looked at yet"
    return Finding("families", False, detail, "cuttings reindex, or the next cuttings ingest")


def _texts(library: Library) -> Finding:
    found = contents.broken_texts(library.folder.database)
    if not found:
        return Finding("texts", False, "all are UTF-8")
    detail = some([f"{count:,} rows of {table}" for table, count in found.items()])
    return Finding("texts", True, f"no UTF-8: {detail}", REPAIR)


def _full_text(library: Library) -> Finding:
    """Compare full text and paragraphs; SQLite's own check of it takes a user who may write."""
    if out := contents.out_of_full_text(library.reader):
        return Finding("full text", True, f"out of step for articles {some(out)}", REPAIR)
    try:
        library.store.check_full_text()
    except DatabaseDamaged:
        return Finding("full text", True, "damaged", REPAIR)
    except DatabaseError as error:
        return Finding("full text", False, f"holds every paragraph; not looked into: {error}")
    return Finding("full text", False, "holds every paragraph")


def _paragraphs(library: Library) -> Finding:
    changed = contents.changed_paragraphs(library.reader)
    if not changed:
        return Finding("paragraphs", False, "all are what their hashes say")
    return Finding(
        "paragraphs", True, f"other words than were stored: articles {some(changed)}", _RESTORE
    )


def _originals(library: Library) -> Finding:
    hashes = list(contents.changed_originals(library.reader))
    ids = contents.articles_from(library.reader, hashes)
    ids = sorted({*ids, *contents.lost_originals(library.reader)})
    if not hashes and not ids:
        return Finding("originals", False, "all are what their hashes say")
    return Finding("originals", True, f"not what came, or gone: of articles {some(ids)}", _RESTORE)
