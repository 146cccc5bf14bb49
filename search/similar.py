"""Which words tell most of what an article is about, and how much of that another one shares.

The words are chosen as in Lucene's MoreLikeThis, by frequency times rarity, and asked as an OR. The
best answers are then weighed again, each word as often as the article itself says it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search import bm25
from search.analysis import fold, has_no_spaces, key_parts
from search.document import HEADLINE_WEIGHT, analyse, language_keys
from search.layout import HEADLINE
from search.plan import AnyOf, But, Plan, Word
from search.whoosh_stopwords import is_function_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from article import Stored
    from search.engine import Engine
    from search.scoring import Weigher

MOST_WORDS = 40  # fewer find less; more find hardly more, and take longer
_COMMON = (0.25, 0.5, 1.0)  # words that a larger share of all articles holds say little of any
_SHORTEST = 3  # letters; shorter words are articles and prepositions, unless written in capitals
_NAMES = frozenset({"byline", "dateline"})  # who wrote it, and where, is not what it is about


@dataclass(frozen=True, slots=True)
class Telling:
    """A word that tells what an article is about: its term, how it is written there, its weight."""

    term: str
    spelling: str
    weight: float


@dataclass(frozen=True, slots=True)
class Profile:
    """An article's most telling words, most telling first: what it is sought by, and its own.

    No other article holds its `own` words.
    """

    words: tuple[Telling, ...]
    own: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What another article shares: 1 stands for as much as the article itself has.

    `words` are those shared, in the spelling of the first article, the most important first.
    """

    score: float
    words: tuple[str, ...]


def profile(stored: Stored, engine: Engine) -> Profile:
    """Choose the words that tell most of an article.

    How rare a word is, is measured among the articles of the same language.
    """
    weigher, documents = engine.weigher(), _of_same_language(stored, engine)
    itself = len(engine.ids(Word("id", str(stored.id))))
    language = (stored.article.language or "").lower().partition("-")[0]
    written = _spellings(stored)
    own, found = list[Telling](), list[tuple[float, Telling]]()
    for term, count in _counts(stored).items():
        if not _says_something(written[term], language):
            continue
        holding = min(weigher.holding(Word("text", term)), documents)
        word = Telling(term, written[term], count * bm25.rarity(holding, documents))
        if holding > itself:
            found.append((holding / documents, word))
        else:
            own.append(word)
    return Profile(_most_telling(_uncommon(found)), _most_telling(own))


def _most_telling(words: Iterable[Telling]) -> tuple[Telling, ...]:
    return tuple(sorted(words, key=lambda word: (-word.weight, word.term))[:MOST_WORDS])


def _uncommon(found: Sequence[tuple[float, Telling]]) -> list[Telling]:
    """Leave out words that a large share of all articles hold; in a small library nearly all are."""
    few: list[Telling] = []
    for most in _COMMON:
        few = few or [word for share, word in found if share <= most]
    return few


def _of_same_language(stored: Stored, engine: Engine) -> int:
    if keys := language_keys(stored.article.language):
        return len(engine.ids(Word("lang", keys[-1])))
    return len(engine.ids(But(Word("has", "lang"))))


def any_of(words: Iterable[Telling]) -> Plan:
    """Ask for articles that hold any of these words."""
    return AnyOf(tuple([Word("text", word.term) for word in words]))


def shared(
    about: Profile, stored: Stored, others: Iterable[Stored], weigher: Weigher
) -> Iterator[tuple[Stored, Shared]]:
    """Say of other articles how much they share of an article's telling words."""
    all_words = _most_telling(about.words + about.own)
    most = sum(_weights(all_words, stored, weigher).values()) or 1.0
    for other in others:
        weights = _weights(about.words, other, weigher)
        ranked = sorted(weights, key=lambda word: -weights[word])
        spelled = tuple([word.spelling for word in ranked])
        yield other, Shared(min(1.0, sum(weights.values()) / most), spelled)


def _weights(words: Iterable[Telling], stored: Stored, weigher: Weigher) -> Mapping[Telling, float]:
    counts = _counts(stored)
    norm = weigher.norm(sum(counts.values()))
    return {
        word: word.weight * bm25.saturation(counts[word.term], norm)
        for word in words
        if word.term in counts
    }


def _counts(stored: Stored) -> Counter[str]:
    """Count an article's terms; those in the headline count more."""
    counts: Counter[str] = Counter()
    for text, found in analyse(stored.article):
        weight = HEADLINE_WEIGHT if text.zone == HEADLINE else 1
        if text.zone not in _NAMES and not text.credit:
            for term in found.terms:
                counts[term] += weight
    return counts


def _spellings(stored: Stored) -> dict[str, str]:
    """Give how each term is written most often; what a text in capitals says, in small letters."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, found in analyse(stored.article):
        shouted = text.text.isupper()
        for term, key in zip(found.terms, found.keys, strict=True):
            exact, spelling = key_parts(key)
            written[term][exact if shouted else spelling] += 1 if shouted else 2
    return {term: spellings.most_common(1)[0][0] for term, spellings in written.items()}


def _says_something(spelling: str, language: str) -> bool:
    if has_no_spaces(spelling):
        return len(spelling) > 1
    abbreviation = len(spelling) > 1 and spelling.isupper()
    return abbreviation or (
        len(spelling) >= _SHORTEST and not is_function_word(fold(spelling), language)
    )
