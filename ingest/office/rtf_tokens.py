"""The tokens of Rich Text Format: braces, control words, characters by their bytes or by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)|\\"
)


class What(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    BYTES = auto()
    """Characters as bytes, to be read in the charset of their font."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `number` is a control word's own."""

    what: What
    text: str
    number: int | None = None


def tokens(data: bytes) -> Iterator[Token]:
    """Cut a file into tokens; bytes set in raw, after the word `bin`, are passed over."""
    source, at = data.decode("latin-1"), 0
    while found := _TOKEN.match(source, at):
        at = found.end()
        if found["word"] == "bin":
            at += max(0, int(found["number"] or 0))
        elif found["word"]:
            number = found["number"]
            yield Token(What.WORD, found["word"], int(number) if number else None)
        elif found["brace"]:
            yield Token(What.OPEN if found["brace"] == "{" else What.CLOSE, found["brace"])
        elif found["hex"]:
            yield Token(What.BYTES, chr(int(found["hex"], 16)))
        elif found["symbol"]:
            yield Token(What.SYMBOL, found["symbol"])
        elif found["text"]:
            yield Token(What.BYTES, found["text"])
