"""Libraries put into a state, and asked what they find."""

from __future__ import annotations

import io
import json

from library.asking import read
from library.library import Library
from library.searching import search


def feed(library: Library, *texts: str, index: bool = True) -> list[int]:
    """Store an article of each text, and index them; give their ids."""
    lines = "".join(json.dumps({"title": text[:12], "text": text}) + "\n" for text in texts)
    recorded = list(library.ingest(["-"], io.BytesIO(lines.encode())))
    library.close()
    if index:
        library.indexing.drain()
    return [one.article_id for one in recorded if one.article_id is not None]


def found(library: Library, query: str) -> list[int]:
    """Give the ids a search finds, in order."""
    return sorted(hit.stored.id for hit in search(library, read(library, query)).hits)
