"""The line of date under a headline, as readers saw it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, islice

from article import Precision, Published
from ingest.dates import parse_date
from ingest.html.headline import key
from ingest.html.json_ld import plain_text
from ingest.html.meta import Page
from ingest.html.tree import Element

_LABEL = re.compile(
    r"^.*?\b(?:published|posted|first published|veröffentlicht|publié|publicado|опубликовано)\b:?\s*",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\W*\b(?:last )?(?:updated|modified|aktualisiert|mis à jour|actualizado|обновлено)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[—–-]\s+")
_NEAR = 150
"""Elements behind the headline that are looked at."""

_PROSE = 240
"""Characters of a paragraph where the article has begun; a standfirst is shorter."""

LONGEST = 80
LONGEST_BYLINE = 150
_BY = re.compile(
    r"(?:(?:written|posted|reported|story|words) )?(?:by|von|par|por|di|door|av|af|автор|текст)\b:?\s+(?=\S)",
    re.IGNORECASE,
)


def printed_date(page: Page, headline: str | None) -> Published | None:
    """Give the date printed under the headline; one that says it is of an update does not count."""
    for text in _under(page, headline):
        if (
            len(text) <= LONGEST
            and any(c.isdecimal() for c in text)
            and (found := read_printed(text))
        ):
            return found
    return None


def printed_bylines(page: Page, headline: str | None) -> Iterator[str]:
    """Give the lines under the headline that begin as bylines do."""
    for text in _under(page, headline):
        if _BY.match(text) and len(text) <= LONGEST_BYLINE:
            yield text


def read_printed(text: str) -> Published | None:
    """Read a line that is a date, with a word of publication before it, or the part that is one."""
    before = _UPDATED.split(text)[0]
    for part in (_LABEL.sub("", before), *_PARTS.split(_LABEL.sub("", before))):
        found = parse_date(part.strip(" |•·,-–—"))
        if found and found.precision in {Precision.DAY, Precision.TIME} and found.date > "1970":
            return found
    return None


def _under(page: Page, headline: str | None) -> list[str]:
    """Give the short lines under the headline, looked for once."""
    if page.under is None:
        page.under = list(_lines_under(page.root, key(headline)))
    return page.under


def _lines_under(root: Element, headline: str) -> Iterator[str]:
    if not headline:
        return
    headings = root.iter("h1", "h2")
    start = next((one for one in headings if key(one.text_content()) == headline), None)
    if start is None:
        return
    behind = dropwhile(lambda element: element is not start, root.iter("*"))
    for element in islice(behind, 1, _NEAR):
        if element.tag in {"script", "style"}:
            continue
        text = plain_text(" ".join(element.itertext())) if _is_short(element) else ""
        if element.tag == "p" and not _is_short(element):
            return
        if text:
            yield text


def _is_short(element: Element) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > _PROSE:
            return False
    return True
