"""Writes the files of formats/, which formats.md shows: `python -m docs.samples`."""

from __future__ import annotations

import gzip
import io
import mailbox
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.ingest.pdf_writer import BOLD, Page, pdf
from tests.ingest.webarchive_writer import answer, record, zipped

FOLDER = Path(__file__).with_name("formats")
WHEN = (2024, 5, 7, 9, 0, 0)

LEAD = (
    "The last crane of Ellery harbour stopped on Monday evening, forty-one years after it lifted "
    "its first box of herring, and nobody has said what will stand in its place."
)
QUARREL = (
    "The harbour board wants to sell the quay to a hotel. The dockers’ union, which has sixty-two "
    "members left, asked for a smaller crane and a year of time."
)
QUOTE = "“A harbour that lifts nothing is a pond,” said Ruth Adair, who drove the crane for nineteen years."
LAST = "The town council votes on the sale on 21 May."

PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Ellery’s last crane falls silent | Harbour Courier</title>
<link rel="canonical" href="https://www.harbourcourier.example/2024/05/07/last-crane-falls-silent">
<script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Ellery’s last crane falls silent",
 "datePublished": "2024-05-07T06:30:00+01:00",
 "author": [{{"@type": "Person", "name": "Ines Calloway"}}],
 "articleSection": "Harbour"}}
</script>
</head>
<body>
<header><nav><a href="/">Home</a> <a href="/harbour">Harbour</a> <a href="/sport">Sport</a></nav></header>
<main><article>
<h1>Ellery’s last crane falls silent</h1>
<p class="byline">By Ines Calloway</p>
<div class="share"><a href="https://share.example/a">Share</a> <a href="https://share.example/b">Post</a></div>
<figure><img src="crane.jpg" alt=""><figcaption>The crane on its last evening. Photo: Tadeo Brill</figcaption></figure>
<p>{LEAD}</p>
<p>{QUARREL}</p>
<h2>A pond</h2>
<blockquote><p>{QUOTE}</p></blockquote>
<p>{LAST}</p>
<aside class="newsletter"><p>Sign up for our newsletter and never miss a story.</p></aside>
<p class="related">Read more: <a href="https://www.harbourcourier.example/2024/03/02/quay-for-sale">Quay for sale</a></p>
</article></main>
<footer><p>We use cookies. All rights reserved.</p></footer>
</body>
</html>
"""

QUAY = """<!DOCTYPE html><html><head><title>Quay for sale</title></head><body><main><article>
<h1>Quay for sale</h1>
<p class="byline">By Ines Calloway</p>
<p>The quay of Ellery is for sale, and three buyers have asked the harbour board for its plans — one of them
a hotel, one of them a fish market, and one who did not leave a name.</p>
<p>“We sell what we no longer use,” the board wrote on Friday. It used the crane on Thursday, when the
<a href="/2024/03/01/herring">herring boats</a> came in together and had to wait for one another until noon.</p>
<p>Whoever buys the quay has to keep it open to the ferry for ten years, says the offer, and has to mend
the steps on the side of the lighthouse before the first winter is over.</p>
</article></main></body></html>
"""


POCKET = """title,url,time_added,tags,status
Last crane falls silent,https://harbourcourier.example/2024/05/07/last-crane-falls-silent,1715155200,harbour|quay,unread
"Ferry, late",https://www.straitgazette.example/2024/05/08/ferry-late,1715241600,,archive
"""

TABLE = """Titel;Text;Datum;Autor;Seite
Quay for sale;"The quay of Ellery is for sale.

