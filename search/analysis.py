"""Text to terms, for articles and for queries alike.

A *word* is a run of letters and digits; hyphens, dots and most apostrophes part words, so that
`anti-government` is two words that follow one another. Initials with their dots (`U.S.`) are one
word, `us`; signs right behind a word (`C++`) are a word of their own. `don't` is one word, and a
final `'s` belongs to no word. Scripts written without spaces give one term for each two
neighbouring characters, and one for the last character of a run, so that every character starts
a term.

A word's *exact form* is folded: no case, no accents, no apostrophe. Its *key* is that form, with
the *spelling* behind it where it is written otherwise (`eu` and `EU`). Its *term* is its Snowball
stem with the language behind it (`integr/en`), so that stems of two languages never mix: German
makes `numb` of the English `number`. Numbers, languages without a stemmer and scripts without
spaces have the exact form as their term.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from search.forms import (
    ACCENTED_SUFFIXES,
    APOSTROPHES,
    JOINERS,
    MAX_TERM_BYTES,
    SPACELESS,
    fold,
    has_no_spaces,
    key_parts,
    language_code,
    stem,
    vocabulary,
    with_umlauts,
    without_digraphs,
)
from search.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.forms import Forms, Vocabulary

__all__ = [
    "ACCENTED_SUFFIXES",
    "ANALYSIS_VERSION",
    "MAX_TERM_BYTES",
    "Token",
    "Words",
    "fold",
    "has_no_spaces",
    "key_parts",
    "language_code",
    "offsets",
    "sentences",
    "stem",
    "tokens",
    "with_umlauts",
    "without_digraphs",
    "words",
]

ANALYSIS_VERSION = 4  # raise it whenever the same text would give other terms

_ASCII_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}[A-Za-z]?(?![A-Za-z0-9])"  # initials
    r"|[A-Za-z0-9]+(?:'[sStT](?![A-Za-z0-9]))?"
    r"|(?<=[A-Za-z0-9])(?:\+{1,2}|#)(?![A-Za-z0-9+#])"  # signs
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text; offsets count code points, sentences are counted from 0."""

    term: str
    exact: str
    key: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in bulk: terms, exact forms and keys side by side.

    `sentences` says how many words each sentence holds.
    """

    terms: tuple[str, ...]
    exacts: tuple[str, ...]
    keys: tuple[str, ...]
    sentences: tuple[int, ...]


def words(text: str, language: str | None) -> Words:
    """Give the terms of a text without their places: the fast way, for indexing."""
    forms_of = vocabulary(language)
    forms: list[Forms] = []
    counts = []
    for start, end in sentences(text):
        before = len(forms)
        forms += _forms(text[start:end], forms_of)
        counts.append(len(forms) - before)
    if not forms:
        return Words((), (), (), ())
    terms, exacts, keys, _ = zip(*forms, strict=True)
    return Words(terms, exacts, keys, tuple(counts))


def offsets(text: str, language: str | None) -> list[tuple[int, int]]:
    """Give where the words of a text start and end: those of `words`, in their order."""
    forms_of = vocabulary(language)
    return [
        (start + at, start + at + forms[3])
        for start, end in sentences(text)
        for at, word in _places(text[start:end])
        if (forms := forms_of[word]) is not None
    ]


def tokens(text: str, language: str | None) -> list[Token]:
    """Give the words of a text with their places: the terms are those of `words`."""
    forms_of = vocabulary(language)
    found = []
    for number, (start, end) in enumerate(sentences(text)):
        for at, word in _places(text[start:end]):
            if (forms := forms_of[word]) is not None:
                term, exact, key, length = forms
                found.append(Token(term, exact, key, start + at, start + at + length, number))
    return found


# What a word is in text beyond ASCII; each pattern takes milliseconds to compile.
_INITIALS = f"(?:[^\\W\\d_{SPACELESS}]\\.){{2,}}[^\\W\\d_{SPACELESS}]?(?![^\\W_])"
_TAIL = f"(?:[{APOSTROPHES}][sStT](?![^\\W_]))?"
_SIGNS = f"(?<=[^\\W_])(?:\\+{{1,2}}|#)(?![^\\W_{SPACELESS}]|[+#])"


@cache
def _word() -> re.Pattern[str]:
    """Find a word, where no script is written without spaces."""
    return re.compile(f"{_INITIALS}|[^\\W_]+(?:[{_marks()}{JOINERS}]+[^\\W_]*)*{_TAIL}|{_SIGNS}")


@cache
def _word_or_run() -> re.Pattern[str]:
    """Find a run of characters without spaces between words, or a word."""
    letters = f"[^\\W_{SPACELESS}]"
    word = f"{_INITIALS}|{letters}+(?:[{_marks()}{JOINERS}]+{letters}*)*{_TAIL}|{_SIGNS}"
    return re.compile(f"(?P<run>(?:{_unit().pattern})+)|{word}")


@cache
def _unit() -> re.Pattern[str]:
    """Find one character of such a run, with its marks."""
    hangul = "[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
    return re.compile(f"(?:{hangul}|(?=[^\\W_])[{SPACELESS}])[{_marks()}ﾞﾟ]*")


@cache
def _marks() -> str:
    """Collect the combining characters, which are no letters to Python's `re`."""
    blocks = (range(0x300, 0x3100), range(0xA66F, 0xAC00), range(0xFE00, 0xFE30))
    return "".join(
        chr(c) for block in blocks for c in block if unicodedata.category(chr(c))[0] == "M"
    )


def _forms(text: str, forms_of: Vocabulary) -> list[Forms]:
    if text.isascii():
        found = _ASCII_WORD.findall(text)
    elif has_no_spaces(text):
        found = [word for _, word in _mixed_places(text)]
    else:
        found = _word().findall(text)
    return [forms for forms in map(forms_of.__getitem__, found) if forms is not None]


def _places(text: str) -> Iterator[tuple[int, str]]:
    if text.isascii():
        pattern = _ASCII_WORD
    elif not has_no_spaces(text):
        pattern = _word()
    else:
        yield from _mixed_places(text)
        return
    for word in pattern.finditer(text):
        yield word.start(), word.group()


def _mixed_places(text: str) -> Iterator[tuple[int, str]]:
    for match in _word_or_run().finditer(text):
        if match["run"] is None:
            yield match.start(), match.group()
            continue
        last = None
        for unit in _unit().finditer(text, *match.span()):
            if last is not None:
                yield last, text[last : unit.end()]
            last = unit.start()
        if last is not None:
            yield last, text[last : match.end()]
