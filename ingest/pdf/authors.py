"""Who signs a print: with a `By`, by a link to an author's page, or alone below the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from article import Author
from ingest.addresses import AUTHOR
from ingest.byline import parse_signature, split_names
from ingest.dates import find_date, parse_date
from ingest.pdf.blocks import Block
from ingest.sentences import ends_sentence

MOST_WORDS = 4
"""Of what stands between headline and date, more words are no name."""

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


def signed(blocks: list[Block]) -> Iterator[tuple[Block, Author]]:
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
    for _, other in linked(blocks):
        if author.name.startswith(other.name):
            return other
    return author


def linked(blocks: list[Block]) -> Iterator[tuple[Block, Author]]:
    """Yield those whose name leads to an author's page."""
    for block in blocks:
        urls = dict.fromkeys(
            word.url for word in block.words if word.url and AUTHOR.search(word.url)
        )
        for url in urls:
            text = " ".join(word.text for word in block.words if word.url == url)
            found = parse_signature(text)
            name = found.authors[0].name if found and found.authors else text.strip(" ,|•·")
            if _is_name(name):
                yield block, Author(name, url)


def bare(blocks: list[Block]) -> Iterator[tuple[Block, Author]]:
    """Yield names that stand alone between the headline and the body.

    Directly between the headline and a date stands who wrote it, whatever it looks like.
    """
    for at, block in enumerate(blocks):
        text = re.sub(r"\s*[|•·].*$", "", block.text)
        names = split_names(text) if len(text) < 100 else ()
        dated = at == 0 and any(parse_date(other.text) for other in blocks[1:2])
        short = all(len(author.name.split()) <= MOST_WORDS for author in names)
        if dated and short and not block.depth and not ends_sentence(text) and not find_date(text):
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