Three buyers have asked for its plans.";02.03.2024;Ines Calloway;3
A mast breaks;The mast of the pilot boat broke on Friday.;09.03.2024;Tadeo Brill
"""

RIS = """TY  - NEWS
TI  - Ice on the strait
AU  - Morrow, Lena
T2  - Strait Gazette
DA  - 2023/01/12/
UR  - https://www.straitgazette.example/2023/01/12/ice-on-the-strait
AB  - The strait froze on Thursday.
KW  - ice
ER  -
"""


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    files: dict[str, bytes] = {
        "crane.html": PAGE.encode(),
        "crane.html.gz": gzip.compress(PAGE.encode(), mtime=0),
        "crane.mhtml": archive(),
        "harbour.warc.gz": crawl(),
        "crane.pdf": printed(),
        "crane.docx": word(),
        "crane.odt": open_document(),
        "crane.rtf": rich().encode("ascii"),
        "lighthouse.epub": book(),
        "tides.eml": newsletter("Tides and times", "7").as_bytes(),
        "letters.mbox": letters(),
        "pocket.csv": POCKET.encode(),
        "wallabag.json": wallabag(),
        "harbour.csv": TABLE.encode(),
        "ice.ris": RIS.replace("\n", "\r\n").encode(),
        "box.zip": packed({"notes/crane.txt": f"Crane stops\n\n{LEAD}\n", "photo.jpg": "\xff\xd8"}),
    }
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)


def wallabag() -> bytes:
    """Give what Wallabag gives out: an article with its text, and one it could not get."""
    import json

    saved = {"is_archived": 0, "created_at": "2024-05-09T08:00:00+02:00"}
    entries = [
        {
            **saved,
            "title": "Ellery’s last crane falls silent",
            "url": "https://www.harbourcourier.example/2024/05/07/last-crane-falls-silent",
            "content": f"<p>{LEAD}</p><p>{QUARREL}</p><blockquote>{QUOTE}</blockquote>",
            "published_at": "2024-05-07T06:30:00+01:00",
            "published_by": ["Ines Calloway"],
            "tags": ["harbour"],
            "language": "en",
        },
        {
            **saved,
            "title": "Ferry, late",
            "url": "https://www.straitgazette.example/2024/05/08/ferry-late",
            "content": "",
            "tags": ["ferry"],
        },
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1).encode()


def archive() -> bytes:
    """Give the page as a browser's archive of one file."""
    head = (
        "From: <Saved by a browser>\r\n"
        "Snapshot-Content-Location: https://www.harbourcourier.example/2024/05/07/last-crane-falls-silent\r\n"
        "Subject: Ellery's last crane falls silent\r\n"
        "Date: Tue, 7 May 2024 09:00:00 +0100\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="edge"\r\n\r\n'
        "--edge\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-Location: https://www.harbourcourier.example/2024/05/07/last-crane-falls-silent\r\n\r\n"
    )
    return head.encode() + PAGE.encode() + b"\r\n--edge--\r\n"


def crawl() -> bytes:
    """Give a web archive: two pages, one of them twice, with what a crawler finds around them."""
    host = "https://www.harbourcourier.example"
    crane, quay = f"{host}/2024/05/07/last-crane-falls-silent", f"{host}/2024/03/02/quay-for-sale"
    answered = answer(gzip.compress(QUAY.encode("cp1252"), mtime=0), "text/html; charset=windows-1252",
                      head="Content-Encoding: gzip\r\n")  # fmt: skip
    return zipped([
        record("", b"software: a crawler\r\n", "warcinfo"),
        record(f"{host}/robots.txt", answer(b"User-agent: *\n", "text/plain")),
        record(f"{host}/crane", answer(b"", status="301 Moved Permanently")),
        record(crane, answer(PAGE.encode())),
        record(f"{host}/crane.jpg", answer(b"\xff\xd8\xff", "image/jpeg")),
        record(f"{host}/gull.jpg", answer(b"\xff\xd8\xff", "image/jpeg")),
        record(f"{host}/", answer(b"<html><body><div id='app'></div></body></html>")),
        record(quay, answered),
        record(crane, b"HTTP/1.1 200 OK\r\n\r\n", "revisit"),
    ])  # fmt: skip


def printed() -> bytes:
    """Give a PDF of two columns, with a running head and a page number."""
    page = Page().text(60, 800, "Harbour Courier, 7 May 2024", 8)
    page.text(60, 750, "Ellery’s last crane falls silent", 22, BOLD)
    page.text(60, 725, "By Ines Calloway", 10)
    left = [*cut(LEAD), "", *cut(QUARREL)[:3]]
    right = [*cut(QUARREL)[3:], "", *cut(QUOTE), "", *cut(LAST)]
    page.lines(60, 695, left)
    page.lines(310, 695, right)
    page.text(290, 40, "1", 8)
    return pdf(page, Title="Ellery’s last crane falls silent")


