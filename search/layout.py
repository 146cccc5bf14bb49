"""How the words of a document lie: which positions are which text, paragraph and sentence.

Positions count words through all texts of a document, with a gap between two texts. A layout is
kept with each document of an index, so that "same sentence", "same paragraph" and "in a caption"
are answered from positions alone.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from article import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

PARAGRAPH_GAP = 100  # positions left free between two texts, so that no phrase crosses them

HEADLINE = "headline"
ZONES = (HEADLINE, "standfirst", "byline", "dateline", *(kind.value for kind in Kind))
"""Where a text may stand; their order is part of the index's format."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One text: its first position, its paragraph's ordinal (0: above them), zone and sentences.

    `sentences` says how many words each sentence holds.
    """

    start: int
    ordinal: int
    zone: str
    sentences: tuple[int, ...]

    @property
    def words(self) -> int:
        """How many words the text holds."""
        return sum(self.sentences)


class Layout:
    """The texts of a document in the order of their positions, made from what `pack` gives."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        # Ordinal, zone, number of sentences and their words, for each text; 16 or 32 bits each.
        self._numbers = array(packed[:1].decode() or "H", packed[1:])

    @classmethod
    def of(cls, stretches: Iterable[Stretch]) -> Layout:
        """Make the layout of texts."""
        numbers: list[int] = []
        given = tuple(stretches)
        for stretch in given:
            zone = ZONES.index(stretch.zone)
            numbers += [stretch.ordinal, zone, len(stretch.sentences), *stretch.sentences]
        code = "H" if max(numbers, default=0) < 0x10000 else "I"
        made = cls(code.encode() + array(code, numbers).tobytes())
        made.__dict__["stretches"] = given  # Tantivy's index asks for them next
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout) and self._packed == other._packed

    def __hash__(self) -> int:
        return hash(self._packed)

    def pack(self) -> bytes:
        """Write the layout down, in this machine's byte order."""
        return self._packed

    @cached_property
    def headline(self) -> int:
        """How many words the headline holds: its positions are 0 to so many."""
        numbers = self._numbers
        if not numbers or numbers[1]:
            return 0
        return sum(numbers[3 : 3 + numbers[2]])

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The texts, those without words left out."""
        numbers, found, at, start = self._numbers, [], 0, 0
        while at < len(numbers):
            ordinal, zone, count = numbers[at : at + 3]
            sentences = tuple(numbers[at + 3 : at + 3 + count])
            found.append(Stretch(start, ordinal, ZONES[zone], sentences))
            at += 3 + count
            start += found[-1].words + PARAGRAPH_GAP
        return tuple(found)

    def index(self, position: int) -> int:
        """Give the index of the text that a position lies in."""
        return bisect_right(self._starts, position) - 1

    def at(self, position: int) -> Stretch:
        """Give the text that a position lies in."""
        return self.stretches[self.index(position)]

    def first(self, position: int) -> int:
        """Give the first position of the paragraph of a position; its credit is part of it."""
        index = self.index(position)
        stretches = self.stretches
        if index and stretches[index].ordinal == stretches[index - 1].ordinal != 0:
            index -= 1
        return stretches[index].start

    def paragraph(self, position: int) -> int:
        """Give the number of the paragraph of a position; a text above them is one of its own."""
        index = self.index(position)
        return self.stretches[index].ordinal or -1 - index

    def sentence(self, position: int) -> int:
        """Give the number of the sentence of a position, counted through all texts."""
        return bisect_right(self._sentence_starts, position)

    @cached_property
    def lengths(self) -> dict[int, int]:
        """How many words each paragraph holds, by ordinal."""
        found: dict[int, int] = {}
        for stretch in self.stretches:
            found[stretch.ordinal] = found.get(stretch.ordinal, 0) + stretch.words
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [stretch.start for stretch in self.stretches]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        starts = []
        for stretch in self.stretches:
            firsts = accumulate(stretch.sentences[:-1], initial=stretch.start)
            starts += list(firsts)
        return starts
