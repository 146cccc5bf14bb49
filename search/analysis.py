"""Text to terms, for articles and for queries alike.

A *word* is a run of letters and digits; hyphens, dots and most apostrophes part words, so that
`anti-government` is two words that follow one another and `U.S.` is `u` and `s`. `don't` is one
word, and a final `'s` belongs to no word. Scripts written without spaces give one term for each
two neighbouring characters, and one for the last character of a run, so that every character
starts a term.

A word's *exact form* is its folded spelling: no case, no accents, no apostrophe. Its *term* is
its Snowball stem with the language behind it (`integr/en`), so that stems of two languages never
mix: German makes `numb` of the English `number`. Numbers, languages without a stemmer and
scripts without spaces have the exact form as their term.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANALYSIS_VERSION = 1  # raise it whenever the same text would give other terms

MAX_TERM_BYTES = 255
_MAX_STEM_BYTES = 240  # leaves room for the language behind it
_CACHED_WORDS = 40_000  # for each language; a word and its forms take about 300 bytes
_CACHED_LENGTH = 40  # longer words are rare, and could fill any memory

_APOSTROPHES = "'’ʼ＇"
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
_JOINERS = "\u00ad\u200c\u200d\u2060"  # soft hyphen and joiners stand inside words, unseen

# Marks that change a letter's look, not the letter: Latin, Greek and Cyrillic accents, Hebrew
# points, Arabic vowel signs and the stretching tatweel. Marks of other scripts are letters.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    f"{_JOINERS}{_APOSTROPHES}]+"
)
_LETTERS_OF_THEIR_OWN = frozenset("йїўґ")  # composed, but no accented forms of another letter
_PLAIN_LETTERS = str.maketrans({
    "ё": "е", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe",
    "ð": "d", "þ": "th",
})  # fmt: skip

# Their suffixes carry accents, so that the stemmer must see the word as it was written.
ACCENTED_SUFFIXES = frozenset({"ca", "cs", "es", "fr", "ga", "hu", "it", "lt", "pl", "pt", "ro"})

_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:'[sStT](?![A-Za-z0-9]))?")
_SENTENCE_END = re.compile(  # a stop, closing quotes and a space; but not after an initial: "J."
    r"[.!?…。！？](?:(?<=[。！？])|(?<![\s.(][A-Z]\.)[\"'”“’»«)\]]*\s+(?![a-z\s]))"
)

Forms = tuple[str, str, int]  # term, exact form, length of the word without a final 's


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text; offsets count code points, sentences are counted from 0."""

    term: str
    exact: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in bulk: terms and exact forms side by side.

    `sentences` says how many words each sentence holds.
    """

    terms: tuple[str, ...]
    exacts: tuple[str, ...]
    sentences: tuple[int, ...]


def words(text: str, language: str | None) -> Words:
    """Give the terms of a text without their places: the fast way, for indexing."""
    vocabulary = _vocabulary(language)
    forms: list[Forms] = []
    counts = []
    for start, end in sentences(text):
        before = len(forms)
        forms += _forms(text[start:end], vocabulary)
        counts.append(len(forms) - before)
    if not forms:
        return Words((), (), ())
    terms, exacts, _ = zip(*forms, strict=True)
    return Words(terms, exacts, tuple(counts))


def tokens(text: str, language: str | None) -> list[Token]:
    """Give the words of a text with their places: the terms are those of `words`."""
    vocabulary = _vocabulary(language)
    found = []
    for number, (start, end) in enumerate(sentences(text)):
        for at, word in _places(text, start, end):
            if (forms := vocabulary[word]) is not None:
                term, exact, length = forms
                found.append(Token(term, exact, at, at + length, number))
    return found


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give where each sentence starts and ends; the space behind it is part of it."""
    start = 0
    for border in _SENTENCE_END.finditer(text):
        if border.end() > start:
            yield start, border.end()
            start = border.end()
    if start < len(text):
        yield start, len(text)


def fold(word: str) -> str:
    """Take off case, accents and apostrophes; at most 255 bytes are kept."""
    word = word[:MAX_TERM_BYTES]
    if word.isascii():
        return word.lower().replace("'", "")
    plain = _casefold(word).translate(_PLAIN_LETTERS)
    letters = [c if c in _LETTERS_OF_THEIR_OWN else _bare(c) for c in plain]
    return _cut(unicodedata.normalize("NFC", "".join(letters)), MAX_TERM_BYTES)


