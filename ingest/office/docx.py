"""Read a Word document (DOCX, DOCM, DOTX): its styles, notes, text boxes; no deleted or hidden words.

python-docx opens the package: parts, relations, core properties. The text is walked here, for its own
`paragraph.text` leaves out tracked insertions, text boxes, footnotes and content controls.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from accession import Reason
from ingest.office.blocks import web_links
from ingest.office.compose import compose
from ingest.office.docx_body import Body, Styles, blocks_of
from ingest.office.ole import refuse_ole
from ingest.office.properties import Properties, office_properties
from ingest.office.safe_xml import Element, attribute, child, local, parse_xml
from ingest.parsed import Given, Parsed, Unread
from ingest.zips import Refused, open_document, read_member

if TYPE_CHECKING:
    from docx.opc.package import OpcPackage

_OTHERS = {"spreadsheetml": "a spreadsheet", "presentationml": "slides", "drawingml": "a drawing"}


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a Word document."""
    try:
        refuse_ole(given.data)
        with open_document(given.data, "Word document") as archive:
            yield _read(_package(given.data), archive)
    except Refused as error:
        yield error.unread()


def _package(data: bytes) -> OpcPackage:
    from docx.opc.exceptions import PackageNotFoundError
    from docx.opc.package import OpcPackage
    from lxml.etree import XMLSyntaxError

    try:
        return OpcPackage.open(BytesIO(data))
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
        detail = f"its package is damaged: {str(error)[:100]}"
        raise Refused(Reason.MALFORMED, detail) from error


def _read(package: OpcPackage, archive: ZipFile) -> Parsed:
    main = _related(package, "officeDocument")
    if main is None:
        raise Refused(Reason.MALFORMED, "no Word document: its main part is missing")
    other = next((name for kind, name in _OTHERS.items() if kind in main.content_type), None)
    if other:
        raise Refused(Reason.UNKNOWN_FORMAT, f"{other}, which is not read")
    root = _xml(archive, main, "its text")
    body, styles = child(root, "body"), _styles(archive, main)
    if body is None:
        raise Refused(Reason.MALFORMED, "no Word document: it has no body")
    read = blocks_of(body, styles, _targets(main))
    notes = _notes(archive, main, read, styles)
    article = compose(
        [*read.blocks, *notes.blocks],
        _properties(archive, package),
        web_links(read.links + notes.links),
        wrapped=True,
    )
    warnings = ("a part set in from another file is not read",) * read.foreign
    return Parsed(article, "docx", warnings, styles.language)


def _related(part: Any, kind: str) -> Any:  # noqa: ANN401 - a part of python-docx, which has no types
    """Give the part that another is related to; the strict form of the format has other addresses."""
    return next(
        (
            one.target_part
            for one in part.rels.values()
            if not one.is_external and one.reltype.endswith(f"/{kind}")
        ),
        None,
    )


def _targets(part: Any) -> dict[str, str]:  # noqa: ANN401
    return {key: one.target_ref for key, one in part.rels.items() if one.is_external}


def _xml(archive: ZipFile, part: Any, what: str) -> Element:  # noqa: ANN401
    """Read a part as it stands in the file; python-docx gives it written anew, its entities undone."""
    return parse_xml(read_member(archive, part.partname.lstrip("/")) or b"", what)


def _styles(archive: ZipFile, main: Any) -> Styles:  # noqa: ANN401
    part = _related(main, "styles")
    return Styles() if part is None else Styles(_xml(archive, part, "its styles"))


def _notes(archive: ZipFile, main: Any, read: Body, styles: Styles) -> Body:  # noqa: ANN401
    """Read the notes in the order in which the text refers to them."""
    notes: dict[tuple[str, str], Element] = {}
    targets: dict[str, dict[str, str]] = {}
    for kind in ("footnote", "endnote"):
        part = _related(main, f"{kind}s")
        root = () if part is None else _xml(archive, part, f"its {kind}s")
        targets[kind] = {} if part is None else _targets(part)
        notes |= {(kind, attribute(one, "id")): one for one in root if local(one) == kind}
    found = Body([], [])
    for number, key in enumerate(read.notes, 1):
        if key in notes:
            found.add_note(number, blocks_of(notes[key], styles, targets[key[0]]))
    return found


def _properties(archive: ZipFile, package: OpcPackage) -> Properties:
    part = _related(package, "core-properties")
    if part is None:
        return Properties()
    try:
        root = _xml(archive, part, "its properties")
    except Refused:
        return Properties()
    values = {local(one): one.text or "" for one in root}
    return office_properties(
        values.get("title", ""),
        values.get("creator", ""),
        values.get("created", ""),
        values.get("keywords", ""),
    )
