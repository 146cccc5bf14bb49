"""A folder that is watched: what is put there comes in when it has come to rest."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence

from accession import FileState, Recorded
from ingest.before import state_at
from ingest.finding import Found, find, location
from ingest.said import Said
from library.errors import DatabaseLocked
from library.ingesting import Past, take_in
from library.library import Library

LEAST = 2.0
"""Seconds between two looks: a file that is the same in both is whole."""
_SHARE = 20
"""Looking may take one part in so many of the processor's time."""


def watch(library: Library, folders: Sequence[str], said: Said) -> Iterator[list[Recorded]]:
    """Look again and again, for ever; give what became of what was new at each look.

    A file is taken in when it is the same at two looks: one that is still being written is left.
    What failed is told once, and tried again when it has changed.
    """
    past, before, tried = Past(library, said), set[FileState](), set[FileState]()
    while True:
        started = time.process_time()
        seen = dict(_states(folders))
        new = [one for one in seen if one in before and one not in tried and not past.knows(one)]
        looking = time.process_time() - started
        try:
            yield list(take_in([seen[one] for one in new], io.BytesIO(), past)) if new else []
            tried = (tried | set(new)) & seen.keys()
        except DatabaseLocked as error:
            library.notify(str(error))
        before = set(seen)
        time.sleep(max(LEAST, _SHARE * looking))


def _states(folders: Sequence[str]) -> Iterator[tuple[FileState, Found]]:
    for found in find(folders):
        if isinstance(found, Found):
            state = state_at(found.path, location(found.path))
            if state is not None:
                yield state, found
