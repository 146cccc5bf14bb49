"""Walk over Rich Text once, group by group, and gather its blocks, notes, links and properties."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from striprtf.striprtf import charset_map, destinations

from ingest.blocks import CELLS, Block, Role, role_of_style
from ingest.clean import clean
from ingest.rtf_tokens import Token, What, tokens

_READ = frozenset("footnote shptxt shp shpgrp shpinst do dptxbxtext object result".split())  # noqa: SIM905
"""Groups that striprtf passes over, or that a star marks as such, and that hold text all the same."""

_KEPT = frozenset(
    ["fonttbl", "stylesheet", "info", "fldinst", "title", "author", "keywords", "creatim"]
)
"""Groups that hold no text of the article, and are looked into."""

_SKIPPED = (frozenset(destinations) | {"listtext", "nonshppict", "ftnsep"}) - _READ - _KEPT
_BREAKS = frozenset(["par", "sect", "page", "column"])
_CHARACTERS = {
    "line": "\n",
    "lbr": "\n",
    "softline": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
}
_CHARACTERS |= {"emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•"}
_CHARACTERS |= {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_SYMBOLS = {"~": "\xa0", "_": "-", "{": "{", "}": "}", "\\": "\\", "-": "", "\n": "\n", "\r": "\n"}
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group may change and its end restores; `place` is the kind of group."""

    place: str = ""
    font: int = -1
    after_number: int = 1
    unseen: bool = False
    starred: bool = False


