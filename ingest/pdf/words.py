"""The words of a PDF page, in the order they were drawn: where each stands, how large and how bold."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.sentences import both_wide

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!r)", re.IGNORECASE)
_HYPHEN = 0x02
"""What the library gives for a hyphen at a line's end."""

GAP, WIDE_GAP = 0.15, 0.8
"""Room between two words, in type sizes, that stands for a blank; a Chinese comma has some itself."""

MOST_CHARACTERS = 400_000
"""No page of print holds so many; one that says it does is not read to its end."""


@dataclass(slots=True)
class Word:
    """A word; `mark` ties it to the tags, `glued` where no blank parts it from the word before.

    `x0`, `x1`, `y` are points from the page's lower left corner, `y` that of the base line.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    mark: int = -1
    glued: bool = False
    upright: bool = True
    linked: bool = False
    unmapped: int = 0
    font: int = 0
    url: str | None = None


class WordReader:
    """Reads one page's text, character by character."""

    def __init__(self, text: pypdfium2.PdfTextPage, turned: int = 0) -> None:
        self._text = text.raw
        self._turned = turned
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box = [ctypes.c_double() for _ in range(4)]
        self._words: list[Word] = []
        self._letters: list[str] = []
        self._last = -1
        self._drawn = 0
        self._guessed = self._unmapped = False
        self._fonts = _FontBook()

    def read(self) -> list[Word]:
        """Give the page's words."""
        count = min(max(pdfium.FPDFText_CountChars(self._text), 0), MOST_CHARACTERS)
        blank = True
        for index in range(count):
            blank = self._take(index, blank)
        self._close()
        return self._words

    def _take(self, index: int, blank: bool) -> bool:
        """Take one character in; say whether a blank stands after it."""
        code = pdfium.FPDFText_GetUnicode(self._text, index)
        if code in (0x20, 0x09, 0x0A, 0x0D, 0x3000) or not code:
            self._close()
            self._guessed = pdfium.FPDFText_IsGenerated(self._text, index) == 1
            return True
        drawn = pdfium.FPDFText_GetTextObject(self._text, index)
        address = ctypes.addressof(drawn.contents) if drawn else 0
        if blank or address != self._drawn:
            self._begin(index, drawn, code, blank)
            self._drawn = address
        self._letters.append("-" if code == _HYPHEN else chr(code))
        if _is_no_letter(code) or self._unmapped:
            self._words[-1].unmapped += 1
        self._last = index
        return False

    def _begin(self, index: int, drawn: pdfium.FPDF_PAGEOBJECT, code: int, blank: bool) -> None:
        """Begin a word, unless the next thing drawn only goes on with the last one."""
        mark = pdfium.FPDFPageObj_GetMarkedContentID(drawn) if drawn else -1
        pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
        self._unmapped = pdfium.FPDFText_HasUnicodeMapError(self._text, index) == 1
        if blank or not self._goes_on(mark):
            self._close()
            glued = not blank or (self._guessed and self._wide(code))
            self._open(index, drawn, mark, glued)

    def _wide(self, code: int) -> bool:
        """Whether no blank belongs before a character, as neither side's script writes any."""
        return bool(self._words) and both_wide(self._words[-1].text, chr(code))

    def _goes_on(self, mark: int) -> bool:
        word = self._words[-1]
        x, y = self._turn(self._x.value, self._y.value)
        return (
            mark == word.mark
            and abs(y - word.y) < 0.6 * word.size
            and abs(x - word.x0) < 300 * word.size
        )

    def _open(self, index: int, drawn: pdfium.FPDF_PAGEOBJECT, mark: int, glued: bool) -> None:
        x, y = self._turn(self._x.value, self._y.value)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
        along = math.degrees(math.atan2(matrix.b, matrix.a)) - self._turned
        upright = abs((along + 180) % 360 - 180) < 20
        font, bold = self._fonts.look_up(drawn) if drawn else (0, False)
        size = round(size, 1) or 1.0
        word = Word("", x, x, y, size, bold, mark, glued, upright=upright, font=font)
        self._words.append(word)

    def _close(self) -> None:
        if not self._letters:
            return
        word = self._words[-1]
        word.text = "".join(self._letters)
        self._letters = []
        ends = [word.x0, self._edge(self._last)]
        word.x0, word.x1 = min(ends), max(ends)
        if word.glued and len(self._words) > 1:
            word.glued = _touch(self._words[-2], word)

    def _edge(self, index: int) -> float:
        """Give the far edge of a character: the right one, or the left one of a word that runs so."""
        left, right, bottom, top = self._box
        if not pdfium.FPDFText_GetCharBox(self._text, index, left, right, bottom, top):
            return self._words[-1].x0
        one = self._turn(left.value, bottom.value)[0]
        other = self._turn(right.value, top.value)[0]
        start = self._words[-1].x0
        return max(one, other, key=lambda x: abs(x - start))

    def _turn(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point as the page is turned when it is shown."""
        if self._turned == 90:
            return y, -x
        if self._turned == 180:
            return -x, -y
        return (-y, x) if self._turned == 270 else (x, y)


def _touch(one: Word, other: Word) -> bool:
    """Whether no blank stands between two words, or a line's end parts one word."""
    if abs(one.y - other.y) >= 0.6 * max(one.size, other.size):
        return True
    gap = WIDE_GAP if both_wide(one.text, other.text) else GAP
    return max(other.x0 - one.x1, one.x0 - other.x1) < gap * min(one.size, other.size)


class _FontBook:
    """Remembers of each font whether its name says that it is bold."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def look_up(self, drawn: pdfium.FPDF_PAGEOBJECT) -> tuple[int, bool]:
        """Give a number for the font of something drawn, and whether it is bold."""
        font = pdfium.FPDFTextObj_GetFont(drawn)
        if not font:
            return 0, False
        address = ctypes.addressof(font.contents)
        if address not in self._known:
            self._known[address] = _bold_name(_name_of(font))
        return address, self._known[address]


def _is_no_letter(code: int) -> bool:
    """Whether a code is a control character or a private one: a sign's number in its font."""
    return (code < 0x20 and code != _HYPHEN) or 0xE000 <= code <= 0xF8FF or code == 0xFFFD


def _name_of(font: pdfium.FPDF_FONT) -> str:
    buffer = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
    return buffer.value.decode("utf-8", "replace")


@lru_cache(maxsize=256)
def _bold_name(name: str) -> bool:
    return _BOLD.search(name) is not None
