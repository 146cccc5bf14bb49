"""Two hundred queries, drawn from the articles by a fixed seed; they know no engine.

Words are drawn by how many articles hold them: rare (3 articles to 0.1 %), middling (to 2 %) and
frequent, as many of each. Words that are asked for together stand together in some article.
"""

from __future__ import annotations

import random
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice

from bench.speed_corpus import Record

SEED = 5
COUNTS = {
    "one word": 24,
    "AND": 18,
    "OR": 18,
    "NOT": 18,
    "phrase": 18,
    "near": 16,
    "prefix": 16,
    "wildcard": 12,
    "fuzzy": 12,
    "fields and dates": 16,
    "sort by date": 12,
    "facets": 10,
    "paragraphs": 10,
}
_FIELDS = "fields and dates"
_FEWEST, _RARE, _MIDDLING = 3, 0.001, 0.02
_RARITIES = ("rare", "middling", "frequent")
_WORD = re.compile(r"\b[a-z]{2,}\b")
_RUN = re.compile(r"\b[a-z]{2,}(?: [a-z]{2,})+\b")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Query:
    """What is asked, by its kind; all `words` are meant but where the kind says otherwise.

    `without` must not be there (NOT); `distance` is how far positions may differ (near). Of
    "fields and dates" one more is given: `headline` or `tag`, or the days from `first` to `last`.
    """

    kind: str
    words: tuple[str, ...]
    without: str = ""
    distance: int = 0
    headline: str = ""
    tag: str = ""
    first: str = ""
    last: str = ""


def queries(articles: Iterable[Record]) -> list[Query]:
    """Draw the queries; the same articles give the same ones."""
    draw = _Draw(list(articles))
    return [query for kind, count in COUNTS.items() for query in draw.some(kind, count)]


class _Draw:
    """Draws words and queries from articles."""

    def __init__(self, articles: list[Record]) -> None:
        self._random = random.Random(SEED)
        self._articles = articles
        self._texts = ["\n".join([one["headline"], *one["paragraphs"]]).lower() for one in articles]
        self._holding = defaultdict[str, list[int]](list)
        for number, text in enumerate(self._texts):
            for word in set(_WORD.findall(text)):
                self._holding[word].append(number)
        self._classes = defaultdict[str, list[str]](list)
        for word in sorted(self._holding):
            self._classes[self._rarity(word)].append(word)
        self._makers: dict[str, Callable[[str], Query | None]] = {
            "AND": self._and,
            "OR": self._or,
            "NOT": self._not,
            "phrase": self._phrase,
            "near": self._near,
            "prefix": self._prefix,
            "wildcard": self._wildcard,
            "fuzzy": self._fuzzy,
            _FIELDS: self._field,
        }

    def some(self, kind: str, count: int) -> Iterator[Query]:
        """Draw so many different queries of a kind, of each rarity in turn."""
        found: dict[Query, None] = {}
        make = self._makers.get(kind) or partial(self._single, kind)
        for rarity in cycle(_RARITIES):
            while (query := make(rarity)) is None or query in found:
                pass
            found[query] = None
            if len(found) == count:
                return iter(found)
        raise AssertionError

    def _rarity(self, word: str) -> str:
        held = len(self._holding[word])
        if held < _FEWEST:
            return "hapax"
        share = held / len(self._texts)
        return "rare" if share < _RARE else "middling" if share < _MIDDLING else "frequent"

    def _word(self, rarity: str, shortest: int = 2) -> str:
        while len(word := self._random.choice(self._classes[rarity])) < shortest:
            pass
        return word

    def _single(self, kind: str, rarity: str) -> Query:
        return Query(kind, (self._word(rarity),))

    def _beside(self, word: str, count: int) -> tuple[str, ...]:
        """Give a word, and others of an article that holds it and of any rarity."""
        text = self._texts[self._random.choice(self._holding[word])]
        by_rarity = defaultdict[str, list[str]](list)
        for other in sorted(set(_WORD.findall(text)) - {word}):
            by_rarity[self._rarity(other)].append(other)
        rarities = [rarity for rarity in _RARITIES if by_rarity[rarity]]
        chosen = (
            self._random.choice(by_rarity[self._random.choice(rarities)]) for _ in range(9 * count)
        )
        return (word, *islice(dict.fromkeys(chosen), count - 1))

    def _and(self, rarity: str) -> Query:
        return Query("AND", self._beside(self._word(rarity), self._random.choice([2, 2, 3, 4])))

    def _or(self, rarity: str) -> Query:
        return Query("OR", self._beside(self._word(rarity), self._random.choice([2, 2, 3, 4])))

    def _not(self, rarity: str) -> Query | None:
        word, *others = self._beside(self._word(rarity), 2)
        return Query("NOT", (word,), without=others[0]) if others else None

    def _run(self, rarity: str) -> tuple[list[str], int]:
        """Give words that follow one another with nothing but spaces between, and one's place."""
        word = self._word(rarity)
        text = self._texts[self._random.choice(self._holding[word])]
        runs = [run.split() for run in _RUN.findall(text)]
        having = [run for run in runs if word in run[:-1]]
        if not having:
            return [], 0
        run = self._random.choice(having)
        return run, run.index(word)

    def _phrase(self, rarity: str) -> Query | None:
        run, place = self._run(rarity)
        words = tuple(run[place : place + self._random.choice([2, 2, 3])])
        return Query("phrase", words) if len(words) > 1 else None

    def _near(self, rarity: str) -> Query | None:
        run, place = self._run(rarity)
        distance = self._random.choice([3, 5, 8])
        others = [word for word in run[place + 1 : place + 1 + distance] if word != run[place]]
        if not others:
            return None
        return Query("near", (run[place], self._random.choice(others)), distance=distance)

    def _prefix(self, rarity: str) -> Query:
        letters = {"rare": 6, "middling": 5, "frequent": 3}[rarity]
        return Query("prefix", (self._word(rarity, letters + 1)[:letters],))

    def _wildcard(self, rarity: str) -> Query:
        word = self._word(rarity, 6)
        place = self._random.randrange(2, len(word) - 1)
        shapes = (
            f"{word[:place]}?{word[place + 1 :]}",
            f"{word[:3]}*{word[-2:]}",
            f"*{word[-5:]}",
        )
        return Query("wildcard", (self._random.choice(shapes),))

    def _fuzzy(self, rarity: str) -> Query:
        word = self._word(rarity, 6)
        place = self._random.randrange(1, len(word))
        letter = self._random.choice(_LETTERS.replace(word[place], ""))
        return Query("fuzzy", (f"{word[:place]}{letter}{word[place + 1 :]}",))

    def _field(self, rarity: str) -> Query | None:
        """Take a word with another in the headline, a tag, a month, or a week; a quarter each."""
        word = self._word(rarity)
        article = self._articles[self._random.choice(self._holding[word])]
        tags = [tag for tag in article["tags"] if tag.isalpha()]
        heads = sorted(set(_WORD.findall(article["headline"].lower())))
        day = date.fromisoformat(article["date"])
        month = [day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])]
        week = [day, day + timedelta(days=6)]
        choices: list[Query | None] = [
            Query(_FIELDS, (word,), headline=self._random.choice(heads)) if heads else None,
            Query(_FIELDS, (word,), tag=self._random.choice(tags)) if tags else None,
            *(
                Query(_FIELDS, (word,), first=first.isoformat(), last=last.isoformat())
                for first, last in (month, week)
            ),
        ]
        return self._random.choice(choices)
