"""Captions with their credits, and their places among the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from article import Kind, Paragraph
from ingest.captions import split_credit
from ingest.html.blocks import Block
from ingest.html.headline import key
from ingest.html.json_ld import plain_text
from ingest.html.places import Places
from ingest.html.tree import Element

_CREDIT = re.compile(r"credit|copyright|photographer|agency|source", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:photo(?:graph)?(?: by)?|(?:image |photo )?credit|picture|foto|bild|crédit|fuente|source|quelle|фото)\s*:\s*|^\s*[©(]\s*|\)\s*$",
    re.IGNORECASE,
)
_AWAY = frozenset({"aside", "nav", "footer"})

Placed = tuple[int, Paragraph]
"""A caption and its place on the page."""


def captions_of(places: Places, headline: str | None, blocks: list[Block]) -> list[Placed]:
    """Give the captions between the headline and the article's end, each once."""
    own = [places.order[block.key] for block in blocks if block.key in places.order]
    if not own:
        return []
    start = min(places.order.get(key(headline), own[0]), *own)
    seen = {block.key for block in blocks}
    found: list[Placed] = []
    for place, element in places.captions:
        caption = _caption(element) if start <= place <= max(own) else None
        if caption and key(caption.text) not in seen:
            seen.add(key(caption.text))
            found.append((place, caption))
    return found


def _caption(element: Element) -> Paragraph | None:
    """Read a caption; its credit stands in an element of its own, or behind the text."""
    if any(parent.tag in _AWAY for parent in element.iterancestors()):
        return None
    whole = plain_text(" ".join(element.itertext()))
    for credit in _credits(element):
        text = whole.replace(credit, "", 1).strip()
        if text and credit != whole:
            return _of_words(text, _LABEL.sub("", credit).strip() or None)
    return _of_words(*split_credit(whole))


def _credits(element: Element) -> Iterator[str]:
    for child in element.iterdescendants("span", "p", "div", "small", "cite", "a"):
        text = plain_text(" ".join(child.itertext()))
        if text and _CREDIT.search(child.get("class") or ""):
            yield text


def _of_words(text: str, credit: str | None) -> Paragraph | None:
    return Paragraph(text, Kind.CAPTION, credit) if key(text) else None
