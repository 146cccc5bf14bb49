"""`cuttings watch`: what is put into a folder comes in by itself, and not before it is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
_PATIENCE = 30


class Watcher:
    """A running command, and the lines it prints."""

    def __init__(self, folder: Path, library: Path) -> None:
        command = [sys.executable, str(ROOT / "cli.py"), "watch", str(folder)]
        environment = os.environ | {"CUTTINGS_LIBRARY": str(library)}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        self._lines = Queue[str]()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line)

    def end(self) -> None:
        """End the command, if it runs still."""
        self.process.kill()
        self.process.wait()
        self._thread.join()

    def until(self, words: str) -> list[str]:
        """Give the lines up to one that holds some words."""
        found = [""]
        while words not in found[-1]:
            found.append(self._lines.get(timeout=_PATIENCE))
        return found[1:]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture(name="watcher")
def _watcher(folder: Path, tmp_path: Path) -> Iterator[Watcher]:
    (folder / "early.txt").write_text("Early ferry\n\nIt leaves at five in the morning.\n")
    (folder / "beach.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    watcher = Watcher(folder, tmp_path / "library")
    yield watcher
    watcher.end()


def test_files_come_in_once_and_when_they_are_whole(
    watcher: Watcher, folder: Path, tmp_path: Path
) -> None:
    first = watcher.until("1 added, 1 skipped.")
    assert [line.split()[0] for line in first if "early.txt" in line] == ["added"]
    with (folder / "late.txt").open("w") as file:
        file.write("Late ferry\n")
        for word in ("It ", "leaves ", "at ", "ten ", "in ", "the ", "evening."):
            file.write(word)
            file.flush()
            time.sleep(0.6)
    second = watcher.until("1 added.")
    assert not [line for line in second if "early" in line or "beach" in line]
    watcher.process.send_signal(signal.SIGINT)
    assert watcher.process.wait(_PATIENCE) == 130
    found = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "search", "evening"],
        env=os.environ | {"CUTTINGS_LIBRARY": str(tmp_path / "library")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Late ferry" in found.stdout
