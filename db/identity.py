"""Which stored article an input is: its keys, and how much of its words another text shares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

from article import Article, Source, digest

SAME_ARTICLE = 0.5
"""Share of word shingles from which a text under the same key is the same article."""

STANDARD_INPUT = "-"
"""The location of what came through a pipe: a place that everything shares, and so no identity."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W_]+")
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What stands between words in ASCII, where that is found in half the time."""
_SHINGLE = 4
_COUNTING = re.compile(r"(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid)(=|$)")


def keys(article: Article, source: Source) -> list[str]:
    """Give the keys of an article, strongest first; the last is always that of its text.

    `url:` the normalised canonical URL, else `source:` the source's own id within its site or
    file, or the file itself where it holds one article; and `text:` the hash of headline, date and
    text. Text alone is no identity, since wire and company news repeat word for word on other days.
    """
    text = text_key(article)
    if article.url:
        return [f"url:{normal_url(article.url)}", text]
    if article.source_id:
        number = article.source_id.replace("#", "%23")
        return [f"source:{article.site or source.location}#{number}", text]
    if source.item is None and source.location != STANDARD_INPUT:
        return [f"source:{source.location}#", text]
    return [text]


def text_key(article: Article) -> str:
    """Give the key of an article's headline, calendar date and text."""
    date = article.published and article.published.date
    words = [article.headline, date, *(paragraph.text for paragraph in article.paragraphs)]
    return f"text:{digest(json.dumps(words, ensure_ascii=False))}"


def normal_url(url: str) -> str:
    """Give a URL in one spelling, for comparison only.

    Scheme, user, `www.`, fragment, trailing slash and what only counts visitors are left out; a
    fragment that is a page's path stays.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # no address after all, but still this article's
        return url.strip()
    place = host if port in {None, 80, 443} else f"{host}:{port}"
    path = quote(unquote_to_bytes(parts.path)).rstrip("/")
    query = "&".join(part for part in parts.query.split("&") if not _COUNTING.match(part))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(("", place, path, query, fragment)).removeprefix("//")


def namespace(key: str) -> str:
    """Give what a key is unique within: `url`, `text`, or the site or file of a `source` key."""
    return key.rpartition("#")[0] if key.startswith("source:") else key.partition(":")[0]


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Give the share of word shingles, 0 to 1, that two texts have in common.

    It is counted against the shorter text, so that the opening of an article is that article.
    """
    first, second = shingles(one), shingles(other)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else float(first == second)


def shingles(paragraphs: Iterable[str]) -> set[tuple[str, ...]]:
    """Give all runs of four words (of a shorter text, the whole), case folded."""
    found = words(text.casefold() for text in paragraphs)
    last = max(len(found) - _SHINGLE, 0)
    return {tuple(found[n : n + _SHINGLE]) for n in range(last + 1)} if found else set()


def words(paragraphs: Iterable[str]) -> list[str]:
    """Give the words of paragraphs, in order; a character of scripts without spaces is one."""
    text = "\n".join(paragraphs)
    return text.translate(_BETWEEN).split() if text.isascii() else _WORD.findall(text)
