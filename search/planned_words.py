"""The words of a query as parts of a plan: what an index of stems and exact forms is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search.analysis import (
    ACCENTED_SUFFIXES,
    fold,
    has_no_spaces,
    key_parts,
    stem,
    tokens,
    with_umlauts,
)
from search.bm25 import FUNCTION_WORD
from search.patterns import Capitals, Globbed, Pattern, Spelled, Starts, Umlauts, Written
from search.plan import NOTHING, AnyOf, Following, Forms, Plan, Window, Word, any_of
from search.whoosh_stopwords import is_function_word

if TYPE_CHECKING:
    from search.analysis import Token

TEXT, EXACT = "text", "exact"  # the stems of all texts, and the exact forms beside them
INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")


def as_spelt(text: str) -> Plan:
    """Make the plan of words that are to stand as they are spelt."""
    return following([_spelt(*one) for one in _tokens(text, None)])


def in_these_forms(text: str) -> Plan:
    """Make the plan of words that are to follow one another in these forms, however they are spelt."""
    words = [
        Forms(EXACT, Starts(token.exact) if alone else Globbed(token.exact))
        for token, alone in _tokens(text, None)
    ]
    return following(list[Plan](words))


def pattern(text: str) -> Pattern:
    """Give the pattern of a folded word with wildcards."""
    star = text.endswith("*") and not re.search(r"[*?]", text[:-1])
    return Starts(text[:-1]) if star else Globbed(text)


def folded_in(part: str, field: str) -> str:
    """Fold a stretch of a pattern as the words of a field are."""
    return part.lower() if field == "site" else fold(part)


def exact_field(field: str) -> str:
    """Give the field that holds the exact forms of another."""
    return EXACT if field == TEXT else field


def words_of(text: str, language: str | None) -> list[Plan]:
    """Give the words of a text without wildcards, as the articles of one language hold them."""
    found = []
    for token, alone in _tokens(text, language):
        written = text[token.start : token.end]
        if INITIALS.fullmatch(written):
            found.append(initials(written))
            continue
        word = _stemmed(language, token, alone)
        if language == "tr" and not written.isascii():  # an article may be typed without accents
            word = any_of([word, Word(TEXT, stem(token.exact, language))])
        elif language in ACCENTED_SUFFIXES and written.isascii() and not written.isdigit():
            # Typed without its accents, a word may have another stem: its spelling has not.
            word = AnyOf((word, Forms(EXACT, Spelled(token.exact))))
        found.append(_or_with_umlauts(word, token.exact, language))
    return found


def _or_with_umlauts(word: Plan, exact: str, language: str | None) -> Plan:
    """Let Zuerich find Zürich where articles are not in German, whose words have one term then."""
    spelling = exact if language == "de" or not exact.isascii() else with_umlauts(exact)
    if spelling == exact or is_function_word(exact, language or ""):
        return word
    return AnyOf((word, Forms(EXACT, Umlauts(fold(spelling), spelling))))


def initials(text: str) -> Plan:
    """Let U.S. find U.S. and US but not us; and letters that stand apart, as in J. K. Rowling."""
    letters = [Forms(EXACT, Spelled(letter)) for letter in fold(text)]
    return AnyOf((Forms(EXACT, Capitals(fold(text))), Following(tuple(letters))))


def _stemmed(language: str | None, token: Token, alone: bool) -> Plan:
    if alone:
        return Forms(EXACT, Starts(token.exact))
    function_word = is_function_word(token.exact, language or "")
    return Word(TEXT, token.term, FUNCTION_WORD if function_word else 1.0)


def unstemmed(field: str, text: str) -> list[Plan]:
    """Give the words of a text in a field whose words have no stems."""
    return [
        Forms(field, Starts(token.exact)) if alone else Word(field, token.exact)
        for token, alone in _tokens(text, None)
    ]


def _spelt(token: Token, alone: bool) -> Plan:
    exact, spelling = key_parts(token.key)
    return Forms(EXACT, Starts(exact) if alone else Written(exact, spelling))


def _tokens(text: str, language: str | None) -> list[tuple[Token, bool]]:
    """Give a query's tokens; one at the end that only repeats the end of the one before is left out.

    Beside each stands whether it is one character alone of a script without spaces. An article may
    go on where the query ends or has a space, so that it stands for all terms that begin with it.
    """
    found = tokens(text, language or None)
    kept = []
    for before, token, behind in zip([None, *found], found, [*found[1:], None], strict=False):
        if not has_no_spaces(token.exact):
            kept.append((token, False))
        elif behind is not None or before is None or before.end != token.end:
            kept.append((token, behind is None or behind.start >= token.end))
    return kept


def following(words: list[Plan]) -> Plan:
    """Let words follow one another."""
    if not words:
        return NOTHING
    return Following(tuple(words)) if len(words) > 1 else words[0]


def together(words: list[Plan], slop: int | None) -> Plan:
    """Let words follow one another, or stand together within a distance."""
    if slop is None or len(words) < 2:
        return following(words)
    return Window(tuple(words), slop)
