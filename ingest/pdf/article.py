"""Put an article together from a print's blocks, and say of each value where it was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from types import MappingProxyType

from article import Article, Kind, Link, Paragraph
from ingest.captions import is_caption, split_bracketed_credit
from ingest.hyphens import vocabulary
from ingest.links import is_related
from ingest.pdf.blocks import Block, Path, written
from ingest.pdf.body import body_of, box_of, is_prose
from ingest.pdf.furniture import Furniture
from ingest.pdf.heading import Top, signature_of
from ingest.pdf.headline import headline_of, words_of
from ingest.pdf.hyphens import hyphenates
from ingest.pdf.meta import Meta
from ingest.pdf.told import Told, uncut
from ingest.sentences import ends_sentence
from ingest.slug import site_of

_KINDS = {
    "LI": Kind.LIST,
    "LBody": Kind.LIST,
    "DD": Kind.LIST,
    "BlockQuote": Kind.QUOTE,
    "Caption": Kind.CAPTION,
}


def assemble(blocks: list[Block], furniture: Furniture, meta: Meta) -> Article:
    """Make the article; what is printed goes before what the file says of itself."""
    _teach(blocks)
    size = _body_size(blocks)
    box = box_of(blocks)
    body = list(body_of(blocks, box))
    places = {id(block): at for at, block in enumerate(blocks)}
    first = next((places[id(block)] for block in body if is_prose(block)), 0)
    title = furniture.title or meta.title
    headline = headline_of(blocks, first, size, title)
    top = signature_of(blocks, headline, first)
    start = headline if headline is not None and headline <= first else -1
    body = [b for b in body if places[id(b)] > start or b.role == "Caption"]
    url = furniture.url or uncut(furniture.cut, blocks)
    told = Told(title, url, furniture, meta)
    return _article(_without(body, top, size), top, told)


def _teach(blocks: list[Block]) -> None:
    """Tell every block the file's words, by which parted ones are made whole."""
    lines = [[written(line) for line in block.lines] for block in blocks]
    words = vocabulary(line for block in lines for line in block)
    hyphenated = hyphenates(lines)
    for block in blocks:
        block.vocabulary, block.hyphenated = words, hyphenated


def _body_size(blocks: list[Block]) -> float:
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[block.size] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _without(body: list[Block], top: Top, size: float) -> list[Block]:
    """Take out of the body what was read from it; the standfirst goes into `top`."""
    used = {id(block) for block in top.used}
    if top.headline:
        used.add(id(top.headline))
    body = [block for block in body if id(block) not in used]
    if not top.headline:
        return body
    told = words_of(top.headline.text)
    body = [block for block in body if words_of(block.text) != told]
    at = next((i for i, block in enumerate(body) if block.role != "Caption"), len(body))
    if at < len(body) - 1 and _stands_out(body[at], body[at + 1 :], size):
        top.standfirst = body.pop(at).text
    return body


def _stands_out(block: Block, following: list[Block], size: float) -> bool:
    """Whether a block is set bolder or larger than the body, but is no sub-headline."""
    if block.depth > 2 or len(block.text) < 40 or len(block.text) > 800:
        return False
    plain = sum(not other.bold for other in following) * 2 > len(following)
    return (block.bold and plain) or size * 1.05 <= block.size


def _article(body: list[Block], top: Top, told: Told) -> Article:
    origins: dict[str, str] = {}
    return Article(
        paragraphs=tuple(_paragraphs(body)),
        headline=told.headline(top, origins),
        standfirst=top.standfirst,
        byline=top.byline,
        authors=told.authors(top, origins),
        published=told.published(top, origins),
        site=site_of(told.url) if told.url else None,
        url=told.address(origins),
        links=tuple(_links(body, top, told.url)),
        origins=MappingProxyType(origins),
    )


def _paragraphs(body: list[Block]) -> Iterator[Paragraph]:
    """Make paragraphs of blocks; the blocks of one caption are one."""
    for _, group in groupby(body, key=_caption_of):
        blocks = list(group)
        if _caption_of(blocks[0]) is None:
            yield from map(_paragraph, blocks)
        else:
            yield _caption([block.text for block in blocks])


def _caption_of(block: Block) -> Path | None:
    """Give the caption element a block stands in; blocks of one are read together."""
    if "Caption" not in block.kinds or not block.path:
        return None
    return block.path[: block.kinds.index("Caption") + 1]


def _caption(texts: list[str]) -> Paragraph:
    """Part a caption and its credit, which may be a piece of its own without a label."""
    text, credit = split_bracketed_credit(" ".join(texts))
    if not credit and len(texts) > 1 and len(texts[-1]) < 80 and not ends_sentence(texts[-1]):
        text, credit = " ".join(texts[:-1]), texts[-1]
    return Paragraph(text, Kind.CAPTION, credit)


def _paragraph(block: Block) -> Paragraph:
    text = block.text
    if block.role == "Caption" or "Figure" in block.kinds:
        return _caption([text])
    if block.depth:
        return Paragraph(text, Kind.SUBHEADING)
    if is_caption(text):
        return _caption([text])
    if is_related(text) and block.linked > 0.4:
        url = next((word.url for word in block.words if word.url), None)
        return Paragraph(text, Kind.RELATED, url=url)
    kind = _KINDS.get(block.role) or (Kind.QUOTE if "BlockQuote" in block.kinds else Kind.BODY)
    if kind is Kind.BODY and "L" in block.kinds:
        kind = Kind.LIST
    return Paragraph(text, kind)


def _links(body: list[Block], top: Top, url: str | None) -> Iterator[Link]:
    if url:
        yield Link("canonical", url)
    for author in top.authors:
        if author.url:
            yield Link("author", author.url, author.name)
    seen = {url}
    for block in body:
        for address in dict.fromkeys(word.url for word in block.words if word.url):
            if address not in seen:
                seen.add(address)
                text = " ".join(word.text for word in block.words if word.url == address)
                yield Link("outgoing", address, text)
