"""CSL-JSON: references as citation processors take them."""

from __future__ import annotations

from typing import Any

from ingest.exports.references import reference, strings
from ingest.exports.saved import Saved, listed

KIND = "json/csl"
_TYPES = frozenset(
    [
        "article", "article-journal", "article-magazine", "article-newspaper", "book", "broadcast", "chapter",
        "document", "entry-encyclopedia", "interview", "manuscript", "motion_picture", "paper-conference",
        "periodical", "post", "post-weblog", "report", "review", "speech", "thesis", "webpage",
    ]
)  # fmt: skip
_OWN = frozenset({"issued", "container-title", "citation-key", "accessed", "URL"})


def saved_of(entry: dict[str, Any]) -> Saved | None:
    """Give what a reference says; None for what is none."""
    if str(entry.get("type")) not in _TYPES or not _OWN & entry.keys():
        return None
    said = {
        "title": _text(entry.get("title")),
        "url": _text(entry.get("URL")),
        "authors": _names(entry.get("author") or entry.get("editor")),
        "date": _date(entry.get("issued")),
        "site": _text(entry.get("container-title")) or _text(entry.get("publisher")),
        "section": _text(entry.get("section")),
        "language": _text(entry.get("language")),
        "abstract": _text(entry.get("abstract")),
        "tags": [tag for one in strings(entry.get("keyword")) for tag in one.split(",")],
    }
    doi, at = _text(entry.get("DOI")), _date(entry.get("accessed"))
    return reference(said, KIND, doi=doi, saved_at=at, notes=strings(entry.get("note")))


def _text(value: object) -> str:
    """Give a value as text; of a list, as some programs write it, the first."""
    return next(iter(strings(value)), "")


def _names(value: object) -> list[str]:
    people = [one for one in listed(value) if isinstance(one, dict)]
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    return [" ".join(strings([one.get(part) for part in parts])) for one in people]


def _date(value: object) -> str | None:
    """Give a date as it is written elsewhere: `[[2021, 11, 4]]` is 2021-11-04."""
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [str(one).strip() for one in first[:3]] if isinstance(first, list) else []
    if numbers and all(one.isdecimal() for one in numbers):
        return "-".join([numbers[0], *(one.zfill(2) for one in numbers[1:])])
    return _text(value.get("raw")) or _text(value.get("literal")) or None
