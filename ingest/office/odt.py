"""Read an OpenDocument text (ODT, OTT, flat FODT): its styles, notes, frames; no deleted words.

Read by zipfile and lxml: odfdo opens entities that a file declares, and its text keeps comments and
tables of contents and runs notes into the sentence they hang on.
"""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipFile

from accession import Reason
from ingest.clean import clean
from ingest.office.blocks import CELLS, Block, Role, role_of_style, web_links
from ingest.office.compose import compose
from ingest.office.ole import refuse_ole
from ingest.office.properties import Properties, office_properties
from ingest.office.safe_xml import Element, attribute, child, local, parse_xml
from ingest.parsed import Given, Parsed, Unread
from ingest.zips import Refused, open_document, read_member

_TEXT = "application/vnd.oasis.opendocument.text"
_LEFT_OUT = frozenset(
    [
        "tracked-changes",
        "annotation",
        "annotation-end",
        "table-of-content",
        "alphabetical-index",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "forms",
        "ruby-text",
        "note-citation",
        "binary-data",
    ]
)
"""Deleted words, comments, lists of contents, settings, pictures' bytes."""

_PICTURE = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
"""Names and descriptions of pictures, which are not shown."""


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read an OpenDocument text, in its zip file or as one flat XML file."""
    try:
        refuse_ole(given.data)
        if given.data.lstrip()[:1] == b"<":
            yield _read(parse_xml(given.data, "it"), None, None)
            return
        with open_document(given.data, "OpenDocument text") as archive:
            _check(archive)
            yield _read(*(_part(archive, name) for name in ("content", "styles", "meta")))
    except Refused as error:
        yield error.unread()


def _check(archive: ZipFile) -> None:
    kind = (read_member(archive, "mimetype") or b"").decode("ascii", "replace").strip()
    if kind and not kind.startswith(_TEXT):
        raise Refused(
            Reason.UNKNOWN_FORMAT, f"no text document but {kind[-60:]}, which is not read"
        )
    manifest = read_member(archive, "META-INF/manifest.xml")
    root = () if manifest is None else parse_xml(manifest, "its manifest").iter()
    if any(local(one) == "encryption-data" for one in root):
        raise Refused(Reason.ENCRYPTED, "it is locked with a password; open it and save it without")


def _part(archive: ZipFile, name: str) -> Element | None:
    data = read_member(archive, f"{name}.xml")
    if data is None and name == "content":
        raise Refused(Reason.MALFORMED, "no OpenDocument text: its content.xml is missing")
    return None if data is None else parse_xml(data, f"its {name}.xml")


def _read(content: Element, styles: Element | None, meta: Element | None) -> Parsed:
    body = child(content, "body", "text")
    if body is None:
        raise Refused(Reason.MALFORMED, "no OpenDocument text: it has no text")
    sheets = [one for one in (content, styles) if one is not None]
    reader = _Reader(sheets)
    reader.blocks_in(body, Role.BODY)
    meta = content if meta is None else meta
    article = compose(
        reader.blocks + reader.notes, _properties(meta), web_links(reader.links), wrapped=True
    )
    return Parsed(article, "odt", (), _language(sheets))


def _properties(meta: Element) -> Properties:
    values: dict[str, list[str]] = {}
    found = child(meta, "meta")
    for one in () if found is None else found:
        values.setdefault(local(one), []).append(one.text or "")
    first = {name: texts[0] for name, texts in values.items()}
    author = first.get("initial-creator") or first.get("creator", "")
    created = first.get("creation-date") or first.get("date", "")
    return office_properties(
        first.get("title", ""), author, created, ",".join(values.get("keyword", []))
    )


def _language(sheets: list[Element]) -> str:
    """Give the language that the document's default style is set to."""
    defaults = (one for sheet in sheets for one in sheet.iter() if local(one) == "default-style")
    texts = (child(one, "text-properties") for one in defaults)
    found = (attribute(one, "language") for one in texts if one is not None)
    return next((language for language in found if language not in ("", "none", "zxx")), "")


class _Reader:
    """Reads a text's paragraphs, lists, tables, sections and frames in reading order."""

    def __init__(self, sheets: list[Element]) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.links: list[tuple[str, str]] = []
        self._frames: list[Element] = []
        found = (one for sheet in sheets for one in sheet.iter() if local(one) == "style")
        self._styles = {attribute(one, "name"): one for one in found}

    def blocks_in(self, parent: Element, role: Role) -> None:
        """Read the blocks below an element; `role` is what plain paragraphs are there."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, name, role)
            elif name == "table":
                self._table(element)
            elif not _is_left_out(element):
                self.blocks_in(element, Role.LIST if name == "list" else role)

    def _paragraph(self, element: Element, name: str, role: Role) -> None:
        text = self._text(element)
        styled = self._role(attribute(element, "style-name"))
        if name == "h" and styled not in (Role.TITLE, Role.SUBTITLE):
            styled = Role.HEADING
        self.blocks.append(Block(text, role if styled is Role.BODY else styled))
        self._read_frames()

    def _read_frames(self) -> None:
        """Read the frames that are fixed in what was just read."""
        frames, self._frames = self._frames, []
        for frame in frames:
            self.blocks_in(frame, Role.BODY)

    def _role(self, name: str) -> Role:
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            if role := role_of_style(name):
                return role
            style = self._styles.get(name)
            name = "" if style is None else attribute(style, "parent-style-name")
        return Role.BODY

    def _table(self, table: Element) -> None:
        """Read a table row by row; one of a single column is a frame around paragraphs."""
        rows = [
            one for one in table.iter() if local(one) == "table-row" and _table_of(one) is table
        ]
        cells = [[cell for cell in row if local(cell) == "table-cell"] for row in rows]
        if all(len(row) < 2 for row in cells):
            for cell in (cell for row in cells for cell in row):
                self.blocks_in(cell, Role.BODY)
            return
        for row in cells:
            texts = (clean(" ".join(map(self._text, cell))) for cell in row)
            self.blocks.append(Block(CELLS.join(filter(None, texts)), Role.ROW))
        self._read_frames()

    def _text(self, element: Element) -> str:
        return (element.text or "") + "".join(
            self._inline(part) + (part.tail or "") for part in element
        )

    def _inline(self, part: Element) -> str:
        name = local(part)
        if _is_left_out(part):
            return ""
        if name == "note":
            self._note(part)
            return ""
        if name == "text-box":
            self._frames.append(part)
            return ""
        if name in ("s", "tab", "line-break"):
            return "\n" if name == "line-break" else " "
        text = self._text(part) + (" " if name in ("p", "h") else "")
        if name == "a":
            self.links.append((attribute(part, "href"), text))
        return text

    def _note(self, note: Element) -> None:
        body = child(note, "note-body")
        text = "" if body is None else clean(" ".join(map(self._text, body)))
        if text:
            self.notes.append(Block(f"[{len(self.notes) + 1}] {text}", Role.NOTE))


def _is_left_out(element: Element) -> bool:
    name = local(element)
    return not name or name in _LEFT_OUT or element.tag.startswith(_PICTURE)


def _table_of(row: Element) -> Element:
    return next(one for one in row.iterancestors() if local(one) == "table")
