"""Runs commands in children of a warm interpreter: run under strace, a point then costs no start.

strace counts the calls of each process by itself, so a child that first makes idle calls of a kind
chooses which of its own calls is the one that strace was told to spoil.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import io
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.warm_program import load, run

_PR_SET_PTRACER = 0x59616D61  # where only parents may trace, strace may too
_NOWHERE = Path("/proc/nowhere")


def _idle() -> dict[str, Callable[[int], object]]:
    """Give for each system call one of its kind that changes nothing, for a descriptor of /dev/null."""
    return {
        "openat": lambda _: os.open(_NOWHERE, os.O_RDONLY),
        "write": lambda null: os.write(null, b""),
        "pwrite64": lambda null: os.pwrite(null, b"", 0),
        "fsync": os.fsync,
        "fdatasync": os.fdatasync,
        "ftruncate": lambda null: os.ftruncate(null, 0),
        "fallocate": lambda null: os.posix_fallocate(null, 0, 1),
        "rename": lambda _: _NOWHERE.rename(_NOWHERE),
        "unlink": lambda _: _NOWHERE.unlink(),
        "unlinkat": lambda null: os.unlink("nowhere", dir_fd=null),
        "rmdir": lambda _: _NOWHERE.rmdir(),
        "mkdir": lambda _: _NOWHERE.mkdir(),
        "link": lambda _: os.link(_NOWHERE, _NOWHERE),
        "chmod": lambda _: _NOWHERE.chmod(0o600),
        "fchmod": lambda _: os.fchmod(-1, 0o600),
        "flock": lambda _: importlib.import_module("fcntl").flock(0, 8),
    }


def _become(asked: dict[str, Any]) -> None:
    """Be the command that is asked for; never returns."""
    for number, path, flags in (
        (0, asked.get("input", os.devnull), os.O_RDONLY),
        (1, asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, asked["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        mode = "r" if number == 0 else "w"
        raw = open(number, mode + "b", closefd=False)  # noqa: SIM115 - for good
        setattr(sys, name, io.TextIOWrapper(raw, "utf-8", line_buffering=number == 2))
    if (most := asked.get("file_size")) is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    null = os.open(os.devnull, os.O_RDWR)
    for name, count in asked.get("idle", {}).items():
        call = _idle()[name]
        for _ in range(count):
            with contextlib.suppress(OSError):
                call(null)
    os.close(null)
    for patch in asked.get("patches", ()):
        exec(patch, {})
    code = run(asked["argv"])
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(code)


def serve() -> None:
    """Read what to run, a JSON object a line; answer each with the child's number and how it ended."""
    load()
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
    answers = os.dup(1)
    _answer(answers, {"pid": os.getpid()})
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        _answer(answers, {"pid": child, "code": os.waitstatus_to_exitcode(status)})


def _answer(descriptor: int, answer: dict[str, int]) -> None:
    """Write by a call that strace does not count, for it would be spoiled in its turn."""
    os.writev(descriptor, [json.dumps(answer).encode() + b"\n"])


if __name__ == "__main__":
    serve()
