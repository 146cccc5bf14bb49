"""Words with `*` and `?` in them, in a query's text.

A `*` stands for any number of characters, a `?` for one. A `?` at the end of a word ends a
question, as in "Who?"; a `*` alone is no word. Words are parted where `search.analysis` parts them:
`O'Bri*` is two, `don't*` is one, and a final `'s` belongs to none.
"""

from __future__ import annotations

import re
from functools import cache

from search.forms import APOSTROPHES, JOINERS

# Marks are no letters to re.
_LETTER = f"[^\\W_]|[{JOINERS}\u0300-\u036f\u064b-\u065f\u0900-\u0dff]"
_TAIL = f"[{APOSTROPHES}]{{}}(?![*?]*[^\\W_])[*?]*"  # an apostrophe and the last letter of a word
_WILD = re.compile(r"[*?]")


def split(text: str) -> list[tuple[str, bool]]:
    """Cut a text into stretches without and words with `*` or `?`, in their order."""
    found, plain = [], 0
    for match in _chunk().finditer(text):
        word = match[1] if match["elided"] is not None else match[1].rstrip("?")
        if not _WILD.search(word) or not letters(word):
            continue
        if text[plain : match.start()].strip():
            found.append((text[plain : match.start()], False))
        found.append((re.sub(r"[*?]*\*[*?]*", _collapsed, word), True))
        plain = match.end()
    if text[plain:].strip():
        found.append((text[plain:], False))
    return found


def is_wild(text: str) -> bool:
    """Tell whether a text holds a word with `*` or `?` in it."""
    return bool(_WILD.search(text)) and any(wild for _, wild in split(text))


def letters(word: str) -> int:
    """Count the letters and digits that a word with wildcards does name."""
    return sum(map(str.isalnum, word))


def _collapsed(run: re.Match[str]) -> str:
    """Write a run of wildcards with one star, which says the same and matches faster."""
    return "?" * run.group().count("?") + "*"


@cache
def _chunk() -> re.Pattern[str]:
    """Find a word, its wildcards among its letters."""
    return re.compile(
        f"((?:{_LETTER}|[*?])+(?:{_TAIL.format('[tT]')})?)"
        f"(?:{_TAIL.format('[sS]')}|(?P<elided>(?=[{APOSTROPHES}][^\\W_])))?"
    )
