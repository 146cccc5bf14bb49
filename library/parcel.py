"""A backup's file: a zip of the database and of a manifest that says what it must be.

    cuttings.db      the database, as SQLite's own tools read it
    manifest.json    its size and SHA-256, what it holds, when and by which program it was made

Anyone may have made the file, so nothing in it is believed: what is unpacked is counted and hashed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Final

from library.errors import BackupWrong, DatabaseFull

FORMAT: Final = 1
_DATABASE, _MANIFEST = "cuttings.db", "manifest.json"
_PIECE = 1024 * 1024
_LONGEST_MANIFEST = 64 * 1024
_WRONG = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError)
"""What reading a zip raises that is none, or that is damaged; NotImplementedError is a RuntimeError."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `size` is the database's, in bytes; `created_at` is UTC."""

    format: int
    version: str
    created_at: str
    schema: str
    library_id: str
    articles: int
    removed: int
    size: int
    sha256: str


def hashed(path: Path) -> tuple[int, str]:
    """Give the size of a file and its SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return path.stat().st_size, digest.hexdigest()


def pack(database: Path, manifest: Manifest, target: Path) -> None:
    """Write a backup; it is compressed lightly, since most of it is compressed already."""
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as parcel:
        parcel.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1) + "\n")
        parcel.write(database, _DATABASE)
    target.chmod(0o600)


def read_manifest(path: Path) -> Manifest:
    """Read what a backup says of itself. Raises `BackupWrong`."""
    with _opened(path) as parcel:
        return _manifest(parcel, path)


def unpack(path: Path, target: Path | None) -> Manifest:
    """Read a backup to its end, writing its database to `target`, if any; give its manifest.

    Raises `BackupWrong` if the database is not the one that was packed, `DatabaseFull` if there is
    too little room for it.
    """
    with _opened(path) as parcel:
        manifest = _manifest(parcel, path)
        if target is None:
            found = _copied(parcel, None, manifest.size)
        else:
            _check_room(target, manifest.size)
            with target.open("xb") as file:
                found = _copied(parcel, file, manifest.size)
    if found != (manifest.size, manifest.sha256):
        raise _not_whole(path, "its database is not the one that was backed up")
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as parcel:
            if sorted(parcel.namelist()) != [_DATABASE, _MANIFEST]:
                raise _not_whole(path, "it is a zip of other things")
            yield parcel
    except _WRONG as error:
        raise _not_whole(path, str(error)) from error


def _not_whole(path: Path, why: str) -> BackupWrong:
    return BackupWrong(f"{path} is no whole backup of cuttings: {why}.")


def _manifest(parcel: zipfile.ZipFile, path: Path) -> Manifest:
    with parcel.open(_MANIFEST) as file:
        data = file.read(_LONGEST_MANIFEST)
    try:
        found = Manifest(**json.loads(data))
    except (ValueError, TypeError, RecursionError) as error:
        raise _not_whole(path, "its manifest cannot be read") from error
    if found.format != FORMAT:
        raise _not_whole(path, "a newer program made it; install that")
    kinds = {field.name: int if field.type == "int" else str for field in fields(Manifest)}
    if not all(type(getattr(found, name)) is kind for name, kind in kinds.items()):
        raise _not_whole(path, "its manifest cannot be read")
    return found


def _check_room(target: Path, size: int) -> None:
    free = shutil.disk_usage(target.parent).free
    if size > free:
        raise DatabaseFull(
            f"The backup holds {size:,} bytes, and there is room for {free:,} at {target.parent}."
        )


def _copied(parcel: zipfile.ZipFile, target: IO[bytes] | None, most: int) -> tuple[int, str]:
    """Copy the database out, no more than was announced and a piece; give its size and SHA-256."""
    size, digest = 0, hashlib.sha256()
    with parcel.open(_DATABASE) as file:
        while size <= most and (piece := file.read(_PIECE)):
            size += len(piece)
            digest.update(piece)
            if target is not None:
                target.write(piece)
    return size, digest.hexdigest()
