"""Small questions about how a line begins and ends, the same for every language."""

from __future__ import annotations

import re

_END = re.compile(r"(?:[.!?…։؟]|[。．！？｡])[\"'”’»“›)\]）」』〉》]*\s*$|[。！？][^\w]*$")
_WIDE = re.compile("[\u3000-\u9fff\uff00-\uff9f\U00020000-\U0003ffff]")
_OPENING = "\"'“„‚‘«‹»›([{（「『¿¡–—-•*·_"
_QUOTES = '"“”„«»「」『』'


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, closing quotation marks and brackets allowed."""
    return _END.search(line[-8:]) is not None


def starts_small(line: str) -> bool:
    """Whether a line begins with a lower-case letter, or with a mark that only follows others."""
    for character in line[:6]:
        if character in _OPENING or character.isspace():
            continue
        return character.islower() or character in ",;:.!?)]}%”’…、。，"
    return False


def wide_share(text: str) -> float:
    """Give the share of letters that are printed at double width (Chinese, Japanese, Korean Han)."""
    sample = text[:4000]
    wide = len(_WIDE.findall(sample))
    letters = sum(map(str.isalpha, sample)) if wide else 0
    return wide / letters if letters else 0.0


def is_wide(character: str) -> bool:
    """Whether a character belongs to a script written without blanks between words."""
    return _WIDE.match(character) is not None


def both_wide(line: str, following: str) -> bool:
    """Whether no blank belongs between two lines, as neither side's script writes any."""
    return is_wide(line[-1:]) and is_wide(following[:1])
