"""Page furniture of a PDF: running heads, page numbers, and what a browser prints around its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.addresses import is_address
from ingest.pages import is_page_number, is_print_time
from ingest.pdf.words import Word

DEEPEST = 2
"""Lines at the top and at the bottom of a page that may be furniture."""

RECURS = 3
"""On so many pages a line must stand, its figures aside, to be a running head."""

_CUT = ("…", "...")
_BLANKS = re.compile(r"\s{2,}")


@dataclass(slots=True)
class Furniture:
    """Each page's words without its furniture, and the title and address printed around them."""

    pages: list[list[Word]]
    title: str | None = None
    url: str | None = None
    cut: str | None = None
    """How the address begins, where there was no room for all of it."""


@dataclass(slots=True)
class _Edge:
    """A line at a page's edge, as pieces with room between them."""

    words: list[Word]
    pieces: list[str]

    @property
    def masked(self) -> str:
        """The line without its figures, to tell whether it recurs."""
        return re.sub(r"\d+", "0", "  ".join(self.pieces))

    @property
    def printed(self) -> bool:
        """Whether a browser printed it, or a page number is all it says."""
        plain = [piece for piece in self.pieces if not _is_said_by_printers(piece)]
        return len(plain) < len(self.pieces) and len(plain) <= 1


def take_out(pages: list[list[Word]], tagged: bool) -> Furniture:
    """Part the furniture from the pages' words; in a tagged file only unmarked words may be such."""
    edges = [list(_edges(words, tagged)) for words in pages]
    seen = Counter(masked for page in edges for masked in {edge.masked for edge in page})
    found = [edge for page in edges for edge in page if edge.printed or seen[edge.masked] >= RECURS]
    gone = {id(word) for edge in found for word in edge.words}
    kept = [[word for word in words if id(word) not in gone] for words in pages]
    return Furniture(kept, _title(found), *_addresses(found))


def _edges(words: list[Word], tagged: bool) -> Iterator[_Edge]:
    lines: list[list[Word]] = []
    loose = [word for word in words if word.upright and not (tagged and word.mark >= 0)]
    for word in sorted(loose, key=lambda word: (-word.y, word.x0)):
        if lines and abs(lines[-1][-1].y - word.y) < 0.4 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines[:DEEPEST] + lines[DEEPEST:][-DEEPEST:]:
        line.sort(key=lambda word: word.x0)
        yield _Edge(line, _BLANKS.split(_spaced(line)))


def _spaced(line: list[Word]) -> str:
    """Write a line, with two blanks where there is room for them."""
    texts = [line[0].text]
    for before, word in pairwise(line):
        wide = word.x0 - before.x1 > 2 * word.size
        texts.append(("  " if wide else "" if word.glued else " ") + word.text)
    return "".join(texts)


def _is_said_by_printers(piece: str) -> bool:
    return is_page_number(piece) or is_print_time(piece) or is_address(piece.rstrip("…."))


def _addresses(edges: list[_Edge]) -> tuple[str | None, str | None]:
    """Give the address that the printer put on the pages, and how it begins if it was cut."""
    words = [word.text for edge in edges for word in edge.words if "://" in word.text]
    whole = Counter(word for word in words if is_address(word) and not word.endswith(_CUT))
    cut = next((word.rstrip("….") for word in words if word.endswith(_CUT)), None)
    return (whole.most_common(1)[0][0], None) if whole else (None, cut)


def _title(edges: list[_Edge]) -> str | None:
    """Give the page's title, which a browser prints beside the time or the address."""
    found = [
        piece
        for edge in edges
        if any(is_print_time(piece) or "://" in piece for piece in edge.pieces)
        for piece in edge.pieces
        if not _is_said_by_printers(piece) and "://" not in piece
    ]
    return max(found, key=len, default=None)
