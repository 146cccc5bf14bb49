"""The newest commit of a Whoosh index is listed in the manifest, wherever its writer is stopped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from search import sealed_files, whoosh_engine, whoosh_manifest, whoosh_writer
from search.engine import IndexDamaged
from tests.search.rotting import rot
from tests.search.test_whoosh_engine import answers, doc, planned


class Stopped(BaseException):
    """The process ends here."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make an index of two segments."""
    engine = whoosh_engine.create(tmp_path / "gen-1")
    for start in (1, 6):
        engine.replace([doc(number) for number in range(start, start + 5)])
        engine.commit()
    engine.close()
    return tmp_path / "gen-1"


def change(folder: Path) -> None:
    engine = whoosh_engine.open_index(folder)
    engine.replace([doc(2), doc(20)])
    engine.delete([7])
    engine.commit()
    engine.close()


def test_after_a_stop_at_any_step_of_a_commit_the_old_or_the_new_one_serves(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leave off at each sync, rename and removal, and look at a copy of what is there then."""
    old = answers(folder)
    seen = list[object]()

    def stopped_before(name: str) -> None:
        real: Callable[..., object] = getattr(os, name)

        def step(*args: object, **options: object) -> object:
            copy = tmp_path / "stopped"
            shutil.copytree(folder, copy)
            seen.append(answers(copy))
            shutil.rmtree(copy)
            return real(*args, **options)

        monkeypatch.setattr(os, name, step)

    for name in ("fsync", "rename", "remove"):
        stopped_before(name)
    change(folder)
    monkeypatch.undo()
    new = answers(folder)
    assert seen.index(new) > 5
    assert seen == [old] * seen.index(new) + [new] * (len(seen) - seen.index(new))
    assert len(seen) - seen.index(new) > 1


def test_what_a_stopped_commit_left_is_removed_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise Stopped

    old = answers(folder)
    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", stop)
        patched.setattr(whoosh_writer, "_abandon", lambda writer: writer.writelock.release())
        with pytest.raises(Stopped):
            change(folder)
    assert answers(folder) == old
    change(folder)
    listed = sealed_files.read_sealed(folder / "manifest.json")
    kept = {path.name for path in folder.iterdir() if "MAIN_" in path.name} - {"MAIN_WRITELOCK"}
    assert kept == set(listed[max(listed, key=int)])


def test_an_older_manifest_is_noticed(folder: Path) -> None:
    older = (folder / "manifest.json").read_bytes()
    change(folder)
    change(folder)
    (folder / "manifest.json").write_bytes(older)
    with pytest.raises(IndexDamaged, match="another commit"):
        whoosh_engine.open_index(folder)


def test_nothing_is_unpickled_that_the_manifest_does_not_list(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = next(folder.glob("*.toc"))
    table.write_bytes(table.read_bytes()[:-1] + b"!")
    monkeypatch.setattr(
        whoosh_engine, "FileIndex", lambda *_: pytest.fail("the table of contents was read")
    )
    with pytest.raises(IndexDamaged, match="toc is damaged"):
        whoosh_engine.open_index(folder)


def test_damage_is_not_merged_into_a_file_that_is_listed_as_whole(folder: Path) -> None:
    engine = whoosh_engine.open_index(folder)
    assert engine.count() == 10
    rot(next(folder.glob("*.seg")), 60)

    def commit_until_merged() -> None:
        for number in range(100, 110):
            engine.replace([doc(number)])
            engine.commit()

    with pytest.raises(IndexDamaged):
        commit_until_merged()
    engine.close()


def test_an_open_index_notices_at_the_next_commit_what_was_damaged_meanwhile(folder: Path) -> None:
    reader = whoosh_engine.open_index(folder)
    assert reader.count() == 10
    change(folder)
    newest = max(folder.glob("*.seg"), key=lambda path: path.stat().st_mtime_ns)
    newest.write_bytes(newest.read_bytes()[:-1])
    with pytest.raises(IndexDamaged):
        reader.search(planned("oil"), limit=5)
    reader.close()


def test_a_commit_lists_two_states_and_no_more(folder: Path) -> None:
    change(folder)
    change(folder)
    listed = sealed_files.read_sealed(folder / "manifest.json")
    newest = whoosh_manifest.check(folder)
    assert set(listed) == {str(newest - 1), str(newest)}
