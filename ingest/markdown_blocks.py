"""Turn Markdown into paragraphs of their kinds, marks of emphasis taken off, and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from article import Kind, Link, Paragraph
from ingest.lines import fold

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_EMPHASIS = re.compile(
    r"</?(?:b|i|u|s|em|strong|small|mark|sub|sup|span|font|abbr|cite|q|kbd|code|br|wbr|p|div|center)(?:\s[^>]*)?/?>",
    re.IGNORECASE,
)
_BREAKING = re.compile(r"</?(?:br|p|div|center)\b", re.IGNORECASE)


@dataclass(slots=True)
class Blocks:
    """The paragraphs of a Markdown text; `title` where the text begins with a first-level heading."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    title: str | None = None


def read_blocks(source: str) -> Blocks:
    """Read a Markdown text without its front matter."""
    references: dict[str, Any] = {}
    tokens = _parser().parse(source, references)
    blocks = Blocks()
    for kind, level, token in _with_kinds(tokens):
        if kind is Kind.SUBHEADING and level == 1 and not blocks.paragraphs and not blocks.title:
            blocks.title = _text(token.children or [], blocks.links) or None
        else:
            blocks.paragraphs += _paragraphs(kind, token, blocks.links)
    named = {link.url for link in blocks.links}
    for reference in references.get("references", {}).values():
        if reference["href"] not in named:
            blocks.links.append(Link("outgoing", reference["href"], reference["title"] or None))
    return blocks


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _with_kinds(tokens: Iterable[Token]) -> Iterator[tuple[Kind, int, Token]]:
    """Yield each token that holds text with its kind, and a heading's level."""
    inside: list[str] = []
    row: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            inside.append(token.tag)
        elif token.nesting == -1:
            inside.pop()
        elif token.type != "hr":
            yield _kind(inside), _level(inside), token


def _kind(inside: list[str]) -> Kind:
    if inside and re.fullmatch("h[1-6]", inside[-1]):
        return Kind.SUBHEADING
    if "li" in inside:
        return Kind.LIST
    return Kind.QUOTE if "blockquote" in inside else Kind.BODY


def _level(inside: list[str]) -> int:
    return int(inside[-1][1]) if inside and re.fullmatch("h[1-6]", inside[-1]) else 0


def _paragraphs(kind: Kind, token: Token, links: list[Link]) -> Iterator[Paragraph]:
    if token.type in ("fence", "code_block", "html_block"):
        text = fold(f"{token.info} {_without_marks(token.content)}" if token.info else _without_marks(token.content))
    children = token.children or []
    yield from ()
