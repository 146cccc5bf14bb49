"""The blocks of a document that has structure: what a reader of office files, books or mail gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from article import Kind, Link, Paragraph
from ingest.captions import split_credit
from ingest.clean import clean


class Role(StrEnum):
    """What a block is, as far as its style or its element says."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    HEADING = "heading"
    BODY = "body"
    QUOTE = "quote"
    LIST = "list"
    CAPTION = "caption"
    ROW = "row"
    NOTE = "note"
    NONE = "none"
    """A block that is no part of the article: a table of contents, a page's head."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; an empty one is a blank line, which plain documents set their paragraphs off by."""

    text: str
    role: Role = Role.BODY


CELLS = " | "
"""Stands between the cells of a table's row."""

_KINDS = {Role.HEADING: Kind.SUBHEADING, Role.QUOTE: Kind.QUOTE, Role.LIST: Kind.LIST}
_KINDS |= {Role.TITLE: Kind.SUBHEADING}
_STYLES: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"(?:toc|contents|index|table of (?:contents|figures|authorities))\b.*", Role.NONE),
        (r"title|headline", Role.TITLE),
        (r"subtitle|standfirst|deck|dek|lead|lede|abstract", Role.SUBTITLE),
        (r"by-?line|authors?|date|date ?line|signature", Role.BYLINE),
        (r"heading(?: ?\d+)?|title \d|sub-?heading|sub-?head(?:line)?|crosshead", Role.HEADING),
        (
            r"(?:.* )?caption|illustration|figure|picture|photo credit|drawing|credit",
            Role.CAPTION,
        ),
        (
            r"(?:.* )?quot(?:e|ations?|ed)|block text|block ?quote|preformatted quote",
            Role.QUOTE,
        ),
        (r"list(?: .*)?|bullets?|numbering \d.*", Role.LIST),
        (r"(?:foot|end)note(?: text)?", Role.NOTE),
    )
)


def role_of_style(name: str) -> Role | None:
    """Give the role that a paragraph style's name tells, None where it tells nothing.

    Word, LibreOffice and Pages write the English names of their own styles in every language.
    """
    name = name.strip().lower().replace("_20_", " ").replace("_", " ")
    return next((role for form, role in _STYLES if form.fullmatch(name)), None)


def paragraphs_of(block: Block) -> list[Paragraph]:
    """Give a block as paragraphs: a blank line within it, as two line breaks make, ends one."""
    texts = re.split(r"\n[^\S\n]*\n", block.text) if "\n" in block.text else [block.text]
    return [_paragraph(text, block.role) for text in map(clean, texts) if text]


def _paragraph(text: str, role: Role) -> Paragraph:
    if role is Role.CAPTION:
        caption, credit = split_credit(text)
        return Paragraph(caption, Kind.CAPTION, credit)
    return Paragraph(text, _KINDS.get(role, Kind.BODY))


def web_links(found: list[tuple[str, str]]) -> tuple[Link, ...]:
    """Give addresses and the words they stand under as links, each address once."""
    links: dict[str, Link] = {}
    for url, text in found:
        address = clean(url)
        if re.match(r"https?://\S+$", address) and address not in links:
            words = clean(text)
            links[address] = Link(
                "outgoing", address, words if words not in ("", address) else None
            )
    return tuple(links.values())
