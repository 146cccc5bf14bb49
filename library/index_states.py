"""Which states of its index a database knows: the one that serves, and the one that is made next.

Numbers of changes are not enough: a database that was put back to an older state, and changed since,
counts as far as the index that was made of the other changes. So each state of an index has a
name of its own, which the database notes before the index bears it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.reader import Reader
    from db.store import Store

_SETTING = "index_states"


def announce(store: Store, serving: str) -> str:
    """Give a name for the next state, noted beside that of the state which serves until then."""
    name = os.urandom(8).hex()
    store.set(_SETTING, f"{serving} {name}")
    return name


def knows(reader: Reader, name: str) -> bool:
    """Tell whether the database has announced a state."""
    return name in (reader.setting(_SETTING) or "").split()
