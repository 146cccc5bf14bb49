"""The engines that are measured, each by a module that knows how to build, open and ask it.

Such a module (`Adapter`) imports no other library than its engine's own, for each runs in a Python
of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from bench.machine import OTHERS
from bench.speed_queries import Query

Answer = Callable[[], int]
"""Finds the ten best, in whatever form the engine gives them, and counts all that match."""
Asked = Callable[[Query], Answer | None]
"""Makes a query ready; None where the engine has nothing for its kind."""


class Adapter(Protocol):
    """What each module gives; `argument` is the contender's."""

    def version(self, argument: str) -> str:
        """Name the engine with its version; raise ImportError or OSError if it is not there."""

    def build(self, argument: str, corpus: Path, size: int, folder: Path) -> dict[str, Any]:
        """Index so many articles; give at least `seconds`, `articles` and `mb`."""

    def open_index(self, argument: str, folder: Path) -> Asked:
        """Open what was built."""

    def cold_command(self, argument: str, python: str, folder: Path, word: str) -> list[str]:
        """Give a command that answers one word as its users would, importing nothing else."""


@dataclass(frozen=True)
class Contender:
    """An engine, what its Python is, and how many articles it is given at most.

    `asks` is the key of another contender, whose index it asks. `terms` tells that its index holds
    our own terms, so that its counts must be ours.
    """

    key: str
    name: str
    module: str
    argument: str = ""
    python: str = sys.executable
    largest: int = 190_430
    asks: str = ""
    terms: bool = False

    @property
    def adapter(self) -> Adapter:
        """Import its module."""
        return cast("Adapter", import_module(f"bench.speed_engines.{self.module}"))


OURS, STOCK, OUR_TANTIVY, FTS5 = "whoosh", "stock", "tantivy", "fts5"
_LARGE = 476_075
_SYSTEM = "/usr/bin/python3"
CONTENDERS = (
    Contender(OURS, "Cuttings on Whoosh", "ours", "search.whoosh_engine", terms=True),
    Contender(
        OUR_TANTIVY,
        "Cuttings on Tantivy",
        "ours",
        "search.tantivy_engine",
        largest=_LARGE,
        terms=True,
    ),
    Contender(STOCK, "stock Whoosh", "stock_whoosh", terms=True),
    Contender("bare", "bare tantivy", "bare_tantivy", largest=_LARGE),
    Contender(
        "raw",
        "bare tantivy on our index",
        "raw_tantivy",
        largest=_LARGE,
        asks=OUR_TANTIVY,
        terms=True,
    ),
    Contender(FTS5, "SQLite FTS5", "fts5", python=str(OTHERS)),
    Contender(
        "fts5-top", "SQLite FTS5, ten without a count", "fts5", "top", str(OTHERS), asks=FTS5
    ),
    Contender("xapian", "Xapian", "xapian_index", python=_SYSTEM),
    Contender("recoll", "Recoll", "recoll"),
)
BY_KEY = {one.key: one for one in CONTENDERS}
