"""Standard output and error as they may be found: closed, or in an encoding without all letters."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path


def ready_streams() -> None:
    r"""Let nothing stumble over a closed stream or a letter the terminal does not know.

    Such a letter is written as `\u0430`.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - for as long as we run
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
