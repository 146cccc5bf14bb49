"""Mend a PDF that was cut off: the list of its pages stood at its end, the pages may still be there."""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(?<!\d)(\d{1,8}) (\d{1,5}) obj\b")
_A_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT_END = re.compile(rb"endobj|\bobj\b")

MOST_PAGES = 2_000


def mended(data: bytes) -> bytes | None:
    """Give the bytes with a new list of the pages found in them, None where there are none."""
    pages = [found[1] + b" " + found[2] + b" R" for found in _page_objects(data)]
    if not pages:
        return None
    highest = max(int(found[1]) for found in _OBJECT.finditer(data))
    tree, root = highest + 1, highest + 2
    return (
        b"%s\nendstream\nendobj\n%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n"
        % (
            data,
            tree,
            len(pages),
            b" ".join(pages),
        )
        + b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\ntrailer\n<</Root %d 0 R/Size %d>>\n%%%%EOF\n"
        % (
            root,
            tree,
            root,
            root + 1,
        )
    )


def _page_objects(data: bytes) -> list[re.Match[bytes]]:
    """Find the objects that are pages: the tag stands in them before they end."""
    found = []
    for match in _OBJECT.finditer(data):
        head = data[match.end() : match.end() + 2000]
        end = _OBJECT_END.search(head)
        if _A_PAGE.search(head[: end.start() if end else None]):
            found.append(match)
            if len(found) >= MOST_PAGES:
                break
    return found
