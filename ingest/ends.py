"""Find where paragraphs end in a text without blank lines or indents, from lengths and signs."""

from __future__ import annotations

from itertools import pairwise

from ingest.layout import Measure, room


class Ends:
    """The paragraphs of one densely printed text."""

    def __init__(self, blocks: list[list[str]], measure: Measure) -> None:
        self._blocks = blocks
        self._measure = measure

    def paragraphs(self) -> list[list[str]]:
        return [part for block in self._blocks for part in self._split(block)]

    def _split(self, block: list[str]) -> list[list[str]]:
        parts = [[block[0]]]
        for line, following in pairwise(block):
            if room(line, following, self._measure.width, self._measure.wide) >= 0:
                parts.append([following])
            else:
                parts[-1].append(following)
        return parts
