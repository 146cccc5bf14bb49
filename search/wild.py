"""Words with `*` and `?` in them, in a query's text.

A `*` stands for any number of characters, a `?` for one. A `?` at the end of a word ends a
question, as in "Who?"; a `*` alone is no word.
"""

from __future__ import annotations

import re

_LETTER = r"[^\W_]|['’\u0300-\u036f\u064b-\u065f\u0900-\u0dff]"  # marks are no letters to re
_CHUNK = re.compile(f"(?:{_LETTER}|[*?])+")
_WILD = re.compile(r"[*?]")
_ENDS = "?'’"


def split(text: str) -> list[tuple[str, bool]]:
    """Cut a text into stretches without and words with `*` or `?`, in their order."""
    found, plain = [], 0
    for match in _CHUNK.finditer(text):
        word = match.group().rstrip(_ENDS).lstrip("'’")
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
