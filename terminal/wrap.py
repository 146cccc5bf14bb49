"""Lines that fit a terminal, counted in the cells their characters take."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, east_asian_width

_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
)
_WITHOUT = frozenset({"Mn", "Me"})  # marks stand on the letter before them
_JOINERS = "\u200b\u200c\u200d\u2060"
_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def cells(text: str) -> int:
    """Count the cells a text takes on a terminal; colours take none."""
    plain = _COLOUR.sub("", text)
    return len(plain) if plain.isascii() else sum(map(_cells_of, plain))


def _cells_of(character: str) -> int:
    if category(character) in _WITHOUT or character in _JOINERS:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, opening: str) -> list[str]:
    """Cut a text into lines of at most `width` cells, set in under its opening.

    Lines break at white space and beside Chinese and Japanese characters; a longer word stays whole.
    """
    indent = " " * cells(opening)
    lines, line, used = [], opening, cells(opening)
    for piece in _piece().findall(text):
        size = cells(piece)
        if used + size > width and line.strip() and line != opening:
            lines.append(line)
            piece = piece.lstrip()  # noqa: PLW2901 - the break stands for the white space
            line, used, size = indent, len(indent), cells(piece)
        line, used = line + piece, used + size
    return [*lines, line]


@cache
def _piece() -> re.Pattern[str]:
    """Find what may begin a line, with the white space before it."""
    return re.compile(rf"\s*(?:[{_WIDE}]|[^\s{_WIDE}]+)")
