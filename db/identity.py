"""Which stored article an input is: its keys, and how much of its words another text shares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from accession import Source
from article import Article, digest
from db.addresses import normal_url

SAME_ARTICLE = 0.5
"""Share of word shingles from which a text under the same key is the same article."""

SAME_NAME = 0.8
"""Share of them from which a text under the same headline and day is, unless both have an address."""

WHOLE = 2
"""How many times as many words another form has that is the whole of what was stored in part."""

STANDARD_INPUT = "-"
"""The location of what came through a pipe: a place that everything shares, and so no identity."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|[^\W_]+")
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What stands between words in ASCII, where that is found in half the time."""
_SHINGLE = 4
_WEB = re.compile(r"https?://", re.IGNORECASE)


def keys(article: Article, source: Source) -> list[str]:
    """Give the keys of an article, strongest first; the last is always that of its text.

    `url:` the normalised canonical URL, with that it was asked for by where the page came from the
    web, else `source:` the source's own id within its site or file, or the file itself where it
    holds one article; `name:` the hash of headline and day; and `text:` the hash of headline, date
    and text. Text alone is no identity, since wire and company news repeat word for word on other
    days, and a name is one only with most of the words.
    """
    name = name_key(article.headline, article.published.date if article.published else None)
    weak = [name, text_key(article)] if name else [text_key(article)]
    asked = [source.location] if source.item is None and _WEB.match(source.location) else []
    if urls := [url for url in (article.url, *asked) if url]:
        return [*dict.fromkeys(f"url:{normal_url(url)}" for url in urls), *weak]
    if article.source_id:
        number = article.source_id.replace("#", "%23")
        return [f"source:{article.site or source.location}#{number}", *weak]
    if source.item is None and source.location != STANDARD_INPUT:
        return [f"source:{source.location}#", *weak]
    return weak


def name_key(headline: str | None, date: str | None) -> str | None:
    """Give the key of a headline's letters and digits on a calendar day, where both are known."""
    letters = "".join(_WORD.findall((headline or "").casefold()))
    if not letters or len(date or "") != len("2021-11-04"):
        return None
    return f"name:{digest(f'{letters} {date}')}"


def text_key(article: Article) -> str:
    """Give the key of an article's headline, calendar date and text."""
    date = article.published and article.published.date
    words = [article.headline, date, *(paragraph.text for paragraph in article.paragraphs)]
    return f"text:{digest(json.dumps(words, ensure_ascii=False))}"


def namespace(key: str) -> str:
    """Give what a key is unique within: `url`, `text`, or the site or file of a `source` key."""
    return key.rpartition("#")[0] if key.startswith("source:") else key.partition(":")[0]


def is_weak(key: str) -> bool:
    """Tell a key that is an article's only where none of the same kind says otherwise."""
    return key.startswith(("name:", "text:"))


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
