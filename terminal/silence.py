"""What to do when the reader of a pipe has seen enough."""

from __future__ import annotations

import os
from typing import TextIO


def silence(out: TextIO) -> None:
    """Let all that is still written to a stream vanish, so that nothing stumbles over it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
