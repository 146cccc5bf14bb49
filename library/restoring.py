"""A library brought back from a backup: made beside, looked over, put in place in one step."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.errors import translating
from db.lock import exclusive
from db.swapping import swap, whole
from library.backing import unpacked
from library.errors import DatabaseError, DatabaseMissing, LibraryFilled
from library.folder import Folder
from library.library import Library
from library.parcel import Manifest
from library.workshop import workshop


def restore(library: Library, path: Path, *, replace: bool = False) -> tuple[Manifest, Path | None]:
    """Put the database of a backup in the place of the library's; say where the one before is kept.

    The index is that of the other state, and is built anew by the next command that needs it.
    Raises `LibraryFilled` if the library holds articles, unless `replace`; `BackupWrong`, and the
    errors of `vet`; `DatabaseLocked` while another process has the library open.
    """
    folder = library.folder
    with _leaving_nothing(folder.path):
        folder.create()
        return _restored(library, path, replace=replace)


@contextmanager
def _leaving_nothing(path: Path) -> Iterator[None]:
    """Take a folder away again that was made for nothing: a backup that is refused leaves no library."""
    new = not path.exists()
    try:
        yield
    except BaseException:
        if new:
            with suppress(OSError):  # it holds something by now
                path.rmdir()
        raise


def _restored(library: Library, path: Path, *, replace: bool) -> tuple[Manifest, Path | None]:
    folder = library.folder
    last = _last_id(library)
    if last != 0 and not replace:
        raise LibraryFilled(
            f"The library at {folder.path} holds articles. To put the backup in its place, and keep "
            "it beside: add --replace. Or name a new folder with --library."
        )
    library.close()
    with translating(folder.database), workshop(folder.beside) as place:
        made = place / "cuttings.db"
        manifest = unpacked(path, made)
        _begin_anew(made, place / "write.lock", last or 0)
        whole(made)
        kept = take_place(folder, made, "before-restore")
    return manifest, kept


def take_place(folder: Folder, made: Path, why: str) -> Path | None:
    """Put a finished database in the library's place while nobody writes and nothing is indexed."""
    with exclusive(folder.index_lock), exclusive(folder.write_lock):
        return swap(made, folder.database, why)


def _last_id(library: Library) -> int | None:
    """Give the highest id the library has ever given; None where its database is damaged."""
    sql = "SELECT seq FROM sqlite_sequence WHERE name = 'articles'"
    try:
        found = library.reader.select(sql)
    except DatabaseMissing:
        return 0
    except DatabaseError:
        return None
    return int(found[0]["seq"]) if found else 0


def _begin_anew(path: Path, lock: Path, last: int) -> None:
    """Bring a database to today's schema and make it another to every index, and to every reference.

    An index knows its library by an id: this state gets its own, since that of the old one would
    fit again once as much has changed. Numbers that were given after the backup are not given again.
    """
    from db.store import Store

    store = Store(path, lock)
    try:
        store.set("library_id", str(uuid.uuid4()))
        store.pass_over_ids(last)
    finally:
        store.close()
