"""A text as lines: cleaned of what is no writing, and grouped into blocks between blank lines."""

from __future__ import annotations

import re
import unicodedata

_NEWLINES = re.compile("\r\n|[\r\x0b\x85\u2028]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]")

PAGE_BREAK = "\f"
"""Stands alone on a line where the printed page ended."""


def clean(text: str) -> list[str]:
    """Cut a text into lines: control characters dropped, tabs widened, ends stripped.

    A form feed becomes a line of its own. Characters stay as they came, for a line's width counts them.
    """
    text = _NEWLINES.sub("\n", text).replace("\u2029", "\n\n")
    text = _CONTROLS.sub("", text).replace("\f", "\n\f\n")
    return [line if line == PAGE_BREAK else _tidy(line) for line in text.split("\n")]


def _tidy(line: str) -> str:
    return (line.expandtabs(4) if "\t" in line else line).rstrip()


def fold(text: str) -> str:
    """Fold every run of white space into one blank, and characters into their NFC form."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def blocks_of(lines: list[str]) -> list[list[str]]:
    """Group lines into blocks, parted by blank lines; page breaks are left out."""
    blocks: list[list[str]] = []
    inside = False
    for line in lines:
        if not line or line == PAGE_BREAK:
            inside = inside and line == PAGE_BREAK
        elif inside:
            blocks[-1].append(line)
        else:
            blocks.append([line])
            inside = True
    return blocks


def indent_of(line: str) -> int:
    """Count the white space a line begins with."""
    return len(line) - len(line.lstrip())
