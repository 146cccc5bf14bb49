"""Pairs made from real articles: what another outlet may make of a report, with a fixed seed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from article import Article, Paragraph, Published
from bench.articles import articles
from bench.machine import shared

SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
"""How many of its words a variant shares with the report it was made of."""
SHORTEST = 60
"""Words of the shortest report that pairs are made of."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Report:
    """A given article, with the half it is in."""

    key: str
    article: Article
    half: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What was made of a report, how, and the share of its words that are the report's."""

    key: str
    kind: str
    share: float
    article: Article


def reports() -> Iterator[Report]:
    """Give the newswire articles, and those of the wrapped texts in many languages, each once."""
    for number, article in enumerate(articles()):
        yield _report(f"reuters-{number}", article)
    seen = set[str]()
    with (shared() / "data/wrapped/gold.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["url"] not in seen:
                seen.add(row["url"])
                yield _report(row["url"], Article(tuple(map(Paragraph, row["paragraphs"]))))


def _report(key: str, article: Article) -> Report:
    held_out = hashlib.sha256(key.encode()).digest()[0] % 2
    return Report(key, article, "held out" if held_out else "development")


def words(article: Article) -> list[str]:
    """Give the words of an article as they are written."""
    return [word for one in article.paragraphs for word in _WORD.findall(one.text)]


def variants(some: Sequence[Report], others: Sequence[Report], seed: int) -> Iterator[Variant]:
    """Make one of each report that is long enough; kinds and shares take turns.

    Words that are not the report's come from `others`, which are not stored beside it.
    """
    random = Random(seed)
    long_enough = [one for one in some if len(words(one.article)) >= SHORTEST]
    for turn, one in enumerate(long_enough):
        kind, make = list(KINDS.items())[turn % len(KINDS)]
        share = SHARES[turn // len(KINDS) % len(SHARES)]
        texts = [paragraph.text for paragraph in one.article.paragraphs]
        made = make(Maker(random, others, share), texts)
        yield Variant(one.key, kind, share, _printed(random, one.article, made))


def _printed(random: Random, article: Article, texts: Sequence[str]) -> Article:
    """Give it another headline, another site and a date up to two days later."""
    published = article.published
    if published and len(published.date) == 10 and published.date[8:] < "27":
        later = f"{published.date[:8]}{int(published.date[8:]) + random.randrange(3):02}"
        published = Published(later)
    paragraphs = tuple(map(Paragraph, filter(None, texts)))
    return replace(
        article,
        paragraphs=paragraphs,
        published=published,
        headline=f"Printed elsewhere {random.random()}",
        site="elsewhere.example",
        source_id=None,
    )


@dataclass(frozen=True)
class Maker:
    """Makes variants; words that are not the report's are those of others, which write likewise."""

    random: Random
    others: Sequence[Report]
    share: float

    def foreign(self, count: int) -> list[str]:
        """Give words of another report."""
        found: list[str] = []
        while len(found) < count:
            found += words(self.random.choice(self.others).article)
        return found[:count]

    def reworded(self, texts: Sequence[str], longest: int) -> list[str]:
        """Replace words here and there, so many at a time at most, down to the share."""
        cut = [_WORD.findall(text) for text in texts]
        places = [(row, n) for row, line in enumerate(cut) for n in range(len(line))]
        left = round(len(places) * (1 - self.share))
        fresh = set(range(len(places)))
        while left > 0:
            start = (
                self.random.choice(sorted(fresh))
                if len(fresh) < 50
                else self._any(fresh, len(places))
            )
            run = [n for n in range(start, start + self.random.randint(1, longest)) if n in fresh][
                :left
            ]
            for n, word in zip(run, self._scattered(len(run)), strict=True):
                row, place = places[n]
                cut[row][place] = word
            fresh -= set(run)
            left -= len(run)
        return [" ".join(line) for line in cut]

    def _any(self, fresh: set[int], count: int) -> int:
        while (start := self.random.randrange(count)) not in fresh:
            pass
        return start

    def _scattered(self, count: int) -> list[str]:
        return [
            self.random.choice(words(self.random.choice(self.others).article)) for _ in range(count)
        ]

    def cut(self, texts: Sequence[str]) -> list[str]:
        """Keep the opening: half of the words or more, whole paragraphs but the last."""
        found = [_WORD.findall(text) for text in texts]
        keep = round(sum(map(len, found)) * self.random.uniform(0.5, 0.9))
        kept: list[str] = []
        for line in found:
            kept.append(" ".join(line[: max(keep, 0)]))
            keep -= len(line)
        return kept

    def added(self, texts: Sequence[str]) -> list[str]:
        """Put in paragraphs of its own, down to the share."""
        count = sum(len(_WORD.findall(text)) for text in texts)
        own = self.foreign(round(count * (1 - self.share) / self.share))
        made = list(texts)
        for start in range(0, len(own), 30):
            made.insert(self.random.randint(0, len(made)), " ".join(own[start : start + 30]))
        return made

    def shuffled(self, texts: Sequence[str]) -> list[str]:
        """Put the paragraphs into another order."""
        return self.random.sample(list(texts), len(texts))


KINDS: dict[str, Callable[[Maker, Sequence[str]], list[str]]] = {
    "single words replaced": lambda m, texts: m.reworded(texts, 1),
    "phrases replaced": lambda m, texts: m.reworded(texts, 6),
    "paragraphs added": Maker.added,
    "cut by up to half, phrases replaced": lambda m, texts: m.reworded(m.cut(texts), 4),
    "reordered, phrases replaced": lambda m, texts: m.reworded(m.shuffled(texts), 4),
    "cut, reordered, paragraphs added": lambda m, texts: m.added(m.shuffled(m.cut(texts))),
}
