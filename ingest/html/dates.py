"""Find when an article was published: the publisher's own day, with the exact time where known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from article import Precision, Published
from ingest.dates import parse_date
from ingest.html.json_ld import plain_text, string
from ingest.html.meta import Page, prop
from ingest.html.printed import LONGEST, printed_date, read_printed
from ingest.slug import date_from_url

_METAS = (
    "article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "date",
    "og:article:published_time",
)
_MARKED = (
    "//time[@pubdate or @itemprop='datePublished' or contains(@class, 'publish')"
    " or contains(@class, 'entry-date') or contains(@class, 'posted')]"
)
_PRINTED = (
    "//*[self::span or self::p or self::div or self::li or self::time][contains(@class, 'date')"
    " or contains(@class, 'Date') or contains(@class, 'time') or contains(@class, 'publish')"
    " or contains(@class, 'byline') or contains(@class, 'Timestamp') or contains(@class, 'meta')]"
)
_COUNT_OF_TIMES = 3
_UTC = ("+00:00", "Z")

Found = tuple[Published, str]
"""A date and where it was found."""


def published_of(page: Page, headline: str | None) -> Found | None:
    """Give the date of publication and its origin, from the most trusted place that has one.

    What is printed under the headline is the publisher's own calendar; what is declared is often in
    UTC, or the day when a text that has been written anew first appeared.
    """
    in_url = date_from_url(page.url[0] or "")
    printed = printed_date(page, headline)
    found = next(_declared(page), None)
    if found and printed:
        same = found[0].date in {printed.date, in_url.date if in_url else None}
        return (found[0], found[1]) if same else (_dated(printed, found[0]), "html")
    if found:
        return _own_day(found[0], in_url), found[1]
    if printed:
        return printed, "html"
    if in_url and in_url.precision is Precision.DAY:
        return in_url, "url"
    marked = next(_marked(page), None)
    if marked:
        return marked, "html"
    return (in_url, "url") if in_url else _searched(page)


def _declared(page: Page) -> Iterator[Found]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        if day := read_date(string(page.article.get(name))):
            yield day, "json-ld"
    for name in _METAS:
        if day := read_date(page.meta(name)):
            yield day, "meta"
    if day := read_date(prop(page, "datePublished")):
        yield day, "microdata"
    for element in page.root.xpath(_MARKED):
        if day := read_date(element.get("datetime")):
            yield day, "time"


def _marked(page: Page) -> Iterator[Published]:
    """Give the dates printed in places named after dates, and then those of any `time`."""
    for element in page.root.xpath(_PRINTED):
        text = plain_text(" ".join(element.itertext()))
        if text and len(text) <= LONGEST and (day := read_date(text)):
            yield day
    for element in page.root.xpath("//time[@datetime]")[:_COUNT_OF_TIMES]:
        if day := read_date(element.get("datetime")):
            yield day


def _searched(page: Page) -> Found | None:
    """Ask htmldate, which looks into the whole page, where nothing else is left."""
    from htmldate import find_date

    text = find_date(page.root, original_date=True, extensive_search=True, url=page.url[0])
    if not isinstance(text, str) or text.endswith("-01-01"):  # what it makes of a year alone
        return None
    day = parse_date(text)
    return (day, "htmldate") if day else None


def read_date(text: str | None) -> Published | None:
    """Read a date as pages declare or print it, None where it is no day."""
    if not text or len(text) > 2 * LONGEST:
        return None
    found = parse_date(text) or read_printed(text)
    return found if found and _plausible(found) else None


def _plausible(found: Published) -> bool:
    return found.precision is not Precision.YEAR and found.date > "1970-01-01"


def _dated(printed: Published, declared: Published) -> Published:
    """Keep the printed day, with the declared moment where that is of the same night."""
    if declared.moment and _days_apart(printed, declared) == 1:
        return Published(printed.date, Precision.TIME, declared.moment)
    return printed


def _days_apart(one: Published, other: Published) -> int:
    if Precision.MONTH in {one.precision, other.precision}:
        return 99
    return abs((date.fromisoformat(one.date) - date.fromisoformat(other.date)).days)


def _own_day(found: Published, in_url: Published | None) -> Published:
    """Take the day from the address where the time is given in UTC and the days differ by one.

    The publisher's own calendar is in its addresses; the other day is what UTC made of it.
    """
    if not in_url or in_url.precision is not Precision.DAY or found.precision is not Precision.TIME:
        return found
    if not (found.moment or "").endswith(_UTC):
        return found
    return replace(found, date=in_url.date) if _days_apart(found, in_url) == 1 else found
