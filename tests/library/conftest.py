"""A library in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.folder import Folder
from library.library import Library


@pytest.fixture
def said() -> list[str]:
    """Collect what the library says it mended by itself."""
    return []


@pytest.fixture
def library(tmp_path: Path, said: list[str]) -> Iterator[Library]:
    """Give a library that does not exist yet."""
    with Library(Folder(tmp_path / "library"), said.append) as opened:
        yield opened
