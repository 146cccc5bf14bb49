"""What an engine indexes: an article as analysed words, without any of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from search.analysis import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from article import Article, Published

PARAGRAPH_GAP = 100  # positions left free between two texts, so that no phrase crosses them
HEADLINE_WEIGHT = 3

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another: the word at index i has the position `start` + i.

    `paragraph` is the ordinal they stand in, 0 for what stands above the paragraphs; `sentences`
    says how many words each sentence holds; each word counts `weight` times.
    """

    paragraph: int
    start: int
    terms: tuple[str, ...]
    exacts: tuple[str, ...]
    sentences: tuple[int, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """One article as engines see it.

    `text` is everything a plain word is looked for in: headline, standfirst, byline, authors and
    dateline as paragraph 0, then each paragraph and its credit. `author`, `section`, `tag` and
    `url` hold unstemmed words. `site` and `lang` are whole values. `date` is YYYYMMDD, with 01 for
    a month or day that is not known.
    """

    id: int
    revision: int
    text: tuple[Run, ...]
    headline: tuple[Run, ...] = ()
    author: tuple[Run, ...] = ()
    section: tuple[Run, ...] = ()
    tag: tuple[Run, ...] = ()
    url: tuple[Run, ...] = ()
    site: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    date: int | None = None


def document(article_id: int, revision: int, article: Article) -> Document:
    """Analyse an article."""
    language = article.language
    headline = [(0, 1, article.headline)]
    signed = [article.byline, *(author.name for author in article.authors)]
    return Document(
        id=article_id,
        revision=revision,
        text=tuple(_runs(_texts(article), language)),
        headline=tuple(_runs(headline, language)),
        author=_unstemmed(signed),
        section=_unstemmed([article.section]),
        tag=_unstemmed(article.tags),
        url=_unstemmed([article.url]),
        site=tuple(dict.fromkeys(_sites(article))),
        lang=tuple(language_keys(language)),
        date=day_number(article.published),
    )


def site_keys(value: str) -> list[str]:
    """Give the keys a site is found by: a host and its parent domains, or a folded name."""
    value = (_host(value) or "") if "//" in value else value
    name = " ".join(fold(part) for part in value.split())
    if " " in name or "." not in name:
        return [name] if name else []
    labels = name.removeprefix("www.").strip(".").split(".")
    return [".".join(labels[i:]) for i in range(max(1, len(labels) - 1))]


def language_keys(code: str | None) -> list[str]:
    """Give the keys a language is found by: `en-GB` is found as `en-gb` and as `en`."""
    if not code:
        return []
    whole = fold(code)
    return list(dict.fromkeys([whole, whole.partition("-")[0]]))


def day_number(published: Published | None) -> int | None:
    """Give a publication date as YYYYMMDD, None where there is none or it is no date."""
    match = _DATE.fullmatch(published.date) if published else None
    if match is None:
        return None
    year, month, day = (int(part or "1") for part in match.groups())
    return year * 10000 + month * 100 + day


def _texts(article: Article) -> Iterator[tuple[int, int, str | None]]:
    yield 0, HEADLINE_WEIGHT, article.headline
    yield 0, 1, article.standfirst
    yield 0, 1, article.byline
    for author in article.authors:
        yield 0, 1, author.name
    yield 0, 1, article.dateline
    for ordinal, paragraph in enumerate(article.paragraphs, 1):
        yield ordinal, 1, paragraph.text
        yield ordinal, 1, paragraph.credit


def _runs(texts: Iterable[tuple[int, int, str | None]], language: str | None) -> Iterator[Run]:
    start = 0
    for paragraph, weight, text in texts:
        found = words(text, language) if text else None
        if found is None or not found.terms:
            continue
        yield Run(paragraph, start, found.terms, found.exacts, found.sentences, weight)
        start += len(found.terms) + PARAGRAPH_GAP


def _unstemmed(texts: Iterable[str | None]) -> tuple[Run, ...]:
    return tuple(_runs(((0, 1, text) for text in texts), None))


def _sites(article: Article) -> Iterator[str]:
    if article.site:
        yield from site_keys(article.site)
    if host := _host(article.url):
        yield from site_keys(host)


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:  # what stands there is no address
        return None
