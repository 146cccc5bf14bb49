"""Read what a URL says of its article: site, date, and the headline in its last words (the slug)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from article import Published
from ingest import dates
from ingest.months import MONTHS

_ID = re.compile(r"\d{5,}|(?=(?:\D*\d){3})[a-z]{1,8}\d+[a-z\d]*|(?=.*\d)[\da-f]{8,}")
"""An article's number at the end of a slug: 19600369, a75485, id30134161, 18c0ffee9."""

_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[/._-]?)(?P<m>0[1-9]|1[0-2])(?P=sep)"
    r"(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_NAMED_DATE = re.compile(
    r"/(?P<y>(?:19|20)\d\d)/(?P<m>[a-z]{3,9})/(?P<d>\d{1,2})(?!\d)", re.IGNORECASE
)
_SHORT_DATE = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})/")
_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0[1-9]|1[0-2])(?=/)")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = (".", "!", "?", "…", ":", '."', ".”", "?”", "!”", '?"', '!"', ".»")


def site_of(url: str) -> str | None:
    """Give the site a URL belongs to: its host, lower-cased, without `www.`."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") or None if host else None


def date_from_url(url: str) -> Published | None:
    """Read the date in a URL's path: /2021/11/04/, /2023/dec/21/, -20241122, else /2021/11/."""
    path = _path(url)
    for form in (_NUMERIC_DATE, _NAMED_DATE, _SHORT_DATE):
        for found in form.finditer(path):
            month = found["m"]
            number = int(month) if month.isdecimal() else MONTHS.get(month.lower(), 0)
            if day := dates.on(int(found["y"]), number, int(found["d"])):
                return day
    found_month = _MONTH.search(path)
    return dates.in_month(int(found_month["y"]), int(found_month["m"])) if found_month else None


def slug_words(url: str) -> list[str]:
    """Give the words of the part of the path that reads most like a headline, ids dropped."""
    parts = [_words_of(part) for part in _path(url).split("/")]
    return max(reversed(parts), key=len, default=[])


def headline_from_url(url: str, words: Iterable[str]) -> str | None:
    """Read a headline from the slug, the case of each word taken from the article's own words.

    `words` are the article's words in their order, punctuation still on them. None where the slug has
    fewer than three words, or the article uses under half of them (a slug in another script, a code).
    """
    slug = slug_words(url)
    if len(slug) < 3:
        return None
    forms = _printed_forms(words, {fold(word) for word in slug})
    if 2 * sum(fold(word) in forms for word in slug) < len(slug):
        return None
    text = " ".join(forms.get(fold(word), word) for word in slug)
    return text[0].upper() + text[1:]


def fold(word: str) -> str:
    """Lower-case a word and take off its accents, as slugs do."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""


def _words_of(part: str) -> list[str]:
    part = re.sub(r"\.(?:s?html?|php|aspx?|jsp|ece|amp)$", "", part, flags=re.IGNORECASE)
    words = [word for word in re.split(r"[\W_]+", part) if word]
    while words and _ID.fullmatch(words[-1].lower()):
        words.pop()
    while words and _ID.fullmatch(words[0].lower()):
        words.pop(0)
    return words if any(word.isalpha() for word in words) else []


def _printed_forms(words: Iterable[str], wanted: set[str]) -> dict[str, str]:
    """How the article prints each wanted word: most often, and not as a sentence's first if it can be."""
    inside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, starts in _with_starts(words):
        key = fold(word)
        if key in wanted:
            (first if starts else inside)[key][word] += 1
    return {key: seen.most_common(1)[0][0] for key, seen in {**first, **inside}.items()}


def _with_starts(words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    starts = True
    for printed in words:
        for word in _WORD.findall(printed):
            yield word, starts
            starts = False
        starts = printed.endswith(_SENTENCE_END) or (starts and not _WORD.search(printed))
