"""Links of a PDF page: the rectangles that lead to an address, and the words that stand in them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.pdf.words import Word

MOST = 300
"""Links of a page that are looked at."""

Box = tuple[float, float, float, float]


def link(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, words: list[Word]) -> None:
    """Tell the words of a page which address they lead to."""
    boxes = list(_boxes(document, page))
    if not boxes:
        return
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.y + word.size / 4
        word.url = next(
            (u for (left, low, right, high), u in boxes if left <= x <= right and low <= y <= high),
            None,
        )
        word.linked = word.url is not None


def _boxes(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[tuple[Box, str]]:
    start, found = ctypes.c_int(0), pdfium.FPDF_LINK()
    box = pdfium.FS_RECTF()
    for _ in range(MOST):
        if not pdfium.FPDFLink_Enumerate(page, start, found):
            return
        url = _address(document, found)
        if url and pdfium.FPDFLink_GetAnnotRect(found, box):
            low, high = sorted((box.bottom, box.top))
            left, right = sorted((box.left, box.right))
            yield (left - 1, low - 1, right + 1, high + 1), url


def _address(document: pypdfium2.PdfDocument, found: pdfium.FPDF_LINK) -> str | None:
    action = pdfium.FPDFLink_GetAction(found)
    if not action:
        return None
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size < 4_000:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    url = buffer.value.decode("utf-8", "replace").strip()
    return url if url.lower().startswith(("http://", "https://")) else None
