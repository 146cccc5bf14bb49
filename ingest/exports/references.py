"""References to articles: what all formats of reference managers have in common."""

from __future__ import annotations

import re
from typing import Any

from ingest.exports.moments import moment
from ingest.exports.saved import Saved, is_web
from ingest.json_article import described

_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|i{2,3}|iv)\.?", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,500}>")


def reference(
    said: dict[str, Any], kind: str, *, doi: str = "", saved_at: object = None, notes: list[str]
) -> Saved:
    """Give a reference; `said` has what it says, under the usual names of an article's values.

    A DOI stands in for an address that is missing. `notes` are a person's own, as text or HTML.
    """
    found = _DOI.search(doi)
    if found and not is_web(str(said.get("url") or "").strip()):
        said = {**said, "url": f"https://doi.org/{found[1]}"}
    article, warnings = described(said)
    note = " · ".join(filter(None, (_TAG.sub(" ", one).strip() for one in notes)))
    return Saved(article, kind, saved_at=moment(saved_at), note=note or None, warnings=warnings)


def first_name_first(name: str) -> str:
    """Give a name as it is spoken: `Lind, Anna` is Anna Lind, `Lind, Karl, Jr.` Karl Lind Jr."""
    last, *others = (part.strip() for part in name.split(","))
    first = [part for part in others if not _SUFFIX.fullmatch(part)]
    suffix = [part for part in others if _SUFFIX.fullmatch(part)]
    return " ".join(filter(None, [*first, last, *suffix]))


def strings(value: object) -> list[str]:
    """Give a value as a list of texts: a text alone, or those in a list."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one.strip()]