def cut(text: str, width: int = 42) -> list[str]:
    """Cut a text into lines as a printer does."""
    import textwrap

    return textwrap.wrap(text, width)


def word() -> bytes:
    """Give a Word document."""
    from docx import Document

    document: Any = Document()
    document.core_properties.author = "Ines Calloway"
    document.add_heading("Ellery’s last crane falls silent", 0)
    document.add_paragraph("By Ines Calloway")
    document.add_paragraph("7 May 2024")
    document.add_paragraph(LEAD)
    document.add_paragraph(QUARREL)
    document.add_heading("A pond", 2)
    document.add_paragraph(QUOTE, style="Quote")
    document.add_paragraph(LAST)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def open_document() -> bytes:
    """Give an OpenDocument text."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
        '<office:body><office:text><text:h text:outline-level="1">Ellery’s last crane falls silent</text:h>'
        f"<text:p>By Ines Calloway</text:p><text:p>7 May 2024</text:p><text:p>{LEAD}</text:p><text:p>{QUARREL}</text:p>"
        f'<text:h text:outline-level="2">A pond</text:h><text:p>{QUOTE}</text:p><text:p>{LAST}</text:p>'
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def rich() -> str:
    """Give Rich Text, whose signs beyond ASCII are numbers."""
    parts = [
        "Ellery’s last crane falls silent",
        "By Ines Calloway",
        "7 May 2024",
        LEAD,
        QUARREL,
        QUOTE,
        LAST,
    ]
    text = "\\par\n".join(parts)
    body = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)
    return "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}}\n" + body + "\\par}\n"


def book() -> bytes:
    """Give a book of two chapters."""
    opf = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">lights-1</dc:identifier>'
        "<dc:title>Lights of the Strait</dc:title><dc:creator>Oona Birch</dc:creator>"
        "<dc:language>en</dc:language><dc:date>2019</dc:date></metadata><manifest>"
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    chapters = {
        "The lamp": "In 1871 the lamp of Saltmarsh burned rape oil, eleven gallons in a winter night.",
        "The keeper": "The last keeper, Lena Morrow’s grandfather, left the tower on foot in March 1988.",
    }
    pages = [
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{name}</title></head>'
        f"<body><h1>{name}</h1><p>{text}</p></body></html>"
        for name, text in chapters.items()
    ]
    return packed({
        "mimetype": "application/epub+zip", "META-INF/container.xml": container, "book.opf": opf,
        "a.xhtml": pages[0], "b.xhtml": pages[1],
    })  # fmt: skip


def newsletter(subject: str, day: str) -> EmailMessage:
    """Give a newsletter."""
    made = EmailMessage()
    made["From"] = "Harbour Courier <news@harbourcourier.example>"
    made["To"] = "reader@home.example"
    made["Subject"] = subject
    made["Date"] = f"Tue, {day} May 2024 07:00:00 +0100"
    made["Message-ID"] = f"<{day}.tides@harbourcourier.example>"
    made["List-Unsubscribe"] = "<https://harbourcourier.example/unsubscribe>"
    made.set_content(
        f"{subject}\n\nHigh water at Lower Haven is at 11:42 and at midnight.\n\n"
        "The ferry sails an hour later than usual.\n\nUnsubscribe: https://harbourcourier.example/unsubscribe\n"
    )
    return made


def letters() -> bytes:
    """Give a mailbox of two messages."""
    path = FOLDER / "letters.mbox"
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for subject, day in (("Tides and times", "14"), ("Storm on the way", "21")):
        message = mailbox.mboxMessage(newsletter(subject, day))
        message.set_from(f"news@harbourcourier.example Tue May {day} 07:00:00 2024")
        box.add(message)
    box.close()
    return path.read_bytes()


def packed(files: dict[str, str]) -> bytes:
    """Give files in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            data = text.encode("latin-1") if name.endswith(".jpg") else text.encode()
            archive.writestr(zipfile.ZipInfo(name, WHEN), data)
    return out.getvalue()


if __name__ == "__main__":
    main()
