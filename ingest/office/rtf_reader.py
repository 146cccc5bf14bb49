"""Walk over Rich Text once, group by group, and gather its blocks, notes, links and properties."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.clean import clean
from ingest.office import rtf_tables as tables
from ingest.office.blocks import CELLS, Block, Role
from ingest.office.rtf_tables import joined
from ingest.office.rtf_tokens import Token, What, tokens

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_DATE_PARTS = frozenset(["yr", "mo", "dy"])
_WORDLESS = frozenset(["skip", "fonttbl", "info", "creatim"])


DEEPEST = 10_000
"""No document has groups within groups so deep; what goes deeper is no document's doing."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a group may change and its end restores; `place` is the kind of group."""

    place: str = ""
    font: int = -1
    after_number: int = 1
    unseen: bool = False
    starred: bool = False
    style: int = 0
    heading: bool = False
    listed: bool = False
    in_table: bool = False


class Reader:
    """Gathers `blocks`, `notes`, `links` and `info` of a document."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.links: list[tuple[str, str]] = []
        self.info: dict[str, str] = {}
        self._state, self._stack = _State(), list[_State]()
        self._fonts, self._styles = tables.Fonts(), tables.Styles()
        self._texts: list[list[str]] = [[]]
        self._cells: list[str] = []
        self._boxes: list[str] = []
        self._bytes = bytearray()
        self._skip = 0
        self._address = ""
        self._marked = False

    def read(self, data: bytes) -> bool:
        """Read a document; tell whether it was whole."""
        for token in tokens(data):
            self._step(token)
            if (token.what is What.CLOSE and not self._stack) or len(self._stack) > DEEPEST:
                break
        self._decode()
        whole = not self._stack
        while self._stack:
            self._close()
        self._state = replace(self._state, in_table=False)
        self._end_paragraph()
        return whole

    def _step(self, token: Token) -> None:
        if token.what is not What.BYTES:
            self._decode()
        if token.what is What.OPEN:
            self._stack.append(self._state)
            self._skip = 0
        elif token.what is What.CLOSE:
            self._close()
        elif token.what is What.BYTES:
            self._take(token.text)
        elif self._skip:
            self._skip -= 1
        elif token.what is What.SYMBOL:
            self._symbol(token.text)
        elif self._state.place != "skip":
            self._word(token.text, token.number)

    def _take(self, text: str) -> None:
        """Take characters as bytes, but those that stand for a number before them."""
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        self._bytes += text[skipped:].encode("latin-1")

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._state = replace(self._state, starred=True)
        elif symbol in "\r\n":
            self._end_paragraph()
        else:
            self._put(tables.SYMBOLS.get(symbol, ""))

    def _word(self, word: str, number: int | None) -> None:
        if self._opens(word):
            return
        if word in tables.CHARACTERS:
            self._put(tables.CHARACTERS[word])
        elif word == "u":
            self._put(chr((number or 0) % 0x10000))
            self._skip = self._state.after_number
        elif word in tables.BREAKS:
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_cell()
        elif word in ("row", "nestrow"):
            self._end_row()
        elif self._state.place in ("fonttbl", "stylesheet", "creatim"):
            self._table_setting(word, number or 0)
        else:
            self._setting(word, number)

    def _opens(self, word: str) -> bool:
        """Note what kind of group this word opens."""
        starred, within = self._state.starred, self._state.place
        if starred:
            self._state = replace(self._state, starred=False)
        if word in tables.READ or word in tables.KEPT:
            self._state = replace(self._state, place=word)
        elif word in tables.SKIPPED or (starred and within != "stylesheet"):
            self._marked |= word in tables.LISTED
            self._state = replace(self._state, place="skip")
        else:
            return False
        if word in tables.GATHERED:
            self._texts.append([])
        return True

    def _close(self) -> None:
        """End a group: what was gathered in it goes where it belongs."""
        ended = self._state
        self._state = self._stack.pop() if self._stack else _State()
        self._skip = 0
        if ended.place == "stylesheet":
            name = joined(self._texts[-1]) if self._state.place == "stylesheet" else ""
            self._styles.define(name.rstrip("; "))
            self._texts[-1].clear()
        opened_here = ended.place != self._state.place
        if opened_here and ended.place in tables.GATHERED and len(self._texts) > 1:
            self._gathered(ended.place, joined(self._texts.pop()))

    def _gathered(self, place: str, text: str) -> None:
        if place == "footnote" and clean(text):
            self.notes.append(Block(f"[{len(self.notes) + 1}] {clean(text)}", Role.NOTE))
        elif place in tables.BOXES:
            self._boxes.append(text)
        elif place == "fldinst":
            found = _HYPERLINK.match(text)
            self._address = found[1] if found else ""
        elif place == "fldrslt":
            self.links.append((self._address, text))
            self._address = ""
            self._put(text)
        else:
            self.info[place] = text

    def _table_setting(self, word: str, number: int) -> None:
        if word == "f":
            self._state = replace(self._state, font=number)
        elif word == "fcharset":
            self._fonts.define(self._state.font, number)
        elif word == "s":
            self._styles.number = number
        elif word == "sbasedon":
            self._styles.based = number
        elif word in _DATE_PARTS and self._state.place == "creatim":
            self.info["created"] = f"{self.info.get('created', '')}-{number:02}".strip("-")

    def _setting(self, word: str, number: int | None) -> None:
        if word == "ansicpg" or word in tables.CODE_PAGES:
            self._fonts.set_page(tables.CODE_PAGES.get(word, f"cp{number}"))
        elif word == "uc":
            self._state = replace(self._state, after_number=max(0, min(number or 0, 8)))
        elif word == "f":
            self._state = replace(self._state, font=number or 0)
        elif word in ("deleted", "v"):
            self._state = replace(self._state, unseen=number != 0)
        elif word == "plain":
            self._state = replace(self._state, unseen=False, font=-1)
        else:
            self._paragraph_setting(word, number)

    def _paragraph_setting(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "pard":
            self._state = replace(state, style=0, heading=False, listed=False, in_table=False)
        elif word == "s":
            self._state = replace(state, style=number or 0)
        elif word == "outlinelevel":
            self._state = replace(state, heading=(number or 0) < 9)
        elif word == "ls":
            self._state = replace(state, listed=number != 0)
        elif word == "intbl":
            self._state = replace(state, in_table=number != 0)

    def _decode(self) -> None:
        if self._bytes:
            text = self._fonts.read(bytes(self._bytes), self._state.font)
            self._bytes.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        if not self._state.unseen and self._state.place not in _WORDLESS:
            self._texts[-1].append(text)

    def _end_paragraph(self) -> None:
        """End a paragraph; within a note or a cell it is a part, in a box it stays apart."""
        if len(self._texts) > 1 or self._state.in_table:
            self._texts[-1].append("\n\n" if self._state.place in tables.BOXES else " ")
            return
        listed = self._state.listed or self._marked
        role = Role.HEADING if self._state.heading else Role.LIST if listed else Role.BODY
        role = self._styles.role(self._state.style) or role
        self.blocks.append(Block(joined(self._texts[0]), role))
        self._texts[0].clear()
        self._marked = False
        self._end_boxes()

    def _end_boxes(self) -> None:
        self.blocks += [Block(text) for text in self._boxes]
        self._boxes.clear()

    def _end_cell(self) -> None:
        self._cells.append(clean(joined(self._texts[-1])))
        self._texts[-1].clear()

    def _end_row(self) -> None:
        cells = [cell for cell in self._cells if cell]
        self.blocks.append(Block(CELLS.join(cells), Role.ROW if len(cells) > 1 else Role.BODY))
        self._cells.clear()
        self._end_boxes()
