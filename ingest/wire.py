"""What a worker answers, as lines of JSON: nothing that a hostile file could make run."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

from accession import Bookmark, Reason
from article import Article, Author, Kind, Link, Paragraph, Precision, Published
from ingest.parsed import Parsed, Unread


def to_line(result: Parsed | Unread) -> bytes:
    """Write a result as one line."""
    value: dict[str, Any]
    if isinstance(result, Unread):
        link = result.bookmark and asdict(result.bookmark)
        value = {"unread": [result.reason.value, result.detail, result.item, link]}
    else:
        value = {
            "article": _plain(result.article),
            "kind": result.kind,
            "warnings": result.warnings,
            "claim": result.claim,
            "item": result.item,
            "data": None if result.data is None else b64encode(result.data).decode(),
        }
    return json.dumps(value).encode() + b"\n"


def from_line(line: bytes) -> Parsed | Unread:
    """Read what `to_line` wrote. Raises ValueError, TypeError or KeyError where it is something else."""
    value: dict[str, Any] = json.loads(line)
    if "unread" in value:
        reason, detail, item, link = value["unread"]
        return Unread(Reason(reason), str(detail), item, link and _bookmark(link))
    data = value["data"]
    return Parsed(
        _article(value["article"]),
        value["kind"],
        tuple(value["warnings"]),
        value["claim"],
        value["item"],
        None if data is None else b64decode(data),
    )


def _plain(article: Article) -> dict[str, Any]:
    """Give an article as JSON's own types; a mapping proxy cannot be copied, so it goes apart."""
    return {
        **asdict(replace(article, origins={})),
        "origins": dict(article.origins),
    }


def _bookmark(value: dict[str, Any]) -> Bookmark:
    return Bookmark(**{**value, "tags": tuple(value["tags"])})


def _article(value: dict[str, Any]) -> Article:
    published = value["published"]
    return Article(
        **{
            **value,
            "paragraphs": tuple(
                [Paragraph(**{**one, "kind": Kind(one["kind"])}) for one in value["paragraphs"]]
            ),
            "authors": tuple([Author(**one) for one in value["authors"]]),
            "links": tuple([Link(**one) for one in value["links"]]),
            "tags": tuple(value["tags"]),
            "published": published
            and Published(**{**published, "precision": Precision(published["precision"])}),
            "origins": MappingProxyType(value["origins"]),
        }
    )
