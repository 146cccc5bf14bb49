"""Walk over the body of a Word document: blocks with their roles, links, the notes referred to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.clean import clean
from ingest.office.blocks import CELLS, Block, Role, role_of_style
from ingest.office.safe_xml import Element, attribute, child, local

_GONE = frozenset(
    [
        "del",
        "moveFrom",
        "pPr",
        "rPr",
        "sdtPr",
        "tblPr",
        "trPr",
        "tcPr",
        "sectPr",
        "Fallback",
        "delText",
        "delInstrText",
    ]
)
"""What was deleted or moved away, settings, and the second form of a text box for older programs."""

_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_OFF = {"0", "false", "off"}


class Styles:
    """The styles of a document: what each paragraph style makes of a paragraph."""

    def __init__(self, root: Element | None = None) -> None:
        self._styles = (
            {} if root is None else {attribute(s, "styleId"): s for s in _of(root, "style")}
        )
        language = None if root is None else child(root, "docDefaults", "rPrDefault", "rPr", "lang")
        self.language = "" if language is None else attribute(language, "val")

    def role(self, paragraph: Element) -> Role:
        """Give a paragraph's role: by its own settings, its style, or what its style is based on."""
        settings = child(paragraph, "pPr")
        style = None if settings is None else child(settings, "pStyle")
        role = self._named("" if style is None else attribute(style, "val"))
        level = None if settings is None else child(settings, "outlineLvl")
        if role is Role.BODY and level is not None and attribute(level, "val") < "9":
            return Role.HEADING
        numbered = None if settings is None else child(settings, "numPr", "numId")
        if role is Role.BODY and numbered is not None and attribute(numbered, "val") != "0":
            return Role.LIST
        return role

    def _named(self, key: str) -> Role:
        seen: set[str] = set()
        while key and key not in seen:
            seen.add(key)
            style = self._styles.get(key)
            name = None if style is None else child(style, "name")
            role = role_of_style(key if name is None else attribute(name, "val"))
            if role or style is None:
                return role or Role.BODY
            based = child(style, "basedOn")
            key = "" if based is None else attribute(based, "val")
        return Role.BODY


@dataclass(slots=True)
class Body:
    """What was read: blocks, addresses with their words, notes as kind and id in order."""

    blocks: list[Block]
    links: list[tuple[str, str]]
    notes: list[tuple[str, str]] = field(default_factory=list)
    foreign: bool = False

    def add_note(self, number: int, note: Body) -> None:
        """Add a note under its number, as one block."""
        self.links += note.links
        text = clean(" ".join(block.text for block in note.blocks))
        if text:
            self.blocks.append(Block(f"[{number}] {text}", Role.NOTE))


def blocks_of(body: Element, styles: Styles, targets: dict[str, str]) -> Body:
    """Read the blocks below an element, in reading order."""
    return _Reader(styles, targets).read(body)


class _Reader:
    """Reads paragraphs and tables; what a paragraph's deleted end joins is one."""

    def __init__(self, styles: Styles, targets: dict[str, str]) -> None:
        self._styles, self._targets = styles, targets
        self._found = Body([], [])
        self._boxes: list[Element] = []
        self._carried = ""
        self._fields: list[str] = []

    def read(self, body: Element) -> Body:
        for element in _parts(body):
            if local(element) == "tbl":
                self._table(element)
            elif local(element) == "p":
                self._paragraph(element)
            else:
                self._found.foreign = True
        if self._carried.strip():
            self._found.blocks.append(Block(self._carried))
        return self._found

    def _paragraph(self, element: Element) -> None:
        text = self._carried + self._text(element)
        gone = child(element, "pPr", "rPr", "del")
        self._carried = text if gone is not None else ""
        if gone is None:
            self._found.blocks.append(Block(text, self._styles.role(element)))
        self._read_boxes()

    def _read_boxes(self) -> None:
        """Read the text boxes that are fixed in what was just read."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            for part in _parts(box):
                self._table(part) if local(part) == "tbl" else self._paragraph(part)

    def _table(self, table: Element) -> None:
        """Read a table row by row; one of a single column is a frame around paragraphs."""
        rows = [row for row in _below(table, "tr") if child(row, "trPr", "del") is None]
        cells = [list(_below(row, "tc")) for row in rows]
        if all(len(row) < 2 for row in cells):
            for part in (part for row in cells for cell in row for part in _parts(cell)):
                self._table(part) if local(part) == "tbl" else self._paragraph(part)
            return
        for row in cells:
            texts = (clean(" ".join(map(self._text, _paragraphs(cell)))) for cell in row)
            self._found.blocks.append(Block(CELLS.join(filter(None, texts)), Role.ROW))
        self._read_boxes()

    def _text(self, element: Element) -> str:
        """Give the words below an element."""
        return "".join(self._words(element))

    def _words(self, element: Element) -> Iterator[str]:
        for part in element:
            name = local(part)
            if name in _GONE or (name == "r" and _is_hidden(part)):
                continue
            if name == "t":
                yield part.text or ""
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name == "txbxContent":
                self._boxes.append(part)
            elif name in ("footnoteReference", "endnoteReference"):
                self._found.notes.append((name.removesuffix("Reference"), attribute(part, "id")))
            elif name in ("hyperlink", "fldSimple"):
                yield self._link(part)
            elif name in ("fldChar", "instrText"):
                self._field(part, name)
            else:
                yield from self._words(part)

    def _link(self, element: Element) -> str:
        text = self._text(element)
        told = _HYPERLINK.match(attribute(element, "instr"))
        url = told[1] if told else self._targets.get(attribute(element, "id"), "")
        self._found.links.append((url, text))
        return text

    def _field(self, element: Element, name: str) -> None:
        """Note the address of a field that is a link; its words stand in the runs that follow."""
        if name == "instrText":
            self._fields.append(element.text or "")
        elif attribute(element, "fldCharType") == "begin":
            self._fields.clear()
        elif told := _HYPERLINK.match("".join(self._fields)):
            self._found.links.append((told[1], ""))
            self._fields.clear()


def _of(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root if local(one) == name)


def _below(element: Element, name: str) -> Iterator[Element]:
    """Give children of a name, through the wrappers of content controls and insertions."""
    for part in element:
        if local(part) == name:
            yield part
        elif local(part) in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _below(part, name)


def _parts(element: Element) -> Iterator[Element]:
    for part in element:
        if local(part) in ("p", "tbl", "altChunk"):
            yield part
        elif local(part) not in _GONE:
            yield from _parts(part)


def _paragraphs(cell: Element) -> Iterator[Element]:
    """Give all paragraphs of a cell, those of tables within it too."""
    for part in _parts(cell):
        if local(part) == "tbl":
            for row in _below(part, "tr"):
                yield from (one for inner in _below(row, "tc") for one in _paragraphs(inner))
        elif local(part) == "p":
            yield part


def _is_hidden(run: Element) -> bool:
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and attribute(hidden, "val") not in _OFF
