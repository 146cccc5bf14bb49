"""The index that serves: opened where it is whole, made by this program, and of this state of the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from db.reader import Reader
from library.engine_choice import kind_of
from library.errors import IndexDamaged, IndexMissing, IndexOutdated
from library.folder import Folder
from library.index_states import knows
from search import generations
from search.engine import Engine
from search.engines import Kind


class Serving:
    """The index of a library as it stands; nothing is written here but its stamp."""

    def __init__(self, folder: Folder, reader: Callable[[], Reader]) -> None:
        self._folder = folder
        self._reader = reader
        self._open: tuple[generations.Generation, Engine] | None = None

    def close(self) -> None:
        """Let go of the index."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def engine(self) -> Engine:
        """Give the index, opened once.

        Raises `IndexMissing`, `IndexOutdated` or `IndexDamaged`; a search must not answer from
        such an index as if it were whole.
        """
        if self._open is None:
            generation = self._current()
            made_with = kind_of(generation.stamp.engine)
            self._check_stamp(generation, made_with)
            engine = made_with.open_index(generation.path)
            self._check_count(generation, engine)
            self._open = generation, engine
        return self._open[1]

    def generation(self) -> generations.Generation:
        """Give the generation that is opened, or is now; see `engine`."""
        self.engine()
        assert self._open is not None  # noqa: S101 - engine() has set it
        return self._open[0]

    def number(self) -> int | None:
        """Give the number of the generation that is open."""
        return self._open and self._open[0].number

    def put_stamp(self, changed: generations.Stamp) -> None:
        """Write another stamp on the index."""
        generation = self.generation()
        generations.write_stamp(generation.path, changed)
        self._open = replace(generation, stamp=changed), self.engine()

    def _current(self) -> generations.Generation:
        if (found := generations.current(self._folder.index)) is not None:
            return found
        if (lost := generations.newest(self._folder.index)) is not None:
            raise IndexDamaged(f"The stamp of the index in {lost} is lost or damaged.")
        raise IndexMissing("The library has no index.")

    def _check_stamp(self, generation: generations.Generation, made_with: Kind) -> None:
        reader = self._reader()
        made = stamp(reader, made_with)
        if generation.stamp.library != made.library:
            raise IndexOutdated("The index belongs to another library.")
        if not generation.stamp.fits(made):
            raise IndexOutdated("The index was made by another version of cuttings.")
        in_step = reader.settled_seq() <= generation.stamp.applied <= reader.last_seq()
        if not in_step or not knows(reader, generation.stamp.state):
            raise IndexOutdated("The index belongs to another state of the database.")

    def _check_count(self, generation: generations.Generation, engine: Engine) -> None:
        """Hold the index against its stamp; one stopped between the two is put right by the queue."""
        held, stamped = engine.count(), generation.stamp.articles
        if held != stamped and not self._reader().pending():
            engine.close()
            raise IndexDamaged(
                f"The index holds {held:,} articles where it should hold {stamped:,}."
            )


def stamp(reader: Reader, made_with: Kind, applied: int = 0) -> generations.Stamp:
    """Give the stamp of an index that is made now: with what, of which library, up to which change."""
    library = reader.setting("library_id") or ""
    made = made_with.NAME, made_with.VERSION, made_with.SCHEMA_VERSION
    return generations.Stamp(*made, library, applied=applied)
