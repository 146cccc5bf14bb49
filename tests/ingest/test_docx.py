"""Word documents are read by their styles, else by their lines, and lose no words on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from accession import Reason
from article import Article, Author, Kind, Link
from ingest.office import docx
from ingest.parsed import Given, Parsed, Unread

LEAD = "The council of Lower Haven voted on Tuesday for a pier that will cost four million."
LONG = LEAD + " It was the narrowest vote since the town was given a council of its own, long ago."


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def result(data: bytes) -> Parsed | Unread:
    (only,) = docx.parse(Given(data, "a.docx"))
    return only


def parsed(data: bytes) -> Parsed:
    found = result(data)
    assert isinstance(found, Parsed), found
    return found


def article(document: Any) -> Article:
    return parsed(saved(document)).article


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def written(*paragraphs: str) -> Any:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def with_xml(xml: str, *before: str) -> Article:
    """Give the article of a document with a paragraph of Word's own XML below a headline."""
    document = Document()
    document.add_heading("A vote on the pier", 1)
    for paragraph in before:
        document.add_paragraph(paragraph)
    added = parse_xml(
        f"<w:body {nsdecls('w', 'r')} xmlns:wps='urn:wps' xmlns:mc='urn:mc'>{xml}</w:body>"
    )
    for element in list(added):
        document.element.body.insert(len(document.element.body) - 1, element)
    return article(document)


def remade(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Give a document with some of its parts changed or, for None, left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def test_styles_tell_what_each_paragraph_is() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 0)
    document.add_paragraph("A long quarrel ends", "Subtitle")
    document.add_paragraph("By Lena Morrow | 14 March 2023")
    document.add_paragraph(LEAD)
    document.add_heading("What it costs", 2)
    document.add_paragraph("Four million for the pier", "List Bullet")
    document.add_paragraph("We have waited for years.", "Intense Quote")
    document.add_paragraph("The pier at dusk. Photo: Ines Calloway", "Caption")
    found = article(document)
    assert found.headline == "A vote on the pier"
    assert found.standfirst == "A long quarrel ends"
    assert found.byline == "By Lena Morrow | 14 March 2023"
    assert found.authors == (Author("Lena Morrow"),)
    assert found.published is not None
    assert found.published.date == "2023-03-14"
    assert [(one.kind, one.text, one.credit) for one in found.paragraphs] == [
        (Kind.BODY, LEAD, None),
        (Kind.SUBHEADING, "What it costs", None),
        (Kind.LIST, "Four million for the pier", None),
        (Kind.QUOTE, "We have waited for years.", None),
        (Kind.CAPTION, "The pier at dusk.", "Ines Calloway"),
    ]
    assert found.origins == {"headline": "text", "authors": "text", "published": "text"}


def test_a_standfirst_without_a_style_stands_between_headline_and_byline() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    for text in ("A long quarrel ends", "By Lena Morrow", "14 March 2023", LEAD):
        document.add_paragraph(text)
    found = article(document)
    assert found.standfirst == "A long quarrel ends"
    assert found.published is not None
    assert texts(found) == [LEAD]


def test_without_a_byline_the_first_paragraph_stays_a_paragraph() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    document.add_paragraph("A short first paragraph")
    document.add_paragraph(LEAD)
    found = article(document)
    assert found.standfirst is None
    assert texts(found) == ["A short first paragraph", LEAD]


def test_a_heading_below_prose_is_no_headline() -> None:
    document = written("A vote on the pier", LONG * 2)
    document.add_heading("What it costs", 1)
    document.add_paragraph(LEAD)
    found = article(document)
    assert found.headline == "A vote on the pier"
    assert texts(found)[1] == "What it costs"


def test_a_document_without_styles_is_read_as_text() -> None:
    found = article(written("A vote on the pier", "By Lena Morrow", LONG, LEAD, LONG))
    assert found.headline == "A vote on the pier"
    assert found.authors == (Author("Lena Morrow"),)
    assert texts(found) == [LONG, LEAD, LONG]


