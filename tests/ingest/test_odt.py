"""OpenDocument texts are read by their styles, and lose no words on the way."""

from __future__ import annotations

import io
import zipfile

import pytest
from odfdo import Document, Header, List, Paragraph, Style, Table
from odfdo import Link as OdfLink

from accession import Reason
from article import Article, Author, Kind, Link
from ingest import registry
from ingest.office import odt
from ingest.parsed import Given, Parsed, Unread
from ingest.signs import recognise

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "meta": "meta",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
    }.items()
)
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
TYPE = "application/vnd.oasis.opendocument.text"
HEADLINE = '<text:h text:outline-level="1">A vote on the pier</text:h>'


def result(data: bytes) -> Parsed | Unread:
    (only,) = odt.parse(Given(data, "a.odt"))
    return only


def parsed(data: bytes) -> Parsed:
    found = result(data)
    assert isinstance(found, Parsed), found
    return found


def flat(body: str, before: str = "") -> bytes:
    return (
        f"<?xml version='1.0'?><office:document {SPACES}>{before}<office:body><office:text>{body}"
        "</office:text></office:body></office:document>"
    ).encode()


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def article(body: str, before: str = "") -> Article:
    return parsed(flat(HEADLINE + body, before)).article


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def test_styles_tell_what_each_paragraph_is() -> None:
    document = Document("text")
    document.body.clear()
    document.insert_style(Style("paragraph", name="P1", parent_style="Quotations"), automatic=True)
    table = Table("Costs", width=2, height=2)
    for place, value in (("A1", "Year"), ("B1", "Cost"), ("A2", "2023"), ("B2", "4m")):
        table.set_value(place, value)
    linked = Paragraph("See ")
    linked.append(OdfLink("https://haven.example/plan", text="the plan"))
    noted = Paragraph("The vote was narrow.")
    noted.insert_note(after="vote", note_id="n1", citation="1", body="By one.")
    for element in (
        Paragraph("A vote on the pier", style="Title"),
        Paragraph("A long quarrel ends", style="Subtitle"),
        Paragraph("By Lena Morrow | 14 March 2023"),
        noted,
        Header(2, "What it costs"),
        List(["Four million", "and a bridge"]),
        Paragraph("We have waited.", style="P1"),
        table,
        linked,
    ):
        document.body.append(element)
    document.save(out := io.BytesIO())
    found = parsed(out.getvalue()).article
    assert (found.headline, found.standfirst) == ("A vote on the pier", "A long quarrel ends")
    assert found.authors == (Author("Lena Morrow"),)
    assert found.published is not None
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.BODY, "The vote was narrow."),
        (Kind.SUBHEADING, "What it costs"),
        (Kind.LIST, "Four million"),
        (Kind.LIST, "and a bridge"),
        (Kind.QUOTE, "We have waited."),
        (Kind.BODY, "Year | Cost"),
        (Kind.BODY, "2023 | 4m"),
        (Kind.BODY, "See the plan"),
        (Kind.BODY, "[1] By one."),
    ]
    assert found.links == (Link("outgoing", "https://haven.example/plan", "the plan"),)


def test_the_parts_of_a_zipped_document_are_read_together() -> None:
    styles = (
        f'<office:document-styles {SPACES}><office:styles><style:style style:name="House" '
        'style:family="paragraph" style:parent-style-name="Heading_20_2"/><style:default-style>'
        '<style:text-properties fo:language="nb"/></style:default-style></office:styles>'
        "</office:document-styles>"
    )
    content = flat(
        HEADLINE + '<text:p>The vote.</text:p><text:p text:style-name="House">Cost</text:p>'
    )
    meta = (
        f"<office:document-meta {SPACES}><office:meta><dc:title>x</dc:title><meta:initial-creator>Lena Morrow"
        "</meta:initial-creator><dc:creator>Tadeo Brill</dc:creator><meta:creation-date>"
        "2023-03-14T23:30:00</meta:creation-date><meta:keyword>harbour</meta:keyword></office:meta>"
        "</office:document-meta>"
    )
    found = parsed(
        zipped({"mimetype": TYPE, "content.xml": content, "styles.xml": styles, "meta.xml": meta})
    )
    assert [one.kind for one in found.article.paragraphs] == [Kind.BODY, Kind.SUBHEADING]
    assert found.article.authors == (Author("Lena Morrow"),)
    assert found.article.published is not None
    assert found.article.published.date == "2023-03-14"
    assert found.article.tags == ("harbour",)
    assert found.article.origins["published"] == "properties"
    assert found.claim == "nb"


