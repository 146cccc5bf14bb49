"""Articles, inputs and libraries for the tests of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from accession import Outcome, Reading, Source
from article import Article, Author, Kind, Paragraph, Published
from db.reader import Reader
from db.store import Store

HARBOUR = (
    "The harbour council voted on Tuesday to close the old fish market for the winter.",
    "Stallholders said they had been given eleven days to clear their tables and ice boxes.",
    "A smaller hall on the northern quay will open in March, the council's clerk said.",
)
HARBOUR_LATER = (
    *HARBOUR[:2],
    "A smaller hall on the northern quay opened a week early, in February.",
)
ORCHARD = (
    "Apple growers in the hill villages lost a third of their blossom to a late frost.",
    "Insurance covers hail and flood, but frost is written out of every policy they are offered.",
)


def article(*texts: str, date: str | None = "2023-03-14", **values: Any) -> Article:
    """Give an article of body paragraphs."""
    published = Published(date) if date else None
    return Article(tuple(map(Paragraph, texts)), published=published, **values)


def reading(
    one: Article,
    location: str = "/notes/harbour.txt",
    kind: str = "text",
    item: str | None = None,
    data: bytes | None = None,
) -> Reading:
    """Give an input that was read; unless given, its bytes are those of its paragraphs."""
    if data is None:
        data = "\n\n".join(paragraph.text for paragraph in one.paragraphs).encode()
    return Reading(Source(location, kind, data, item), one)


def outcomes(store: Store, *inputs: Reading) -> list[Outcome]:
    """Record inputs one after another, as runs of their own; give how each ended."""
    return [store.record([one])[0].outcome for one in inputs]


def query(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask the database something past our own code."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def dump(path: Path, without: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Give all rows of all tables, those of the full text too."""
    names = [name for (name,) in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: sorted(query(path, f"SELECT * FROM {name}"), key=repr)
        for name in names
        if name not in without
    }


def full_text(path: Path) -> list[tuple[int, str]]:
    """Give what the full-text table would find, from its own index: (paragraph's id, term)."""
    connection = sqlite3.connect(path)
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, paragraphs_fts, instance)"
        )
        return sorted(connection.execute("SELECT doc, term FROM temp.terms"))
    finally:
        connection.close()


def texts(path: Path, article_id: int) -> list[str]:
    """Give an article's paragraphs through the reader."""
    reader = Reader(path)
    try:
        found = reader.article(article_id)
        return [] if found is None else [paragraph.text for paragraph in found.article.paragraphs]
    finally:
        reader.close()


def signed(*names: str) -> tuple[Author, ...]:
    """Give authors of these names."""
    return tuple(map(Author, names))


def caption(text: str, credit: str | None = None) -> Paragraph:
    """Give a photograph's caption."""
    return Paragraph(text, Kind.CAPTION, credit)
