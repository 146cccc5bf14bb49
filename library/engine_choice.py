"""Which engine a library's index is made with: the one its owner chose, Whoosh if none was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from library.errors import EngineNotInstalled
from search.engines import NAMES, TANTIVY, WHOOSH, installed, kind

if TYPE_CHECKING:
    from db.reader import Reader
    from db.store import Store
    from search.engines import Kind
    from search.generations import Stamp

MANY = 100_000
"""From so many articles on, Tantivy pays: see docs/performance.md."""

_SETTING = "engine"
_TOLD = "engine_hint"


class Hint(NamedTuple):
    """What is said once, and the setting that notes that it was."""

    text: str
    setting: str


def chosen(reader: Reader) -> str:
    """Give the name of the engine that an index is to be built with."""
    return reader.setting(_SETTING) or WHOOSH


def choose(store: Store, name: str) -> None:
    """Keep to an engine from now on."""
    store.set(_SETTING, name)


def kind_of(name: str) -> Kind:
    """Give an engine. Raises EngineNotInstalled."""
    if name not in NAMES:
        raise EngineNotInstalled(
            f"The index of this library is made by {name!r}, which this program does not know. "
            "Build it anew with: cuttings reindex --engine whoosh"
        )
    if not installed(name):
        raise EngineNotInstalled(
            f"{name.title()} is not installed. Install it with: pip install 'cuttings[{name}]'. "
            "To do without it: cuttings reindex --engine whoosh"
        )
    return kind(name)


def hint(reader: Reader, stamp: Stamp) -> Hint | None:
    """Give what to say of a library that another engine would serve better, unless it was said."""
    if stamp.engine != WHOOSH or stamp.articles < MANY:
        return None
    if reader.setting(_TOLD) or reader.setting(_SETTING):
        return None
    install = "" if installed(TANTIVY) else "pip install 'cuttings[tantivy]', then: "
    text = (
        f"The library holds {stamp.articles:,} articles. With Tantivy it would answer faster: "
        f"{install}cuttings reindex --engine tantivy"
    )
    return Hint(text, _TOLD)
