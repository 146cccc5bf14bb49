"""Which format a file has: by what it holds, and only then by its name."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from ingest import registry
from ingest.containers import document_in
from ingest.registry import Format
from ingest.webarchive.signs import is_archive
from ingest.zips import Refused, open_zip, read_member

OMNIVORE_LIST: Final = re.compile(r"(?:.*/)?metadata_\d+_to_\d+\.json")
"""The names of the lists in an export of Omnivore's."""

PEEK: Final = 4096
"""Bytes of a file's opening that are looked at."""

_DOCUMENTS = {"docx": registry.DOCX, "epub": registry.EPUB, "odt": registry.ODT}

_BINARY = (
    (re.compile(rb"\s*%PDF-"), registry.PDF),
    (re.compile(rb"\s*\{\\rtf"), registry.RTF),
    (re.compile(rb"\x1f\x8b\x08"), registry.GZIP),
    (re.compile(rb"PK\x03\x04"), registry.ZIP),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), registry.DOCX),
)
_ARCHIVED_IN = re.compile(r"archive/.+\.w?arc")
_OTHER = re.compile(  # pictures, sound, films, programs, databases
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....(?:WEBP|WAVE|AVI )|....ftyp|ID3|OggS|fLaC|\x1aE\xdf\xa3|II\*\0|MM\0\*"
    rb"|BM....\0\0\0\0|\x7fELF|MZ|SQLite format 3\0|7z\xbc\xaf|Rar!|BZh\d1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd",
    re.DOTALL,
)
_BURIED = re.compile(rb".{0,1024}?^%PDF-\d\.\d\s*$", re.DOTALL | re.MULTILINE)
"""A PDF's header below junk, alone on its line: what an article says of PDFs is none."""

_PAGE = (
    re.compile(  # what was passed over is not looked at again: comments could be cut in many ways
        rb"(?>\s|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html|head|body)\b",
        re.IGNORECASE | re.DOTALL,
    )
)
_XML = rb"(?>\s|<!--.*?-->|<\?[^>]*>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+"
"""What may stand above the root of an XML document."""

_EXPORTS = (
    (
        re.compile(
            rb"\s*<(?:!DOCTYPE\s+NETSCAPE-Bookmark-file-1"
            rb"|(?s:.{0,1024}?)<title>\s*(?:Pocket Export|Instapaper: Export)\s*</title>)",
            re.IGNORECASE,
        ),
        registry.BOOKMARKS,
    ),
    (
        re.compile(
            rb"\s*(?:<\?xml[^>]*>\s*)?<rdf:RDF\b[^>]*zotero\.org/namespaces/export#", re.DOTALL
        ),
        registry.ZOTERO_RDF,
    ),
    (
        re.compile(
            _XML
            + rb"<(?:(?:\w+:)?(?:rss|feed)[\s>]|rdf:RDF\b(?=[^>]*(?:purl\.org/rss|netscape\.com/rdf)))",
            re.IGNORECASE | re.DOTALL,
        ),
        registry.FEED,
    ),
    (re.compile(_XML + rb"<opml\b", re.IGNORECASE | re.DOTALL), registry.OPML),
    (
        re.compile(  # two lines of it, for databases write lines of their own above
            rb"(?s:.{0,1000}?)^TY {1,2}- [A-Z]+[ \t]*[\r\n]+[A-Z][A-Z0-9] {1,2}-", re.MULTILINE
        ),
        registry.RIS,
    ),
    (
        re.compile(
            rb"(?>\s|%[^\n]*\n)*+@(?:article|book|comment|in(?:book|collection|proceedings)|misc|mvbook"
            rb"|newsarticle|online|electronic|www|report|string|thesis|techreport|unpublished)\s*[{(]",
            re.IGNORECASE,
        ),
        registry.BIBTEX,
    ),
)
_NOT_SAID = frozenset([registry.TEXT, registry.JSON, registry.HTML, registry.RIS, registry.BIBTEX])
_CELLS = re.compile(rb"[,;\t|]")
_LONGEST_HEADER = 2000
_FRAGMENT = re.compile(
    rb"(?>\s|<!--.*?-->)*+<(?:title|meta|main|article|section|header|div|h[1-6]|p|blockquote|figure|ul|ol|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADERS = re.compile(rb"(?:From |)(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}")
_MAILED = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_ARCHIVED = re.compile(
    rb"^content-type:\s*multipart/related|^snapshot-content-location:", re.IGNORECASE | re.MULTILINE
)
_JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[{\]])')


