"""Runs commands one after another in one warm interpreter, or in a child of it that an alarm kills.

    python -m tests.reliability.warm

It reads a JSON object a line: `argv`, `input` (a path or null), `alarm` (seconds from the opening of the
library to the kill, or null); it answers `code`, `out` and `err`.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from tests.reliability.faults import ROOT, Ended
from tests.warm_program import load, run


class Warm:
    """Such an interpreter, seen from a test; use it in a `with`."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.warm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, *argv: str, given: Path | None = None, alarm: float | None = None) -> Ended:
        """Run a command, `given` on its standard input; its code is -14 if the alarm killed it."""
        asked = {"argv": argv, "input": given and str(given), "alarm": alarm}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


def _serve() -> None:
    load()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        asked = json.loads(line)
        answer = _run(asked["argv"], asked["input"]) if asked["alarm"] is None else _killed(asked)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _run(argv: Sequence[str], given: str | None) -> dict[str, Any]:
    """Be the command, and come back."""
    streams = sys.stdin, sys.stdout, sys.stderr
    data = Path(given).read_bytes() if given else b""
    own = [io.TextIOWrapper(io.BytesIO(one), "utf-8") for one in (data, b"", b"")]
    sys.stdin, sys.stdout, sys.stderr = own
    try:
        code = run(argv)
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
    return {"code": code, "out": _text(own[1]), "err": _text(own[2])}


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def _killed(asked: dict[str, Any]) -> dict[str, Any]:
    """Be the command in a child; what it wrote is lost if it is killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _set_alarm(asked["alarm"])
        answer = json.dumps(_run(asked["argv"], asked["input"])).encode()
        signal.setitimer(signal.ITIMER_REAL, 0)
        os.write(writing, answer)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return json.loads(answer) if code == 0 else {"code": code, "out": "", "err": ""}


def _set_alarm(seconds: float) -> None:
    """Let the kernel end this process so many seconds after it begins to open the library."""
    opened = importlib.import_module("library.library").Library
    begin = opened.__init__

    def begun(*words: Any) -> None:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        begin(*words)

    opened.__init__ = begun


if __name__ == "__main__":
    _serve()
