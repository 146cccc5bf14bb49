"""What an engine indexes: an article as analysed words, without any of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from search.analysis import fold, words
from search.dates import last_day, number
from search.layout import HEADLINE, PARAGRAPH_GAP, Layout, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from article import Article, Published, Stored
    from search.analysis import Words

HEADLINE_WEIGHT = 3

# ISO 639-3: languages that have a common code too, Norwegian and Serbo-Croatian.
_MACROLANGUAGES = {"nb": "no", "nn": "no", "bs": "sh", "cnr": "sh", "hr": "sh", "sr": "sh"}

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an article: its zone, the ordinal of its paragraph (0: above them), its words.

    A zone is `headline`, `standfirst`, `byline`, `dateline` or the kind of a paragraph; a credit
    belongs to its paragraph.
    """

    zone: str
    ordinal: int
    text: str
    credit: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another: the word at index i has the position `start` + i.

    `terms` and `keys` stand side by side (see `search.analysis`); each word counts `weight` times.
    """

    start: int
    terms: tuple[str, ...]
    keys: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """One article as engines see it.

    `text` is everything a plain word is looked for in: headline, standfirst, byline, authors and
    dateline, then each paragraph and its credit; `layout` tells which is which. `author`,
    `section`, `tag` and `url` hold unstemmed words. `site`, `lang` and `has` are whole values; the
    last names what the article has (`caption`, `revised`, ...). `first_day` and `last_day` are
    the publication date as YYYYMMDD, two days where only a month or year is known; `added` is in
    seconds since 1970, UTC.
    """

    id: int
    revision: int
    text: tuple[Run, ...]
    layout: Layout
    author: tuple[Run, ...] = ()
    section: tuple[Run, ...] = ()
    tag: tuple[Run, ...] = ()
    url: tuple[Run, ...] = ()
    site: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    first_day: int | None = None
    last_day: int | None = None
    added: int | None = None


def document(stored: Stored, analysed: Sequence[tuple[Text, Words]] | None = None) -> Document:
    """Make the document of an article; `analysed` saves analysing its texts again."""
    article = stored.article
    text, layout = _text(analyse(article) if analysed is None else analysed)
    first_day, last_day = days(article.published) or (None, None)
    beside = {name: _unstemmed(values) for name, values in field_texts(article).items()}
    return Document(
        id=stored.id,
        revision=stored.revision,
        text=text,
        layout=layout,
        author=beside["author"],
        section=beside["section"],
        tag=beside["tag"],
        url=beside["url"],
        site=tuple(dict.fromkeys(_sites(article))),
        lang=tuple(language_keys(article.language)),
        has=tuple(_possessions(stored)),
        first_day=first_day,
        last_day=last_day,
        added=_seconds(stored.added_at),
    )


def texts(article: Article) -> Iterator[Text]:
    """Give the texts a plain word is looked for in, in the order of their positions."""
    head = [
        (HEADLINE, article.headline),
        ("standfirst", article.standfirst),
        ("byline", article.byline),
        *(("byline", author.name) for author in article.authors),
        ("dateline", article.dateline),
    ]
    yield from (Text(zone, 0, text) for zone, text in head if text)
    for ordinal, paragraph in enumerate(article.paragraphs, 1):
        yield Text(paragraph.kind.value, ordinal, paragraph.text)
        if paragraph.credit:
            yield Text(paragraph.kind.value, ordinal, paragraph.credit, credit=True)


def field_texts(article: Article) -> dict[str, list[str]]:
    """Give the values of the fields whose words are found unstemmed."""
    signed = [article.byline, *(author.name for author in article.authors)]
    values = {
        "author": signed,
        "section": [article.section],
        "tag": article.tags,
        "url": [article.url],
    }
    return {name: [value for value in some if value] for name, some in values.items()}


def analyse(article: Article) -> list[tuple[Text, Words]]:
    """Give the texts that hold words, with their words."""
    found = [(text, words(text.text, article.language)) for text in texts(article)]
    return [(text, some) for text, some in found if some.terms]


def site_keys(value: str) -> list[str]:
    """Give the keys a site is found by: a host and its parent domains, or a folded name."""
    value = (_host(value) or "") if "//" in value else value
    if " " in value.strip() or "." not in value:
        name = " ".join(fold(part) for part in value.split())
        return [name] if name else []
    labels = value.strip().lower().removeprefix("www.").strip(".").split(".")
    labels = [fold(label) for label in labels]
    return [".".join(labels[i:]) for i in range(max(1, len(labels) - 1))]


def language_keys(code: str | None) -> list[str]:
    """Give the keys a language is found by: `nb-NO` is found as `nb-no`, as `nb` and as `no`."""
    if not code:
        return []
    whole = fold(code)
    language = whole.partition("-")[0]
    return list(dict.fromkeys([whole, language, _MACROLANGUAGES.get(language, language)]))


def days(published: Published | None) -> tuple[int, int] | None:
    """Give the first and last day a publication date may mean, as YYYYMMDD; None if it is no date."""
    match = _DATE.fullmatch(published.date) if published else None
    if match is None:
        return None
    year, month, day = (int(part or "0") for part in match.groups())
    try:
        first = number(date(year, month or 1, day or 1))
    except ValueError:  # stored as it was read, but in no calendar
        return None
    return first, first if day else last_day(year, month or 12)


def _text(analysed: Sequence[tuple[Text, Words]]) -> tuple[tuple[Run, ...], Layout]:
    runs, stretches, start = [], [], 0
    for text, found in analysed:
        weight = HEADLINE_WEIGHT if text.zone == HEADLINE else 1
        runs.append(Run(start, found.terms, found.keys, weight))
        stretches.append(Stretch(start, text.ordinal, text.zone, found.sentences))
        start += len(found.terms) + PARAGRAPH_GAP
    return tuple(runs), Layout.of(stretches)


def _unstemmed(texts: Iterable[str]) -> tuple[Run, ...]:
    runs, start = [], 0
    for text in texts:
        found = words(text, None)
        if not found.terms:
            continue
        runs.append(Run(start, found.exacts, found.keys))
        start += len(found.terms) + PARAGRAPH_GAP
    return tuple(runs)


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


def _possessions(stored: Stored) -> Iterator[str]:
    """Name what an article has, for `has:` and `is:`."""
    article = stored.article
    values = {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "author": article.authors or article.byline,
        "date": article.published,
        "section": article.section,
        "lang": article.language,
        "site": article.site,
        "url": article.url,
        "tag": article.tags,
        "credit": any(paragraph.credit for paragraph in article.paragraphs),
        "revised": stored.revision > 1,
    }
    yield from (name for name, value in values.items() if value)
    yield from dict.fromkeys(paragraph.kind.value for paragraph in article.paragraphs)


def _seconds(moment: str) -> int | None:
    try:
        return int(datetime.fromisoformat(moment).timestamp())
    except ValueError:  # a library edited by hand
        return None
