"""Turn Markdown into paragraphs of their kinds, marks of emphasis taken off, and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from article import Kind, Link, Paragraph
from ingest.captions import split_credit
from ingest.lines import fold

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_HEADING = re.compile("h[1-6]")
_EMPHASIS = re.compile(
    r"</?(?:b|i|u|s|em|strong|small|mark|sub|sup|q|kbd|code)\s*/?>", re.IGNORECASE
)
_BREAKING = re.compile(r"</?(?:br|p|div|center)\s*/?>", re.IGNORECASE)


@dataclass(slots=True)
class Blocks:
    """The paragraphs of a Markdown text; `title` where the text begins with a first-level heading."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    title: str | None = None


def read_blocks(source: str) -> Blocks:
    """Read a Markdown text without its front matter."""
    named: dict[str, Any] = {}
    blocks = _Walk(_parser().parse(source, named)).blocks
    if (
        not blocks.paragraphs and not blocks.title
    ):  # nested deeper than the parser goes: keep the lines
        blocks.paragraphs = [Paragraph(fold(line)) for line in source.splitlines() if line.strip()]
    known = {link.url for link in blocks.links}
    for reference in named.get("references", {}).values():
        if reference["href"] not in known:
            blocks.links.append(Link("outgoing", reference["href"], reference["title"] or None))
    return blocks


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])


class _Walk:
    """Walks over the parser's tokens once, knowing what they stand in."""

    def __init__(self, tokens: list[Token]) -> None:
        self.blocks = Blocks()
        self._inside: list[str] = []
        self._row: list[str] = []
        for token in tokens:
            self._step(token)

    def _step(self, token: Token) -> None:
        if token.nesting == 1:
            self._inside.append(token.tag)
        elif token.nesting == -1:
            if self._inside.pop() == "tr":
                self._add(" | ".join(self._row))
                self._row.clear()
        elif token.type == "inline":
            self._inline(token.children or [])
        elif token.content:
            self._add(f"{token.info} {_unmarked(token.content)}")

    def _inline(self, children: list[Token]) -> None:
        text = _text(children, self.blocks.links)
        if self._inside[-1:] in (["td"], ["th"]):
            self._row.append(text)
        elif self._inside[-1:] == ["h1"] and not self.blocks.paragraphs and not self.blocks.title:
            self.blocks.title = text or None
        elif any(child.type == "image" for child in children) and not _has_words(children):
            self.blocks.paragraphs += _captions(children)
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        text = fold(text)
        if text:
            self.blocks.paragraphs.append(Paragraph(text, self._kind()))

    def _kind(self) -> Kind:
        if self._inside and _HEADING.fullmatch(self._inside[-1]):
            return Kind.SUBHEADING
        if "li" in self._inside:
            return Kind.LIST
        return Kind.QUOTE if "blockquote" in self._inside else Kind.BODY


def _text(children: Iterable[Token], links: list[Link]) -> str:
    """Give the words of a line of Markdown, and add the addresses it names to `links`."""
    parts: list[str] = []
    open_link: tuple[str, str, int] | None = None
    for child in children:
        if child.type == "link_open":
            open_link = str(child.attrs["href"]), str(child.attrs.get("title", "")), len(parts)
        elif child.type == "link_close" and open_link:
            links += _link(open_link[0], "".join(parts[open_link[2] :]), open_link[1])
        else:
            parts.append(_word(child, links))
    return fold("".join(parts))


def _word(child: Token, links: list[Link]) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return " "
    if child.type == "image":
        text = _alternative(child)
        source = str(child.attrs.get("src", ""))
        links += _link(source, text, "") if "://" in source else ()
        return text
    return _unmarked(child.content) if child.type == "html_inline" else child.content


def _link(url: str, text: str, title: str) -> Iterator[Link]:
    if url and not url.startswith("#"):
        words = fold(f"{text} ({title})" if title and title != text else text)
        yield Link("outgoing", url, words or None)


def _alternative(image: Token) -> str:
    """Give an image's words: what stands for it, and its title if that says something else."""
    words = _text(image.children or [], [])
    title = fold(str(image.attrs.get("title", "")))
    return " ".join(part for part in (words, title if title != words else "") if part)


def _captions(children: Iterable[Token]) -> Iterator[Paragraph]:
    for child in children:
        text, credit = split_credit(_alternative(child)) if child.type == "image" else ("", None)
        if text:
            yield Paragraph(text, Kind.CAPTION, credit)


def _has_words(children: Iterable[Token]) -> bool:
    return any(
        child.type in ("text", "code_inline") and child.content.strip() for child in children
    )


def _unmarked(html: str) -> str:
    """Take marks of emphasis off; other markup stays visible, for it may hold words."""
    return _EMPHASIS.sub("", _BREAKING.sub(" ", html))