def stem(word: str, language: str | None) -> str:
    """Give the term of one word, as described above."""
    exact = fold(word)
    code = (language or "").lower().partition("-")[0]
    stemmer = _stemmer(code)
    if stemmer is None or has_no_spaces(exact):
        return exact
    written = _casefold(word[:MAX_TERM_BYTES]) if code in ACCENTED_SUFFIXES else exact
    stemmed = fold(stemmer(written)) or exact
    return exact if exact.isdigit() else f"{_cut(stemmed, _MAX_STEM_BYTES)}/{code}"


def has_no_spaces(word: str) -> bool:
    """Tell whether a word holds characters of a script that is written without spaces."""
    return not word.isascii() and _patterns().spaceless.search(word) is not None


def _casefold(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).casefold())


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isalnum() else ""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", letter)).replace(" ", "")


def _cut(term: str, limit: int) -> str:
    if len(term) * 4 <= limit:
        return term
    return term.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")


@cache
def _stemmer(code: str) -> Callable[[str], str] | None:
    if not code:
        return None
    import Stemmer  # here, since a search in an unstemmed library need not load it

    try:
        stem_word: Callable[[str], str] = Stemmer.Stemmer(code, 0).stemWord
    except KeyError:
        return None
    return stem_word


class _Vocabulary(dict[str, "Forms | None"]):
    """Each word met in a language and its forms; forgotten when full, so that memory stays flat."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> Forms | None:
        forms = self._analyse(word)
        if len(word) <= _CACHED_LENGTH:
            if len(self) >= _CACHED_WORDS:
                self.clear()
            self[word] = forms
        return forms

    def _analyse(self, word: str) -> Forms | None:
        if len(word) > 2 and word[-2] in _APOSTROPHES and word[-1] in "sS":
            word = word[:-2]
        exact = fold(word)
        return (stem(word, self._language), exact, len(word)) if exact else None


@cache
def _vocabulary_of(code: str) -> _Vocabulary:
    return _Vocabulary(code or None)


def _vocabulary(language: str | None) -> _Vocabulary:
    code = (language or "").lower().partition("-")[0]
    return _vocabulary_of(code if _stemmer(code) else "")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What a word is in text beyond ASCII."""

    spaceless: re.Pattern[str]
    run: re.Pattern[str]  # a run of characters without spaces, or a word
    unit: re.Pattern[str]  # one character of such a run, with its marks
    word: re.Pattern[str]  # a word where no such run can be


@cache
def _patterns() -> _Patterns:
    marks = _marks()
    tail = f"(?:[{_APOSTROPHES}][sStT](?![^\\W_]))?"
    word = f"[^\\W_{_SPACELESS}]+(?:[{marks}{_JOINERS}]+[^\\W_{_SPACELESS}]*)*{tail}"
    unit = f"(?:[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?|(?=[^\\W_])[{_SPACELESS}])[{marks}ﾞﾟ]*"
    return _Patterns(
        spaceless=re.compile(f"[{_SPACELESS}]"),
        run=re.compile(f"(?P<run>(?:{unit})+)|{word}"),
        unit=re.compile(unit),
        word=re.compile(f"[^\\W_]+(?:[{marks}{_JOINERS}]+[^\\W_]*)*{tail}"),
    )


def _marks() -> str:
    """Collect the combining characters, which are no letters to Python's `re`."""
    blocks = (range(0x300, 0x3100), range(0xA66F, 0xAC00), range(0xFE00, 0xFE30))
    return "".join(
        chr(c) for block in blocks for c in block if unicodedata.category(chr(c))[0] == "M"
    )


def _forms(text: str, vocabulary: _Vocabulary) -> list[Forms]:
    if text.isascii():
        found = _ASCII_WORD.findall(text)
    elif has_no_spaces(text):
        found = [word for _, word in _places(text, 0, len(text))]
    else:
        found = _patterns().word.findall(text)
    return [forms for forms in map(vocabulary.__getitem__, found) if forms is not None]


def _places(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    if text.isascii():
        pattern = _ASCII_WORD
    elif not has_no_spaces(text):
        pattern = _patterns().word
    else:
        yield from _mixed_places(text, start, end)
        return
    for word in pattern.finditer(text, start, end):
        yield word.start(), word.group()


def _mixed_places(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    patterns = _patterns()
    for match in patterns.run.finditer(text, start, end):
        if match["run"] is None:
            yield match.start(), match.group()
            continue
        last = None
        for unit in patterns.unit.finditer(text, *match.span()):
            if last is not None:
                yield last, text[last : unit.end()]
            last = unit.start()
        if last is not None:
            yield last, text[last : match.end()]
