"""Words at one place: what lets Tantivy count sentences and paragraphs instead of words.

Of Tantivy's tokenizers only the one for n-grams gives all tokens of a text one position. So a term is
written as a code of four characters of three bytes each, and codes stand apart by a character of
four bytes: of all four characters in a row, a code alone has no more than twelve bytes, and what is
longer is thrown away.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import tantivy

if TYPE_CHECKING:
    from collections.abc import Iterable

CODES = "codes"  # the tokenizer that takes such a text apart

_LENGTH = 4
_FIRST, _LAST = 0x800, 0xFFFF  # what UTF-8 writes in three bytes, but for surrogates:
_SURROGATES = 0xD800, 0x800
_SIGNS = _LAST + 1 - _FIRST - _SURROGATES[1]
_APART = "\U00010000"
_MOST = 100_000  # codes that are remembered


def at_one_place(codes: Iterable[str]) -> str:
    """Give the text that the tokenizer takes for these codes, all at its position."""
    return _APART.join(codes)


def analyzer() -> tantivy.TextAnalyzer:
    """Make the tokenizer CODES."""
    runs = tantivy.Tokenizer.ngram(_LENGTH, _LENGTH, prefix_only=False)
    longer = tantivy.Filter.remove_long(3 * _LENGTH + 1)  # what has so many bytes or more
    return tantivy.TextAnalyzerBuilder(runs).filter(longer).build()


class _Codes(dict[str, str]):
    """The codes of terms met lately, by term."""

    def __missing__(self, term: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        code = self[term] = _code(term)
        return code


coded = _Codes().__getitem__
"""Gives the code of a term, a hash of 63 bits: two of ten million terms share one with a probability of
1 in 250,000. Raises UnicodeEncodeError for a term that cannot be written down."""


def _code(term: str) -> str:
    number = int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "big")
    signs = []
    for _ in range(_LENGTH):
        number, sign = divmod(number, _SIGNS)
        point = _FIRST + sign
        signs.append(chr(point if point < _SURROGATES[0] else point + _SURROGATES[1]))
    return "".join(signs)
