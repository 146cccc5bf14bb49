"""Random queries, from well-formed to hostile: each must be answered or be refused in words.

As a program: `python -m tests.search.soup 1000000 --seed 7` tries so many and reports the slowest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import tempfile
import time
from pathlib import Path

from article import Article, Author, Kind, Paragraph, Published, Stored
from search import whoosh_engine
from search.document import document
from search.engine import Engine
from search.hints import hints
from search.parser import parse
from search.patterns import PatternTooWide
from search.planner import plan
from search.printing import to_text
from search.query import QueryError

WORDS = [
    "oil", "price", "prices", "anti-government", "U.S.", "C++", "AT&T", "don't", "l’année", "são", "Straße",
    "нефть", "ёлка", "石油", "北京大学", "學", "النفط", "مُحَمَّد", "ไทย", "서울", "हिन्दी", "ΟΔΟΣ", "ı", "ﬁ",
    "1987", "1,200", "12:30", "a", "I", "_", "ab_cd", "x" * 300, "é" * 130, "e\u0301" * 90, "😀", "ﷺ", "½",
]  # fmt: skip
SIGNS = [
    "AND", "OR", "NOT", "and", "or", "not", "NEAR/5", "NEAR/0", "NEAR/999999999999", "NEAR", "ONEAR/2", "w/3",
    "W/3", "pre/2", "PRE/9", "/s", "/p", "/S", "/n", "ATLEAST/3", "ATLEAST/0", "+", "-", "--", "=", "==", "~",
    "~2", "~9", "*", "**", "?", "??", "(", ")", "((", "))", '"', "“", "”", "„", "«", "»", "'", ":", "::", "[",
    "]", "[a TO z]", "[2020 TO 2021]", "date:[* TO today]", "..", "\\", "|", "&", "!", "^", "{", "}", "<", ">",
    "\x00", "\x07", "\x1f", "\x1b[31m", "\u200b", "\u200f", "\u202e", "\u2066", "\ud800", "\udfff", "\ufeff",
    "\u00a0", "\n", "\t", "%", "_", "/", "//", "http://", "#", "@", ";", ",", ".", "…", "--help",
]  # fmt: skip
FIELDS = [
    "headline:", "title:", "author:", "by:", "site:", "source:", "date:", "added:", "published:", "section:",
    "tag:", "lang:", "url:", "id:", "is:", "has:", "caption:", "body:", "quote:", "list:", "related:",
    "subheading:", "foo:", "Ünicode:", "is:revised", "has:caption", "has:all", "date:last", "date:this year",
    "date:-7d", "date:2021..", "date:..", "date:9999..0001", "date:2021-02-31", "id:7", "id:-1", "id:" + "9" * 30,
    "lang:ru", "site:*.example",
]  # fmt: skip
SHAPES = [
    "{}",
    "{}",
    "{}",
    "{}*",
    "*{}",
    "{}~",
    "{}~2",
    "={}",
    '"{}"',
    '"{} {}"~3',
    "w?{}",
    "{}*{}",
    "({})",
    "-{}",
]


def some_query(chance: random.Random) -> str:
    """Make a query of up to thirty pieces."""
    pieces = []
    for _ in range(chance.choice([1, 2, 3, 3, 4, 5, 8, 13, 30])):
        kind = chance.random()
        if kind < 0.6:
            shape = chance.choice(SHAPES)
            pieces.append(shape.format(*[chance.choice(WORDS) for _ in range(shape.count("{}"))]))
        elif kind < 0.82:
            pieces.append(chance.choice(SIGNS))
        elif kind < 0.95:
            pieces.append(chance.choice(FIELDS))
        else:
            pieces.append(
                "".join(chr(chance.randrange(0x3000)) for _ in range(chance.randrange(6)))
            )
    return chance.choice(["", " ", " ", " "]).join(pieces)


def small_index(folder: Path) -> Engine:
    """Make an index of a few articles in several languages."""
    engine = whoosh_engine.create(folder)
    for number, (language, *texts) in enumerate(
        [
            (
                "en",
                "Oil prices rise",
                "The U.S. price of oil rose. “Don’t wait,” he said.",
                "C++ at AT&T",
            ),
            ("ru", "Цена на нефть", "Ёлка и нефть. Нефть подорожала.", "Граница"),
            ("zh", "石油价格", "北京大学的学生说石油价格上涨。", "學生"),
            ("ar", "سعر النفط", "ارتفع سعر النفط. مُحَمَّد", "الحدود"),
            ("de", "Ölpreis", "Die Straße nach München. Häuser in Muenchen.", "Preis"),
            (None, "x" * 300, "ab_cd I 1987 12:30", "é" * 130),
        ],
        1,
    ):
        paragraphs = (Paragraph(texts[1]), Paragraph(texts[2], Kind.CAPTION, credit="Jane Doe"))
        article = Article(paragraphs, headline=texts[0], language=language, authors=(Author("AFP"),),
                          published=Published(f"202{number % 3}-11-04"), site="news.example")  # fmt: skip
        added = "2022-01-01T00:00:00+00:00"
        engine.replace([document(Stored(number, number % 2 + 1, article, 0, added, added))])
    engine.commit()
    return engine


LANGUAGES = ["en", "ru", "zh", "ar", "de", None]
TODAY = dt.date(2022, 6, 15)


def ask(engine: Engine, query: str) -> bool:
    """Ask one query; tell whether it was answered. Anything but an answer or QueryError escapes."""
    error = None
    try:
        tree = parse(query)
    except QueryError as caught:
        error = caught
    if error is not None:
        assert error.message
        assert 0 <= error.position <= len(query)
        if error.suggestion is not None:
            parse(error.suggestion)
        return False
    assert parse(to_text(tree)) == tree
    hints(query, [query])
    made = plan(tree, LANGUAGES, TODAY)
    try:
        result = engine.search(made, limit=5)
    except PatternTooWide:
        return False
    assert result.total == len(engine.ids(made))
    assert engine.paragraphs(made, limit=5).documents == result.total
    return True


def main() -> None:
    """Try many queries and report."""
    options = argparse.ArgumentParser()
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance, answered, slowest = random.Random(given.seed), 0, (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        engine = small_index(Path(folder) / "gen")
        for _ in range(given.count):
            query, start = some_query(chance), time.perf_counter()
            try:
                answered += ask(engine, query)
            except BaseException:
                print(f"seed {given.seed}: {query!r}")
                raise
            slowest = max(slowest, (time.perf_counter() - start, query))
        engine.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.count:,} queries, seed {given.seed}: {answered:,} answered, the others refused.")
    print(f"slowest {slowest[0]:.3f} s: {slowest[1]!r}; peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
