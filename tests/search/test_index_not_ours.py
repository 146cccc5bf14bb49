"""An index is read only where nobody else could have written it, and even then it runs no code."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from article import Article, Paragraph, Stored
from search import tantivy_engine, whoosh_engine
from search.document import document
from search.engine import EngineError, IndexDamaged
from search.index_folder import check_ownership

ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give files away")
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of an index of one article."""
    engine = whoosh_engine.create(tmp_path / "index/gen-1")
    added = "2022-01-01T00:00:00+00:00"
    engine.replace([document(Stored(1, 1, Article((Paragraph("Ice"),)), 1, added, added))])
    engine.commit()
    engine.close()
    return tmp_path / "index/gen-1"


def some_file(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.suffix == ".seg")


CHANGES: dict[str, Callable[[Path], None]] = {
    "the folder can be written by a group": lambda folder: folder.chmod(0o770),
    "the folder can be written by all": lambda folder: folder.chmod(0o707),
    "a file can be written by a group": lambda folder: some_file(folder).chmod(0o620),
    "a file can be written by all": lambda folder: some_file(folder).chmod(0o602),
    "the folder is a link": lambda folder: moved(folder, folder),
    "a file is a link": lambda folder: moved(some_file(folder), some_file(folder)),
}
GIVEN: dict[str, Callable[[Path], Path]] = {"folder": lambda folder: folder, "file": some_file}


def moved(path: Path, to: Path) -> None:
    """Put a link in the place of a file or folder."""
    elsewhere = path.parent.parent / "elsewhere"
    path.rename(elsewhere)
    to.symlink_to(elsewhere)


@pytest.mark.parametrize("change", CHANGES)
def test_an_index_that_others_could_have_written_is_not_opened(folder: Path, change: str) -> None:
    whoosh_engine.open_index(folder).close()
    CHANGES[change](folder)
    for opens in (check_ownership, whoosh_engine.open_index, tantivy_engine.open_index):
        with pytest.raises(IndexDamaged, match="is not opened"):
            opens(folder)


@ROOT
@pytest.mark.parametrize("given", GIVEN)
def test_an_index_of_another_user_is_not_opened(folder: Path, given: str) -> None:
    os.chown(GIVEN[given](folder), NOBODY, NOBODY)
    for opens in (check_ownership, whoosh_engine.open_index, tantivy_engine.open_index):
        with pytest.raises(IndexDamaged, match="belongs to another user"):
            opens(folder)


@pytest.mark.parametrize(("mode", "above"), [(0o770, 1), (0o777, 1), (0o707, 2)])
def test_where_others_could_put_another_index_none_is_opened_and_the_remedy_is_said(
    folder: Path, mode: int, above: int
) -> None:
    """No damage: to set the index aside and build another there would not help."""
    place = folder.parents[above - 1]
    place.chmod(mode)
    for opens in (check_ownership, whoosh_engine.open_index, tantivy_engine.open_index):
        with pytest.raises(EngineError, match=f"chmod go-w {place}") as raised:
            opens(folder)
        assert not isinstance(raised.value, IndexDamaged)


@ROOT
def test_in_a_folder_of_another_user_no_index_is_opened_nor_set_aside(folder: Path) -> None:
    os.chown(folder.parent, NOBODY, NOBODY)
    with pytest.raises(EngineError, match="Be that user") as raised:
        check_ownership(folder)
    assert not isinstance(raised.value, IndexDamaged)


def test_a_folder_that_a_group_may_write_to_can_hold_a_library(folder: Path) -> None:
    folder.parent.parent.chmod(0o770)
    check_ownership(folder)


class Attack:
    """What runs code when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self.file),)


def test_an_index_that_came_with_a_folder_of_someone_else_runs_no_code(
    folder: Path, tmp_path: Path
) -> None:
    """Unpacked from an archive, its files are one's own."""
    (contents,) = folder.glob("*.toc")
    (segment,) = folder.glob("*.seg")
    made = tmp_path / "made"
    attack = pickle.dumps(Attack(made), protocol=2)
    table = contents.read_bytes()
    for start in (at for at in range(len(table)) if table[at : at + 1] == b"\x80"):
        contents.write_bytes(table[:start] + attack)
        opened(folder)
    contents.write_bytes(table)
    whole = segment.read_bytes()
    for start in (at for at in range(len(whole)) if whole[at : at + 1] == b"\x80"):
        segment.write_bytes(whole[:start] + attack)
        opened(folder)
    assert not made.exists()


def opened(folder: Path) -> None:
    """Open an index and read from it, whatever comes of it."""
    with suppress(IndexDamaged):
        engine = whoosh_engine.open_index(folder)
        engine.revisions()
        engine.close()
