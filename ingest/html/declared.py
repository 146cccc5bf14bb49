"""Hold what was extracted against the text that the page declares as its article's."""

from __future__ import annotations

import re

from article import Kind
from ingest.clean import split_paragraphs
from ingest.html.blocks import Block
from ingest.html.headline import key
from ingest.html.json_ld import plain_text
from ingest.html.meta import Page

_BREAK = re.compile(r"</p>|<br\s*/?>|</li>|</h\d>", re.IGNORECASE)
_RUN = 4
_SAME = 0.5
_WHOLE = 0.6
_FEWEST = 60
_SHORT = 120
_FINER = 3
"""An extraction with a third of the declared paragraphs, or fewer, has run them together."""

Runs = set[tuple[str, ...]]


def declared_text(page: Page) -> str:
    """Give the article's text as JSON-LD declares it, tags taken out, its line ends kept."""
    text = page.article.get("articleBody")
    if not isinstance(text, str):
        return ""
    return "\n".join(plain_text(line) for line in _BREAK.sub("\n", text).splitlines())


def checked(blocks: list[Block], declared: str) -> list[Block]:
    """Give the blocks that the declared text has too, where it is the whole of the article.

    The declared text itself stands in where the extraction has missed half of it. A declared text
    that is much shorter than what was found is a teaser, and says nothing.
    """
    runs = _runs(key(declared))
    found = [_runs(block.key) for block in blocks]
    if len(declared.split()) < _FEWEST:
        return blocks
    everything: Runs = set().union(*found)
    paragraphs = [Block(text, Kind.BODY, [], key(text)) for text in split_paragraphs(declared)]
    if len(runs & everything) < _SAME * len(runs) or len(blocks) * _FINER <= len(paragraphs):
        return paragraphs
    if len(runs) < _WHOLE * len(everything):
        return blocks
    return _common(blocks, [_share(one, runs) for one in found])


def _common(blocks: list[Block], shares: list[float]) -> list[Block]:
    """Drop plain paragraphs above and below the declared text, and short ones it leaves out within.

    Lists, quotes and sub-headlines are often left out of it, long paragraphs now and then.
    """
    places = [place for place, share in enumerate(shares) if share >= _SAME]
    if not places:
        return blocks
    inside = range(places[0], places[-1])
    return [
        block
        for place, block in enumerate(blocks)
        if shares[place] >= _SAME
        or block.kind is not Kind.BODY
        or (place in inside and len(block.text) > _SHORT)
    ]


def _share(own: Runs, others: Runs) -> float:
    return len(own & others) / len(own) if own else 0.0


def _runs(words: str) -> Runs:
    parts = words.split()
    return {tuple(parts[at : at + _RUN]) for at in range(max(1, len(parts) - _RUN + 1))}
