"""The blocks of a text as an extractor gives them: paragraphs with their kinds and their links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from article import Kind
from ingest.clean import clean
from ingest.html_headline import key
from ingest.html_tree import Element


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


_KINDS = {"head": Kind.SUBHEADING, "quote": Kind.QUOTE, "item": Kind.LIST, "row": Kind.LIST}
_BLOCKS = frozenset({"p", "head", "quote", "item", "row", "list", "table", "div", "code", "lb"})


def blocks_of(body: Element) -> list[Block]:
    """List the blocks of an extracted body in their order."""
    return [block for block in _blocks(body, Kind.BODY) if block.text]


def _blocks(element: Element, kind: Kind) -> Iterator[Block]:
    """Cut an element at the blocks in it; what stands between them is a block of its own."""
    run: list[str] = [element.text or ""]
    links: list[tuple[str, str]] = []
    for child in element:
        if child.tag in _BLOCKS:
            yield _block(run, links, kind)
            run, links = [], []
            yield from _within(child, kind)
        else:
            run.append("".join(child.itertext()))
            links += [_link(ref) for ref in child.iter("ref") if ref.get("target")]
        run.append(child.tail or "")
    yield _block(run, links, kind)


def _within(child: Element, outer: Kind) -> Iterator[Block]:
    if child.tag == "lb":
        return
    if child.tag == "row":
        cells = [clean("".join(cell.itertext())) for cell in child]
        links = [_link(ref) for ref in child.iter("ref") if ref.get("target")]
        yield _block([" | ".join(cell for cell in cells if cell)], links, Kind.LIST)
    else:
        yield from _blocks(child, _KINDS.get(child.tag, outer))


def _link(ref: Element) -> tuple[str, str]:
    return ref.get("target"), clean("".join(ref.itertext()))


def _block(run: list[str], links: list[tuple[str, str]], kind: Kind) -> Block:
    text = clean("".join(run))
    return Block(text, kind, links, key(text))
