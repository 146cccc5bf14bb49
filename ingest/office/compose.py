"""Make an article of a document's blocks: what its styles say, then its lines, then its properties."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from types import MappingProxyType
from typing import Any

from accession import Reason
from article import Article, Kind, Link, Paragraph
from ingest import text
from ingest.addresses import Addresses, take_addresses
from ingest.assemble import assemble
from ingest.byline import Signature, parse_signature, split_names
from ingest.clean import clean
from ingest.heading import DEEPEST, Evidence, Heading, read_heading
from ingest.lines import fold
from ingest.links import link_related
from ingest.office.blocks import Block, Role, paragraphs_of
from ingest.office.properties import Properties
from ingest.zips import Refused

LONGEST_LINE = 120
"""No printer's line is longer, so that a document with a longer paragraph has one a paragraph."""

_TOP = 8
_PROSE = 250
"""A paragraph so long above a heading shows that the heading is not the article's headline."""


def compose(
    blocks: list[Block],
    properties: Properties,
    links: tuple[Link, ...] = (),
    *,
    wrapped: bool = False,
) -> Article:
    """Make the article; raises `Refused` where no block has words.

    `wrapped` says that paragraphs may be the lines of a printed page, pasted one by one.
    """
    blocks = [block for block in blocks if block.role is not Role.NONE]
    main = _titled([block for block in blocks if block.role is not Role.NOTE], properties.title)
    if not any(clean(block.text) for block in blocks):
        raise Refused(Reason.EMPTY, "it holds no words")
    plain = all(block.role is Role.BODY for block in main) and any(clean(b.text) for b in main)
    article = _plain(main, wrapped) if plain else _structured([b for b in main if clean(b.text)])
    notes = (one for block in blocks if block.role is Role.NOTE for one in paragraphs_of(block))
    known = {link.url for link in article.links}
    more = tuple(link for link in links if link.url not in known)
    article = replace(
        article, paragraphs=(*article.paragraphs, *notes), links=(*article.links, *more)
    )
    return with_properties(article, properties)


def with_properties(article: Article, properties: Properties) -> Article:
    """Fill in what the text left open, and say where it was found."""
    values: dict[str, Any] = {
        "headline": properties.title,
        "authors": properties.authors,
        "published": properties.published,
        "tags": properties.tags,
        "site": properties.site,
        "section": properties.section,
    }
    guessed = article.origins.get("headline") == "url"
    found = {
        name: value
        for name, value in values.items()
        if value and (not getattr(article, name) or (guessed and name == "headline"))
    }
    origins = {**article.origins, **dict.fromkeys(found, properties.origin)}
    found["source_id"] = article.source_id or properties.source_id
    return replace(article, origins=MappingProxyType(origins), **found)


def _titled(blocks: list[Block], title: str | None) -> list[Block]:
    """Mark the block near the top that says what the document's title says."""
    if not title or any(block.role is Role.TITLE for block in blocks):
        return blocks
    wanted = fold(title).casefold()
    for at, block in enumerate(blocks[: 2 * _TOP]):
        if block.role in (Role.BODY, Role.HEADING) and clean(block.text).casefold() == wanted:
            return [*blocks[:at], replace(block, role=Role.TITLE), *blocks[at + 1 :]]
    return blocks


def _plain(blocks: list[Block], wrapped: bool) -> Article:
    """Read a document without styles as its lines; they may be wrapped, as pasted text is."""
    lines = [line for block in blocks for line in (block.text.split("\n"))]
    if wrapped and max(map(len, lines), default=0) <= LONGEST_LINE:
        return text.parse("\n".join(lines))[0]
    paragraphs = [one.text for block in blocks for one in paragraphs_of(block)]
    return text.parse("\n\n".join(paragraphs))[0]


