"""Backing a library up into one file, and looking such a file over.

The file is the database, which holds all there is: originals, history, tags, settings. The index is
left out, since it can be built anew, and since reading an index of unknown origin can run its code.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from db.errors import translating
from db.snapshot import snapshot
from db.vetting import Facts, vet
from library import parcel
from library.errors import BackupWrong
from library.library import Library
from library.parcel import Manifest
from library.rebuilding import Progress
from library.workshop import put, taken, workshop


def backup(library: Library, target: Path, progress: Progress) -> Manifest:
    """Write a library, as it is at this moment, to the new file `target`; others may go on writing.

    A stop at any point leaves no file of that name. `progress` is told pages done, and of how many.
    Raises `FileTaken`, `DatabaseFull` and, where it could not be restored, the errors of `vet`.
    """
    if target.is_symlink() or target.exists():
        raise taken(target)
    source = library.reader.path
    with translating(target), workshop(target.with_name(f".{target.name}.part")) as place:
        copied, packed = place / "cuttings.db", place / "packed"
        snapshot(source, copied, progress)
        manifest = _manifest(copied, vet(copied, source, whole=False))
        parcel.pack(copied, manifest, packed)
        parcel.unpack(packed, None)
        put(packed, target)
    return manifest


def verify(path: Path) -> Manifest:
    """Look a backup over: that it is what was written, and that its database is sound.

    Raises `BackupWrong` and the errors of `vet`. It is unpacked in the folder for temporary files.
    """
    with TemporaryDirectory(prefix="cuttings-") as place, translating(Path(place)):
        return unpacked(path, Path(place) / "cuttings.db")


def unpacked(path: Path, target: Path) -> Manifest:
    """Unpack the database of a backup that may come from anywhere, and look it over; see `verify`."""
    manifest = parcel.unpack(path, target)
    found = vet(target, path)
    told = Facts(manifest.schema, manifest.library_id, manifest.articles, manifest.removed)
    if found != told:
        raise BackupWrong(f"{path} holds other articles than its manifest says: it was changed.")
    return manifest


def _manifest(database: Path, facts: Facts) -> Manifest:
    from db.store import now

    size, sha256 = parcel.hashed(database)
    return Manifest(
        format=parcel.FORMAT,
        version=version("cuttings"),
        created_at=now(),
        schema=facts.schema,
        library_id=facts.library_id,
        articles=facts.articles,
        removed=facts.removed,
        size=size,
        sha256=sha256,
    )
