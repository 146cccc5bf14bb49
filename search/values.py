"""One word, phrase or date of a query, read for the field it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search import dates, mistakes, wild
from search.analysis import has_no_spaces, words
from search.lexer import DATES
from search.query import (
    Every,
    Exists,
    Fuzzy,
    Node,
    Phrase,
    Prefix,
    QueryError,
    Range,
    Term,
    Wildcard,
)

if TYPE_CHECKING:
    from search.lexer import Piece

MIN_LETTERS = 2  # beside * and ?; fewer would stand for a large part of all words
MIN_FUZZY = 3  # letters; of two, one edit leaves nearly nothing
MAX_EDITS = 2

HAS = ("headline", "standfirst", "author", "date", "section", "lang", "site", "url", "tag", "credit",
       "caption", "subheading", "quote", "list", "related", "body")  # fmt: skip
IS = ("revised",)
WHOLE = frozenset({"site", "lang"})
"""Fields of whole values, not of words."""
UNSPELT = frozenset({"author", "section", "tag", "url", "site", "lang"})
"""Fields whose words have no spelling in the index: `=` has no meaning there."""

_FUZZY = re.compile(r"(.*[^~])~([0-9.]*)")
_STAR_ALONE = re.compile(r"(?<!\S)\*+(?!\S)")
_BOOST = re.compile(r"(.*)\^[0-9.]+")


def value(query: str, piece: Piece, field: str | None) -> Node | None:  # noqa: PLR0911 - one for each form
    """Read one piece; None for punctuation that stands alone. Raises QueryError."""
    if field in DATES:
        return _date(query, piece)
    if field == "id":
        return _number(piece)
    if field in {"is", "has"}:
        return _possession(query, piece, field)
    if piece.exact:
        return _exact(query, piece, field)
    if piece.kind == "phrase":
        return _phrase(query, piece)
    if not piece.text.strip("*"):
        return _star(piece, field)
    if field in WHOLE and "*" in piece.text:
        return _one_wildcard(piece, piece.text)
    if wild.is_wild(piece.text):
        return _wildcard(piece)
    if fuzzy := _FUZZY.fullmatch(piece.text):
        return _fuzzy(query, piece, fuzzy)
    return _word(query, piece, field)


def scans(node: Node) -> int:
    """Count the words of a leaf that have to be held against all words of the index."""
    match node:
        case Fuzzy():
            return 1
        case Wildcard(text):
            return int(text[0] in "*?")
        case Phrase(text, exact=False):
            return sum(is_wild and word[0] in "*?" for word, is_wild in wild.split(text))
        case _:
            return 0


def _word(query: str, piece: Piece, field: str | None) -> Node | None:
    if boost := _BOOST.fullmatch(piece.text):
        message = "^ gives no weight here: rare words and the headline weigh more by themselves"
        raise mistakes.replaced(message, query, piece.at, piece.end, boost[1])
    if words(piece.text, None).terms:
        return Term(piece.text)
    if field is not None:
        raise QueryError(f"{piece.text} holds no letter or digit", piece.at)
    return None


def _exact(query: str, piece: Piece, field: str | None) -> Node:
    plain = query[piece.at : piece.end].replace("=", "", 1)
    if field in UNSPELT:
        message = f"= has no meaning in {field}:, whose words are found without case and accents"
        raise mistakes.replaced(message, query, piece.at, piece.end, plain)
    if not words(piece.text, None).terms:
        raise QueryError(f"{piece.text} holds no letter or digit", piece.at)
    fuzzy = piece.kind == "word" and _FUZZY.fullmatch(piece.text)
    if piece.number is not None or fuzzy or wild.is_wild(piece.text):
        message = "= goes with whole words in their order: no *, ? or ~"
        raise mistakes.replaced(message, query, piece.at, piece.end, plain)
    return (
        Phrase(piece.text, exact=True) if piece.kind == "phrase" else Term(piece.text, exact=True)
    )


def _phrase(query: str, piece: Piece) -> Node:
    found = words(piece.text, None).terms
    if not found:
        raise QueryError("there is no word between the quotes", piece.at)
    if _STAR_ALONE.search(piece.text):
        text = " ".join(_STAR_ALONE.sub("", piece.text).split())
        message = "a * between quotes stands for letters of a word, not for a word"
        raise mistakes.replaced(message, query, piece.at, piece.end, f'"{text}"~5')
    for word, is_wild in wild.split(piece.text):
        if is_wild:
            _check_wild(piece, word)
    return Phrase(piece.text, piece.number)


def _star(piece: Piece, field: str | None) -> Node:
    if field is None:
        return Every()
    near = f"has:{field}" if field in HAS else None
    message = f"{field}:* needs at least {MIN_LETTERS} letters before the *"
    raise QueryError(message, piece.at, near)


def _wildcard(piece: Piece) -> Node:
    found = wild.split(piece.text)
    for word, is_wild in found:
        if is_wild:
            _check_wild(piece, word)
    if len(found) > 1 and any(words(word, None).terms for word, is_wild in found if not is_wild):
        return Phrase(piece.text)  # anti-gov*: words that follow one another
    return _one_wildcard(piece, next(word for word, is_wild in found if is_wild))


def _one_wildcard(piece: Piece, word: str) -> Node:
    _check_wild(piece, word)
    if word.endswith("*") and not re.search(r"[*?]", word[:-1]):
        return Prefix(word[:-1])
    return Wildcard(word)


def _check_wild(piece: Piece, word: str) -> None:
    if has_no_spaces(word):
        if re.search(r"[*?]", word.rstrip("*")):
            message = "in scripts without spaces between words, * can stand only at the end"
            raise QueryError(message, piece.at)
    elif wild.letters(word) < MIN_LETTERS:
        raise QueryError(f"{word} needs at least {MIN_LETTERS} letters beside * and ?", piece.at)


def _fuzzy(query: str, piece: Piece, found: re.Match[str]) -> Node | None:
    text, edits = found[1], int(found[2][:9] or "1") if "." not in found[2] else 0
    exacts = words(text, None).exacts
    if not exacts:
        return _word(query, piece, None)
    if len(exacts) > 1 or has_no_spaces(text):
        message = "~ goes with one word of letters; behind a phrase it is a distance"
        raise mistakes.replaced(message, query, piece.at, piece.end, f'"{text}"~5')
    if len(exacts[0]) < MIN_FUZZY:
        message = f"~ needs a word of at least {MIN_FUZZY} letters"
        raise mistakes.replaced(message, query, piece.at, piece.end, text)
    if not 1 <= edits <= MAX_EDITS:
        message = f"~ allows 1 or {MAX_EDITS} differences, not {found[2][:9]}"
        by = f"{text}~{MAX_EDITS}" if edits else f"{text}~"
        raise mistakes.replaced(message, query, piece.at, piece.end, by)
    return Fuzzy(text, edits)


def _possession(query: str, piece: Piece, field: str) -> Exists:
    name, known = piece.text.strip().lower(), IS if field == "is" else HAS
    if name not in known:
        near = mistakes.nearest(name, known) or known[0]
        message = f"{field}: knows {', '.join(known)}"
        raise mistakes.replaced(message, query, piece.at, piece.end, near)
    return Exists(name)


def _date(query: str, piece: Piece) -> Range:
    text = " ".join(piece.text.split()).lower()
    low, dots, high = (part.strip() for part in text.partition(".."))
    if not dots:
        high = "today" if low.startswith("-") else low
    if not (low or high) or not all(dates.is_date(day) for day in (low, high) if day):
        raise mistakes.no_date(query, piece.at, piece.end, text)
    if low and high and dates.runs_backwards(low, high):
        by = f"{high}..{low}"
        raise mistakes.replaced(f"{low} is later than {high}", query, piece.at, piece.end, by)
    return Range(low or None, high or None)


def _number(piece: Piece) -> Term:
    text = piece.text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise QueryError(f"{text} is no article number", piece.at)
    return Term(str(int(text)))
