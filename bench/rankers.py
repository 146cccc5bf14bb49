"""The engines whose rankings are compared: each is given a collection and then answers queries.

Each splits a query into words as its users would have it: Cuttings by its own analysis, the others
by runs of letters and digits. The words are joined by OR, or by AND.
"""

# mypy: allow-untyped-calls, allow-untyped-defs

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from article import Article, Paragraph
from bench.articles import stored
from bench.judged import DEPTH, Collection, Judged
from search import parser, query, whoosh_engine
from search.analysis import tokens
from search.document import document
from search.planner import Planner

Ranker = Callable[[str, bool], list[str]]  # a query; whether all its words must match: ids


def cuttings(collection: Collection, folder: Path) -> Iterator[Ranker]:
    """Index with our engine; answer with a query's words, with each once, and as a person types.

    Typed, the words are those of the other engines, joined by OR and read by our parser. They differ
    most in Chinese, where all between two signs is one of them.
    """
    engine = whoosh_engine.create(folder)
    engine.replace(
        document(stored(n, _article(one, collection.language)))
        for n, one in enumerate(collection.documents)
    )
    engine.commit()
    planner = Planner([collection.language], dt.date(2026, 1, 1))

    def answer(tree: query.Node) -> list[str]:
        hits = engine.search(planner.plan(tree), limit=DEPTH).hits
        return [collection.documents[hit.id].id for hit in hits]

    def joined(words: Iterable[str], every: bool) -> list[str]:
        nodes = tuple(map(query.Term, words))
        return answer(query.And(nodes) if every else query.Or(nodes))

    yield lambda text, every: joined(_words(text, collection.language), every)
    yield lambda text, every: joined(
        dict.fromkeys(map(str.lower, _words(text, collection.language))), every
    )
    yield lambda text, every: answer(
        parser.parse((" AND " if every else " OR ").join(_plain(text.lower())))
    )


def _article(one: Judged, language: str) -> Article:
    lines = filter(None, map(str.strip, one.text.splitlines()))
    paragraphs = tuple([Paragraph(line) for line in lines])
    return Article(paragraphs, headline=one.title or None, language=language)


def _words(text: str, language: str) -> Iterator[str]:
    """Give the words of a query; the last character of a Chinese run is no word beside its pair."""
    end = 0
    for token in tokens(text, language):
        if token.end > end:
            yield text[token.start : token.end]
        end = token.end


def fts5(collection: Collection, tokenizer: str, *, once: bool = True) -> Ranker:
    """Index with SQLite's FTS5; `trigram` is asked for every three characters of a question."""
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE t USING fts5(title, text, tokenize='{tokenizer}')")
    db.executemany(
        "INSERT INTO t(rowid, title, text) VALUES (?, ?, ?)",
        ((n, one.title, one.text) for n, one in enumerate(collection.documents)),
    )

    def rank(text: str, every: bool) -> list[str]:
        words = _plain(text.lower())
        if tokenizer == "trigram" and not every:
            words = _trigrams("".join(words))
        if once:
            words = list(dict.fromkeys(words))
        match = (" AND " if every else " OR ").join(f'"{word}"' for word in words)
        sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?"
        return [collection.documents[n].id for (n,) in db.execute(sql, (match, DEPTH))]

    return rank


def stock_whoosh(collection: Collection, folder: Path) -> Ranker:
    """Index with Whoosh as it comes: StemmingAnalyzer, BM25F, its parser and collectors."""
    from whoosh.analysis.analyzers import StemmingAnalyzer
    from whoosh.fields import STORED, TEXT, Schema
    from whoosh.index import create_in
    from whoosh.qparser.default import MultifieldParser
    from whoosh.qparser.syntax import AndGroup, OrGroup
    from whoosh.scoring import BM25F

    folder.mkdir()
    fields = Schema(id=STORED, title=TEXT(StemmingAnalyzer()), text=TEXT(StemmingAnalyzer()))
    index = create_in(str(folder), fields)
    writer = index.writer(limitmb=64)
    for one in collection.documents:
        writer.add_document(id=one.id, title=one.title, text=one.text)
    writer.commit()
    searcher = index.searcher(weighting=BM25F())
    readers = [MultifieldParser(["title", "text"], fields, group=g) for g in (OrGroup, AndGroup)]

    def rank(text: str, every: bool) -> list[str]:
        parsed = readers[every].parse(" ".join(_plain(text.lower())))
        return [hit["id"] for hit in searcher.search(parsed, limit=DEPTH)]

    return rank


def tantivy(collection: Collection) -> Ranker:
    """Index with tantivy as it comes, with its tokenizer for English, `en_stem`."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    index = engine.Index(builder.build())
    writer = index.writer(num_threads=1)
    for one in collection.documents:
        writer.add_document(engine.Document(id=one.id, title=one.title, text=one.text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(text: str, every: bool) -> list[str]:
        words = " ".join(_plain(text.lower()))
        parsed, _ = index.parse_query_lenient(
            words, ["title", "text"], conjunction_by_default=every
        )
        hits = searcher.search(parsed, limit=DEPTH).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return rank


def _trigrams(text: str) -> list[str]:
    return [text[i : i + 3] for i in range(max(1, len(text) - 2))]


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text)
