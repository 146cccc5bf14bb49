"""Blocks of clean markup: a book's chapter, a mail. Nothing is judged by how it looks on a site."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

from lxml import etree

from article import Link
from ingest.office.blocks import CELLS, Block, Role, web_links
from ingest.office.safe_xml import Element, attribute, local
from ingest.office.xhtml_elements import BLOCKS, is_data, is_left_out, role_of

_MARK = re.compile(r"\W*(?:\d{1,3}|[*†‡§a-z])\W*")
_BACK = re.compile(r"\W*")
"""What leads back from a note to its place in the text, an arrow mostly."""
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(slots=True)
class Page:
    """What was read of a page; `types` are the purposes its body tells (`cover`, `toc`).

    `found` are addresses with their words, each with the number of its block, and `places` the
    block that each of the page's ids leads to.
    """

    blocks: list[Block] = field(default_factory=list)
    found: list[tuple[int, str, str]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    types: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """The addresses on the web that the page names, each once."""
        return web_links([(url, words) for _, url, words in self.found])

    def part(self, start: int, end: int) -> Page:
        """Give some of the blocks as a page of their own."""
        found = [(at - start, url, words) for at, url, words in self.found if start <= at < end]
        return replace(self, blocks=self.blocks[start:end], found=found, places={})

    def add(self, page: Page) -> None:
        """Put another page's blocks behind this one's."""
        self.found += [(at + len(self.blocks), url, words) for at, url, words in page.found]
        self.blocks += page.blocks


def read_page(data: bytes, encoding: str | None = None) -> Page:
    """Read a page: as XML where it is well-formed, else as HTML."""
    root, warnings = _root(data, encoding)
    if root is None:
        return Page(warnings=warnings)
    walk = _Walk(root)
    body = next((one for one in root.iter() if local(one) == "body"), root)
    kinds = [attribute(one, "type") for one in (body, *body[:1])] if len(body) < 2 else []
    title = next((one for one in root.iter() if local(one) == "title"), None)
    return Page(
        walk.blocks,
        walk.links,
        walk.places,
        "".join(title.itertext()) if title is not None else "",
        attribute(root, "lang") or attribute(body, "lang"),
        frozenset(" ".join([attribute(body, "type"), *kinds]).split()),
        warnings,
    )


def _root(data: bytes, encoding: str | None) -> tuple[Element, tuple[str, ...]]:
    if encoding is None:
        try:
            strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(_ENTITY.sub(_character, data), strict)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is not None:
            return root, ()
    encoding = encoding or _utf8(data)
    lenient = etree.HTMLParser(encoding=encoding, huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(data, lenient)
    except (etree.XMLSyntaxError, ValueError):
        return None, ()
    cut = any("RESOURCE_LIMIT" in str(entry.type_name) for entry in lenient.error_log)
    return root, ("truncated: its elements are nested too deep to be read to the end",) * cut


def _utf8(data: bytes) -> str | None:
    """Say so where bytes are valid UTF-8, for the parser takes windows-1252 where it is told nothing."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _character(entity: re.Match[bytes]) -> bytes:
    """Give a named entity of HTML as a number, which XML knows without a DTD."""
    found = html.unescape(f"&{entity[1].decode()};")
    return entity[0] if found.endswith(";") else "".join(f"&#{ord(c)};" for c in found).encode()


class _Walk:
    """Walks over a page once, without recursion, for a page may be nested as deep as it likes."""

    def __init__(self, root: Element) -> None:
        self.blocks: list[Block] = []
        self.links: list[tuple[int, str, str]] = []
        self.places: dict[str, int] = {}
        self._text: list[str] = []
        self._roles: list[Role] = [Role.BODY]
        self._anchors: list[tuple[str, int]] = []
        self._row: list[str] | None = None
        self._pre = 0
        steps = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in steps:
            if event == "start" and is_left_out(element):
                steps.skip_subtree()
            elif event == "start":
                self._open(element, local(element))
            elif event == "end" and not is_left_out(element):
                self._close(local(element))
            if event != "start" and element is not root:
                self._add(element.tail)
        self._flush()

    def _open(self, element: Element, name: str) -> None:
        if name in BLOCKS:
            self._flush()
            self._roles.append(role_of(element, name, self._roles[-1]))
            self._pre += name == "pre"
        if key := element.get("id"):
            self.places.setdefault(key, len(self.blocks))
        if name == "tr" and is_data(element):
            self._row = []
        elif name == "br":
            self._text.append("\n")
        elif name == "a":
            self._anchors.append((attribute(element, "href"), len(self._text)))
        self._add(element.text)

    def _close(self, name: str) -> None:
        if name == "a" and self._anchors:
            self._link(*self._anchors.pop())
        if name in BLOCKS:
            if self._row is not None and name in ("td", "th"):
                self._row.append(" ".join("".join(self._text).split()))
                self._text.clear()
            self._flush()
            self._roles.pop()
            self._pre -= name == "pre"
        if name == "tr" and self._row is not None:
            row, self._row = CELLS.join(filter(None, self._row)), None
            self._put(row, Role.ROW)

    def _add(self, text: str | None) -> None:
        """Take words; their line breaks are the markup's own and mean nothing, but in `pre`."""
        if text:
            self._text.append(text if self._pre else re.sub(r"\s+", " ", text))

    def _link(self, url: str, start: int) -> None:
        """Note an address; a lone mark that leads within the book is a note's and no word."""
        words = "".join(self._text[start:])
        noted = self._roles[-1] is Role.NOTE
        if "#" in url and "://" not in url and (_BACK if noted else _MARK).fullmatch(words):
            del self._text[start:]
            return
        self.links.append((len(self.blocks), url, words))

    def _flush(self) -> None:
        """End a block; within a row of data, blocks are parts of a cell."""
        if self._row is not None:
            self._text.append(" ")
            return
        text = "".join(self._text)
        self._text.clear()
        self._anchors = [(url, 0) for url, _ in self._anchors]
        self._put(text, self._roles[-1])

    def _put(self, text: str, role: Role) -> None:
        if text.strip():
            self.blocks.append(Block(text.strip("\n "), role))
