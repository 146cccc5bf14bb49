"""Byline and date of a print: what stands around its headline and says who and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from article import Author, Published
from ingest.byline import parse_signature
from ingest.dates import find_date
from ingest.pdf.authors import bare, linked, signed
from ingest.pdf.blocks import Block
from ingest.sentences import ends_sentence

LONGEST_SIGNATURE, LONGEST_ALONE = 160, 80
REACH = 8
"""Blocks above the headline that may still name author and date."""

_UPDATED = re.compile(
    r"updated|modified|aktualisiert|geändert|mis à jour|actualizado|aggiornato|обновлен|bijgewerkt|更新",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Top:
    """What was read above the body, and the blocks it was read from."""

    headline: Block | None = None
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    published: Published | None = None
    standfirst: str | None = None
    used: list[Block] = field(default_factory=list)


def signature_of(blocks: list[Block], headline: int | None, start: int) -> Top:
    """Read who wrote the article and when from the blocks above its body."""
    top = Top(blocks[headline] if headline is not None else None)
    low = max(0, (headline if headline is not None else start) - REACH)
    near = [
        block
        for at, block in enumerate(blocks[low : start + REACH], low)
        if at != headline and block.depth != 1 and _may_sign(block, at >= start)
    ]
    below = low if headline is None else headline + 1
    after = [block for block in blocks[below:start] if len(block.text) <= LONGEST_SIGNATURE]
    _read_date(near, after, blocks, top)
    _read_authors(near, after, top)
    return top


def _may_sign(block: Block, in_body: bool) -> bool:
    """Whether a block may name author or date; within the body it must do nothing else."""
    if in_body:
        return len(block.text) <= LONGEST_ALONE and parse_signature(block.text) is not None
    return len(block.text) <= LONGEST_SIGNATURE


def _read_date(near: list[Block], after: list[Block], everything: list[Block], top: Top) -> None:
    found = [(block, day) for block in near if (day := find_date(block.text))]
    if not found:
        top.published = _only_day(everything)
        return
    rank = {id(block): at for at, block in enumerate(after)}
    _, top.published = min(
        found, key=lambda one: (_is_update(one[0].text), rank.get(id(one[0]), len(rank)))
    )
    top.used.extend(block for block, _ in found if not ends_sentence(block.text))


def _only_day(blocks: list[Block]) -> Published | None:
    """Give the day that a print names in short blocks, wherever they stand, if it is but one."""
    short = [block.text for block in blocks if len(block.text) <= LONGEST_ALONE]
    days = {day.date: day for text in short if (day := find_date(text))}
    return next(iter(days.values())) if len(days) == 1 else None


def _is_update(text: str) -> bool:
    return bool(_UPDATED.match(text))


def _read_authors(near: list[Block], after: list[Block], top: Top) -> None:
    for read in (signed, linked, bare):
        names = list(read(near if read is not bare else after))
        if names:
            top.authors = tuple(dict.fromkeys(author for _, author in names))
            used = list(dict.fromkeys(id(block) for block, _ in names))
            top.used.extend(block for block in near if id(block) in used)
            top.byline = " | ".join(dict.fromkeys(block.text for block, _ in names))
            return
