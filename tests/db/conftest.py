"""A library's database, new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place of a database that is not there yet."""
    return tmp_path / "cuttings.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Give an empty database open for writing."""
    opened = Store(path, path.with_name("write.lock"))
    yield opened
    opened.close()
