"""The blocks of a text as an extractor gives them: paragraphs with their kinds and their links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from article import Kind
from ingest.clean import clean
from ingest.html.headline import key
from ingest.html.tree import Element


@dataclass(slots=True)
class Block:
    """A paragraph to be; `links` are its addresses with the words they stand under."""

    text: str
    kind: Kind = Kind.BODY
    links: list[tuple[str, str]] = field(default_factory=list)
    key: str = ""

    @property
    def linked(self) -> float:
        """Give the share of the text that is links."""
        return sum(len(words) for _, words in self.links) / max(1, len(self.text))


_KINDS = {"head": Kind.SUBHEADING, "quote": Kind.QUOTE, "item": Kind.LIST}
_BLOCKS = frozenset({"p", "head", "quote", "item", "row", "list", "table", "div"})
_SPACE = re.compile(r"\s+")
_PARTED = re.compile(r"\s*\n\s*\n\s*|(?<=[.!?…\"”»:])\s*\n\s*")
"""Two line breaks part paragraphs, and one does behind a sentence's end."""

_ENDED = re.compile(r"[.!?…:]\W*$")
_CLOSING = 40
"""Characters at a text's end among which its last sign is looked for."""

_SENTENCE = 40
_LINES = 3
"""With more line breaks than these, each line of a paragraph stands for itself: dates, verses."""

Links = list[tuple[str, str]]


def blocks_of(body: Element) -> list[Block]:
    """List the blocks of an extracted body in their order, sentences cut at their links whole again."""
    found: list[Block] = []
    for block in _blocks(body, Kind.BODY):
        if found and _goes_on(found[-1], block):
            found[-1] = _joined(found[-1], block)
        else:
            found.append(block)
    return found


def _goes_on(before: Block, block: Block) -> bool:
    """Whether a block carries on the sentence before it: the extractor parts loose text at links."""
    if before.kind is not Kind.BODY or block.kind is not Kind.BODY:
        return False
    if _ENDED.search(before.text[-_CLOSING:]):
        return False
    return block.text[0] in ",.;:)" or (block.text[0].islower() and len(before.text) > _SENTENCE)


def _joined(before: Block, block: Block) -> Block:
    text = before.text + ("" if block.text[0] in ",.;:)" else " ") + block.text
    return Block(text, before.kind, before.links + block.links, key(text))


def _blocks(element: Element, kind: Kind) -> Iterator[Block]:
    """Cut an element at the blocks in it; what stands between them is a block of its own."""
    run: list[str] = [_flat(element.text)]
    links: Links = []
    for child in element:
        if child.tag in _BLOCKS:
            yield from _parted(run, links, kind)
            run, links = [], []
            yield from _within(child, kind)
        else:
            run.append("\n" if child.tag == "lb" else _inline(child))
            links += [_link(ref) for ref in child.iter("ref") if ref.get("target")]
        run.append(_flat(child.tail))
    yield from _parted(run, links, kind)


def _within(child: Element, outer: Kind) -> Iterator[Block]:
    if child.tag == "row":
        cells = [clean("".join(cell.itertext())) for cell in child]
        links = [_link(ref) for ref in child.iter("ref") if ref.get("target")]
        yield from _parted([" | ".join(cell for cell in cells if cell)], links, Kind.LIST)
    else:
        yield from _blocks(child, _KINDS.get(child.tag, outer))


def _parted(run: list[str], links: Links, kind: Kind) -> Iterator[Block]:
    """Give the paragraphs of a run, each with its own links."""
    whole = "".join(run)
    lines = _PARTED.split(whole) if whole.count("\n") <= _LINES else whole.split("\n")
    for text in lines:
        if text := clean(text):
            yield Block(text, kind, [one for one in links if one[1] in text], key(text))


def _inline(child: Element) -> str:
    if child.tag == "ref" or not len(child):
        return "".join(map(_flat, child.itertext()))
    inner = "".join(
        (_flat("\n" if one.tag == "lb" else _inline(one)) + _flat(one.tail)) for one in child
    )
    return _flat(child.text) + inner


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", text) if text else ""


def _link(ref: Element) -> tuple[str, str]:
    return ref.get("target"), clean("".join(ref.itertext()))


_WRITTEN = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "dd")


def plain_blocks(root: Element) -> list[Block]:
    """List all that is written on a page or in a fragment, for want of anything better."""
    bodies = root.xpath("//body") or [root]
    found = [
        block
        for element in bodies[0].iter(*_WRITTEN)
        if element.find(".//p") is None
        for block in _parted(["".join(element.itertext())], [], _kind_of(element.tag))
    ]
    lines = bodies[0].xpath(".//text()[not(parent::script or parent::style or parent::title)]")
    return found or [block for line in lines for block in _parted([str(line)], [], Kind.BODY)]


def _kind_of(tag: str) -> Kind:
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        return Kind.SUBHEADING
    return {"li": Kind.LIST, "blockquote": Kind.QUOTE}.get(tag, Kind.BODY)
