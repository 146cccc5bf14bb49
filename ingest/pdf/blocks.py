"""Blocks of print: the lines of one paragraph, headline or caption, and what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ingest.pdf.glyphs import opened
from ingest.pdf.words import Word
from ingest.wrapped import join

Path = tuple[int, ...]


@dataclass
class Block:
    """A paragraph's words; `role` is its tag (`P`, `H1`, `LI`), empty where the file has none.

    `kinds` are the tags it stands in, outermost first, `path` their places, the same on every page.
    """

    words: list[Word]
    page: int
    role: str = ""
    kinds: tuple[str, ...] = ()
    path: Path = ()
    vocabulary: Collection[str] = field(default=(), repr=False)
    hyphenated: bool = False

    @cached_property
    def lines(self) -> list[list[Word]]:
        """The words by line."""
        return lines_of(self.words)

    @cached_property
    def text(self) -> str:
        """The text on one line, words parted at a line's end made whole."""
        lines = [line for words in self.lines if (line := written(words)).strip()]
        return opened(join(lines, None, self.vocabulary, self.hyphenated)) if lines else ""

    @property
    def text_so_far(self) -> str:
        """The words with blanks between, while the block still grows."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size most of its letters have."""
        return _most(self.words, lambda word: word.size) or 1.0

    @cached_property
    def bold(self) -> bool:
        """Whether most of its letters are bold."""
        return bool(_most(self.words, lambda word: word.bold))

    @cached_property
    def linked(self) -> float:
        """The share of letters that belong to a link."""
        letters = sum(len(word.text) for word in self.words) or 1
        return sum(len(word.text) for word in self.words if word.linked) / letters

    @property
    def depth(self) -> int:
        """1 for the highest heading, 0 for what is none."""
        return int(self.role[1:]) if self.role[:1] == "H" and self.role[1:].isdigit() else 0


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Part words, in reading order, into the lines they stand on."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and on_one_line(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def on_one_line(one: Word, other: Word) -> bool:
    """Whether a word goes on in the line of the word before."""
    return abs(one.y - other.y) < 0.6 * max(one.size, other.size)


def written(words: list[Word]) -> str:
    """Write a line's words."""
    return "".join(
        word.text if word.glued or not at else " " + word.text for at, word in enumerate(words)
    )


def _most(words: list[Word], value: object) -> float:
    seen: Counter[float] = Counter()
    for word in words:
        seen[value(word)] += len(word.text)  # type: ignore[operator]
    return seen.most_common(1)[0][0] if seen else 0
