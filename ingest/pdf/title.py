"""The headline in a page's title, which often names the site too: `Headline - Site`."""

from __future__ import annotations

import re

_PARTS = re.compile(r"\s+[|\-–—»·•:]\s+|\s*\|\s*")

FEWEST_WORDS = 3


def headline_in(title: str) -> str:
    """Take the site's name off a title: the short parts at its ends."""
    parts = [part for part in _PARTS.split(title) if part]
    if len(parts) < 2:
        return title
    longest = max(parts, key=len)
    if len(longest.split()) < FEWEST_WORDS and len(longest) < 12:
        return title
    while len(parts) > 1 and parts[-1] != longest and _short(parts[-1]):
        title = title[: title.rindex(parts.pop())].rstrip(" |-–—»·•:")
    return title


def _short(part: str) -> bool:
    return len(part.split()) <= 4
