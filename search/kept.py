"""A document written down for an engine to keep with its index.

What an engine cannot answer from its index alone is held against what was kept: one meaning for all.
"""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from typing import TYPE_CHECKING, Any

from search.document import Document, Run
from search.held import FIELDS, VALUES
from search.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = ("id", "revision", "first_day", "last_day", "added")


def pack(document: Document) -> bytes:
    """Write a document down. Raises UnicodeEncodeError for words that cannot be written."""
    written: dict[str, Any] = {name: getattr(document, name) for name in (*_NUMBERS, *VALUES)}
    written["layout"] = b2a_base64(document.layout.pack(), newline=False).decode()
    written |= {name: _packed(getattr(document, name)) for name in ("text", *FIELDS)}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(written: bytes) -> Document:
    """Read what `pack` wrote."""
    found = json.loads(written)
    found |= {name: tuple(found[name]) for name in VALUES}
    found |= {name: _unpacked(found[name]) for name in ("text", *FIELDS)}
    found["layout"] = Layout(a2b_base64(found["layout"]))
    return Document(**found)


def _packed(runs: Sequence[Run]) -> list[list[Any]]:
    return [[run.start, run.weight, run.terms, run.keys] for run in runs]


def _unpacked(runs: list[list[Any]]) -> tuple[Run, ...]:
    return tuple([Run(start, tuple(terms), tuple(keys), w) for start, w, terms, keys in runs])
