"""The program in children of one warm interpreter, for pages and tests that run it some hundred times.

    python -m tests.warm_program FOLDER

puts a `cuttings` into FOLDER/bin that hands its arguments, folder, environment and streams over a
socket to this process, where a child of it becomes the command. To start is all that is left out:
`tests/cli/test_starting.py` and the page README.md run the program as it is installed.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("commands", "db", "ingest", "library", "search", "terminal")
_MOST = 1 << 20
_CLIENT = """
import json, os, socket, sys
server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
server.connect(sys.argv[1])
asked = json.dumps([sys.argv[2:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(server, [asked], [0, 1, 2])
code = server.recv(1)
os._exit(code[0] if code else 137)
"""


@contextmanager
def warm_program(folder: Path, environment: dict[str, str]) -> Iterator[Path]:
    """Give the folder of a `cuttings` that starts at once."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.warm_program", str(folder)],
        cwd=ROOT,
        env={**environment, "OPENBLAS_NUM_THREADS": "1"},  # whose threads a child would lack
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    try:
        yield folder / "bin"
    finally:
        server.terminate()
        server.communicate()


def load() -> None:
    """Import all that a command may need, and work out but once what may be typed."""
    app = importlib.import_module("cli").load([])
    typer: Any = importlib.import_module("typer.main")
    command = typer.get_command(app)
    typer.get_command = lambda _: command
    for room in ROOMS:
        for found in pkgutil.iter_modules([room], f"{room}."):
            with suppress(ImportError):  # what is optional
                importlib.import_module(found.name)
    gc.freeze()


def run(argv: Sequence[str]) -> int:
    """Be the command; give its exit code."""
    sys.argv = ["cuttings", *argv]
    try:
        importlib.import_module("cli").main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 70
    return 0


def _serve(folder: Path) -> None:
    load()
    bin_, client, place = folder / "bin", folder / "client.py", folder / "socket"
    bin_.mkdir()
    client.write_text(_CLIENT)
    program = bin_ / "cuttings"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -IS "{client}" "{place}" "$@"\n')
    program.chmod(0o755)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    os.chdir(folder)  # the path of a socket may be no longer than a hundred letters
    listener.bind(place.name)
    listener.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    while True:
        connection, _ = listener.accept()
        message, streams, _, _ = socket.recv_fds(connection, _MOST, 3)
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            code = _become(message, streams)
            connection.send(bytes([code]))
            os._exit(0)
        for one in (*streams, connection.detach()):
            os.close(one)


def _become(asked: bytes, streams: list[int]) -> int:
    argv, here, environment = json.loads(asked)
    for number, one in enumerate(streams):
        os.dup2(one, number)
        os.close(one)
    os.chdir(here)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for good
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(number, "w", closefd=False), "utf-8", write_through=True)
        for number in (1, 2)
    )
    code = run(argv)
    atexit._run_exitfuncs()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    return code


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
