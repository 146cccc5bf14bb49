"""Read the dates publishers print: the publisher's own calendar date, never shifted through UTC."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from article import Precision, Published
from ingest.clock import CLOCK, moment
from ingest.months import MONTHS, WEEKDAYS

EARLIEST, LATEST = 1500, 2200
"""A year outside these is some other number: newspapers begin around 1600."""

_SMALL_WORDS = frozenset(
    [
        "published",
        "posted",
        "updated",
        "modified",
        "created",
        "date",
        "dated",
        "filed",
        "on",
        "issued",
        "at",
        "of",
        "the",
        "first",
        "last",
        "stand",
        "datum",
        "am",
        "um",
        "vom",
        "uhr",
        "veröffentlicht",
        "aktualisiert",
        "erstellt",
        "publié",
        "mis",
        "à",
        "jour",
        "le",
        "publicado",
        "actualizado",
        "el",
        "de",
        "del",
        "a",
        "las",
        "fecha",
        "pubblicato",
        "il",
        "alle",
        "опубликовано",
        "обновлено",
        "дата",
        "в",
        "г",
        "года",
        "hrs",
        "h",
        "kl",
        "t",
        "den",
        "o",
        "e",
    ]
)
"""Words that may stand beside a date and say nothing of their own."""

_OTHER_ZONES = frozenset(
    [
        "est",
        "edt",
        "cst",
        "cdt",
        "mst",
        "mdt",
        "pst",
        "pdt",
        "et",
        "ct",
        "mt",
        "pt",
        "cet",
        "cest",
        "mez",
        "mesz",
        "bst",
        "msk",
    ]
)
"""Named zones that several countries use for other offsets: read past, never turned into a number."""

_FIGURE = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]+")
_SEPARATORS = re.compile(r"[\s,.;:|()/–—-]*")

Found = tuple[Published, re.Match[str]]


def parse_date(text: str) -> Published | None:
    """Read a text that is a date and nothing else, in the forms publishers use.

    None where it says no date, says more than a date, or leaves day and month open (03/04/2021).
    """
    text = " ".join(text.split())
    return _parse(text) if 4 <= len(text) <= 80 and _FIGURE.search(text) else None


@lru_cache(maxsize=64)  # one line is tried as a date, as a byline, and as a part of one
def _parse(text: str) -> Published | None:
    found = _first(text)
    if found is None:
        return None
    published, match = found
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if published.precision is not Precision.DAY:
        return published if _says_nothing(rest) else None
    return _with_clock(published.date, rest)


def find_date(text: str) -> Published | None:
    """Find the first day a short text names, whatever else it says (`Jane Roe, 4 November 2021`)."""
    text = " ".join(text.split())
    if not _FIGURE.search(text):
        return None
    days = (found for form in (*_FORMS, _SHORT) for found in _days(form, text))
    published, match = min(days, key=lambda day: day[1].start(), default=(None, None))
    if published is None or match is None:
        return None
    around = f"{text[match.end() :]} | {text[: match.start()]}"
    return _at_its_time(published.date, around)


def on(year: int, month: int, day: int) -> Published | None:
    """Give the day as a date, None if the calendar has no such day."""
    try:
        return Published(date(year, month, day).isoformat()) if _plausible(year) else None
    except ValueError:
        return None


def in_month(year: int, month: int) -> Published | None:
    """Give the month as a date, None if there is no such month."""
    if _plausible(year) and 1 <= month <= 12:
        return Published(f"{year:04}-{month:02}", Precision.MONTH)
    return None


def _plausible(year: int) -> bool:
    return EARLIEST <= year <= LATEST


def _first(text: str) -> Found | None:
    for form, read in _FORMS:
        for match in form.finditer(text):
            if published := read(match):
                return published, match
    return None


def _days(
    form: tuple[re.Pattern[str], Callable[[re.Match[str]], Published | None]], text: str
) -> Iterator[Found]:
    pattern, read = form
    for match in pattern.finditer(text):
        published = read(match)
        if published and published.precision is Precision.DAY:
            yield published, match


def _at_its_time(day: str, around: str) -> Published:
    for clock in CLOCK.finditer(around):
        if clock["m"] and (at := moment(day, clock)):
            return Published(day, Precision.TIME, at)
    return Published(day)


def _says_nothing(rest: str) -> bool:
    words = _WORDS.findall(rest.lower())
    return all(
        word in WEEKDAYS or word in _SMALL_WORDS or word in _OTHER_ZONES for word in words
    ) and (_SEPARATORS.fullmatch(_WORDS.sub("", rest)) is not None)


def _with_clock(day: str, rest: str) -> Published | None:
    if _says_nothing(rest):
        return Published(day)
    for clock in CLOCK.finditer(rest.replace("T", " ", 1) if rest.startswith(" T") else rest):
        at = moment(day, clock)
        before, after = clock.string[: clock.start()], clock.string[clock.end() :]
        if at and _says_nothing(f"{before} {after}"):
            return Published(day, Precision.TIME, at)
    return None


def _year_first(match: re.Match[str]) -> Published | None:
    return on(int(match["y"]), int(match["m"]), int(match["d"]))


def _short_year(match: re.Match[str]) -> Published | None:
    return on(2000 + int(match["y"]), int(match["m"]), int(match["d"]))


def _slashed(match: re.Match[str]) -> Published | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first == second or second > 12:
        return on(year, first, second)
    return on(year, second, first) if first > 12 else None


def _named(match: re.Match[str]) -> Published | None:
    month = MONTHS.get(match["month"].lower())
    return on(int(match["y"]), month, int(match["d"])) if month else None


def _named_month(match: re.Match[str]) -> Published | None:
    month = MONTHS.get(match["month"].lower())
    return in_month(int(match["y"]), month) if month else None


def _month(match: re.Match[str]) -> Published | None:
    return in_month(int(match["y"]), int(match["m"]))


def _year(match: re.Match[str]) -> Published | None:
    return Published(match[0], Precision.YEAR) if _plausible(int(match[0])) else None


_NAME = r"(?P<month>[^\W\d_]{3,})\.?"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Published | None]], ...] = (
    (
        re.compile(r"(?<!\d)(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2\s?(?P<d>\d{1,2})(?!\d)\.?"),
        _year_first,
    ),
    (
        re.compile(r"(?P<y>\d{4})\s?[年년]\s*(?P<m>\d{1,2})\s?[月월]\s*(?P<d>\d{1,2})\s?[日일]"),
        _year_first,
    ),
    (re.compile(r"(?<!\d)(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)"), _year_first),
    (re.compile(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)"), _slashed),
    (
        re.compile(
            r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:\s?-\s?|\s+|(?=[^\W\d_]{3}))"
            rf"(?:de\s+|of\s+)?{_NAME}(?:,\s*|\s?-\s?|\s+)(?:del?\s+)?(?P<y>\d{{4}})(?!\d)"
        ),
        _named,
    ),
    (
        re.compile(rf"{_NAME}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y>\d{{4}})(?!\d)"),
        _named,
    ),
    (re.compile(rf"(?<!\d\s){_NAME},?\s+(?:de\s+)?(?P<y>\d{{4}})(?!\d)"), _named_month),
    (re.compile(r"(?P<y>\d{4})\s?[年년]\s*(?P<m>\d{1,2})\s?[月월]"), _month),
    (re.compile(r"(?<!\d)(?P<y>\d{4})[-/](?P<m>\d{1,2})(?![-/\d])"), _month),
    (re.compile(r"(?<!\d)\d{4}(?!\d)"), _year),
)

_SHORT = (
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{2})(?![\d.])"),
    _short_year,
)
"""A year of two figures, only where a text is known to be a date's place."""
