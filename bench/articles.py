"""The articles of the benchmarks."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from accession import Reading
from article import Article, Stored
from bench.machine import shared
from ingest import jsonl
from ingest.workers import Workers

ADDED = "2026-01-01T00:00:00+00:00"


def lines() -> bytes:
    """Give the 19,043 newswire articles as JSON Lines."""
    return gzip.decompress(_file().read_bytes())


def articles() -> Iterator[Article]:
    """Give the same as articles, one at a time."""
    with gzip.open(_file(), "rb") as file:
        for one in jsonl.read(cast("BinaryIO", file), "reuters.jsonl", Workers()):
            if isinstance(one, Reading):
                yield one.article


def _file() -> Path:
    return shared() / "data/reuters21578/reuters.jsonl.gz"


def stored(number: int, article: Article) -> Stored:
    """Give an article as a library would hold it."""
    return Stored(number, 1, article, 0, ADDED, ADDED)