def test_deleted_words_and_comments_are_left_out_and_inserted_ones_kept() -> None:
    found = article(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>wide</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p>The vote was <text:change text:change-id="a"/>'
        "narrow<office:annotation><dc:creator>LM</dc:creator><text:p>a remark</text:p></office:annotation>."
        "</text:p>"
    )
    assert texts(found) == ["The vote was narrow."]


def test_a_frame_s_words_stand_after_its_paragraph_and_its_picture_has_none() -> None:
    found = article(
        "<text:p>The vote <draw:frame><svg:title>pier.jpg</svg:title><svg:desc>a pier</svg:desc><draw:text-box>"
        '<text:p text:style-name="Illustration">The pier at dusk. Photo: Ines Calloway</text:p>'
        "</draw:text-box></draw:frame>was narrow.</text:p><text:p>The end.</text:p>"
    )
    assert [(one.kind, one.text, one.credit) for one in found.paragraphs] == [
        (Kind.BODY, "The vote was narrow.", None),
        (Kind.CAPTION, "The pier at dusk.", "Ines Calloway"),
        (Kind.BODY, "The end.", None),
    ]


def test_blanks_tabs_and_breaks_part_words() -> None:
    found = article(
        '<text:p>one<text:s text:c="3"/>two<text:tab/>three<text:line-break/>four</text:p>'
        "<text:section><text:p>in a <text:span>sec</text:span>tion</text:p></text:section>"
    )
    assert texts(found) == ["one two three four", "in a section"]


def test_a_table_of_contents_is_no_part_of_the_article() -> None:
    found = article(
        "<text:table-of-content><text:index-body><text:p>What it costs 3</text:p></text:index-body>"
        "</text:table-of-content><text:p>The vote was narrow.</text:p>"
    )
    assert texts(found) == ["The vote was narrow."]


def test_a_table_of_one_column_is_a_frame_and_one_in_a_cell_loses_nothing() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    inner = f"<table:table><table:table-row>{cell.format('x')}{cell.format('y')}</table:table-row></table:table>"
    found = article(
        f"<table:table><table:table-row>{cell.format('In a frame.')}</table:table-row></table:table>"
        f"<table:table><table:table-row>{cell.format('a')}<table:table-cell>{inner}</table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert texts(found) == ["In a frame.", "a | x y"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED = f"<manifest:manifest {SPACES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hosts">]>'


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (b"", Reason.EMPTY, "empty"),
        (b"words", Reason.MALFORMED, "no OpenDocument"),
        (OLE, Reason.UNKNOWN_FORMAT, "save it anew"),
        (zipped({"mimetype": TYPE}), Reason.MALFORMED, "content.xml is missing"),
        (zipped({"mimetype": TYPE, "content.xml": "<a><b></a>"}), Reason.MALFORMED, "damaged"),
        (zipped({"mimetype": TYPE, "content.xml": "<a/>"}), Reason.MALFORMED, "no text"),
        (zipped({"mimetype": TYPE, "content.xml": flat("<text:p/>")}), Reason.EMPTY, "no words"),
        (
            zipped({"mimetype": TYPE.replace("text", "spreadsheet"), "content.xml": flat("")}),
            Reason.UNKNOWN_FORMAT,
            "spreadsheet",
        ),
        (
            zipped({"mimetype": TYPE, "META-INF/manifest.xml": LOCKED, "content.xml": b"\x8a\x01"}),
            Reason.ENCRYPTED,
            "password",
        ),
        (zipped({"mimetype": TYPE, "content.xml": bytes(99 << 20)}), Reason.TOO_LARGE, "100 times"),
        (
            flat("<text:p>&b;</text:p>").replace(b"?>", b"?>" + LAUGHS, 1),
            Reason.MALFORMED,
            "entities",
        ),
        (
            flat("<text:p>&c;</text:p>").replace(b"?>", b"?>" + LAUGHS, 1),
            Reason.MALFORMED,
            "entities",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: Reason, says: str) -> None:
    found = result(data)
    assert isinstance(found, Unread)
    assert found.reason is reason
    assert says in found.detail


def test_an_opendocument_text_is_known_by_how_it_begins() -> None:
    out = io.BytesIO()
    Document("text").save(out)
    out.seek(0)
    assert recognise(out, "") is registry.ODT
