"""What the elements of a page are to its text: blocks, parts of one, or nothing to be read."""

from __future__ import annotations

import re
from itertools import islice

from ingest.office.blocks import Role, role_of_style
from ingest.office.safe_xml import Element, attribute, local

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
BLOCKS = frozenset(
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

_STYLED = frozenset([Role.BYLINE, Role.CAPTION, Role.SUBTITLE, Role.QUOTE, Role.TITLE])
_LONGEST_CELL = 200


def is_left_out(element: Element) -> bool:
    """Whether an element holds nothing to be read, or is hidden."""
    kinds = attribute(element, "type").split() if local(element) in ("a", "span", "sup") else ()
    return (
        local(element) in _LEFT_OUT
        or "noteref" in kinds
        or "pagebreak" in kinds
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def role_of(element: Element, name: str, above: Role) -> Role:
    """Give the role of a block: its own, or what it stands in."""
    if above is Role.NOTE or not _NOTES.isdisjoint(attribute(element, "type").split()):
        return Role.NOTE
    if name in ("td", "th", "table"):
        return above
    if name in ("p", "div") and above is Role.BODY:
        named = (role_of_style(one) for one in (element.get("class") or "").split())
        return next((role for role in named if role in _STYLED), above)
    return _ROLES.get(name, above)


def is_data(row: Element) -> bool:
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
    blocks = (one for one in cell.iterdescendants() if local(one) in BLOCKS)
    return next(islice(blocks, 1, None), None) is not None
