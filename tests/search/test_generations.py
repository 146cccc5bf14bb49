"""One index serves at any moment, and it is complete."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from search import generations, whoosh_engine
from search.generations import Stamp

if TYPE_CHECKING:
    from pathlib import Path

STAMP = Stamp("whoosh", "3.54.0", 1, "library-id", articles=3, applied=7)


def build(folder: Path, stamp: Stamp = STAMP) -> generations.Generation:
    building = generations.begin(folder, stamp)
    whoosh_engine.create(building.path).close()
    return generations.publish(building, stamp.articles)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_serves_before_the_first_is_published(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    assert generations.current(folder) is None
    building = generations.begin(folder, STAMP)
    whoosh_engine.create(building.path).close()
    assert generations.current(folder) is None


def test_a_published_index_serves_with_its_stamp(tmp_path: Path) -> None:
    made = build(tmp_path / "index")
    assert made.path.name == "gen-1"
    assert generations.current(tmp_path / "index") == made
    assert made.stamp == STAMP
    whoosh_engine.open_index(made.path).close()


def test_the_old_index_serves_until_the_next_is_complete(tmp_path: Path) -> None:
    first = build(tmp_path)
    building = generations.begin(tmp_path, STAMP)
    generations.write_stamp(building.path, STAMP)  # even a stamp does not make it serve
    assert generations.current(tmp_path) == first
    second = generations.publish(building, 3)
    assert generations.current(tmp_path) == second
    assert first.path.exists()
    generations.drop_others(tmp_path, second)
    assert names(tmp_path) == ["gen-2"]


def test_an_interrupted_build_is_cleared_away(tmp_path: Path) -> None:
    abandoned = generations.begin(tmp_path, STAMP)
    (abandoned.path / "half").touch()
    assert generations.unfinished(tmp_path) == abandoned
    again = generations.begin(tmp_path, replace(STAMP, applied=8))
    assert names(tmp_path) == [again.path.name]
    assert not (again.path / "half").exists()
    assert generations.unfinished(tmp_path) == again


def test_a_folder_whose_removal_was_stopped_anywhere_is_removed_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, stops = os.unlink, list[int]()

    def stop_after_it(*args: str, **options: int) -> None:
        unlink(*args, **options)  # type: ignore[arg-type]
        stops.append(1)
        raise KeyboardInterrupt

    whoosh_engine.create(generations.begin(tmp_path, STAMP).path).close()
    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", stop_after_it)
        made = None
        while made is None:
            with suppress(KeyboardInterrupt):
                made = generations.begin(tmp_path, STAMP)
    assert stops
    assert list(tmp_path.iterdir()) == [made.path]


def test_a_stamp_is_changed_in_one_step(tmp_path: Path) -> None:
    made = build(tmp_path)
    newer = replace(made.stamp, articles=4, applied=9)
    generations.write_stamp(made.path, newer)
    assert generations.read_stamp(made.path) == newer
    assert not list(made.path.glob("*.new"))
    assert (made.path / "stamp.json").stat().st_mode & 0o777 == 0o600


def test_an_index_made_otherwise_does_not_fit(tmp_path: Path) -> None:
    assert STAMP.fits(replace(STAMP, articles=99, applied=99))
    for name, value in {
        "engine": "tantivy",
        "engine_version": "3.55.0",
        "schema": 2,
        "analysis": 0,
        "library": "another",
    }.items():
        assert not STAMP.fits(replace(STAMP, **{name: value}))  # type: ignore[arg-type]


def test_an_index_whose_stamp_is_broken_does_not_serve(tmp_path: Path) -> None:
    first, second = build(tmp_path), build(tmp_path)
    for text in (
        "",
        "{",
        "[]",
        '{"engine": "whoosh"}',
        '{"articles": "many"}',
        "\xff",
        "[" * 100_000,
    ):
        (second.path / "stamp.json").write_text(text, encoding="latin-1")
        assert generations.current(tmp_path) == first
    made = (first.path / "stamp.json").read_text(encoding="utf-8").replace("3,", '"3",')
    (second.path / "stamp.json").write_text(made, encoding="utf-8")
    assert generations.current(tmp_path) == first


def test_a_damaged_index_is_set_aside_and_its_number_not_used_again(tmp_path: Path) -> None:
    first, second = build(tmp_path), build(tmp_path)
    aside = generations.set_aside(second.path)
    assert aside.is_dir()
    assert generations.current(tmp_path) == first
    assert build(tmp_path).number == 3


def test_only_the_newest_damaged_index_is_kept(tmp_path: Path) -> None:
    generations.set_aside(build(tmp_path).path)
    newest = generations.set_aside(build(tmp_path).path)
    serving = build(tmp_path)
    generations.drop_others(tmp_path, serving)
    assert names(tmp_path) == sorted([newest.name, serving.path.name])


def test_folders_that_are_not_ours_are_never_deleted(tmp_path: Path) -> None:
    (tmp_path / "gen-0").mkdir()
    (tmp_path / "gen-0" / "thesis.txt").touch()
    (tmp_path / "next-5").mkdir()
    (tmp_path / "next-5" / "draft.txt").touch()
    serving = build(tmp_path)
    generations.drop_others(tmp_path, serving)
    assert (tmp_path / "gen-0" / "thesis.txt").exists()
    assert (tmp_path / "next-5" / "draft.txt").exists()
    shutil.rmtree(serving.path)
    assert generations.current(tmp_path) is None
