"""Give related articles their addresses, and collect the addresses a text names."""

from __future__ import annotations

import re
from dataclasses import replace

from article import Kind, Link, Paragraph
from ingest.addresses import is_address
from ingest.slug import fold, slug_words

_RELATED = re.compile(
    r"(?:(?:related|similar) (?:article|story|stories|news)s?|related|see also|read also|also read|read more|more on this"
    r"|mehr zum thema|lesen sie auch|lesen sie mehr|siehe auch|lire aussi|à lire aussi|lea también|ver también"
    r"|leggi anche|leia também|lees ook|les også|läs också|læs også|читайте также|по теме|читайте також)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
MOST_ADDRESSES = 100
"""No article has more related links; each label is held against every one of them."""

_INLINE = re.compile(r"https?://[^\s<>\"“”«»]+")
_TRAILING = ".,;:!?)]}'’”»"


def link_related(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Turn `Related article: …` into a related link where its address stands in the text.

    The address is the one whose slug has the related headline's words; it is then no paragraph of its
    own. Without an address the paragraph stays as printed, label and all.
    """
    lone = [p.text for p in paragraphs if is_address(p.text)][:MOST_ADDRESSES]
    addresses = {url: frozenset(map(fold, slug_words(url))) for url in lone}
    taken: set[str] = set()
    linked = [_linked(paragraph, addresses, taken) for paragraph in paragraphs]
    return [paragraph for paragraph in linked if paragraph.text not in taken]


def is_related(text: str) -> bool:
    """Whether a text begins as a link to another article does: `Read also: …`."""
    return _RELATED.match(text) is not None


def outgoing(paragraphs: list[Paragraph]) -> list[Link]:
    """List the addresses named within paragraphs, each once."""
    found = [
        match.rstrip(_TRAILING)
        for paragraph in paragraphs
        if "://" in paragraph.text
        for match in _INLINE.findall(paragraph.text)
    ]
    return [Link("outgoing", url) for url in dict.fromkeys(found)]


def _linked(
    paragraph: Paragraph, addresses: dict[str, frozenset[str]], taken: set[str]
) -> Paragraph:
    label = _RELATED.match(paragraph.text) if paragraph.kind is Kind.BODY else None
    if not label:
        return paragraph
    headline = paragraph.text[label.end() :]
    words = {fold(word) for word in re.findall(r"[^\W_]+", headline)}
    url = next((url for url, slug in addresses.items() if _names(slug, words)), None)
    if not url:
        return paragraph if len(paragraph.text) > 300 else replace(paragraph, kind=Kind.RELATED)
    taken.add(url)
    return replace(paragraph, text=headline, kind=Kind.RELATED, url=url)


def _names(slug: frozenset[str], words: set[str]) -> bool:
    return len(slug) > 1 and 2 * len(slug & words) >= len(slug)
