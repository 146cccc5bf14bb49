"""What a page says of itself in JSON-LD: the article's node, its people and its values."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from ingest.clean import clean
from ingest.html.tree import Element

Json: TypeAlias = Any
"""A value as `json.loads` gives it."""

Node = dict[str, Any]
"""An object of JSON-LD."""

_ARTICLES = ("newsarticle", "article", "blogposting", "liveblogposting", "report", "posting")
_LESS = ("webpage", "itempage", "videoobject", "event", "recipe", "review")
"""Kinds that stand for the article where no article does."""

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_LAST_COMMA = re.compile(r",(\s*[}\]])")
_TAG = re.compile(r"<[^<>]{1,500}>")
_DEEPEST = 12


def nodes_of(root: Element) -> list[Node]:
    """List every object of a page's JSON-LD, those in graphs and lists too, in their order."""
    scripts = root.xpath('//script[contains(@type, "ld+json")]')
    return [node for script in scripts for node in _nodes(_loads(script.text or ""), 0)]


def article_of(nodes: list[Node], urls: frozenset[str]) -> Node:
    """Pick the article's node: the one with the page's address, else the fullest; {} without any."""
    found = [node for node in nodes if is_article(node)]
    found = found or [node for node in nodes if types_of(node) & set(_LESS)]
    if not found:
        return {}
    return max(found, key=lambda node: (_is_at(node, urls), _fullness(node)))


def is_article(node: Node) -> bool:
    """Whether a node is an article of any kind."""
    return any(kind.endswith(_ARTICLES) for kind in types_of(node))


def types_of(node: Node) -> set[str]:
    """Give a node's types, lower-cased, without the address of the vocabulary."""
    kinds = listed(node.get("@type"))
    return {kind.rpartition("/")[2].lower() for kind in kinds if isinstance(kind, str)}


def listed(value: Json) -> list[Json]:
    """Give a value as a list: itself if it is one, nothing for None."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def string(value: Json) -> str | None:
    """Give a value's text as one line: a string, or the name of an object; the first of several."""
    for one in listed(value):
        text = one.get("name") or one.get("@value") if isinstance(one, dict) else one
        if isinstance(text, str) and (plain := plain_text(text)):
            return plain
    return None


def plain_text(text: str) -> str:
    """Take entities and tags out of a value; publishers put both into them."""
    return clean(_TAG.sub(" ", html.unescape(html.unescape(text)))) if text else ""


def address(value: Json) -> str | None:
    """Give an address: a string, or an object's `@id` or `url`."""
    for one in listed(value):
        text = one.get("@id") or one.get("url") if isinstance(one, dict) else one
        if isinstance(text, str) and text.startswith("http"):
            return text.strip()
    return None


def _loads(text: str) -> Json:
    """Read JSON as pages write it: in comments, with line ends in strings and commas at the end."""
    text = _WRAPPING.sub("", text).strip().rstrip(";")
    for attempt in (text, _LAST_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Json, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    for one in listed(value):
        if isinstance(one, dict):
            yield one
            for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
                yield from _nodes(one.get(name), depth + 1)
        elif isinstance(one, list):
            yield from _nodes(one, depth + 1)


def _is_at(node: Node, urls: frozenset[str]) -> bool:
    own = (address(node.get(name)) for name in ("url", "mainEntityOfPage", "@id"))
    return any(bare(url) in urls for url in own if url)


def bare(url: str) -> str:
    """Give what two spellings of an address share: no scheme, `www.`, query or last slash."""
    return re.sub(r"^https?://(?:www\.)?|[?#].*$", "", url.strip()).rstrip("/").lower()


def _fullness(node: Node) -> int:
    return sum(name in node for name in ("headline", "datePublished", "author", "articleBody"))
