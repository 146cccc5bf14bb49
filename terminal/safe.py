"""Making what was read from an article harmless to a terminal."""

from __future__ import annotations

import json
import re

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1: escape sequences begin with these
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi marks: they make text read as what it is not
    "\u2028\u2029\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"[\t\n]")


def safe(text: str) -> str:
    """Give a text as one line without control, bidi or invisible characters."""
    return _SPACE.sub(" ", safe_lines(text))


def safe_lines(text: str) -> str:
    """Give a text without these characters, its lines and tabs as they are."""
    return _HARMFUL.sub("", text)


def safe_json(text: str) -> str:
    """Give JSON with these characters as escapes: they stand in its strings alone, and nothing is lost."""
    return _HARMFUL.sub(lambda found: json.dumps(found[0])[1:-1], text)