class Reader:
    """Gathers `blocks`, `notes`, `links` and `info` of a document."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.links: list[tuple[str, str]] = []
        self.info: dict[str, str] = {}
        self._state, self._stack = _State(), list[_State]()
        self._page, self._fonts = "cp1252", dict[int, str]()
        self._styles: dict[int, tuple[str, int]] = {}
        self._style = self._based = self._defined = 0
        self._listed = self._rowed = self._heading = False
        self._cells: list[str] = []
        self._texts: list[list[str]] = [[]]
        self._bytes = bytearray()
        self._skip = 0

    def read(self, data: bytes) -> bool:
        """Read a document; tell whether it was whole."""
        for token in tokens(data):
            self._step(token)
            if token.what is What.CLOSE and not self._stack:
                break
        self._decode()
        whole = not self._stack
        while self._stack:
            self._close()
        self._end_paragraph()
        return whole

    def _step(self, token: Token) -> None:
        if token.what is not What.BYTES:
            self._decode()
        if token.what is What.OPEN:
            self._stack.append(self._state)
            self._state, self._skip = replace(self._state, starred=False), 0
        elif token.what is What.CLOSE:
            self._close()
        elif token.what is What.BYTES:
            skipped, self._skip = (
                min(self._skip, len(token.text)),
                max(0, self._skip - len(token.text)),
            )
            self._bytes += token.text[skipped:].encode("latin-1")
        elif self._skip:
            self._skip -= 1
        elif token.what is What.SYMBOL:
            self._symbol(token.text)
        else:
            self._word(token.text, token.number)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._state = replace(self._state, starred=True)
        elif symbol in "\r\n":
            self._end_paragraph()
        else:
            self._put(_SYMBOLS.get(symbol, ""))

    def _word(self, word: str, number: int | None) -> None:
        if self._state.place == "skip":
            return
        if self._opens(word):
            return
        if word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif word == "u":
            self._put(chr((number or 0) % 0x10000))
            self._skip = self._state.after_number
        elif word in _BREAKS:
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_cell()
        elif word in ("row", "nestrow"):
            self._end_row()
        else:
            self._setting(word, number)

    def _opens(self, word: str) -> bool:
        """Note what kind of group this word opens."""
        starred, within = self._state.starred, self._state.place
        self._state = replace(self._state, starred=False)
        if word in _READ or word == "fldrslt" or word in _KEPT:
            self._state = replace(self._state, place=word)
        elif word in _SKIPPED or (starred and within != "stylesheet"):
            self._listed |= word in ("listtext", "pntext")
            self._state = replace(self._state, place="skip")
        else:
            return False
        if word in ("footnote", "fldinst", "fldrslt", "title", "author", "keywords"):
            self._texts.append([])
        return True

    def _close(self) -> None:
        """End a group: what was gathered in it goes where it belongs."""
        ended = self._state
        self._state = self._stack.pop() if self._stack else _State()
        self._skip = 0
        if ended.place == "stylesheet":
            self._name_style()
        if ended.place in ("shptxt", "dptxbxtext") and self._state.place != ended.place:
            self._end_paragraph()
        if ended.place == self._state.place or len(self._texts) < 2:
            return
        if ended.place in ("footnote", "fldinst", "fldrslt", "title", "author", "keywords"):
            self._gathered(ended.place, _joined(self._texts.pop()))

    def _gathered(self, place: str, text: str) -> None:
        if place == "footnote" and clean(text):
            note = f"[{len(self.notes) + 1}] {clean(text)}"
            self.notes.append(Block(note, Role.NOTE))
        elif place == "fldinst":
            found = _HYPERLINK.match(text)
            self._address = found[1] if found else ""
        elif place == "fldrslt":
            self.links.append((self._address, text))
            self._address = ""
            self._put(text)
        elif place in ("title", "author", "keywords"):
            self.info[place] = text

    _address = ""

    def _setting(self, word: str, number: int | None) -> None:
        place, state = self._state.place, self._state
        if word in ("f", "fcharset") and number is not None:
            self._font(word, number)
        elif word == "ansicpg" or word in _CODE_PAGES:
            self._page = _codec(_CODE_PAGES.get(word, f"cp{number}")) or self._page
        elif word == "uc":
            self._state = replace(state, after_number=max(0, min(number or 0, 8)))
        elif word in ("deleted", "v"):
            self._state = replace(state, unseen=number != 0)
        elif word == "plain":
            self._state = replace(state, unseen=False, font=-1)
        elif place == "creatim" and word in ("yr", "mo", "dy"):
            self.info["created"] = f"{self.info.get('created', '')}-{number or 0:02}".strip("-")
        elif place == "stylesheet" and word in ("s", "sbasedon"):
            self._define(word, number or 0)
        elif place != "stylesheet":
            self._paragraph_setting(word, number)

    def _font(self, word: str, number: int) -> None:
        if word == "f":
            self._state = replace(self._state, font=number)
        else:
            self._fonts[self._state.font] = _codec(charset_map.get(number, "")) or self._page

    def _define(self, word: str, number: int) -> None:
        if word == "s":
            self._defined = number
        else:
            self._based = number

    def _name_style(self) -> None:
        """Note a style whose definition has ended; the text of the group is its name."""
        name = _joined(self._texts[-1]).rstrip("; ") if self._state.place == "stylesheet" else ""
        if name:
            self._styles.setdefault(self._defined, (name, self._based))
        self._texts[-1].clear()
        self._defined = self._based = 0

    def _paragraph_setting(self, word: str, number: int | None) -> None:
        if word == "pard":
            self._style, self._heading, self._listed, self._rowed = 0, False, False, False
        elif word == "s":
            self._style = number or 0
        elif word == "outlinelevel":
            self._heading = (number or 0) < 9
        elif word == "ls":
            self._listed = bool(number)
        elif word == "intbl":
            self._rowed = True

    def _decode(self) -> None:
        if self._bytes:
            codec = self._fonts.get(self._state.font, self._page)
            text = self._bytes.decode(codec, "replace")
            self._bytes.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        place = self._state.place
        if not self._state.unseen and place not in ("skip", "fonttbl", "info", "creatim"):
            self._texts[-1].append(text)

    def _end_paragraph(self) -> None:
        if len(self._texts) > 1 or self._rowed:
            self._texts[-1].append(" ")
            return
        self.blocks.append(Block(_joined(self._texts[0]), self._role()))
        self._texts[0].clear()

    def _end_cell(self) -> None:
        self._cells.append(clean(_joined(self._texts[0])))
        self._texts[0].clear()

    def _end_row(self) -> None:
        cells = [cell for cell in self._cells if cell]
        self.blocks.append(Block(CELLS.join(cells), Role.ROW if len(cells) > 1 else Role.BODY))
        self._cells.clear()

    def _role(self) -> Role:
        number, seen = self._style, set[int]()
        while number in self._styles and number not in seen:
            seen.add(number)
            name, based = self._styles[number]
            if role := role_of_style(name):
                return role
            number = based
        if self._heading:
            return Role.HEADING
        return Role.LIST if self._listed else Role.BODY


def _joined(parts: list[str]) -> str:
    """Join characters; those beyond the first 65,536 come as two numbers each."""
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup("utf-8" if name == "cp65001" else name).name
    except LookupError:
        return None
