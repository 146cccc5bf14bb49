"""Bytes or text of a page to a tree, parsed once, and what was lost on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml.etree import LxmlError
from lxml.html import HTMLParser, document_fromstring

from ingest.decode import decode

Element: TypeAlias = Any
"""A node of the tree; lxml has no types."""

_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096

_UNPARSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DIVISION = re.compile(
    r"</?(?:div|section|article|center|table|tbody|tr|td)\b[^>]*>", re.IGNORECASE
)
_INLINE = re.compile(r"</?(?:span|font|b|i|em|strong|u|small|big|a)\b[^>]*>", re.IGNORECASE)


class NoElements(ValueError):
    """The text holds no element."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A page's root element, with warnings of what the page lost in the reading."""

    root: Element
    warnings: tuple[str, ...] = ()


def text_of(data: bytes, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode a page: valid UTF-8 first, then what it declares, then a guess that is told.

    `charset` is what stands in a header around the page. Raises `NotText`.
    """
    decoded = decode(data, charset or _declared(data))
    warnings = (f"read as {decoded.encoding}, by its bytes",) if decoded.guessed else ()
    return decoded.text, warnings


def tree_of(text: str) -> Tree:
    """Parse a page; nested too deeply for the parser, it is flattened and parsed again.

    The parser drops what lies beyond its limits without an error, so its log is looked at. Raises
    `NoElements` where there is none at all.
    """
    text = _UNPARSABLE.sub("", _DECLARATION.sub("", text, count=1))
    root, cut = _parse(text)
    if not cut:
        return Tree(_tamed(root))
    root, cut = _parse(_INLINE.sub("", _DIVISION.sub("<p>", text)))
    root = _tamed(root)
    if cut:
        return Tree(root, ("truncated: the page is nested too deeply, its end could not be read",))
    return Tree(root, ("the page is nested too deeply: its divisions were left out",))


def _tamed(root: Element) -> Element:
    """Drop what would be read as more than it is: notices for browsers, and how far table cells reach.

    A table of three thousand rows can claim billions of cells.
    """
    for notice in list(root.iter("noscript")):
        if next(notice.iter("img", "figure"), None) is None:
            notice.drop_tree()
    for cell in root.iter("td", "th"):
        for name in ("colspan", "rowspan"):
            cell.attrib.pop(name, None)
    return root


def _parse(text: str) -> tuple[Element, bool]:
    parser = HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
    )
    try:
        root = document_fromstring(text.encode(), parser=parser)
    except (ValueError, AssertionError, LxmlError) as error:
        raise NoElements from error
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _declared(data: bytes) -> str | None:
    """Give the encoding a page declares."""
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None
