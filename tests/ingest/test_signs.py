"""A file is what it holds: its name counts only where its content is silent."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest import registry
from ingest.registry import Format, ending
from ingest.signs import recognise

MAIL = b"Return-Path: <a@b.example>\r\nFrom: A <a@b.example>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n"
OPEN = "application/vnd.oasis.opendocument"


def packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "format_"),
    [
        (b"%PDF-1.7\n", ".txt", registry.PDF),
        (b"junk\n%PDF-1.4\n", "", registry.PDF),
        (b"Every such file begins with %PDF-1.4, says the standard.", ".txt", registry.TEXT),
        (b"<!---->" * 500, ".html", registry.HTML),
        (b"{\\rtf1\\ansi hello}", ".doc", registry.RTF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", ".doc", registry.DOCX),
        (b"\x1f\x8b\x08\x00", ".html", registry.GZIP),
        (b"\x1f\x8b\x08\x00", ".warc.gz", registry.WEB_ARCHIVE),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", ".html", registry.WEB_ARCHIVE),
        (b"WARC/1.0 is a format, and these are words", "", registry.TEXT),
        (b"filedesc://a.arc 0.0.0.0 20140216050221 text/plain 75\n", "", registry.WEB_ARCHIVE),
        (b"<!DOCTYPE html><p>Hi", ".pdf", registry.HTML),
        (b"\n <!-- saved --> <html lang=en>", ".aspx", registry.HTML),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', ".txt", registry.HTML),
        ("<!doctype HTML>".encode("utf-16"), ".htm", registry.HTML),
        (b"\xef\xbb\xbf<html>", "", registry.HTML),
        (b"<!doctype netscape-bookmark-file-1>", ".json", registry.BOOKMARKS),
        ("<!DOCTYPE NETSCAPE-Bookmark-file-1>".encode("utf-16"), ".htm", registry.BOOKMARKS),
        (b"<!doctype netscape-bookmarks-explained>", ".html", registry.HTML),
        (b"<html><head><title>Pocket Export</title>", "", registry.BOOKMARKS),
        (b"<html><head><title>Pocket Export is over</title>", "", registry.HTML),
        (b"<p>A fragment", "", registry.HTML),
        (b"<p>A fragment", ".txt", registry.TEXT),
        (b"<p>Markdown may begin so", ".md", registry.MARKDOWN),
        (b"Plain words", ".html", registry.HTML),
        (MAIL + b"\r\nHello", ".txt", registry.EML),
        (b"From a@b Thu Nov  4 10:00:00 2021\n" + MAIL, "", registry.MBOX),
        (MAIL + b'Content-Type: multipart/related; boundary="x"\r\n\r\n', ".eml", registry.MHTML),
        (b"From: the editor\nTo: all\nSubject: Boats\n\nWords", ".txt", registry.TEXT),
        (b'{"headline": "A"}', "", registry.JSON),
        (b'{"headline": "A"}', ".txt", registry.TEXT),
        (b'[\n  {\n "href": "x"', "", registry.JSON),
        (b'{"headline": "A"}', ".html", registry.JSON),
        (b"{curly} words", ".html", registry.HTML),
        (b"Record 1\r\n\r\nTY  - NEWS\r\nTI  - A\r\n", ".txt", registry.RIS),
        (b"Of RIS\n\nA reference begins with TY  - NEWS\nTI  - A\n", ".txt", registry.TEXT),
        (b"% mine\n\n@online{a, url = {b}}", "", registry.BIBTEX),
        (b"@home is where the heart is", ".txt", registry.TEXT),
        (b"title,url\nA,https://a.example/", ".txt", registry.TABLE),
        (b"title,url\n", ".tsv", registry.TABLE),
        (b"Words", "", registry.TEXT),
        (b"Words", ".MD", registry.MARKDOWN),
        (b"\xff\xd8\xff\xe0JFIF", ".jpg", None),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "", None),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ".txt", None),
        (b"MZ is a title, and these are its words", "", registry.TEXT),
        (b"<rss><channel>", ".xml", registry.FEED),
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", "", registry.FEED),
        (b"<opml version='2.0'>", ".xml", registry.OPML),
        (b"<feedback><a/></feedback>", ".xml", None),
        (packed({"[Content_Types].xml": "", "word/document.xml": ""}), ".zip", registry.DOCX),
        (packed({"META-INF/container.xml": ""}), "", registry.EPUB),
        (packed({"mimetype": f"{OPEN}.text", "content.xml": ""}), ".odt", registry.ODT),
        (packed({"mimetype": f"{OPEN}.spreadsheet", "content.xml": ""}), ".ods", None),
        (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), ".xlsx", None),
        (packed({"a.txt": "Words"}), ".docx", registry.ZIP),
        (b"PK\x03\x04 broken", ".zip", registry.ZIP),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, suffix: str, format_: Format | None) -> None:
    assert recognise(io.BytesIO(data), suffix) is format_


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("a.txt", ".txt"),
        ("A.WARC.GZ", ".warc.gz"),
        ("a.b.warc.gz", ".warc.gz"),
        ("a.txt.gz", ".gz"),
        ("a", ""),
        (".hidden", ""),
        ("../a.x/b", ""),
    ],
)
def test_of_some_names_the_last_two_endings_count(name: str, end: str) -> None:
    assert ending(name) == end


def test_no_two_formats_go_by_one_ending() -> None:
    endings = [suffix for one in registry.FORMATS for suffix in one.suffixes]
    assert len(endings) == len(set(endings))


def test_a_damaged_or_locked_document_is_still_known_for_one() -> None:
    locked = bytearray(packed({"mimetype": f"{OPEN}.text", "content.xml": "<a/>"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert recognise(io.BytesIO(locked), ".odt") is registry.ODT
