"""The formats, one module each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from accession import Reading, Refusal

if TYPE_CHECKING:
    from ingest.workers import Workers

Reader = Callable[[BinaryIO, str, "Workers"], Iterator[Reading | Refusal]]
"""Takes an open file, its location and who may read it; gives a result for each article in it."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name, the endings it goes by, what is kept of it, and who reads it."""

    name: str
    suffixes: frozenset[str]
    keeps: str
    read: Reader


def _text(file: BinaryIO, location: str, _: Workers) -> Iterator[Reading | Refusal]:
    from ingest import single, text

    return single.read(file, location, text.parse)


def _jsonl(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    from ingest import jsonl

    return jsonl.read(file, location, workers)


def _gzip(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    from ingest import bundles

    return bundles.read_gzip(file, location, workers)


def _zip(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    from ingest import bundles

    return bundles.read_zip(file, location, workers)


def _table(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    from ingest.exports import table

    return table.read(file, location, workers)


def _omnivore(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    from ingest.exports import omnivore_zip

    return omnivore_zip.read(file, location, workers)


def _webarchive(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    from ingest.webarchive import reader

    return reader.read(file, location, workers)


@dataclass(frozen=True, slots=True)
class Apart:
    """Reads by a module of this room in a worker process.

    One that is `long` is read when its turn has come, and not ahead: what is in it may be much.
    """

    module: str
    long: bool = False

    def __call__(
        self,
        file: BinaryIO,
        location: str,
        workers: Workers,
        url: str | None = None,
        charset: str | None = None,
    ) -> Iterator[Reading | Refusal]:
        """Read a file; see `Reader`. `url` and `charset` are as in `Given`."""
        from ingest import apart

        return apart.read(
            file, location, f"ingest.{self.module}", workers, url=url, charset=charset
        )


def _endings(text: str) -> frozenset[str]:
    return frozenset(text.split())


TEXT = Format(
    "text",
    _endings(".txt .text") | {""},
    "headline, byline, date, captions, related links; lines cut by a printer joined again",
    _text,
)
MARKDOWN = Format(
    "Markdown",
    _endings(".md .markdown"),
    "front matter, headings, lists, quotes, links",
    Apart("markdown_reader"),
)
JSON = Format("JSON Lines", _endings(".jsonl .ndjson .json"), "every field of an article", _jsonl)
HTML = Format(
    "HTML",
    _endings(".html .htm .xhtml .xht .shtml"),
    "the article, and what the page says of itself; captions, sub-headlines, quotes, lists, links",
    Apart("html.reader"),
)
BOOKMARKS = Format(
    "bookmarks",
    frozenset(),
    "the links that browsers, Pocket, Instapaper, Pinboard and Shaarli give out as HTML",
    Apart("exports.netscape"),
)
MHTML = Format(
    "MHTML", _endings(".mhtml .mht"), "as HTML, of the page in the archive", Apart("html.mhtml")
)
PDF = Format(
    "PDF",
    _endings(".pdf"),
    "headline, byline, date, captions, sub-headlines; columns in order, heads and feet left out",
    Apart("pdf.reader"),
)
DOCX = Format(
    "Word",
    _endings(".docx .docm .dotx .doc"),
    "headings, paragraphs, captions, quotes, lists, tables row by row, footnotes, links",
    Apart("office.docx"),
)
ODT = Format("OpenDocument", _endings(".odt .ott .fodt"), "as Word", Apart("office.odt"))
RTF = Format("RTF", _endings(".rtf"), "as Word", Apart("office.rtf"))
EPUB = Format("EPUB", _endings(".epub"), "an article for each chapter", Apart("office.epub"))
EML = Format(
    "mail",
    _endings(".eml"),
    "subject, sender, date and the text; attachments are named, not read",
    Apart("mail.eml"),
)
MBOX = Format("mailbox", _endings(".mbox .mbx"), "an article for each message", Apart("mail.mbox"))
GZIP = Format("gzip", _endings(".gz"), "what the file under it holds", _gzip)
ZIP = Format("zip", _endings(".zip"), "what its files hold, each as if in a folder", _zip)
WEB_ARCHIVE = Format(
    "web archive",
    _endings(".warc .warc.gz .warc.zst .arc .arc.gz .wacz"),
    "an article for each page in it, under the page's address; as HTML, text and PDF",
    _webarchive,
)

TABLE = Format(
    "CSV", _endings(".csv .tsv"), "an article or a link a row, by the names of its columns", _table
)
RIS = Format(
    "RIS",
    _endings(".ris"),
    "the addresses of references, with what is said of them",
    Apart("exports.ris"),
)
BIBTEX = Format("BibTeX", _endings(".bib .bibtex"), "as RIS", Apart("exports.bibtex"))
ZOTERO_RDF = Format("Zotero RDF", frozenset(), "as RIS", Apart("exports.zotero_rdf"))
FEED = Format(
    "feed",
    _endings(".rss .atom .rdf"),
    "RSS, Atom: an article for each entry with its text, else the link",
    Apart("feeds.parser", long=True),
)
OPML = Format(
    "OPML", _endings(".opml"), "the links in it; feeds: cuttings feeds add", Apart("feeds.opml")
)
OMNIVORE = Format(
    "Omnivore", frozenset(), "articles and links of its export, a zip or a folder", _omnivore
)

FORMATS = (
    TEXT, MARKDOWN, JSON, HTML, BOOKMARKS, MHTML, PDF, DOCX, ODT, RTF, EPUB, EML, MBOX, WEB_ARCHIVE, GZIP, ZIP, OMNIVORE, TABLE, RIS, BIBTEX, ZOTERO_RDF,
    FEED, OPML,
)  # fmt: skip


def by_suffix(suffix: str) -> Format | None:
    """Give the format that goes by an ending such as `.txt`, whatever its case."""
    return next((one for one in FORMATS if suffix.lower() in one.suffixes), None)


def ending(name: str) -> str:
    """Give what a file's name ends in, such as `.txt`; of some, the last two endings."""
    suffixes = PurePath(name).suffixes[-2:]
    double = "".join(suffixes).lower()
    return double if len(suffixes) == 2 and by_suffix(double) else "".join(suffixes[-1:])
