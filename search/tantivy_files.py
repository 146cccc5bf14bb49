"""The files of a Tantivy index held against their checksums.

Tantivy writes a CRC-32 at the end of each file but does not look at it when it opens an index:
damage would change answers in silence. So we read them through, see `search.verified`. The table of
contents (`meta.json`) has no checksum of its own; `seal.json` has it.
"""

from __future__ import annotations

import json
import struct
import zlib
from contextlib import contextmanager, suppress
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any

from search.errors import IndexDamaged, IndexMissing
from search.sealed_files import read_sealed, sync, write_sealed
from search.verified import Identity, identity, steadily, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_META, _SEAL = "meta.json", "seal.json"
_FOOTER = struct.Struct("<II")  # length of the JSON before it, and a magic number
_MAGIC = 1337


def check(folder: Path, *, deep: bool = False) -> Identity:
    """Give the state of an index whose files are whole; `deep` reads through all of them.

    Raises IndexMissing where there is no index, IndexDamaged where one must not be trusted.
    """
    return steadily(lambda: state(folder), lambda _: _check(folder, deep=deep))


@contextmanager
def sealed(folder: Path) -> Iterator[None]:
    """Let a block change the index; its table of contents is sealed behind it.

    While the seal is open, a stop is no damage: Tantivy changes its table in one step.
    """
    _write_seal(folder, {"open": True})
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            _write_seal(folder, {"crc": zlib.crc32((folder / _META).read_bytes())})


def state(folder: Path) -> Identity:
    """Give what changes with each commit; it is empty where there is no table of contents."""
    try:
        return identity(folder / _META)
    except FileNotFoundError:
        return []


def _check(folder: Path, *, deep: bool) -> None:
    meta = _sealed_meta(folder)
    verify(folder, sorted(_files(folder, meta)), _is_whole, deep=deep)


def _write_seal(folder: Path, seal: dict[str, Any]) -> None:
    write_sealed(folder / _SEAL, seal)
    sync(folder)


def _sealed_meta(folder: Path) -> dict[str, Any]:
    try:
        written = (folder / _META).read_bytes()
    except FileNotFoundError as error:
        if not any(folder.glob("*.store")):
            raise IndexMissing(f"no index in {folder}") from error
        raise IndexDamaged(f"the index in {folder} has lost its table of contents") from error
    seal = read_sealed(folder / _SEAL)
    if seal is None or not (seal.get("open") or seal.get("crc") == zlib.crc32(written)):
        raise IndexDamaged(f"the table of contents of the index in {folder} has changed")
    try:
        meta = json.loads(written)
    except ValueError as error:
        raise IndexDamaged(f"the table of contents of the index in {folder} is damaged") from error
    return meta if isinstance(meta, dict) else {}


def _files(folder: Path, meta: dict[str, Any]) -> Iterator[str]:
    """Name the files of all segments; those of deleted documents that another commit has are left out."""
    live = {one["segment_id"].replace("-", ""): one.get("deletes") for one in meta["segments"]}
    for path in folder.iterdir():
        segment, _, rest = path.name.partition(".")
        if segment in live and (path.suffix != ".del" or rest == _deletes(live[segment])):
            yield path.name


def _deletes(listed: dict[str, Any] | None) -> str | None:
    return f"{listed['opstamp']}.del" if listed else None


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
