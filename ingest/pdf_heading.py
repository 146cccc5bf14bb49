"""Headline, byline and date of a print: what stands above its body, larger or smaller than that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from article import Author, Published
from ingest.addresses import AUTHOR
from ingest.byline import parse_signature, split_names
from ingest.dates import find_date, parse_date
from ingest.pdf_blocks import Block
from ingest.sentences import ends_sentence
from ingest.slug import fold

LONGEST_HEADLINE = 250
LONGEST_SIGNATURE, LONGEST_ALONE = 160, 80
REACH = 8
"""Blocks above the headline that may still name author and date."""

LARGER = 1.15
"""A headline's type is so much larger than the body's."""

_UPDATED = re.compile(
    r"updated|modified|aktualisiert|geändert|mis à jour|actualizado|aggiornato|обновлен|bijgewerkt|更新",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"de[lr]?|den|van|von|zu|bin|al|el|la|le|di|da|dos?|du|ter|ten")
_HELPED = re.compile(
    r"(?:fact[ -]?check|(?:medically )?review|edit|test|photo|illustrat|foto|bearbeit|translat)\w* (?:by|von)\b",
    re.IGNORECASE,
)
"""Those who helped an author sign too, but did not write."""

_DEGREE = re.compile(
    r"(?:ph\.?d|m\.?d|m\.?[as]|b\.?[as]|r\.?n|rdn?|ld|cpt|jd|esq|mph|mba|dvm)\.?|contributors?|staff writer",
    re.IGNORECASE,
)
"""What stands behind a name at a comma and is no name."""

_BY = re.compile(
    r"(?:.{0,40}\W)?(?:by|von|par|por|door|av|af|yazan|oleh|автор)\s*:?$", re.IGNORECASE
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


def words_of(text: str) -> str:
    """Fold a text to its words, to compare two prints of one headline."""
    return " ".join(re.findall(r"\w+", fold(text)))


def headline_of(blocks: list[Block], start: int, body_size: float, title: str | None) -> int | None:
    """Choose the headline among the blocks; `start` is where the body begins."""
    candidates = [
        at
        for at, block in enumerate(blocks)
        if _may_be_headline(block, body_size) and (at <= start or _in_title(block, title))
    ]
    if not candidates:
        return None

    def worth(at: int) -> tuple[float, float, int]:
        block = blocks[at]
        told = len(block.text) if _in_title(block, title) and len(block.text.split()) > 1 else 0
        top = 20.0 * (block.depth == 1) + 10.0 * (block.depth == 2)
        return told + top, round(block.size), -abs(start - at)

    return max(candidates, key=worth)


def _may_be_headline(block: Block, body_size: float) -> bool:
    if not 3 <= len(block.text) <= LONGEST_HEADLINE or "Form" in block.kinds:
        return False
    if block.role in ("LI", "Caption", "Lbl", "TD"):
        return False
    return bool(block.depth) or block.size >= LARGER * body_size


def _in_title(block: Block, title: str | None) -> bool:
    """Whether the page's own title begins with a block's text, or is a part of it."""
    own, told = words_of(block.text), words_of(title or "")
    return bool(own and told) and len(own) > 3 and (own in told or told in own)


def signature_of(blocks: list[Block], headline: int | None, start: int) -> Top:
    """Read who wrote the article and when from the blocks above its body."""
    top = Top(blocks[headline] if headline is not None else None)
    low = max(0, (headline if headline is not None else start) - REACH)
    near = [
        block
        for at, block in enumerate(blocks[low : start + REACH], low)
        if at != headline and block.depth != 1 and _may_sign(block, at > start)
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
    top.used.extend(block for block, _ in found)


def _only_day(blocks: list[Block]) -> Published | None:
    """Give the day that a print names in short blocks, wherever they stand, if it is but one."""
    short = [block.text for block in blocks if len(block.text) <= LONGEST_ALONE]
    days = {day.date: day for text in short if (day := find_date(text))}
    return next(iter(days.values())) if len(days) == 1 else None


def _is_update(text: str) -> bool:
    return bool(_UPDATED.match(text))


def _read_authors(near: list[Block], after: list[Block], top: Top) -> None:
    for read in (_signed, _linked, _bare):
        names = list(read(near if read is not _bare else after))
        if names:
            top.authors = tuple(dict.fromkeys(author for _, author in names))
            used = list(dict.fromkeys(id(block) for block, _ in names))
            top.used.extend(block for block in near if id(block) in used)
            top.byline = " | ".join(dict.fromkeys(block.text for block, _ in names))
            return


def _signed(blocks: list[Block]) -> Iterator[tuple[Block, Author]]:
    """Yield who signs with a `By`, in one block or in the next."""
    for at, block in enumerate(blocks):
        text = block.text
        if _HELPED.match(text):
            continue
        if _BY.fullmatch(text) and at + 1 < len(blocks):
            text = "By " + blocks[at + 1].text
        for part in re.split(r"\s*[|•·]\s*|(?<=\w)\s+(?=Published|Updated|\d)", text):
            signature = parse_signature(part)
            for author in signature.authors if signature else ():
                if not _DEGREE.fullmatch(author.name):
                    yield block, _named_by_link(author, blocks)


def _named_by_link(author: Author, blocks: list[Block]) -> Author:
    """Prefer the name a link bears to one that runs on into what stands behind it."""
    for _, linked in _linked(blocks):
        if author.name.startswith(linked.name):
            return linked
    return author


def _linked(blocks: list[Block]) -> Iterator[tuple[Block, Author]]:
    """Yield those whose name leads to an author's page."""
    for block in blocks:
        urls = dict.fromkeys(
            word.url for word in block.words if word.url and AUTHOR.search(word.url)
        )
        for url in urls:
            text = " ".join(word.text for word in block.words if word.url == url)
            signed = parse_signature(text)
            name = signed.authors[0].name if signed and signed.authors else text.strip(" ,|•·")
            if _is_name(name):
                yield block, Author(name, url)


def _bare(blocks: list[Block]) -> Iterator[tuple[Block, Author]]:
    """Yield names that stand alone between the headline and the body.

    Directly between the headline and a date stands who wrote it, whatever it looks like.
    """
    for at, block in enumerate(blocks):
        text = re.sub(r"\s*[|•·].*$", "", block.text)
        names = split_names(text) if len(text) < 100 else ()
        dated = at == 0 and any(parse_date(other.text) for other in blocks[1:2])
        if dated and not block.depth and not ends_sentence(text) and not find_date(text):
            yield from ((block, author) for author in names)
            return
        if names and all(_is_name(author.name) for author in names):
            yield from ((block, author) for author in names)
            return


def _is_name(text: str) -> bool:
    """Whether a text may be a person's name: two to five words, none small but particles."""
    words = text.split()
    if not 2 <= len(words) <= 5 or any(map(str.isdecimal, text)) or text[-1:] in ".:!?":
        return False
    return all(not word[0].islower() or _PARTICLE.fullmatch(word) for word in words)