def test_wrapped_lines_pasted_as_paragraphs_are_joined() -> None:
    lines = [
        "The council of Lower Haven voted on Tuesday for a pier that will",
        "cost four million and that nobody will be able to see from the",
        "town, for it lies behind the hill.",
    ]
    again = [
        "The mayor said she was glad that it was over, and that the next",
        "vote would be about something else, a school or a road or a bus",
        "that goes on Sundays.",
    ]
    found = article(written("A vote on the pier", "", *lines, "", *again))
    assert texts(found) == [" ".join(lines), " ".join(again)]


def test_the_title_among_the_properties_finds_the_headline_in_the_text() -> None:
    document = written("Lower Haven, our reporter", "A vote on the pier", LONG)
    document.core_properties.title = "A vote on the pier"
    found = article(document)
    assert found.headline == "A vote on the pier"
    assert texts(found) == ["Lower Haven, our reporter", LONG]


def test_properties_fill_what_the_text_leaves_open_and_are_named() -> None:
    document = written(LONG, LONG)
    document.core_properties.title = "A vote on the pier"
    document.core_properties.author = "Lena Morrow; Tadeo Brill"
    document.core_properties.created = datetime(2023, 3, 14, 23, 30)  # noqa: DTZ001 - as Word has it
    document.core_properties.keywords = "harbour, council"
    found = article(document)
    assert found.headline == "A vote on the pier"
    assert found.authors == (Author("Lena Morrow"), Author("Tadeo Brill"))
    assert found.published is not None
    assert (found.published.date, found.published.moment) == ("2023-03-14", None)
    assert found.tags == ("harbour", "council")
    named = dict.fromkeys(("headline", "authors", "published", "tags"), "properties")
    assert found.origins == named


@pytest.mark.parametrize(
    "title", ["Microsoft Word - pier.docx", "Document1", "pier_final.docx", "x"]
)
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    document = written(LONG, LONG)
    document.core_properties.title = title
    assert article(document).headline is None


@pytest.mark.parametrize(
    "author", ["Admin", "Windows User", "python-docx", "lmorrow", "a@b.example"]
)
def test_an_account_is_no_author(author: str) -> None:
    document = written(LONG, LONG)
    document.core_properties.author = author
    assert article(document).authors == ()


def test_links_are_kept_whichever_way_word_writes_them() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    key = document.part.relate_to(
        "https://haven.example/plan", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    xml = (
        f'<w:p {nsdecls("w", "r")}><w:r><w:t xml:space="preserve">See </w:t></w:r>'
        f'<w:hyperlink r:id="{key}"><w:r><w:t>the plan</w:t></w:r></w:hyperlink>'
        '<w:fldSimple w:instr=" HYPERLINK &quot;https://haven.example/map&quot; "><w:r>'
        '<w:t xml:space="preserve"> and the map</w:t></w:r></w:fldSimple>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK '
        '"https://haven.example/bill" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>, and the bill</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    document.element.body.insert(1, parse_xml(xml))
    found = article(document)
    assert texts(found) == ["See the plan and the map, and the bill"]
    assert found.links == (
        Link("outgoing", "https://haven.example/plan", "the plan"),
        Link("outgoing", "https://haven.example/map", "and the map"),
        Link("outgoing", "https://haven.example/bill"),
    )


def test_tables_are_read_row_by_row_where_they_stand() -> None:
    document = written(LEAD)
    document.add_heading("A vote on the pier", 1)
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ["Year", "Cost", "Paid", "2023", "", "half"], strict=True):
        cell.text = text
    document.add_paragraph("After the table.")
    assert texts(article(document))[-3:] == [
        "Year | Cost | Paid",
        "2023 | half",
        "After the table.",
    ]


def test_a_table_of_one_column_is_a_frame_around_paragraphs() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = LEAD
    cell.add_paragraph("In the frame too.", "Quote")
    found = article(document)
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.BODY, LEAD),
        (Kind.QUOTE, "In the frame too."),
    ]


