"""Blocks of clean markup: a book's chapter, a mail. Nothing is judged by how it looks on a site."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from article import Link
from ingest.blocks import CELLS, Block, Role, role_of_style, web_links
from ingest.safe_xml import Element, attribute, local

_LEFT_OUT = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "select",
        "button",
        "textarea",
        "rt",
        "rp",
        "nav",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_ROLES = {"li": Role.LIST, "dd": Role.LIST, "dt": Role.LIST, "blockquote": Role.QUOTE}
_ROLES |= {"figcaption": Role.CAPTION, "caption": Role.CAPTION}
_ROLES |= {f"h{level}": Role.HEADING for level in range(1, 7)}
_NOTES = frozenset(["footnote", "endnote", "rearnote", "footnotes", "endnotes", "rearnotes"])
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|max-height\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_MARK = re.compile(r"\W*(?:\d{1,3}|[*†‡§a-z])\W*")
_BACK = re.compile(r"\W*")
"""What leads back from a note to its place in the text, an arrow mostly."""

_STYLED = frozenset([Role.BYLINE, Role.CAPTION, Role.SUBTITLE, Role.QUOTE, Role.TITLE])
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_LONGEST_CELL = 200


@dataclass(slots=True)
class Page:
    """What was read of a page; `types` are the purposes its body tells (`cover`, `toc`)."""

    blocks: list[Block] = field(default_factory=list)
    links: tuple[Link, ...] = ()
    title: str = ""
    language: str = ""
    types: frozenset[str] = frozenset()
    linked: int = 0
    warnings: tuple[str, ...] = ()


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
        web_links(walk.links),
        "".join(title.itertext()) if title is not None else "",
        attribute(root, "lang") or attribute(body, "lang"),
        frozenset(" ".join([attribute(body, "type"), *kinds]).split()),
        walk.linked,
        warnings,
    )


def _root(data: bytes, encoding: str | None) -> tuple[Element, tuple[str, ...]]:
    if encoding is None:
        try:
            strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(_ENTITY.sub(_character, data), strict)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is not None and not any(isinstance(one, etree._Entity) for one in root.iter()):
            return root, ()
    lenient = etree.HTMLParser(encoding=encoding, huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(data, lenient)
    except (etree.XMLSyntaxError, ValueError):
        return None, ()
    cut = any("RESOURCE_LIMIT" in str(entry.type_name) for entry in lenient.error_log)
    return root, ("truncated: its elements are nested too deep to be read to the end",) * cut


def _character(entity: re.Match[bytes]) -> bytes:
    """Give a named entity of HTML as a number, which XML knows without a DTD."""
    found = html.unescape(f"&{entity[1].decode()};")
    return entity[0] if found.endswith(";") else "".join(f"&#{ord(c)};" for c in found).encode()


class _Walk:
    """Walks over a page once, without recursion, for a page may be nested as deep as it likes."""

    def __init__(self, root: Element) -> None:
        self.blocks: list[Block] = []
        self.links: list[tuple[str, str]] = []
        self.linked = 0
        self._text: list[str] = []
        self._roles: list[Role] = [Role.BODY]
        self._anchors: list[tuple[str, int]] = []
        self._row: list[str] | None = None
        self._pre = 0
        steps = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in steps:
            if event == "start" and _is_left_out(element):
                steps.skip_subtree()
            elif event == "start":
                self._open(element, local(element))
            elif event == "end" and not _is_left_out(element):
                self._close(local(element))
            if event != "start" and element is not root:
                self._add(element.tail)
        self._flush()

    def _open(self, element: Element, name: str) -> None:
        if name in _BLOCKS:
            self._flush()
            self._roles.append(_role(element, name, self._roles[-1]))
            self._pre += name == "pre"
        if name == "tr" and _is_data(element):
            self._row = []
        elif name == "br":
            self._text.append("\n")
        elif name == "a":
            self._anchors.append((attribute(element, "href"), len(self._text)))
        self._add(element.text)

    def _close(self, name: str) -> None:
        if name == "a" and self._anchors:
            self._link(*self._anchors.pop())
        if name in _BLOCKS:
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
        self.linked += len(words.split())
        self.links.append((url, words))

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


def _is_left_out(element: Element) -> bool:
    kinds = attribute(element, "type").split() if local(element) in ("a", "span", "sup") else ()
    return (
        local(element) in _LEFT_OUT
        or "noteref" in kinds
        or "pagebreak" in kinds
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _role(element: Element, name: str, above: Role) -> Role:
    """Give the role of a block: its own, or what it stands in."""
    if above is Role.NOTE or not _NOTES.isdisjoint(attribute(element, "type").split()):
        return Role.NOTE
    if name in ("td", "th", "table"):
        return above
    if name in ("p", "div") and above is Role.BODY:
        named = (role_of_style(one) for one in (element.get("class") or "").split())
        return next((role for role in named if role in _STYLED), above)
    return _ROLES.get(name, above)


def _is_data(row: Element) -> bool:
    """Whether a row holds figures and words side by side; pages and mails are laid out by tables too."""
    table = next((one for one in row.iterancestors() if local(one) == "table"), None)
    if table is None or table.get("role") == "presentation" or len(row) < 2:
        return False
    cells = [cell for cell in row if local(cell) in ("td", "th")]
    if any(map(_is_laid_out, cells)):
        return False
    texts = ["".join(cell.itertext()).strip() for cell in cells]
    return sum(map(bool, texts)) > 1 and max(map(len, texts), default=0) <= _LONGEST_CELL


def _is_laid_out(cell: Element) -> bool:
    """Whether a cell holds two blocks or more; no more of it is looked at, for cells hold tables."""
    blocks = (one for one in cell.iterdescendants() if local(one) in _BLOCKS)
    return next(islice(blocks, 1, None), None) is not None
