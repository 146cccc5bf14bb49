"""Texts whose language is known, in sets that detectors find easy or hard."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from bench.articles import articles, lines
from bench.machine import shared

Labelled = tuple[str, str]
"""A language's code and a text in it."""

LONGEST = 4_000
SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "ingest" / "languages.tsv"
NEAR = "be bg ca cs da es gl hi hr id mk ms ne nn no pt ru sk sl sr sv uk"
"""Languages that have a near relation among the samples."""

# The shared articles whose label is not the language of their text, read by hand.
_RELABELLED = {
    "ko": "0011 scrapinghub-0108",
    "pt": "0012 0022 0029 scrapinghub-0126 scrapinghub-0146 scrapinghub-0176",
    "it": "0019 0127",
    "id": "0078 scrapinghub-0021",
    "ja": "0093 scrapinghub-0173",
    "de": "0128 0727 0728 0737 0745 scrapinghub-0055",
    "ru": "0136 0143 0179 0794 scrapinghub-0040",
    "es": "0499",
    "en": "0612 0791",
    "zu": "0854 0855",
    "xh": "0856",
}
_LABEL = {name: code for code, names in _RELABELLED.items() for name in names.split()}
_NAME = re.compile(r"\d{4}(?=-[A-D]\.txt$)|[^.]+")
_UNSPACED = {"ja", "th", "zh"}
_REFUSED = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def clean(text: str) -> str:
    """Give a text on one line, without control characters, as every detector can read it."""
    return _REFUSED.sub(" ", text).strip()[:LONGEST]


@cache
def _web() -> tuple[tuple[str, str, str], ...]:
    """Give language, title and text of the web articles, each once."""
    found: dict[str, tuple[str, str, str]] = {}
    for folder in ("wrapped", "pdf", "html"):
        for line in (shared() / "data" / folder / "gold.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            name = row.get("file") or row.get("pdf") or row["page"]
            match = _NAME.match(name)
            label = _LABEL.get(match.group() if match else "", row.get("lang", "en"))
            text = clean("\n".join(row["paragraphs"]))
            found.setdefault(text, (label, clean(row.get("title") or ""), text))
    return tuple(found.values())


@cache
def _encyclopedic(language: str) -> tuple[str, ...]:
    path = shared() / "data" / "ir" / f"xquad-{language}" / "corpus.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        return tuple(clean(json.loads(row)["text"]) for row in rows)


@cache
def samples() -> tuple[tuple[str, str, str], ...]:
    """Give language, headline and text of our own sample sentences."""
    with SAMPLES.open(encoding="utf-8", newline="") as rows:
        read = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple((row["language"], row["headline"], row["text"]) for row in read)


def newswire(count: int) -> list[bytes]:
    """Give the first English newswire articles as lines of JSON."""
    return lines().splitlines()[:count]


def whole_articles() -> Iterator[Labelled]:
    """Yield articles of the web in 20 languages, and encyclopedic texts in four."""
    yield from ((language, text) for language, _, text in _web())
    for language in ("en", "ru", "zh", "de"):
        yield from ((language, text) for text in _encyclopedic(language))


def sentences() -> Iterator[Labelled]:
    """Yield the first sentence of 60 to 200 characters of each whole article."""
    for language, text in whole_articles():
        for sentence in re.split(r"(?<=[.!?])\s|(?<=[。！？])", text):
            if 60 <= len(sentence) <= 200:
                yield language, sentence
                break


def headlines() -> Iterator[Labelled]:
    """Yield the titles of the web articles."""
    yield from ((language, title) for language, title, _ in _web() if title)


def newswire_texts() -> Iterator[Labelled]:
    """Yield 3,000 English newswire articles."""
    for article in islice(articles(), 3_000):
        yield "en", clean("\n".join(paragraph.text for paragraph in article.paragraphs))


def newswire_headlines() -> Iterator[Labelled]:
    """Yield the headlines of 3,000 English newswire articles, in capitals."""
    for article in islice(articles(), 3_000):
        if article.headline:
            yield "en", clean(article.headline)


def sample_texts() -> Iterator[Labelled]:
    """Yield our samples: three sentences each, in every language that has a stemmer and others."""
    yield from ((language, text) for language, _, text in samples())


def sample_sentences() -> Iterator[Labelled]:
    """Yield each sentence of our samples in languages that have a near relation."""
    for language, text in sample_texts():
        if language in NEAR.split():
            yield from ((language, one) for one in re.split(r"(?<=[.।])\s", text) if one)


def capitals() -> Iterator[Labelled]:
    """Yield our samples in capitals, where the script has them."""
    yield from ((code, text.upper()) for code, text in sample_texts() if text.upper() != text)


def without_accents() -> Iterator[Labelled]:
    """Yield our samples in Latin script without their accents, as some agencies send them."""
    for language, text in sample_texts():
        bare = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))
        if bare != text and re.search(r"[a-z]{3}", text):
            yield language, unicodedata.normalize("NFC", bare)


def quoting() -> Iterator[Labelled]:
    """Yield English texts that quote a third as much Russian in their middle."""
    for english, russian in zip(_encyclopedic("en"), _encyclopedic("ru"), strict=True):
        start, end = english[: len(english) // 2], english[len(english) // 2 :]
        yield "en", clean(f"{start} «{russian[: len(english) // 3]}» {end}")


def pieces(length: int) -> Iterator[Labelled]:
    """Yield three pieces of each text, cut between words; a third as long where words have no spaces."""
    chance = random.Random(1)
    for language, text in (*whole_articles(), *sample_texts()):
        size = length // 3 if language in _UNSPACED else length
        for _ in range(3 if len(text) > size else 0):
            start = chance.randrange(len(text) - size)
            if language in _UNSPACED:
                yield language, text[start : start + size]
            else:
                start = text.rfind(" ", 0, start) + 1
                yield language, text[start : start + size].rsplit(" ", 1)[0]


SETS: dict[str, Callable[[], Iterator[Labelled]]] = {
    "articles": whole_articles,
    "sentences": sentences,
    "headlines": headlines,
    "newswire": newswire_texts,
    "newswire headlines": newswire_headlines,
    "samples": sample_texts,
    "near relations": sample_sentences,
    "capitals": capitals,
    "without accents": without_accents,
    "quoting Russian": quoting,
}
