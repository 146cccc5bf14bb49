"""The formats, one module each, and which of them reads a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from article import Reading, Refusal

Reader = Callable[[BinaryIO, str], Iterator[Reading | Refusal]]
"""Takes an open file and its location; gives a result for each article in it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name, the endings it goes by, and who reads it."""

    name: str
    suffixes: frozenset[str]
    read: Reader


def _text(file: BinaryIO, location: str) -> Iterator[Reading | Refusal]:
    from ingest import single, text

    return single.read(file, location, text.parse)


def _markdown(file: BinaryIO, location: str) -> Iterator[Reading | Refusal]:
    from ingest import markdown, single

    return single.read(file, location, markdown.parse)


def _jsonl(file: BinaryIO, location: str) -> Iterator[Reading | Refusal]:
    from ingest import jsonl

    return jsonl.read(file, location)


TEXT = Format("text", frozenset({".txt", ".text", ""}), _text)
JSON = Format("JSON Lines", frozenset({".jsonl", ".ndjson", ".json"}), _jsonl)
FORMATS = (TEXT, Format("Markdown", frozenset({".md", ".markdown"}), _markdown), JSON)


def by_suffix(suffix: str) -> Format | None:
    """Give the format that goes by an ending such as `.txt`, whatever its case."""
    return next((one for one in FORMATS if suffix.lower() in one.suffixes), None)


def by_content(opening: bytes) -> Format:
    """Give the format of a stream without a name: JSON where it opens like an object, else text."""
    return JSON if opening.lstrip()[:2] in {b'{"', b"{\n", b"[{"} else TEXT
