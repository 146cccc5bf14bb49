"""Open a PDF: decrypted, mended where its table of contents is broken, or with the reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from accession import Reason
from ingest.parsed import Given, Unread
from ingest.pdf.mend import mended


@dataclass(slots=True)
class Opened:
    """A document of the library's, and what was wrong with its bytes."""

    document: pypdfium2.PdfDocument
    warnings: tuple[str, ...]
    cut: bool = False


def open_pdf(given: Given) -> Opened | Unread:
    """Open a file's bytes."""
    start = max(given.data.find(b"%PDF-"), 0)
    data = given.data[start:]
    cut = data.rfind(b"%%EOF") < data.rfind(b"endobj")
    try:
        document = _open(data, given.password)
    except pypdfium2.PdfiumError as error:
        return _refused(error, given, cut)
    pages = len(document)
    if not pages:
        return Unread(Reason.MALFORMED, "the PDF has no pages that can be read; fetch it again")
    return Opened(document, tuple(_remarks(start, cut)), cut)


def _remarks(start: int, cut: bool) -> Iterator[str]:
    if start:
        yield f"{start} bytes before the PDF's header were passed over"
    if cut:
        yield "truncated: the PDF ends early, pages may be missing; fetch it again"


def _open(data: bytes, password: str | None) -> pypdfium2.PdfDocument:
    """Open a document; one that was cut off with a new list of its pages."""
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        again = mended(data) if getattr(error, "err_code", None) == pdfium.FPDF_ERR_FORMAT else None
        if again is None:
            raise
        return pypdfium2.PdfDocument(again, password=password)
    again = None if len(document) else mended(data)
    return pypdfium2.PdfDocument(again, password=password) if again else document


def _refused(error: pypdfium2.PdfiumError, given: Given, cut: bool) -> Unread:
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        again = "the password given does not open it" if given.password else "it needs a password"
        return Unread(Reason.ENCRYPTED, f"the PDF is encrypted and {again}: --password PASSWORD")
    if code == pdfium.FPDF_ERR_SECURITY:
        return Unread(
            Reason.ENCRYPTED,
            "the PDF is encrypted in a way that is not known; save it without (qpdf --decrypt)",
        )
    how = "it ends early" if cut else "its structure is broken"
    return Unread(Reason.MALFORMED, f"the PDF cannot be opened, {how}; fetch or print it again")
