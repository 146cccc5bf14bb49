"""A large ingest, with its readers and the process that indexes beside it, killed at any time."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from ingest.side_by_side import cores
from library.folder import Folder
from library.library import Library
from tests.reliability.conftest import trials
from tests.reliability.faults import ROOT
from tests.reliability.holding import problems
from tests.reliability.making import acknowledged, line

FILES, EACH = 40, 100
_SOME = 60


def _files(place: Path) -> Path:
    """Write articles into web pages and files of JSON Lines, for both ways of reading."""
    from tests.reliability.making import write

    folder = place / "news"
    folder.mkdir()
    for number in range(FILES):
        first = number * EACH
        write(folder / f"{number:03}.jsonl", map(line, range(first, first + EACH)))
        text = f"zp{number}xv " + " ".join(str(line(first)["text"]).split()[:30])
        page = f"<html><head><title>Page zp{number}xv</title></head><body><article><h1>Page zp{number}xv</h1>"
        (folder / f"{number:03}.html").write_text(f"{page}<p>{text}.</p></article></body></html>")
    return folder


def _started(argv: list[str], out: Path) -> subprocess.Popen[bytes]:
    """Start an ingest in a session of its own."""
    with out.open("wb") as opened:
        return subprocess.Popen(
            [sys.executable, "-m", "cli", *argv],
            cwd=ROOT,
            stdout=opened,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def _killed(argv: list[str], out: Path, seconds: float) -> int:
    """Run an ingest and kill it after a while; give how it ended."""
    process = _started(argv, out)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        return process.wait()


def test_a_large_ingest_killed_at_random_times_loses_nothing_and_is_done_in_the_end(
    tmp_path: Path,
) -> None:
    """Each ingest carries on where the last was killed; a library that is whole is begun anew."""
    news, chance = _files(tmp_path), random.Random(trials(7, 8))
    kills, turn = 0, 0
    while kills < trials(50, 1_000):
        turn += 1
        folder, stored = tmp_path / f"library-{turn}", dict[int, str]()
        argv = ["ingest", "--json", "--library", str(folder), str(news)]
        ended, wait = -9, 0.6
        while ended == -9 and kills < trials(50, 1_000):
            wait = chance.uniform(0.4, 3)
            ended = _killed(argv, tmp_path / "out", wait)
            kills += ended == -9
            stored |= acknowledged((tmp_path / "out").read_text())
            some = dict(chance.sample(sorted(stored.items()), min(_SOME, len(stored))))
            assert problems(folder, some) == "", f"killed after {wait:.2f} s, seed 7"
            with Library(Folder(folder)) as library:
                if folder.exists() and stored:
                    live = set(library.reader.ids())
                    assert stored.keys() <= live
        if ended != -9:
            assert ended == 0
            with Library(Folder(folder)) as library:
                assert library.reader.count() == FILES * (EACH + 1)


def test_a_killed_ingest_leaves_no_process_behind(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    argv = ["ingest", "--json", "--library", str(folder), str(_files(tmp_path))]
    process = _started(argv, tmp_path / "out")
    # An index is made by the process beside the storing; on one core there are but readers.
    while not (list(folder.glob("index/*")) if cores() > 1 else _running(process.pid)[1:]):
        assert process.poll() is None
        time.sleep(0.01)
    assert len(_running(process.pid)) > 1
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -9
    deadline = time.monotonic() + 20
    while _running(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _running(session: int) -> list[str]:
    """Give the command lines of the processes of a session that have not ended."""
    words = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            numbers = (path / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if int(numbers[3]) == session and numbers[0] != "Z":
                words.append((path / "cmdline").read_text(errors="replace"))
        except OSError:  # it has ended
            continue
    return words
