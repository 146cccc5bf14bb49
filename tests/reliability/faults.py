"""Commands that strace stops, or refuses something, at a system call that is chosen beforehand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
CHANGING = (
    "openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "rename",
    "unlink", "unlinkat", "rmdir", "mkdir", "link", "chmod", "fchmod", "flock",
)  # fmt: skip
"""What can change a folder, or waits until it is changed on the disk."""
REFUSABLE = ("write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "mkdir", "openat")
NOTHING, DATA = "nothing", "data"
SPOILED = 3_000
"""The how-manyeth call of its kind, of each process, strace spoils: more than a command makes."""

_LINE = re.compile(r"^(\d+) +(\w+)\((.*)$")


@dataclass(frozen=True, slots=True)
class Point:
    """A system call of a command: the `number`th of its kind, from 1."""

    call: str
    number: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, or the negative number of the signal; what it wrote."""

    code: int
    out: str
    err: str


class Commands:
    """Runs commands under strace, one after another; use it in a `with`.

    `spoil` is what becomes of a chosen call, in strace's words: `signal=KILL`, `error=ENOSPC`. With
    `NOTHING`, calls are only written down, with `DATA` all that they write too.
    """

    def __init__(self, strace: str | None, place: Path, spoil: str = NOTHING) -> None:
        self.place = place
        self.log = place / f"strace-{id(self)}.log"
        self._strace = strace
        self._spoil = spoil

    def _options(self) -> list[str]:
        if self._spoil in {NOTHING, DATA}:
            shown = ["-s", "32"] if self._spoil == NOTHING else ["-xx", "-s", str(10**7)]
            calls = ",".join((*CHANGING, "lseek", "close"))
            return ["-y", *shown, "-o", str(self.log), "-e", f"trace={calls}"]
        some = CHANGING if self._spoil.startswith("signal") else REFUSABLE
        rules = [f"inject={one}:{self._spoil}:when={SPOILED}" for one in some]
        traced = ["-o", os.devnull, "-e", "trace=" + ",".join(some)]
        return traced + [word for rule in rules for word in ("-e", rule)]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.reliability.forked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"},
            text=True,
        )
        pid = self._answer()["pid"]
        if self._strace is not None:
            attach = [self._strace, "-f", "-q", "-p", str(pid), *self._options()]
            self._tracer = subprocess.Popen(attach)
            self._wait_for_tracer(pid)
        return self

    def _wait_for_tracer(self, pid: int) -> None:
        """Begin only when strace sees what happens."""
        status = Path(f"/proc/{pid}/status")
        while "TracerPid:\t0" in status.read_text():
            assert self._tracer.poll() is None, "strace may not trace here"
            time.sleep(0.01)

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
        if self._strace is not None:
            self._tracer.wait()

    def run(self, *argv: str, at: Point | None = None, **asked: Any) -> Ended:
        """Run a command; its call at a point is spoiled."""
        out, err = self.place / "out", self.place / "err"
        if at is not None:
            asked["idle"] = {at.call: SPOILED - at.number}
        asked |= {"argv": argv, "out": str(out), "err": str(err)}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        self._last = self._answer()
        return Ended(
            self._last["code"], out.read_text("utf-8", "replace"), err.read_text("utf-8", "replace")
        )

    def points(self, folder: Path) -> list[Point]:
        """Give the calls of the command that ran last which touch what is under a folder, in order."""
        return list(_points(self.lines(), folder))

    def lines(self) -> list[tuple[str, str]]:
        """Give (call, the rest of strace's line) of the command that ran last."""
        found = map(_LINE.match, self.log.read_text("utf-8", "replace").splitlines())
        pid = str(self._last["pid"])
        return [(one[2], one[3]) for one in found if one and one[1] == pid]

    def _answer(self) -> Mapping[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"strace or the interpreter under it ended: {self._process.poll()}"
        answer: Mapping[str, Any] = json.loads(line)
        return answer


def _points(lines: Sequence[tuple[str, str]], folder: Path) -> Iterator[Point]:
    counts = Counter[str]()
    for call, rest in lines:
        counts[call] += 1
        changes = call in CHANGING and (call != "openat" or "O_CREAT" in rest)
        if changes and str(folder) in rest:
            yield Point(call, counts[call], rest)


def spread(points: Sequence[Point], count: int) -> list[Point]:
    """Give so many of the points, evenly spread, the first and the last among them."""
    if count >= len(points):
        return list(points)
    step = (len(points) - 1) / max(count - 1, 1)
    return [points[round(number * step)] for number in range(count)]


class Runs:
    """Warm interpreters that run commands, one for each kind of spoiling, begun when it is needed."""

    def __init__(self, strace: str, place: Path) -> None:
        self._strace = strace
        self._place = place
        self._open: dict[str, Commands] = {}

    def plain(self, *argv: str, **asked: Any) -> Ended:
        """Run a command that nothing happens to."""
        return self._commands("").run(*argv, **asked)

    def spoiled(self, spoil: str, at: Point, *argv: str, **asked: Any) -> Ended:
        """Run a command of which one call is spoiled."""
        return self._commands(spoil).run(*argv, at=at, **asked)

    def points(self, folder: Path, *argv: str, **asked: Any) -> list[Point]:
        """Run a command; give its calls that touch what is under a folder."""
        listing = self._commands(NOTHING)
        ended = listing.run(*argv, **asked)
        assert ended.code == 0, ended.err
        return listing.points(folder)

    def written(self, *argv: str, **asked: Any) -> list[tuple[str, str]]:
        """Run a command; give its calls with all that they write."""
        logging = self._commands(DATA)
        ended = logging.run(*argv, **asked)
        assert ended.code == 0, ended.err
        return logging.lines()

    def close(self) -> None:
        """End them all."""
        for one in self._open.values():
            one.__exit__()

    def _commands(self, spoil: str) -> Commands:
        if spoil not in self._open:
            number = len(self._open)
            place = self._place / str(number)
            place.mkdir()
            strace = None if spoil == "" else self._strace
            self._open[spoil] = Commands(strace, place, spoil).__enter__()
        return self._open[spoil]
