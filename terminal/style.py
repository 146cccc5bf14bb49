"""Colour and bold, on a terminal that wants them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from terminal.safe import safe

Marks = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Style:
    """How one stream is written to: `terminal` with a width, `colour` where it is welcome."""

    terminal: bool
    colour: bool
    width: int

    @classmethod
    def of(cls, stream: TextIO) -> Style:
        """Give the style that suits a stream; NO_COLOR and TERM=dumb are honoured."""
        terminal = stream.isatty()
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        width = shutil.get_terminal_size().columns if terminal else 0
        return cls(terminal, terminal and not plain, width)

    def bold(self, text: str) -> str:
        """Give the text in bold."""
        return self._wrap("1", safe(text))

    def bold_number(self, number: int) -> str:
        """Give a number in bold, set to the right of three columns."""
        return self._wrap("1", f"{number:>3}")

    def dim(self, text: str) -> str:
        """Give the text in grey."""
        return self._wrap("2", safe(text))

    def gone(self, text: str) -> str:
        """Give words that are no longer there, in red."""
        return self._wrap("31", safe(text))

    def new(self, text: str) -> str:
        """Give words that were not there before, in green."""
        return self._wrap("32", safe(text))

    def marked(self, text: str, marks: Marks) -> str:
        """Give the text with these stretches in colour, or between `**` where there is none."""
        pieces, end = [], 0
        for start, stop in marks:
            pieces += [safe(text[end:start]), self._mark(safe(text[start:stop]))]
            end = stop
        return "".join([*pieces, safe(text[end:])])

    def _mark(self, text: str) -> str:
        return self._wrap("1;33", text) if self.colour else f"**{text}**"

    def _wrap(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text
