"""Matches with the words around them: the lines of a concordance (keyword in context, Luhn 1960)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from search.analysis import has_no_spaces, tokens
from search.document import texts
from search.layout import PARAGRAPH_GAP
from search.patterns import Starts
from search.plan import Forms, Plan, Word, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from article import Article, Stored
    from search.analysis import Token
    from search.matches import Match

WORDS = 12  # on either side; of scripts without spaces, twice as many characters

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Context:
    """A match in one text of an article and what stands on either side of it, white space folded.

    Put together, `left`, `match` and `right` are a stretch of the text.
    `ordinal` is the paragraph's, 0 above the paragraphs; `zone` says what the text is. `before` and
    `behind` are the folded words around it, the nearest first.
    """

    ordinal: int
    zone: str
    left: str
    match: str
    right: str
    before: tuple[str, ...]
    behind: tuple[str, ...]


def contexts(plan: Plan, stored: Stored, matches: Iterable[Match]) -> Iterator[Context]:
    """Give an article's matches, in their order, with their contexts."""
    places, tails = _by_place(stored.article), _tails(plan)
    for (ordinal, zone), some in groupby(matches, key=lambda match: (match.ordinal, match.zone)):
        analysed = _analysed(places[ordinal, zone], stored.article.language)
        for match in some:
            for text, words, start in analysed:
                if start <= match.first and match.last < start + len(words):
                    around = _around(text, words, match.first - start, match.last - start, tails)
                    yield Context(ordinal, zone, *around)


def _by_place(article: Article) -> dict[tuple[int, str], list[str]]:
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for text in texts(article):
        found[text.ordinal, text.zone].append(text.text)
    return found


def _analysed(some: Iterable[str], language: str | None) -> list[tuple[str, Sequence[Token], int]]:
    """Give a paragraph and its credit, their words, and where these start, as in `search.layout`."""
    found: list[tuple[str, Sequence[Token], int]] = []
    start = 0
    for text in some:
        if words := tokens(text, language):
            found.append((text, words, start))
            start += len(words) + PARAGRAPH_GAP
    return found


def _around(
    text: str, words: Sequence[Token], first: int, last: int, tails: Iterable[str]
) -> tuple[str, str, str, tuple[str, ...], tuple[str, ...]]:
    start, end = words[first].start, _end(words[last], tails)
    reach = 2 * WORDS if has_no_spaces(words[first].exact) else WORDS
    before, behind = words[max(0, first - reach) : first], words[last + 1 : last + 1 + reach]
    low = _left(text, before[0].start) if first > reach else 0
    high = _right(text, behind[-1].end) if last + 1 + reach < len(words) else len(text)
    return (
        _folded(text[low:start]).lstrip(),
        _folded(text[start:end]),
        _folded(text[end:high]).rstrip(),
        tuple([word.exact for word in reversed(before)]),
        tuple([word.exact for word in behind]),
    )


def _left(text: str, start: int) -> int:
    """Take in the signs that stand right before a word."""
    while start and not (text[start - 1].isspace() or text[start - 1].isalnum()):
        start -= 1
    return start


def _right(text: str, end: int) -> int:
    """Take in the signs that stand right behind a word."""
    while end < len(text) and not (text[end].isspace() or text[end].isalnum()):
        end += 1
    return end


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text)


def _tails(plan: Plan) -> list[str]:
    """Give what is asked of a last word of two characters without spaces: its beginning."""
    found = list(leaves(plan))
    whole = {leaf.term for leaf in found if isinstance(leaf, Word)}
    patterns = [leaf.pattern for leaf in found if isinstance(leaf, Forms)]
    starts = [pattern.prefix for pattern in patterns if isinstance(pattern, Starts)]
    asked = {prefix for prefix in starts if has_no_spaces(prefix)}
    return sorted(asked - whole, key=len, reverse=True)


def _end(word: Token, tails: Iterable[str]) -> int:
    tail = next((tail for tail in tails if word.exact.startswith(tail)), None)
    return word.end if tail is None else min(word.end, word.start + len(tail))
