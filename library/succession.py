"""What stands today in the place of a paragraph that was replaced."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from heapq import nlargest

from library.difference import ALIKE, alike

_TRIED = 5


def successor(old: Sequence[str], index: int, new: Sequence[str]) -> int | None:
    """Give the index in `new` of what came where `old[index]`, gone from it, stood; None if nothing.

    The most alike of the texts that came counts first, wherever it stands; then the text between
    the same neighbours. Neither may be the new wording of another text that went.
    """
    before, after = set(old), set(new)
    gone = [text for text in dict.fromkeys(old) if text not in after]
    came = [(alike(old[index], text), -n) for n, text in enumerate(new) if text not in before]
    for likeness, minus in nlargest(_TRIED, came):
        if likeness >= ALIKE and _belongs(new[-minus], old[index], gone):
            return -minus
    place = _between(old, index, new)
    return place if place is not None and _belongs(new[place], old[index], gone) else None


def _belongs(text: str, mine: str, gone: Sequence[str]) -> bool:
    """Say whether no other text that went is more like this one."""
    best = max(alike(text, other) for other in gone)
    return best < ALIKE or alike(text, mine) == best


def _between(old: Sequence[str], index: int, new: Sequence[str]) -> int | None:
    """Find the place between the neighbours that stayed."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "replace" and i1 <= index < i2:
            return min(j1 + index - i1, j2 - 1)
    return None
