"""Which engines there are, by name; one is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from pathlib import Path

    from search.engine import Engine

WHOOSH, TANTIVY = NAMES = ("whoosh", "tantivy")


class Kind(Protocol):
    """A module with an engine: its name, the versions an index of its own depends on."""

    NAME: str
    VERSION: str
    SCHEMA_VERSION: int

    def create(self, folder: Path) -> Engine:
        """Make an empty index in a folder."""

    def open_index(self, folder: Path) -> Engine:
        """Open the index in a folder; never makes one. Raises IndexMissing and IndexDamaged."""


def installed(name: str) -> bool:
    """Tell whether what an engine runs on is installed."""
    return find_spec(name) is not None


def kind(name: str) -> Kind:
    """Give an engine's module. Raises ModuleNotFoundError where it is not installed."""
    return cast("Kind", import_module(f"search.{name}_engine"))
