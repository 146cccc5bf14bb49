"""Many at once: nobody sees an error, nothing is lost or doubled, nobody swells."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.lock import exclusive
from library.folder import Folder
from library.library import Library
from tests.reliability.cases import put
from tests.reliability.conftest import trials
from tests.reliability.faults import ROOT, Runs
from tests.reliability.holding import problems
from tests.reliability.making import line, write

WRITERS, READERS = 4, 8
IMPATIENT = """
from db import lock
from library.indexing import Indexing
lock.exclusive.__wrapped__.__defaults__ = (0.2,)
Indexing.drain.__kwdefaults__["wait"] = 0.2
"""


def _begin(kind: str, folder: Path, seconds: int, number: int) -> subprocess.Popen[str]:
    words = [kind, str(folder), str(seconds), str(number)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.crowd", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )


def _report(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate()
    assert process.returncode == 0, err
    report: dict[str, Any] = json.loads(out)
    return report


def test_four_writers_and_eight_readers_see_no_error_and_lose_nothing(tmp_path: Path) -> None:
    folder, seconds = tmp_path / "library", trials(30, 1_800)
    put(folder, write(tmp_path / "first.jsonl", map(line, range(8))))
    writers = [_begin("writer", folder, seconds, number) for number in range(WRITERS)]
    readers = [_begin("reader", folder, seconds, number) for number in range(READERS)]
    wrote, looked = list(map(_report, writers)), list(map(_report, readers))
    assert [error for one in (*wrote, *looked) for error in one["errors"]] == []
    assert all(one["turns"] for one in (*wrote, *looked))
    stored = {int(n): headline for one in wrote for n, headline in one["stored"].items()}
    assert len(stored) == sum(len(one["stored"]) for one in wrote)
    removed = frozenset(number for one in wrote for number in one["removed"])
    assert problems(folder, stored, removed) == ""
    with Library(Folder(folder)) as library:
        assert library.reader.count() == 8 + len(stored) - len(removed)
    _flat(wrote + looked, seconds)


def _flat(reports: list[dict[str, Any]], seconds: int) -> None:
    """Hold memory and files late against early; a half-minute's start still fills caches."""
    for one in reports:
        (early, late), (few, many) = one["memory"], one["files"]
        assert late - early < 16_384 + seconds * 8, one["memory"]
        assert many - few <= 2, one["files"]


@pytest.mark.parametrize("name", ["write.lock", "index.lock"])
def test_who_waits_in_vain_is_told_who_writes_and_since_when(
    name: str, runs: Runs, tmp_path: Path
) -> None:
    folder, news = tmp_path / "library", write(tmp_path / "news.jsonl", [line(1)])
    put(folder, write(tmp_path / "first.jsonl", [line(0)]))
    with exclusive(folder / name):
        ended = runs.plain("ingest", str(news), "--library", str(folder), patches=[IMPATIENT])
    assert ended.code == 3
    said = ended.err.splitlines()[-1]
    assert said.startswith("The library is being written by process ")
    assert "since 20" in said
    assert "UTC" in said
    assert problems(folder, {1: line(0)["title"]}) == ""  # type: ignore[dict-item]
