"""Page furniture: the running heads and page numbers that a printer adds to every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ingest.lines import PAGE_BREAK, fold
from ingest.sentences import ends_sentence, starts_small

_HEAD = re.compile(
    r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?"
    r"(?:\s{2,}(?P<title>.*))?"
)
"""What browsers print on top: day and time of printing, and the page's title cut to the line."""

_OF = r"\d{1,4}\s?(?:/|of|von|de|sur|di|из|z)\s?\d{1,4}"
_FOOT = re.compile(rf"\s*(?P<url>(?:https?|file)://\S+)\s{{2,}}(?:\w+ )?{_OF}")
"""What browsers print below: the page's URL and its number of all."""

_NUMBER = re.compile(
    rf"\s*[–—-]?\s*(?:(?:page|seite|p\.|стр\.)\s*)?(?:{_OF}|\d{{1,4}})\s*[–—-]?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Printed:
    """Lines without page furniture; `paged` where any was found, `title` and `url` what it says."""

    lines: list[str]
    paged: bool = False
    title: str | None = None
    url: str | None = None


def is_page_number(line: str) -> bool:
    """Whether a line is a page's number and nothing else."""
    return _NUMBER.fullmatch(line) is not None


def is_print_time(text: str) -> bool:
    """Whether a text is the day and time of printing, as browsers put it on a page."""
    found = _HEAD.fullmatch(text)
    return found is not None and not found["title"]


def strip(lines: list[str]) -> Printed:
    """Take page furniture out; what stood on both sides of a page's end then follows on."""
    feet = {index for index, line in enumerate(lines) if "://" in line and _FOOT.fullmatch(line)}
    if not feet and PAGE_BREAK not in lines:
        return Printed(lines)
    heads = dict(_heads(lines, feet)) if feet else {}
    gone = feet | heads.keys() | {index for index, line in enumerate(lines) if line == PAGE_BREAK}
    gone |= _numbers_and_repeats(lines, gone)
    pages = max(len(feet), lines.count(PAGE_BREAK) + 1)
    title = max((fold(head["title"] or "") for head in heads.values()), key=len, default="")
    url = _uncut(lines[min(feet)]) if feet else None
    return Printed(list(_closed(lines, gone, pages)), True, title or None, url)


def _uncut(foot: str) -> str | None:
    found = _FOOT.fullmatch(foot)
    url = found["url"] if found else ""
    return url if url.startswith("http") and not url.endswith(("…", "...")) else None


def _heads(lines: list[str], feet: set[int]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the first writing after each page's end, and the text's own first, if it is a head."""
    starts = {0} | {index + 1 for index in feet}
    for start in starts:
        index = next(
            (i for i in range(start, len(lines)) if lines[i] not in ("", PAGE_BREAK)), None
        )
        head = _HEAD.fullmatch(lines[index]) if index is not None else None
        if index is not None and head:
            yield index, head


def _numbers_and_repeats(lines: list[str], gone: set[int]) -> set[int]:
    """Find first and last lines of pages that are a page number, or the same on three pages."""
    edges = list(_edges(lines, gone))
    seen = Counter(_masked(lines[index]) for index in edges)
    return {
        index
        for index in edges
        if _NUMBER.fullmatch(lines[index]) or seen[_masked(lines[index])] >= 3
    }


def _edges(lines: list[str], gone: set[int]) -> Iterator[int]:
    breaks = [index for index, line in enumerate(lines) if line == PAGE_BREAK]
    for at in breaks:
        for step in (-1, 1):
            index = at + step
            while 0 <= index < len(lines) and not lines[index]:
                index += step
            if 0 <= index < len(lines) and index not in gone:
                yield index


def _masked(line: str) -> str:
    return re.sub(r"\d+", "0", fold(line))


def _closed(lines: list[str], gone: set[int], pages: int) -> Iterator[str]:
    """Yield what is left; a page's end becomes a blank line only where paragraphs have them."""
    runs = [
        (kind, [lines[index] for index in run], any(index in gone for index in run))
        for kind, run in (
            (kind, list(group))
            for kind, group in groupby(range(len(lines)), key=lambda i: i in gone or not lines[i])
        )
    ]
    spaced = sum(empty and not seam for empty, _, seam in runs) > 2 * pages + 3
    for place, (empty, run, seam) in enumerate(runs):
        if not empty or not seam:
            yield from run
        elif 0 < place < len(runs) - 1:
            before, after = runs[place - 1][1][-1], runs[place + 1][1][0]
            if spaced and ends_sentence(before) and not starts_small(after):
                yield ""
