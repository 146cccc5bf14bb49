"""An index built anew from the database, beside the one that serves until the new one is whole.

What a build that was stopped has put in is kept, as long as nothing has changed since it was begun: its
stamp says up to which change it is to hold all, and by which name the database knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from article import Stored
from db.reader import Reader
from library.batching import batches, put
from library.errors import IndexDamaged, IndexMissing
from library.finding import some
from library.folder import Folder
from library.index_states import knows
from library.sampling import not_found, sample
from search import generations
from search.engine import Engine
from search.engines import Kind

Progress = Callable[[int, int], None]
"""Told how many articles are done, and of how many."""


@dataclass(slots=True)
class Building:
    """An index in the making: how many articles are done, which was the last, which were refused."""

    begun: generations.Generation
    engine: Engine
    done: int = 0
    last: int = 0
    rejected: list[int] = field(default_factory=list)


def build(  # noqa: PLR0913 - from where, to where, how it is told
    folder: Folder,
    reader: Reader,
    made_with: Kind,
    stamp: generations.Stamp,
    *,
    announced: Callable[[], str],
    settle: Callable[[Sequence[Stored], int], None],
    progress: Progress,
) -> Building:
    """Fill an index with every article; `stamp` says what it is made with, and up to which change.

    `announced` gives the name by which the database is to know it; `settle` is given each batch and
    the stamp's change before that is put in. Raises `IndexDamaged` if the index holds too few in the end.
    """
    building = _carried_on(folder, reader, made_with, stamp)
    if building is None:
        begun = generations.begin(folder.index, replace(stamp, state=announced()))
        building = Building(begun, made_with.create(begun.path))
    total = reader.count()
    for batch in batches(reader.all_articles(after=building.last, until=reader.last_id())):
        settle(batch, stamp.applied)
        building.rejected += put(building.engine, batch)
        building.done += len(batch)
        progress(building.done, total)
    lost = _lost(building, reader)
    building.engine.close()
    if lost:
        generations.give_up(building.begun)
        raise IndexDamaged(f"The new index is not whole: {lost}. Try again.")
    return building


def _lost(building: Building, reader: Reader) -> str:
    """Say what a filled index lacks: it must hold as many as it was given, and find a sample of them."""
    held, given = building.engine.count(), building.done - len(building.rejected)
    if held != given:
        return f"it holds {held:,} of {given:,} articles"
    ids = sample([one for one in reader.ids() if one not in building.rejected])
    unfound = set(not_found(building.engine, reader, ids))
    changed = reader.select(
        "SELECT article_id FROM index_queue WHERE seq > ?", [building.begun.stamp.applied]
    )
    lacking = sorted(unfound - {row["article_id"] for row in changed})
    return f"it does not find articles {some(lacking)}" if lacking else ""


def _carried_on(
    folder: Folder, reader: Reader, made_with: Kind, stamp: generations.Stamp
) -> Building | None:
    """Give the build that was stopped, if it is still right; articles are put in by their numbers."""
    begun = generations.unfinished(folder.index)
    if begun is None or not begun.stamp.fits(stamp) or begun.stamp.applied != stamp.applied:
        return None
    if not knows(reader, begun.stamp.state):
        return None
    try:
        engine = made_with.open_index(begun.path)
    except (IndexDamaged, IndexMissing):
        return None
    held = {article_id for article_id, _ in engine.revisions()}
    last = max(held, default=0)
    passed = [article_id for article_id in reader.ids() if article_id <= last]
    rejected = [article_id for article_id in passed if article_id not in held]
    return Building(begun, engine, len(passed), last, rejected)
