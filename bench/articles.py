"""The articles and queries of the benchmarks."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator

from article import Article, Reading, Stored
from bench.machine import shared
from ingest import jsonl
from ingest.workers import Workers

ADDED = "2026-01-01T00:00:00+00:00"
QUERIES = (
    "cocoa",
    "oil price",
    "bank AND japan",
    '"interest rate"',
    "trade NOT japan",
    "company shares stock market",
    "company OR shares OR stock OR market",
    "invest*",
    '"prime minister"',
    "wheat (export OR import)",
    "headline:oil",
    "tag:earn dividend",
    "date:1987-03 gold",
    "date:1987-04-01..1987-04-07 dollar",
    '"federal reserve" -inflation',
    "said",
    "econom* growth",
    "merger acquisition",
    "opec production quota",
    "zzyzx",
)


def lines() -> bytes:
    """Give the 19,043 newswire articles as JSON Lines."""
    return gzip.decompress((shared() / "data/reuters21578/reuters.jsonl.gz").read_bytes())


def articles() -> Iterator[Article]:
    """Give the same as articles, one at a time."""
    for one in jsonl.read(io.BytesIO(lines()), "reuters.jsonl", Workers()):
        if isinstance(one, Reading):
            yield one.article


def stored(number: int, article: Article) -> Stored:
    """Give an article as a library would hold it."""
    return Stored(number, 1, article, 0, ADDED, ADDED)
