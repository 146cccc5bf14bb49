"""One word to its exact form, its spelling and its term; `search.analysis` tells what these are."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_TERM_BYTES = 120  # of a form, of a spelling, and of a stem; an index key holds two of them
_CACHED_WORDS = 40_000  # for each language; a word and its forms take about 300 bytes
_CACHED_LENGTH = 40  # longer words are rare, and could fill any memory

APOSTROPHES = "'’ʼ＇"
SPACELESS = (  # scripts that are written without spaces between words
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
JOINERS = "\u00ad\u200c\u200d\u2060"  # soft hyphen and joiners stand inside words, unseen

_LETTERS_OF_THEIR_OWN = frozenset("йїўґ")  # composed, but no accented forms of another letter
_PLAIN_LETTERS = str.maketrans({
    "ё": "е", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe",
    "ð": "d", "þ": "th",
})  # fmt: skip

# German writes ä, ö and ü as ae, oe and ue where there are no umlauts; not in neue, Feuer, Quelle.
_GERMAN_DIGRAPH = re.compile("([ao])e|(?<![aeq])(u)e")

_UMLAUTS = {"a": "ä", "o": "ö", "u": "ü"}

# Both written forms of Norwegian; the standards of what one stemmer treats as Serbian.
_SHARED_STEMMERS = {"nb": "no", "nn": "no", "hr": "sr", "bs": "sr", "sh": "sr", "cnr": "sr"}
_PLAIN_SIGNS = {**dict.fromkeys(map(ord, APOSTROPHES), "'"), **dict.fromkeys(map(ord, JOINERS))}
_SIGNS = frozenset("+#")
SPELLING = "\x1f"  # stands between an exact form and another spelling of it

# term, exact form, exact form with spelling, length of the word without a final 's
Forms = tuple[str, str, str, int]

# Their suffixes carry accents, so that the stemmer must see the word as it was written.
ACCENTED_SUFFIXES = frozenset({
    "ca", "cs", "es", "fr", "ga", "hu", "it", "lt", "pl", "pt", "ro", "tr",
})  # fmt: skip
_TURKISH_CAPITALS = str.maketrans({"I": "ı", "İ": "i"})


def fold(word: str) -> str:
    """Take off case, accents, apostrophes and the dots of initials; at most 120 bytes are kept."""
    word = word[:MAX_TERM_BYTES]
    if word.isascii():
        return word.lower().replace("'", "").replace(".", "")
    plain = _casefold(word).translate(_PLAIN_LETTERS)
    letters = [c if c in _LETTERS_OF_THEIR_OWN else _bare(c) for c in plain]
    return _cut(unicodedata.normalize("NFC", "".join(letters)), MAX_TERM_BYTES)


def stem(word: str, language: str | None) -> str:
    """Give the term of one word."""
    return _term(word, fold(word), language_code(language))


def _term(word: str, exact: str, code: str) -> str:
    stemmer = _stemmer(code)
    if stemmer is None or has_no_spaces(exact):
        return exact
    if exact.isdigit() or exact[:1] in _SIGNS:
        return exact
    if code in ACCENTED_SUFFIXES:
        stemmed = fold(stemmer(_lower(word[:MAX_TERM_BYTES], code)))
    elif code == "de":
        stemmed = stemmer(without_digraphs(exact))
    else:
        stemmed = stemmer(exact)
    return f"{_cut(stemmed or exact, MAX_TERM_BYTES - 10)}/{code}"


def without_digraphs(exact: str) -> str:
    """Give a German exact form as umlauts make it: `muenchen` becomes `munchen`, as München is."""
    return _GERMAN_DIGRAPH.sub(r"\1\2", exact)


def with_umlauts(exact: str) -> str:
    """Give an exact form with umlauts in the place of digraphs: `muenchen` becomes `münchen`."""
    return _GERMAN_DIGRAPH.sub(lambda found: _UMLAUTS[found[1] or found[2]], exact)


def spelling(word: str) -> str:
    """Give a word as it is written: composed, with plain apostrophes, without unseen joiners."""
    if not word.isascii():
        word = unicodedata.normalize("NFC", word[:MAX_TERM_BYTES].translate(_PLAIN_SIGNS))
    if "." in word and not word.endswith("."):
        word += "."
    return _cut(word[:MAX_TERM_BYTES], MAX_TERM_BYTES)


def form_key(exact: str, written: str) -> str:
    """Join an exact form and a spelling to one key of the index; a plain spelling adds nothing."""
    return exact if written == exact else f"{exact}{SPELLING}{written}"


def key_parts(key: str) -> tuple[str, str]:
    """Give the exact form and the spelling that a key joins."""
    exact, _, written = key.partition(SPELLING)
    return exact, written or exact


def language_code(language: str | None) -> str:
    """Give the code of the stemmer for a language: without region, one for those that share one."""
    code = (language or "").lower().partition("-")[0]
    return _SHARED_STEMMERS.get(code, code)


def has_no_spaces(word: str) -> bool:
    """Tell whether a word holds characters of a script that is written without spaces."""
    return not word.isascii() and _spaceless_character().search(word) is not None


def _casefold(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).casefold())


def _lower(word: str, code: str) -> str:
    if code == "tr":
        word = unicodedata.normalize("NFC", word).translate(_TURKISH_CAPITALS)
    return _casefold(word)


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isalnum() else ""
    return _accents().sub("", unicodedata.normalize("NFKD", letter)).replace(" ", "")


@cache
def _accents() -> re.Pattern[str]:
    """Find marks that change a letter's look, not the letter; marks of other scripts are letters.

    Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs and the stretching tatweel.
    """
    return re.compile(
        "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
        f"{JOINERS}{APOSTROPHES}]+"
    )


@cache
def _spaceless_character() -> re.Pattern[str]:
    return re.compile(f"[{SPACELESS}]")


def _cut(term: str, limit: int) -> str:
    if len(term) * 4 <= limit:
        return term
    return term.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")


@cache
def _stemmer(code: str) -> Callable[[str], str] | None:
    if not code or not code.isascii():
        return None
    import Stemmer  # here, since a search in an unstemmed library need not load it

    try:
        stem_word: Callable[[str], str] = Stemmer.Stemmer(code, 0).stemWord
    except KeyError:
        return None
    return stem_word


class Vocabulary(dict[str, "Forms | None"]):
    """Each word met in a language and its forms; forgotten when full, so that memory stays flat."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def __missing__(self, word: str) -> Forms | None:
        forms = self._analyse(word)
        if len(word) <= _CACHED_LENGTH:
            if len(self) >= _CACHED_WORDS:
                self.clear()
            self[word] = forms
        return forms

    def _analyse(self, word: str) -> Forms | None:
        if len(word) > 2 and word[-2] in APOSTROPHES and word[-1] in "sS":
            word = word[:-2]
        exact = word if word[0] in _SIGNS else fold(word)
        if not exact:
            return None
        key = form_key(exact, spelling(word))
        return _term(word, exact, self._code), exact, key, len(word)


@cache
def _of_code(code: str) -> Vocabulary:
    return Vocabulary(code)


def vocabulary(language: str | None) -> Vocabulary:
    """Give the forms of a language's words; languages without a stemmer share one vocabulary."""
    code = language_code(language)
    return _of_code(code if _stemmer(code) else "")