def recognise(file: BinaryIO, suffix: str) -> Format | None:
    """Give the format of a seekable file whose name ends so (`.html`, or nothing); None where it has none."""
    opening = file.read(PEEK)
    file.seek(0)
    if opening.startswith(b"PK\x03\x04"):
        return _packed(file, suffix)
    return by_content(opening, suffix)


def by_content(opening: bytes, suffix: str) -> Format | None:
    """Give the format of a file by its opening, and by its ending where the opening is silent."""
    named = registry.by_suffix(suffix)
    if binary := _binary(opening, named):
        return binary
    if _OTHER.match(opening) and b"\0" in opening[:64]:
        return None
    plain = _plain(opening)
    if exported := _exported(plain, named):
        return exported
    if named in {registry.MARKDOWN, registry.JSON}:
        return named
    if _BURIED.match(opening):
        return registry.PDF
    return _marked_up(plain, suffix) or named


def _binary(opening: bytes, named: Format | None) -> Format | None:
    if is_archive(opening, named is registry.WEB_ARCHIVE):
        return registry.WEB_ARCHIVE
    return next((format_ for sign, format_ in _BINARY if sign.match(opening)), None)


def _exported(opening: bytes, named: Format | None) -> Format | None:
    """Tell what other programs give out; a table only where no name says that it is something else."""
    for sign, format_ in _EXPORTS:
        if sign.match(opening):
            return format_
    return registry.TABLE if named in _NOT_SAID and _is_table(opening) else None


def _is_table(opening: bytes) -> bool:
    """Whether a file whose name says otherwise, or nothing, is a table."""
    line = opening[:_LONGEST_HEADER].partition(b"\n")[0]
    if opening[:1] in b"{[<" or not _CELLS.search(line):
        return False
    from ingest.exports.columns import is_table

    return is_table(opening.decode("utf-8", "replace"))


def _plain(opening: bytes) -> bytes:
    """Give an opening as it would be in UTF-8 without a mark, as far as its signs are ASCII."""
    opening = opening.replace(b"\0", b"")
    return opening.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")


def _marked_up(opening: bytes, suffix: str) -> Format | None:
    if _PAGE.match(opening):
        return registry.HTML
    if _JSON.match(opening) and registry.by_suffix(suffix) not in {None, registry.TEXT}:
        return registry.JSON
    mail = _mail(opening)
    if mail or suffix:
        return mail
    if _FRAGMENT.match(opening):
        return registry.HTML
    return registry.JSON if _JSON.match(opening) else None


def _mail(opening: bytes) -> Format | None:
    """Tell a message by its headers, of which some are a mail program's own."""
    opening = opening.replace(b"\r\n", b"\n")
    if opening.startswith(b"From ") and _MAILED.search(opening):
        return registry.MBOX
    headers = _HEADERS.match(opening)
    if not headers or not _MAILED.search(headers.group()):
        return None
    return registry.MHTML if _ARCHIVED.search(headers.group()) else registry.EML


def _packed(file: BinaryIO, suffix: str) -> Format | None:
    """Tell what a zip file is by the names in it: a document, a book or files packed together."""
    kind = None
    try:
        with open_zip(file) as archive:
            kind, names = document_in(archive), archive.NameToInfo
            mimetype = read_member(archive, "mimetype") if kind == "odt" else None
    except Refused:
        return registry.ODT if kind == "odt" else registry.ZIP
    finally:
        file.seek(0)
    if mimetype and b".text" not in mimetype:
        return None  # a spreadsheet or slides
    if kind:
        return _DOCUMENTS[kind]
    if "datapackage.json" in names and (suffix == ".wacz" or any(map(_ARCHIVED_IN.match, names))):
        return registry.WEB_ARCHIVE
    if any(OMNIVORE_LIST.fullmatch(name) for name in names):
        return registry.OMNIVORE
    other_document = "[Content_Types].xml" in names or "mimetype" in names
    return None if other_document else registry.ZIP


def unknown(suffix: str) -> str:
    """Say of a file whose name ends so that it is not read."""
    if suffix and registry.by_suffix(suffix):
        what = f"what this {suffix} file holds is"
    else:
        what = f"files ending in {suffix} are" if suffix else "files of this kind are"
    return f"{what} not read; what is: cuttings formats"
