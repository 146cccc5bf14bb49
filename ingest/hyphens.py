"""Rejoin the halves of a word or the words of a sentence that a line's end parted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

_HYPHENS = ("-", "\u2010", "\u00ad")
_AFTER_A_HANGING_HYPHEN = frozenset(
    [
        "and",
        "or",
        "to",
        "und",
        "oder",
        "bzw",
        "bzw.",
        "sowie",
        "bis",
        "et",
        "ou",
        "y",
        "e",
        "o",
        "og",
        "eller",
        "och",
        "en",
        "of",
        "и",
        "или",
    ]
)
"""Pre- and post-war: before these a hyphen at a line's end stands for the word's other half."""


def parted(line: str) -> bool:
    """Whether a line ends inside a word: at a hyphen that follows a letter or digit."""
    return line.endswith(_HYPHENS) and line[-2:-1].isalnum()


def glue(line: str, following: str, inserted: bool, words: Collection[str]) -> tuple[str, str]:
    """Give the line's text without a hyphen to drop, and what goes between it and the next line.

    `inserted` says that the printer may have put the hyphen there; `words` are the article's other
    words, which decide when they know one of the two forms.
    """
    if not parted(line):
        return line, " "
    tail, head = line.rsplit(None, 1)[-1], following.split(None, 1)[0]
    if line.endswith("\u00ad") or (inserted and _one_word(tail, head, words)):
        return line[:-1], ""
    return line, " " if head.lower() in _AFTER_A_HANGING_HYPHEN else ""


def _one_word(tail: str, head: str, words: Collection[str]) -> bool:
    """Whether a word's halves, without the hyphen between, are the likelier reading."""
    if bare(tail[:-1] + head) in words:
        return True
    hanging = head.lower() in _AFTER_A_HANGING_HYPHEN and len(head) > 2 and len(tail) > 5
    return not hanging and bare(tail + head) not in words


def bare(word: str) -> str:
    """Strip the punctuation around a word and lower-case it."""
    return word.strip(".,;:!?…\"'“”„‚‘’«»‹›()[]{}").lower()


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """Collect the words that no line's end parts."""
    return frozenset(bare(word) for line in lines for word in line.split()[1:-1])
