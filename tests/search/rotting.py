"""Damage that no file's times tell of, as when a disk loses what it held."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from search import sealed_files, verified

if TYPE_CHECKING:
    from pathlib import Path


def rot(path: Path, at: int) -> None:
    """Change a byte of an index's file, and let it look as if it had been read through like that."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    files = {one.name: verified.identity(one) for one in path.parent.iterdir()}
    notes = {"day": time.time_ns() // 1_000_000_000 // 86_400, "files": files}
    sealed_files.write_sealed(path.with_name("checked.json"), notes)
