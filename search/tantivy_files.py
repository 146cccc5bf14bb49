"""The files of a Tantivy index held against their checksums.

Tantivy writes a CRC-32 at the end of each file but does not look at it when it opens an index:
damage would change answers in silence. A file is read through once when it is new or was
changed, and all are once a day; what was read is noted in `checked.json`. The table of contents
(`meta.json`) has no checksum of its own; `seal.json` has it.
"""

from __future__ import annotations

import json
import os
import struct
import time
import zlib
from contextlib import contextmanager, suppress
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any

from search.engine import IndexDamaged, IndexMissing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_META, _SEAL, _CHECKED = "meta.json", "seal.json", "checked.json"
_FOOTER = struct.Struct("<II")  # length of the JSON before it, and a magic number
_MAGIC = 1337
_DAY = 86_400

Identity = list[int]  # size, when written, when changed, inode


def check(folder: Path) -> None:
    """Raise IndexMissing where there is no index, IndexDamaged where one must not be trusted."""
    meta = _sealed_meta(folder)
    today = int(time.time() // _DAY)
    known = _read_json(folder / _CHECKED) or {}
    before: dict[str, Identity] = known.get("files", {}) if known.get("day") == today else {}
    checked = {name: _checked(folder / name, before) for name in sorted(_files(folder, meta))}
    if checked != before:
        with suppress(OSError):  # of a library that cannot be written to
            _write_json(folder / _CHECKED, {"day": today, "files": checked})


@contextmanager
def sealed(folder: Path) -> Iterator[None]:
    """Let a block change the index; its table of contents is sealed behind it.

    While the seal is open, a stop is no damage: Tantivy changes its table in one step.
    """
    _write_json(folder / _SEAL, {"open": True}, durable=True)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            crc = zlib.crc32((folder / _META).read_bytes())
            _write_json(folder / _SEAL, {"crc": crc}, durable=True)


def state(folder: Path) -> Identity:
    """Give what changes with each commit."""
    return _identity(folder / _META)


def _sealed_meta(folder: Path) -> dict[str, Any]:
    try:
        written = (folder / _META).read_bytes()
    except FileNotFoundError as error:
        if not any(folder.glob("*.store")):
            raise IndexMissing(f"no index in {folder}") from error
        raise IndexDamaged(f"the index in {folder} has lost its table of contents") from error
    seal = _read_json(folder / _SEAL)
    if seal is None or not (seal.get("open") or seal.get("crc") == zlib.crc32(written)):
        raise IndexDamaged(f"the table of contents of the index in {folder} has changed")
    try:
        meta = json.loads(written)
    except ValueError as error:
        raise IndexDamaged(f"the table of contents of the index in {folder} is damaged") from error
    return meta if isinstance(meta, dict) else {}


def _files(folder: Path, meta: dict[str, Any]) -> Iterator[str]:
    live = {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
    for path in folder.iterdir():
        if path.name.partition(".")[0] in live:
            yield path.name


def _checked(path: Path, known: dict[str, Identity]) -> Identity:
    """Give the identity of a file whose checksum is right."""
    identity = _identity(path)
    if known.get(path.name) != identity and not _is_whole(path):
        raise IndexDamaged(f"{path} is damaged")
    return identity


def _identity(path: Path) -> Identity:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _is_whole(path: Path) -> bool:
    """Hold a file against its footer: JSON with the checksum, its length, a magic number."""
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            length, magic = _FOOTER.unpack(mapped[-_FOOTER.size :])
            end = len(mapped) - _FOOTER.size - length
            if magic != _MAGIC or end < 0:
                return False
            crc = json.loads(mapped[end : -_FOOTER.size])["crc"]
            with memoryview(mapped) as whole, whole[:end] as body:
                return bool(zlib.crc32(body) == crc)
    except (ValueError, KeyError, TypeError):
        return False


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write_json(path: Path, value: object, *, durable: bool = False) -> None:
    """Write a file in one step."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(value, file)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    draft.replace(path)
