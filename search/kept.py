"""A document written down for an engine to keep with its index.

What an engine cannot answer from its index alone is held against what was kept: one meaning for all.
"""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from functools import cached_property
from typing import TYPE_CHECKING, Any

from search.document import Document, Run
from search.held import FIELDS, VALUES, Held
from search.layout import Layout
from search.plan import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.plan import Leaf

_NUMBERS = ("id", "revision", "first_day", "last_day", "added")


def lines(document: Document) -> list[str]:
    """Give the words of the text, the terms and the keys of each run in turns, joined by spaces."""
    return [joined(words) for run in document.text for words in (run.terms, run.keys)]


def joined(words: Sequence[str]) -> str:
    """Join words by spaces; raises ValueError for a word that holds one."""
    line = " ".join(words)
    if line.count(" ") >= max(1, len(words)):
        raise ValueError("a word holds a space")
    return line


def pack(document: Document, words: Sequence[str]) -> bytes:
    """Write a document down: a line of JSON, then the lines of its words.

    Raises UnicodeEncodeError for words that cannot be written.
    """
    head: dict[str, Any] = {name: getattr(document, name) for name in (*_NUMBERS, *VALUES)}
    head |= {name: _packed(getattr(document, name)) for name in FIELDS}
    head["layout"] = b2a_base64(document.layout.pack(), newline=False).decode()
    head["text"] = [(run.start, run.weight) for run in document.text]
    return "\n".join([json.dumps(head), *words]).encode()


class Kept(Held):
    """A document that was written down; what is not asked for is not read."""

    def __init__(self, written: bytes) -> None:
        head, *self._lines = written.decode().split("\n")
        self._head: dict[str, Any] = json.loads(head)
        self._found: dict[Leaf, Sequence[int]] = {}

    @cached_property
    def document(self) -> Document:
        """The document as it was."""
        head = {name: self._head[name] for name in _NUMBERS}
        head |= {name: tuple(self._head[name]) for name in VALUES}
        head |= {name: _unpacked(self._head[name]) for name in FIELDS}
        return Document(text=self._text(), layout=self.layout, **head)

    @cached_property
    def layout(self) -> Layout:
        """How its words lie."""
        return Layout(a2b_base64(self._head["layout"]))

    def positions(self, leaf: Leaf) -> Sequence[int]:
        """Give the positions of a leaf; see `search.spans.Places`."""
        if leaf.field not in {"text", "exact"}:
            return super().positions(leaf)
        if leaf not in self._found:
            self._found[leaf] = self._look_for(leaf)
        return self._found[leaf]

    def _look_for(self, leaf: Leaf) -> list[int]:
        rows = list(self._rows(leaf.field))
        if isinstance(leaf, Word):
            return [
                at for start, keys in rows for at, key in enumerate(keys, start) if key == leaf.term
            ]
        wanted = set(leaf.pattern.chosen({key for _, keys in rows for key in keys}))
        if not wanted:
            return []
        return [at for start, keys in rows for at, key in enumerate(keys, start) if key in wanted]

    def _rows(self, field: str) -> Iterator[tuple[int, list[str]]]:
        lines = self._lines[0::2] if field == "text" else self._lines[1::2]
        for (start, _), line in zip(self._head["text"], lines, strict=True):
            yield start, line.split(" ")

    def _text(self) -> tuple[Run, ...]:
        lines = zip(self._head["text"], self._lines[0::2], self._lines[1::2], strict=True)
        return tuple(
            [
                Run(start, tuple(terms.split(" ")), tuple(keys.split(" ")), weight)
                for (start, weight), terms, keys in lines
            ]
        )


def _packed(runs: Sequence[Run]) -> list[list[Any]]:
    return [[run.start, run.weight, run.terms, run.keys] for run in runs]


def _unpacked(runs: list[list[Any]]) -> tuple[Run, ...]:
    return tuple([Run(start, tuple(terms), tuple(keys), w) for start, w, terms, keys in runs])
