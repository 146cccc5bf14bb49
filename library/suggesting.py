"""What may have been meant by words that stand in no article: said beside an answer, or asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from library.asking import Question, ask, serving
from library.library import Library
from search.analysis import tokens
from search.correcting import Spot, corrected, neighbours
from search.engine import Engine
from search.lacking import lacking
from search.planner import Planner
from search.printing import to_text
from search.suggesting import Instead, Suggester

__all__ = ["Instead", "Like", "Suggestion", "like", "suggestions"]

_WORDS = 5  # of one query are looked at; a longer list of mistakes is another language
_CHOICES = 3  # for each word


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of a query that stands in no article, and what may be meant, the likeliest first.

    `word` has its field in front. `query` is the whole query with the likeliest words in the place
    of all those that are not found; None if there are none.
    """

    word: str
    instead: tuple[Instead, ...]
    query: str | None


@dataclass(frozen=True, slots=True)
class Like:
    """A word that was typed, and words of the library that are like it, itself among them."""

    typed: str
    words: tuple[Instead, ...]


def suggestions(library: Library, question: Question) -> list[Suggestion]:
    """Look at the words of a question that stand in no article; there are none as a rule."""
    found = ask(library, question, lambda engine: _missing(engine, question))
    fixes = {spot: choices[0].word for spot, choices in found.items() if choices}
    query = to_text(corrected(question.tree, fixes)) if fixes else None
    return [Suggestion(_named(spot), tuple(some), query) for spot, some in found.items()]


def like(library: Library, words: Sequence[str], *, limit: int = 10) -> list[Like]:
    """Give the words of the library that are like these; neighbours that are one word there too."""
    today = date.today()  # noqa: DTZ011 - the person's own day
    planner = Planner(library.reader.languages(), today)
    typed = list(_words(words))

    def call(engine: Engine) -> list[Like]:
        suggester = Suggester(engine, planner)
        found = [Like(word, tuple(suggester.instead(word, None, limit))) for word in typed]
        for one, other in pairwise(typed):
            if joined := suggester.joined(pair := f"{one} {other}", None):
                found.append(Like(pair, tuple(joined)))
        return found

    return serving(library, call)


def _words(texts: Sequence[str]) -> Iterator[str]:
    """Give the words of what was typed; one whose signs may be letters of another keyboard whole."""
    for text in " ".join(texts).split():
        found = tokens(text, None)
        if len(found) == 1:
            yield text
        else:
            yield from (text[token.start : token.end] for token in found)


def _missing(engine: Engine, question: Question) -> dict[Spot, list[Instead]]:
    suggester = Suggester(engine, question.planner)
    found: dict[Spot, list[Instead]] = {}
    told = {operator for hint in question.hints for operator in hint.operators}
    for spot in lacking(question.tree, engine, question.planner):
        if len(found) == _WORDS:
            break
        if spot.node.text not in told:
            better, choices = _choices(suggester, question, spot)
            found[better] = choices
    return found


def _choices(suggester: Suggester, question: Question, spot: Spot) -> tuple[Spot, list[Instead]]:
    """Give what may be meant by a word, and the spot it takes: perhaps its neighbour's too."""
    whole = Spot(spot.field, spot.node, 0, len(spot.node.text))
    if others := suggester.in_other_letters(whole.word, spot.field):
        return whole, others[:_CHOICES]
    for pair in neighbours(question.tree, spot):
        if joined := suggester.joined(pair.word, spot.field):
            return pair, joined
    choices = suggester.instead(spot.word, spot.field, _CHOICES)
    return spot, [one for one in choices if one.rank == choices[0].rank]


def _named(spot: Spot) -> str:
    return f"{spot.field}:{spot.word}" if spot.field else spot.word
