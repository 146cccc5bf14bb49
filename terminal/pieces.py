"""Words that stayed, went and came, as one text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from library.difference import Fate, stands_alone
from terminal.safe import safe

if TYPE_CHECKING:
    from library.difference import Piece
    from terminal.style import Style


def shown(pieces: Sequence[Piece], style: Style) -> str:
    """Give a difference with what went and what came in colour, else in `[-...-]` and `{+...+}`."""
    text, last = "", ""
    for fate, words in pieces:
        joined = last and not last.isspace() and not stands_alone(last)
        text += (" " if fate is Fate.GONE and joined else "") + marked(fate, safe(words), style)
        last = words[-1:]
    return text.rstrip()


def marked(fate: Fate, text: str, style: Style) -> str:
    """Give words with what became of them; white space behind them is left out of it."""
    words = text.rstrip()
    space = text[len(words) :]
    if fate is Fate.SAME or not words:
        return text
    if fate is Fate.GONE:
        return style.gone(words if style.colour else f"[-{words}-]") + space
    return style.new(words if style.colour else f"{{+{words}+}}") + space
