"""Keeping the index, and families, in step with the database: draining the queue, building it anew.

The database is the truth. Each step here may be stopped anywhere and done again: documents are
replaced by id, and the queue is cleared only when the index that holds them is on the disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from article import Stored
from db.lock import WAIT, exclusive
from db.reader import Reader
from library.batching import MOST, batches, put
from library.engine_choice import choose, chosen, hint, kind_of
from library.errors import (
    DatabaseError,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
)
from library.folder import Folder
from library.index_states import announce
from library.serving import Serving, stamp
from search import generations
from search.engine import Engine

if TYPE_CHECKING:
    from db.store import Store
    from library.rebuilding import Progress

FEW = 1_500
"""So many articles a search indexes before it answers: about a second."""
SOON = 4_000
"""An index of so many is built anew without asking: about two seconds."""
ENOUGH = 1_500
"""So many are worth a commit while more are stored."""
_SEARCH_WAIT = 2.0
_UNFIT = (IndexMissing, IndexOutdated, IndexDamaged)
_LOOKS, _BETWEEN_LOOKS = 3, 0.02


def silent(done: int, total: int) -> None:
    """Show no progress."""


class Indexing:
    """The index of a library. `notify` is told, in a line, what was mended by itself."""

    def __init__(
        self,
        folder: Folder,
        reader: Callable[[], Reader],
        store: Callable[[], Store],
        notify: Callable[[str], None],
    ) -> None:
        self.folder = folder
        self._reader = reader
        self._store = store
        self._notify = notify
        self.serving = Serving(folder, reader)

    def close(self) -> None:
        """Let go of the index."""
        self.serving.close()

    def engine(self) -> Engine:
        """Give the index as it stands; see `Serving.engine`."""
        return self.serving.engine()

    def describe(self) -> str:
        """Name the engine and the generation that serves."""
        generation = self.serving.generation()
        return (
            f"{generation.stamp.engine} {generation.stamp.engine_version}, {generation.path.name}"
        )

    def ready(self) -> Engine:
        """Give the index for a search, with what little was missing from it put right.

        Raises `IndexUnavailable` where the index cannot serve and is too large to build unasked.
        """
        reader = self._reader()  # a library that is not there is said so, not its index
        try:
            self.engine()
        except _UNFIT:
            self._mend_unless_sound()
        if 0 < reader.pending() <= FEW:
            try:
                self._drain(silent, _SEARCH_WAIT, self._replace_unless_large)
            except DatabaseError as error:
                self._notify(f"What waits could not be indexed now: {error}")
        return self.engine()

    def drain(self, progress: Progress = silent, *, wait: float = WAIT) -> None:
        """Index what waits in the queue; an index that is missing or unfit is built anew."""
        self._drain(progress, wait, lambda error: self._replace_index(progress, error))

    def _drain(
        self, progress: Progress, wait: float, replace_unfit: Callable[[Exception], None]
    ) -> None:
        if not self._reader().pending():
            return
        with exclusive(self.folder.index_lock, wait):
            if not self._reader().pending():  # whoever held the lock has done it
                return
            self.close()
            try:
                self._drain_into(self.engine(), progress)
            except _UNFIT as error:
                replace_unfit(error)
            self._give_hint()

    def drain_enough(self) -> None:
        """Index what waits while there is enough for a commit to be worth it.

        Raises `IndexOutdated` and `IndexDamaged`: whoever mends an index says so.
        """
        if self._reader().pending() < ENOUGH:
            return
        with exclusive(self.folder.index_lock):
            self.close()
            try:
                self._drain_into(self.engine(), silent, least=ENOUGH)
            except IndexMissing as error:
                self._replace_index(silent, error)

    def rebuild(self, progress: Progress = silent, engine: str | None = None) -> None:
        """Build the index anew from the database; the old one serves until the new one is whole.

        `engine` names another one to build it with, which the library keeps to from then on.
        Raises `EngineNotInstalled`.
        """
        with exclusive(self.folder.index_lock):
            self._replace_index(progress, None, engine)
            if engine is not None:
                choose(self._store(), engine)

    def heal(self, ids: Sequence[int]) -> None:
        """Index articles again that the index holds in another state than the database."""
        self._store().enqueue(ids)
        self.drain()

    def mend(self, error: Exception) -> None:
        """Build an index anew that proved damaged in use, unless another serves in its place by now.

        Raises `IndexUnavailable` if it is large.
        """
        served = self.serving.number()
        with exclusive(self.folder.index_lock):
            self.close()
            now = generations.current(self.folder.index)
            if now is not None and now.number == served:
                self._replace_unless_large(error)
            else:
                self._replace_unless_sound()

    def _mend_unless_sound(self) -> None:
        """Look again, at last while nobody writes: what seemed unfit may have been caught in a change."""
        for _ in range(_LOOKS):
            time.sleep(_BETWEEN_LOOKS)
            with suppress(*_UNFIT):
                self.engine()
                return
        with exclusive(self.folder.index_lock):
            self._replace_unless_sound()

    def _replace_unless_sound(self) -> None:
        try:
            self.engine()
        except _UNFIT as error:
            self._replace_unless_large(error)

    def _replace_unless_large(self, error: Exception) -> None:
        count = self._reader().count()
        if count > SOON:
            message = f"{error} To build it anew from {count:,} articles: cuttings reindex"
            raise IndexUnavailable(message) from error
        self._replace_index(silent, error)

    def _replace_index(
        self, progress: Progress, error: Exception | None, name: str | None = None
    ) -> None:
        """Build the next generation beside the current one and let it take over."""
        from library.rebuilding import build  # a search seldom needs it

        self.close()
        made_with = kind_of(name or chosen(self._reader()))
        self._set_aside_if_damaged(error)
        reader, before = self._reader(), generations.current(self.folder.index)
        new = not reader.settled_seq()
        built = build(
            self.folder,
            reader,
            made_with,
            stamp(reader, made_with, applied=reader.last_seq()),
            announced=lambda: announce(self._store(), before.stamp.state if before else ""),
            settle=self._find_families,
            progress=progress,
        )
        held = built.done - len(built.rejected)
        published = generations.publish(built.begun, held)
        self._store().clear_queue(published.stamp.applied)
        self._keep_waiting(built.rejected)
        generations.drop_others(self.folder.index, published)
        if error is not None and not new:
            what = str(error).rstrip(".")
            self._notify(f"{what}. It was built anew from the database: {held:,} articles.")

    def _set_aside_if_damaged(self, error: Exception | None) -> None:
        path = generations.newest(self.folder.index)
        if isinstance(error, IndexDamaged) and path is not None:
            generations.set_aside(path)

    def _drain_into(self, engine: Engine, progress: Progress, least: int = 1) -> None:
        """Bring what the queue names to its present state in the index, a batch at a time.

        Fewer than `least` are left waiting.
        """
        reader, rejected, done = self._reader(), list[int](), 0
        total = reader.pending()
        while len(queued := reader.queue(MOST)) >= least:
            last, ids = queued[-1][0], sorted({article_id for _, article_id in queued})
            for batch in batches(reader.each(ids)):
                present = [one for one in batch if not one.removed_at]
                rejected += put(engine, present, [one.id for one in batch])
                self._store().settle(batch, last)
            self._settle(engine, last)
            done += len(ids)
            progress(min(done, total), total)
        self._keep_waiting(rejected)

    def _find_families(self, articles: Sequence[Stored], last: int) -> None:
        """Bring those of articles that wait into their families, as they are at change number `last`."""
        waiting = self._reader().queued([one.id for one in articles])
        if waiting:
            self._store().settle([one for one in articles if one.id in waiting], last)

    def _settle(self, engine: Engine, last: int) -> None:
        """Note on the index, and only then in the database, up to where the queue is done."""
        before = self.serving.generation().stamp
        state = announce(self._store(), before.state)
        self.serving.put_stamp(replace(before, articles=engine.count(), applied=last, state=state))
        self._store().clear_queue(last)

    def _keep_waiting(self, rejected: Sequence[int]) -> None:
        """Leave in the queue what the engine refused, so that every answer says that it waits."""
        if rejected:
            self._store().enqueue(rejected)
            some = ", ".join(map(str, rejected[:5]))
            self._notify(f"{len(rejected):,} articles could not be indexed, and wait: {some}")

    def _give_hint(self) -> None:
        """Say once that another engine would pay."""
        if (found := hint(self._reader(), self.serving.generation().stamp)) is not None:
            self._notify(found.text)
            self._store().set(found.setting, found.text)
