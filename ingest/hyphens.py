"""Rejoin the halves of a word or the words of a sentence that a line's end parted."""

from __future__ import annotations

from collections.abc import Collection

from ingest.sentences import is_wide

_HYPHENS = ("-", "\u2010", "\u00ad")
_AFTER_A_HANGING_HYPHEN = frozenset(
    "and or to und oder bzw bzw. sowie bis et ou y e o og eller och en of и или".split()
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
        wide = is_wide(line[-1:]) and is_wide(following[:1])
        return line, "" if wide else " "
    tail = line.rsplit(None, 1)[-1]
    head = following.split(None, 1)[0]
    if head.lower() in _AFTER_A_HANGING_HYPHEN:
        return line, " "
    if line.endswith("\u00ad") or _inserted(tail, head, inserted, words):
        return line[:-1], ""
    return line, ""


def _inserted(tail: str, head: str, inserted: bool, words: Collection[str]) -> bool:
    if not inserted:
        return False
    whole, joined = bare(tail + head), bare(tail[:-1] + head)
    return joined in words or whole not in words


def bare(word: str) -> str:
    """Strip the punctuation around a word and lower-case it."""
    return word.strip(".,;:!?…\"'“”„‚‘’«»‹›()[]{}").lower()
