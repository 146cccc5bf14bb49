"""Which blocks of a print are the article's body, and which the page's around it.

A whole web page printed to PDF has menus, teasers and footers. As in reading web pages, the box with
the most prose is the article's; what in it is made of links, or stands in forms and asides, is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.links import is_related
from ingest.pdf.blocks import Block, Path
from ingest.sentences import ends_sentence, wide_share

CLIMB = 1.35
"""The next larger box is the article's if it has so many times the prose of the smaller one."""

MENUS = 0.08
"""A page with menus has a larger share of its letters in links."""

SHORTEST_CAPTION = 15
"""Shorter text in a figure, unless it is tagged a caption, is a button: `Play`."""

_PROSE_ROLES = frozenset(["P", "LI", "LBody", "", "BlockQuote", "DD"])
_AROUND = frozenset(["Form", "Aside", "Lbl", "TOC", "TOCI", "Index", "Note"])
_SMALL_TALK = re.compile(
    r"(?:article continues|people are also reading|you've successfully|open extended|share(?: this| on| via|$)|advertisement|anzeige|werbung|publicité|publicidad|read more$"
    r"|sign up|subscribe|newsletter|follow us|click here|comments?$|listen to|print$|e-?mail$|copy link"
    r"|link was copied|save$|mehr zum thema|teilen|\[pr\])",
    re.IGNORECASE,
)

_MORE = re.compile(
    r"(?:related\b|more (?:from|on|about|in|stories|news|like)\b|more \w+$|most (?:read|popular|viewed)|trending|recommended"
    r"|you (?:may|might) (?:also )?like|read next|up next|editor'?s? picks?|tags?:?$|tagged in|topics?:?$|latest\b|popular\b"
    r"|about the author|comments?\b|leave a (?:reply|comment)|sources?:?$|mehr (?:zum|aus|von)|meistgelesen|das könnte sie"
    r"|auch interessant|schlagw|themen:?$|à lire|sur le même|lire aussi|más (?:sobre|noticias)|te puede|leggi anche|altri articoli"
    r"|lees ook|meer over|les også|läs också|læs også|читайте|по теме|関連|související|ilgili|baca juga)",
    re.IGNORECASE,
)
"""What stands over the teasers below an article."""


def is_prose(block: Block) -> bool:
    """Whether a block reads as a paragraph of an article: long, and not made of links."""
    if block.role not in _PROSE_ROLES or not _AROUND.isdisjoint(block.kinds):
        return False
    if "Figure" in block.kinds or block.linked > 0.5:
        return False
    shortest = 25 if wide_share(block.text) > 0.5 else 60
    return len(block.text) >= shortest


def box_of(blocks: list[Block]) -> Path:
    """Give the path of the box that holds the article."""
    prose: Counter[Path] = Counter()
    for block in blocks:
        if is_prose(block):
            for depth in range(len(block.path)):
                prose[block.path[:depth]] += min(len(block.text), 600)
    own: Counter[Path] = Counter()
    for block in filter(is_prose, blocks):
        own[_home(block)] += min(len(block.text), 600)
    best = max(own, key=lambda path: (own[path], -len(path)), default=())
    while best and prose[best[:-1]] >= CLIMB * prose[best]:
        best = best[:-1]
    return best


def _home(block: Block) -> Path:
    """Give the box a block stands in: for an item that of its list."""
    up = 2 if block.role in ("LI", "LBody") else 1
    return block.path[:-up]


def body_of(blocks: list[Block], box: Path) -> Iterator[Block]:
    """Yield the blocks of the body in their order, sub-headlines and captions among them."""
    inside = [block for block in blocks if block.path[: len(box)] == box]
    lists = _link_lists(inside)
    kept = [block for block in inside if _belongs(block, box, lists)]
    for at, block in enumerate(kept[: _end(kept) if _is_web_page(blocks) else None]):
        if not block.depth or _leads(kept[at + 1 :]):
            yield block


def _is_web_page(blocks: list[Block]) -> bool:
    """Whether so much of a print is links that it is a page with menus, not an article alone."""
    letters = sum(len(block.text) for block in blocks)
    return sum(block.linked * len(block.text) for block in blocks) > MENUS * letters


def _end(blocks: list[Block]) -> int:
    """Find where the article ends within its box: at a heading that says what else there is to read."""
    total = sum(len(block.text) for block in blocks if is_prose(block))
    seen = 0
    for at, block in enumerate(blocks):
        if seen > 0.5 * total and len(block.text) < 60 and _MORE.match(block.text):
            return at
        seen += len(block.text) if is_prose(block) else 0
    return len(blocks)


def _leads(following: list[Block]) -> bool:
    """Whether a heading has a paragraph below it before the next heading of its rank."""
    for block in following[:3]:
        if not block.depth:
            return block.role != "Caption"
    return False


def _link_lists(blocks: list[Block]) -> set[Path]:
    """Find the lists that are mostly links: menus and teasers."""
    letters: Counter[Path] = Counter()
    linked: Counter[Path] = Counter()
    for block in blocks:
        if "L" in block.kinds:
            letters[_home(block)] += len(block.text)
            linked[_home(block)] += round(block.linked * len(block.text))
    return {path for path, count in letters.items() if linked[path] > 0.6 * count}


def _belongs(block: Block, box: Path, lists: set[Path]) -> bool:
    """Whether a block within the article's box is of the article."""
    below = block.kinds[len(box) :]
    if not any(map(str.isalnum, block.text)) or not _AROUND.isdisjoint(below) or "Art" in below:
        return False
    if block.role == "Caption" or "Figure" in below:
        return "Caption" in below or len(block.text) >= SHORTEST_CAPTION
    if ("L" in below and _home(block) in lists) or _is_small_talk(block.text):
        return False
    if block.role == "" and len(box) > 1:
        return is_prose(block) and (ends_sentence(block.text) or len(block.text) > 150)
    return (
        block.linked < 0.5
        if block.depth
        else block.linked < 0.9 or len(block.text) >= 40 or is_related(block.text)
    )


def _is_small_talk(text: str) -> bool:
    return len(text) < 80 and _SMALL_TALK.match(text) is not None and not is_related(text)
