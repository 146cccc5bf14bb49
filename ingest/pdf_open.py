"""Open a PDF: decrypted, mended where its table of contents is broken, or with the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from article import Reason
from ingest.parsed import Given, Unread


@dataclass(slots=True)
class Opened:
    """A document of the library's, and what was wrong with its bytes."""

    document: Any
    warnings: list[str]


def open_pdf(given: Given) -> Opened | Unread:
    """Open a file's bytes."""
    data, warnings = given.data, []
    start = data.find(b"%PDF-")
    if start > 0:
        warnings.append(f"{start} bytes before the PDF's header were passed over")
        data = data[start:]
    cut = b"%%EOF" not in data[-2048:]
    try:
        document = pypdfium2.PdfDocument(data, password=given.password)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        return _refused(error, given, cut)
    if not pages:
        return Unread(Reason.MALFORMED, "the PDF has no pages that can be read; fetch it again")
    if cut:
        warnings.append("truncated: the PDF ends early, pages may be missing; fetch it again")
    return Opened(document, warnings)


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
