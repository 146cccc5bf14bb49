"""What the words of Rich Text stand for, and the tables a document sets up: fonts and styles."""

from __future__ import annotations

import codecs

from striprtf.striprtf import charset_map, destinations

from ingest.office.blocks import Role, role_of_style

BOXES = frozenset(["shptxt", "dptxbxtext"])
"""Text boxes of newer and older programs."""

READ = BOXES | {"footnote", "fldrslt", "shp", "shpgrp", "shpinst", "do", "object", "result"}
"""Groups that striprtf passes over, or that a star marks as such, and that hold text all the same."""

GATHERED = BOXES | {"footnote", "fldinst", "fldrslt", "title", "author", "keywords"}
"""Groups whose text is gathered apart from the text around them."""

KEPT = frozenset(
    ["fonttbl", "stylesheet", "info", "fldinst", "title", "author", "keywords", "creatim"]
)
"""Groups that hold no text of the article, and are looked into."""

LISTED = frozenset(["listtext", "pntext"])
"""A list's mark or number, as printed."""

SKIPPED = (frozenset(destinations) | LISTED | {"nonshppict"}) - READ - KEPT

BREAKS = frozenset(["par", "sect", "page", "column"])
CHARACTERS = {
    "line": "\n",
    "lbr": "\n",
    "softline": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
}
CHARACTERS |= {"emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•"}
CHARACTERS |= {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
SYMBOLS = {"~": "\xa0", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class Fonts:
    """The fonts of a document, each with its charset."""

    def __init__(self) -> None:
        self.page = "cp1252"
        self._charsets: dict[int, str] = {}

    def set_page(self, name: str) -> None:
        """Take a code page for all that has no font, if there is such a one."""
        self.page = _codec(name) or self.page

    def define(self, font: int, charset: int) -> None:
        """Note a font's charset; the default one stands for the document's code page."""
        found = _codec(charset_map.get(charset, "")) if charset else None
        self._charsets[font] = found or self.page

    def read(self, data: bytes, font: int) -> str:
        """Give the characters that bytes stand for in a font."""
        return data.decode(self._charsets.get(font, self.page), "replace")


class Styles:
    """The paragraph styles of a document."""

    def __init__(self) -> None:
        self.number = self.based = 0
        self._styles: dict[int, tuple[str, int]] = {}

    def define(self, name: str) -> None:
        """Note the style whose number was read, under its name."""
        if name:
            self._styles.setdefault(self.number, (name, self.based))
        self.number = self.based = 0

    def role(self, number: int) -> Role | None:
        """Give the role that a style's name tells, or that of the style it is based on."""
        seen: set[int] = set()
        while number in self._styles and number not in seen:
            seen.add(number)
            name, based = self._styles[number]
            if role := role_of_style(name):
                return role
            number = based
        return None


def joined(parts: list[str]) -> str:
    """Join characters; those beyond the first 65,536 come as two numbers each."""
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup("utf-8" if name == "cp65001" else name).name
    except LookupError:
        return None
