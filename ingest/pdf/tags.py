"""The tags of a PDF: which text is a paragraph, a heading or a list item, in reading order.

Browsers and word processors write them so that a page can be read aloud. They know the paragraphs that
the print alone leaves open, so where they cover a file's text they are followed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

MOST_STEPS = 1_000_000
"""Elements looked at in a file; beyond this its tags are taken for useless."""

DEEPEST = 200


class TooManyTags(Exception):
    """The tags would take too long to read."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One piece of marked text: its mark on the page, and the elements around it, outermost first."""

    mark: int
    kinds: tuple[str, ...]
    path: tuple[int, ...]


class TagReader:
    """Reads the tags of a file's pages; counts its steps over all of them."""

    def __init__(self) -> None:
        self._steps = 0
        self._buffer = ctypes.create_string_buffer(256)

    def read(self, page: pypdfium2.PdfPage) -> list[Leaf]:
        """Give the marked text of a page in reading order."""
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        if not tree:
            return []
        try:
            return [
                leaf
                for index in range(pdfium.FPDF_StructTree_CountChildren(tree))
                for leaf in self._walk(
                    pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), (), (index,)
                )
            ]
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def _walk(
        self, element: pdfium.FPDF_STRUCTELEMENT, kinds: tuple[str, ...], path: tuple[int, ...]
    ) -> Iterator[Leaf]:
        if not element or len(path) > DEEPEST:
            return
        kinds = (*kinds, self._kind(element))
        for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise TooManyTags
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if mark >= 0:
                yield Leaf(mark, kinds, (*path, index))
            else:
                child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
                yield from self._walk(child, kinds, (*path, index))

    def _kind(self, element: pdfium.FPDF_STRUCTELEMENT) -> str:
        size = pdfium.FPDF_StructElement_GetType(element, self._buffer, len(self._buffer))
        if not 2 <= size <= len(self._buffer):
            return ""
        return self._buffer.raw[: size - 2].decode("utf-16-le", "replace")
