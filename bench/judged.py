"""Search collections with judged answers, and how a ranking is measured on them."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMES = ("time", "cisi", "npl", "nfcorpus", "xquad-en", "xquad-de", "xquad-ru", "xquad-zh")
MEASURES = ("nDCG@10", "MAP@100", "recall@100")
DEPTH = 100  # so many documents of a ranking are looked at

Gains = dict[str, int]  # document: how good an answer it is, from 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A document as the collection gives it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents of one language, queries, and which documents answer each."""

    name: str
    language: str
    documents: tuple[Judged, ...]
    queries: dict[str, str]
    answers: dict[str, Gains]


def load(folder: Path, name: str) -> Collection:
    """Read a collection; queries that nothing answers are left out."""
    rows = _rows(folder / name / "corpus.jsonl.gz")
    texts = {row["_id"]: row["text"] for row in _rows(folder / name / "queries.jsonl.gz")}
    answers = _answers(folder / name / "qrels.tsv.gz")
    return Collection(
        name=name,
        language=name.partition("-")[2] or "en",
        documents=tuple([Judged(row["_id"], row["title"], row["text"]) for row in rows]),
        queries={query: texts[query] for query in answers},
        answers=answers,
    )


def measured(ranking: Sequence[str], gains: Gains) -> tuple[float, float, float]:
    """Give nDCG@10, average precision and recall of the first 100."""
    found = [gains.get(id_, 0) for id_ in ranking[:DEPTH]]
    return (
        _dcg(found) / _dcg(sorted(gains.values(), reverse=True)),
        _precisions(found) / len(gains),
        sum(gain > 0 for gain in found) / len(gains),
    )


def mean(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Give the mean of each column."""
    return tuple([sum(column) / len(rows) for column in zip(*rows, strict=True)])


def _dcg(gains: Sequence[int]) -> float:
    """Järvelin and Kekäläinen 2002, with the gain 2^grade - 1 of Burges and others 2005."""
    return sum((2.0**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains[:10]))


def _precisions(gains: Sequence[int]) -> float:
    """Sum the precision at each place that holds an answer."""
    places = [place for place, gain in enumerate(gains, 1) if gain]
    return sum(count / place for count, place in enumerate(places, 1))


def _answers(path: Path) -> dict[str, Gains]:
    answers: dict[str, Gains] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            query, document, gain = line.split("\t")
            if int(gain) > 0:
                answers.setdefault(query, {})[document] = int(gain)
    return answers


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