def test_deleted_words_are_left_out_and_inserted_ones_kept() -> None:
    found = with_xml(
        "<w:p><w:r><w:t>The vote was </w:t></w:r>"
        "<w:del><w:r><w:delText>wide</w:delText><w:noBreakHyphen/></w:r></w:del>"
        "<w:ins><w:r><w:t>narrow</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )
    assert texts(found) == ["The vote was narrow"]


def test_paragraphs_joined_by_a_deleted_end_are_one() -> None:
    found = with_xml(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>The vote </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>was narrow.</w:t></w:r></w:p>"
    )
    assert texts(found) == ["The vote was narrow."]


def test_a_text_box_is_read_once_after_the_paragraph_it_is_fixed_to() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    found = with_xml(
        f"<w:p><w:r><w:t>The vote </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}"
        f"</wps:txbx></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r><w:r><w:t>was narrow.</w:t></w:r></w:p>"
    )
    assert texts(found) == ["The vote was narrow.", "In a box."]


def test_content_controls_hide_no_words() -> None:
    found = with_xml(
        "<w:sdt><w:sdtPr><w:t>a setting</w:t></w:sdtPr><w:sdtContent><w:p><w:sdt><w:sdtContent><w:r>"
        "<w:t>The vote</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t> was narrow.</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    assert texts(found) == ["The vote was narrow."]


def test_tabs_and_breaks_part_words_and_two_breaks_part_paragraphs() -> None:
    found = with_xml(
        "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:br/><w:br/>"
        "<w:t>four</w:t><w:noBreakHyphen/><w:t>five</w:t></w:r></w:p>"
    )
    assert texts(found) == ["one two three", "four-five"]


def test_footnotes_stand_at_the_end_in_the_order_of_the_text() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    for words, key in (("The vote was narrow", 3), ("The pier is long", 2)):
        xml = f"<w:p {nsdecls('w')}><w:r><w:t>{words}</w:t></w:r>{reference.format(key)}</w:p>"
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
    note = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note.format(2, 'In feet.')}{note.format(3, 'By one.')}</w:footnotes>"

    def change(name: str, data: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            added = '<Relationship Id="rId99" Type="http://x.example/footnotes" Target="footnotes.xml"/>'
            return data.replace(b"</Relationships>", added.encode() + b"</Relationships>")
        if name == "[Content_Types].xml":
            default = (
                b'<Override PartName="/word/footnotes.xml" ContentType="application/xml"/></Types>'
            )
            return data.replace(b"</Types>", default)
        return data

    with zipfile.ZipFile(archive := io.BytesIO(remade(saved(document), change)), "a") as added:
        added.writestr("word/footnotes.xml", notes)
    assert texts(parsed(archive.getvalue()).article) == [
        "The vote was narrow",
        "The pier is long",
        "[1] By one.",
        "[2] In feet.",
    ]


def test_the_article_s_address_is_taken_where_a_label_says_so() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    document.add_paragraph(LEAD)
    document.add_paragraph("Source: https://www.haven.example/2023/03/14/a-vote-on-the-pier")
    found = article(document)
    assert found.url == "https://www.haven.example/2023/03/14/a-vote-on-the-pier"
    assert found.site == "haven.example"
    assert texts(found) == [LEAD]


def test_a_byline_in_a_style_of_its_own_needs_no_by() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    for style, words in (("Byline", "Lena Morrow and Tadeo Brill"), ("Date", "14 March 2023")):
        document.styles.add_style(style, 1)
        document.add_paragraph(words, style)
    document.add_paragraph(LEAD)
    found = article(document)
    assert found.authors == (Author("Lena Morrow"), Author("Tadeo Brill"))
    assert found.published is not None
    assert texts(found) == [LEAD]


def test_a_date_above_the_headline_is_the_article_s() -> None:
    document = written("14 March 2023")
    document.add_heading("A vote on the pier", 1)
    document.add_paragraph("By Lena Morrow")
    document.add_paragraph(LEAD)
    found = article(document)
    assert found.published is not None
    assert found.published.date == "2023-03-14"
    assert found.authors == (Author("Lena Morrow"),)
    assert texts(found) == [LEAD]


def test_a_paragraph_is_what_its_settings_or_the_base_of_its_style_say() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    document.add_paragraph(LEAD)
    house = document.styles.add_style("House quotation mark", 1)
    house.base_style = document.styles["Quote"]
    document.add_paragraph("We have waited.", "House quotation mark")
    for words, xml in (
        ("What it costs", '<w:outlineLvl {} w:val="1"/>'),
        ("Four million", '<w:numPr {}><w:numId w:val="3"/></w:numPr>'),
    ):
        settings = document.add_paragraph(words)._p.get_or_add_pPr()
        settings.append(parse_xml(xml.format(nsdecls("w"))))
    assert [one.kind for one in article(document).paragraphs] == [
        Kind.BODY,
        Kind.QUOTE,
        Kind.SUBHEADING,
        Kind.LIST,
    ]


def test_a_deleted_row_is_left_out() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Year", "Cost", "2023", "4m"], strict=True):
        cell.text = text
    settings = table.rows[0]._tr.get_or_add_trPr()
    settings.append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    assert texts(article(document)) == ["2023 | 4m"]


def test_a_table_of_contents_is_no_part_of_the_article() -> None:
    document = Document()
    document.add_heading("A vote on the pier", 1)
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("What it costs 3", "toc 1")
    document.add_paragraph(LEAD)
    assert texts(article(document)) == [LEAD]


def test_a_template_or_a_document_with_macros_is_read_too() -> None:
    def change(name: str, data: bytes) -> bytes:
        main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return data.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml")

    data = remade(saved(written("A vote on the pier", LONG)), change)
    assert parsed(data).article.headline == "A vote on the pier"


def refusal(data: bytes) -> tuple[Reason, str]:
    found = result(data)
    assert isinstance(found, Unread)
    return found.reason, found.detail


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (b"", Reason.EMPTY, "empty"),
        (b"no zip at all", Reason.MALFORMED, "no Word document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED, "password"),
        (OLE + "WordDocument".encode("utf-16-le"), Reason.UNKNOWN_FORMAT, "DOCX"),
        (OLE, Reason.UNKNOWN_FORMAT, "save it anew"),
        (saved(written("A vote"))[:3000], Reason.MALFORMED, "damaged"),
        (saved(written("", "  ")), Reason.EMPTY, "no words"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: Reason, says: str) -> None:
    found = refusal(data)
    assert found[0] is reason
    assert says in found[1]


@pytest.mark.parametrize("gone", ["word/document.xml", "_rels/.rels", "[Content_Types].xml"])
def test_a_missing_part_is_damage(gone: str) -> None:
    data = remade(saved(written(LONG)), lambda name, part: None if name == gone else part)
    assert refusal(data)[0] is Reason.MALFORMED


def test_a_spreadsheet_is_not_read_as_a_document() -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")

    assert refusal(remade(saved(written(LONG)), change)) == (
        Reason.UNKNOWN_FORMAT,
        "a spreadsheet, which is not read",
    )


LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize("entity", ["c", "f"])
def test_entities_are_neither_opened_nor_passed_over(entity: str) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        head, body = data.split(b"?>", 1)
        return head + b"?>" + LAUGHS.encode() + body.replace(b"The council", f"&{entity};".encode())

    reason, detail = refusal(remade(saved(written(LONG)), change))
    assert reason is Reason.MALFORMED
    assert "entities" in detail


def test_a_document_that_unpacks_to_far_too_much_costs_nothing() -> None:
    out = io.BytesIO(saved(written(LONG)))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/media/image1.bin", "w", force_zip64=True) as member,
    ):
        for _ in range(300):
            member.write(bytes(1 << 20))
    assert refusal(out.getvalue())[0] is Reason.TOO_LARGE