def _structured(blocks: list[Block]) -> Article:
    at = _headline_at(blocks)
    above = blocks[: at or 0]
    below = blocks if at is None else blocks[at + 1 :]
    heading, rest = _below(None if at is None else clean(blocks[at].text), below)
    signature, standfirst = heading.signature, heading.standfirst
    kept = []
    for block in above:
        more = _signature(block)
        if more and signature.lacks(more):
            signature = more.plus(signature)
        else:
            kept.append(block)
    addresses, rest = _addresses(rest)
    captions = [Paragraph(words, Kind.CAPTION, credit) for words, credit in heading.captions]
    body = [one for block in (*kept, *rest) for one in paragraphs_of(block)]
    heading = replace(heading, signature=signature, standfirst=standfirst)
    return assemble(heading, addresses, link_related(captions + body))


def _headline_at(blocks: list[Block]) -> int | None:
    """Find the headline by its style: a title near the top, else a heading with no prose above it."""
    top = blocks[:_TOP]
    titles = [at for at, block in enumerate(top) if block.role is Role.TITLE]
    headings = [at for at, block in enumerate(top) if block.role is Role.HEADING]
    found = next(iter(titles or headings), None)
    if found is None or titles:
        return found
    prose = (len(block.text) > _PROSE for block in top[:found] if block.role is not Role.CAPTION)
    return None if any(prose) or found > DEEPEST else found


def _below(headline: str | None, blocks: list[Block]) -> tuple[Heading, list[Block]]:
    """Read what stands below a headline, or on top where no style tells one; give the rest."""
    styled, blocks = _styled(blocks) if headline else (Heading([]), blocks)
    top = [b for b in takewhile(_may_head, blocks[:_TOP]) if b.role is Role.BODY]
    texts = [headline] if headline else []
    texts += [clean(block.text) for block in top]
    lines = [line for one in texts for line in (one, "")]
    read = read_heading(lines, Evidence(running_head=headline), indented=False)
    taken = (len(lines) - len(read.body) + 1) // 2 - (1 if headline else 0)
    gone = {id(block) for block in top[: max(taken, 0)]}
    signature = styled.signature.plus(read.signature)
    standfirst = " ".join(filter(None, (styled.standfirst, read.standfirst))) or None
    captions = () if headline else read.captions
    heading = Heading([], captions, headline or read.headline, standfirst, signature)
    return heading, [block for block in blocks if id(block) not in gone]


def _may_head(block: Block) -> bool:
    return block.role in (Role.BODY, Role.CAPTION)


def _styled(blocks: list[Block]) -> tuple[Heading, list[Block]]:
    """Take the standfirst and the byline that have styles of their own, from the first blocks."""
    standfirst, signature, rest = "", Signature(), []
    for at, block in enumerate(blocks):
        more = _signature(block) if block.role is Role.BYLINE and at < _TOP else None
        if block.role is Role.SUBTITLE and at < DEEPEST:
            standfirst = f"{standfirst} {clean(block.text)}".strip()
        elif more and signature.lacks(more):
            signature = signature.plus(more)
        else:
            rest.append(block)
    return Heading([], (), None, standfirst or None, signature), rest


def _signature(block: Block) -> Signature | None:
    """Read a byline; under a style of its own it needs no `By`."""
    words = clean(block.text)
    found = parse_signature(words)
    if found or block.role is not Role.BYLINE:
        return found if block.role in (Role.BYLINE, Role.BODY) else None
    return parse_signature(f"By {words}") and Signature(words, split_names(words))


def _addresses(blocks: list[Block]) -> tuple[Addresses, list[Block]]:
    """Take out the article's own address, where a label says so, and its author's."""
    found, rest = Addresses(), []
    for block in blocks:
        one = take_addresses([clean(block.text)]) if block.role is Role.BODY else Addresses([""])
        takes = (one.canonical and not found.canonical) or (one.author and not found.author)
        found.canonical = found.canonical or one.canonical
        found.author = found.author or one.author
        if not takes:
            rest.append(block)
    return found, rest
