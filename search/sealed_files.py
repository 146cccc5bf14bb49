"""Small files of ours that notice damage: JSON with the SHA-256 of its content, written in one step."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def read_sealed(path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Give the content of a file; None if there is none, or if it is not as it was written."""
    try:
        found = json.loads(path.read_bytes())
        content, seal = found["content"], found["sha256"]
        return content if seal == _seal(content) else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def write_sealed(path: Path, content: object, *, durable: bool = True) -> None:
    """Write a file for the owner alone; one that is durable outlasts a power cut, once its folder is synced."""
    draft = path.with_name(f"{path.name}.new")
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(json.dumps({"content": content, "sha256": _seal(content)}).encode())
        if durable:
            file.flush()
            os.fsync(file.fileno())
    draft.replace(path)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _seal(content: object) -> str:
    return sha256(json.dumps(content).encode()).hexdigest()
