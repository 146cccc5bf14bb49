"""The smaller values of a page: section, tags, language, site, and the address it was saved from."""

from __future__ import annotations

import re

from ingest.html.json_ld import listed, plain_text, string
from ingest.html.meta import Page

_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>https?://\S+)", re.IGNORECASE)
_SINGLEFILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>https?://\S+)")
_COMMA = re.compile(r"[,;]")
_OPENING = 5_000
_MOST_TAGS = 20
_LONGEST_TAG = 50


def saved_from(text: str) -> tuple[str | None, str]:
    """Give the address a browser or SingleFile noted in a saved page, and the page's kind."""
    if found := _SINGLEFILE.search(text[:_OPENING]):
        return found["url"], "html/singlefile"
    found = _SAVED.search(text[:_OPENING])
    return (found["url"] if found else None), "html"


def section_of(page: Page) -> tuple[str | None, str]:
    """Give the section and its origin; of several the first."""
    if declared := string(page.article.get("articleSection")):
        return declared, "json-ld"
    return page.meta("article:section", "parsely-section", "cxenseparse:section", "section"), "meta"


def tags_of(page: Page) -> tuple[list[str], str]:
    """Give the keywords from the first place that has any, at most 20; codes are left out."""
    declared = [one for value in listed(page.article.get("keywords")) for one in _words(value)]
    for values, origin in (
        (page.metas.get("article:tag", []), "meta"),
        (declared, "json-ld"),
        (page.metas.get("news_keywords", []), "meta"),
        (page.metas.get("parsely-tags", []), "meta"),
        (page.metas.get("keywords", []), "meta"),
    ):
        parts = values if len(values) > 1 else [p for one in values for p in _COMMA.split(one)]
        kept = {part.strip().casefold(): part.strip() for part in parts if _is_tag(part.strip())}
        if kept:
            return list(kept.values())[:_MOST_TAGS], origin
    return [], ""


def claim_of(page: Page) -> str:
    """Give the language a page says it is in."""
    lang = next(iter(page.root.xpath("/html/@lang | /html/@*[local-name() = 'lang']")), "")
    claimed = str(lang) or page.meta("og:locale", "content-language", "dc.language") or ""
    return claimed.strip().replace("_", "-")


def _words(value: object) -> list[str]:
    text = value.get("name") if isinstance(value, dict) else value
    return [plain_text(text)] if isinstance(text, str) else []


def _is_tag(text: str) -> bool:
    return 1 < len(text) <= _LONGEST_TAG and not re.search(r"[:=_/\\{}]|\d{4,}", text)
