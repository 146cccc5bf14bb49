"""Random articles in several languages, and random questions about their words."""

from __future__ import annotations

import datetime as dt
import random

from article import Article, Author, Kind, Paragraph, Precision, Published, Stored
from search.document import Document, document
from search.engine import Engine

TODAY = dt.date(2022, 6, 15)
VOCABULARY = {
    "en": [
        "oil",
        "price",
        "prices",
        "rising",
        "rose",
        "anti-government",
        "border",
        "borders",
        "U.S.",
        "don't",
        "the",
        "of",
    ],
    "de": [
        "Preis",
        "Preise",
        "Grenze",
        "Grenzen",
        "Häuser",
        "Haus",
        "Straße",
        "der",
        "die",
        "steigt",
        "new",
        "oil",
    ],
    "es": [
        "precio",
        "precios",
        "integración",
        "integraciones",
        "frontera",
        "la",
        "de",
        "sube",
        "petróleo",
    ],
    "ru": [
        "нефть",
        "нефти",
        "цена",
        "цены",
        "граница",
        "ёлка",
        "елка",
        "растёт",
        "мой",
        "мои",
        "и",
        "в",
    ],
    "zh": ["北京", "大学", "北京大学", "学生", "生活", "大", "学", "石油", "油价", "oil", "GDP"],
    "ar": ["النفط", "نفط", "سعر", "الأسعار", "حدود", "الحدود", "مُحَمَّد", "محمد", "في"],
    None: ["oil", "Preis", "precio", "石油", "price", "ñandú"],
}


def some_text(chance: random.Random, language: str | None, longest: int) -> str:
    joint = "" if language == "zh" else " "
    count = chance.randint(1, longest)
    return joint.join(chance.choice(VOCABULARY[language]) for _ in range(count)) + "."


def some_article(chance: random.Random) -> Article:
    language = chance.choice(list(VOCABULARY))
    day = f"202{chance.randint(0, 2)}-0{chance.randint(1, 3)}-1{chance.randint(0, 2)}"
    paragraphs = [
        Paragraph(
            " ".join(some_text(chance, language, 6) for _ in range(chance.randint(1, 3))),
            chance.choice([Kind.BODY, Kind.BODY, Kind.CAPTION, Kind.QUOTE]),
            credit=some_text(chance, language, 2) if chance.random() < 0.2 else None,
        )
        for _ in range(chance.randint(1, 4))
    ]
    dates = [Published(day), Published(day[:7], Precision.MONTH), None]
    return Article(
        paragraphs=tuple(paragraphs),
        headline=some_text(chance, language, 4) if chance.random() < 0.8 else None,
        authors=(Author(chance.choice(["Jane Doe", "AFP", "John Doe"])),),
        published=chance.choices(dates, [7, 1, 2])[0],
        section=chance.choice([None, "World news", "Economy"]),
        language=language,
        site=chance.choice([None, "news.example.com", "example.com", "example.org"]),
        tags=(chance.choice(["oil", "climate change", "change"]),),
    )


def some_query(chance: random.Random, depth: int = 0) -> str:
    kind = chance.random()
    if depth > 2 or kind < 0.4:
        return some_leaf(chance)
    joined = [f"({some_query(chance, depth + 1)})" for _ in range(chance.randint(2, 3))]
    if kind < 0.65:
        return " AND ".join(joined)
    return " OR ".join(joined) if kind < 0.85 else f"NOT {joined[0]}"


def some_leaf(chance: random.Random) -> str:
    language = chance.choice(list(VOCABULARY))
    if chance.random() < 0.4:
        return near(chance, language)
    forms = [words(chance, language)] * 4 + [f"headline:{words(chance, language)}"]
    forms += [f"caption:{words(chance, language)}", f"-{words(chance, language)}"]
    forms += ["author:doe", 'author:"jane doe"', "author:ja*", "author:(jane NEAR/2 doe)"]
    forms += ["tag:change", 'tag:"climate change"', "section:world", "site:example.com", "site:ex*"]
    forms += [f"lang:{language or 'en'}", "date:2021", "date:2020-02..2021-01", "date:..2020"]
    forms += ["date:-6m", "added:2022-06", "id:7", "*", "has:caption", "is:revised", "author:d?e"]
    return chance.choice(forms)


def near(chance: random.Random, language: str | None) -> str:
    """Join words by their places; a field or ATLEAST may hold the whole."""
    signs = [
        "NEAR/1",
        "NEAR/3",
        "ONEAR/2",
        "w/5",
        "/s",
        "/p",
        "/p NOT",
        "NEAR/2 NOT",
        "ONEAR/2 NOT",
    ]
    found, fit = words(chance, language), signs
    if chance.random() < 0.2:
        found, fit = f"NOT {found}", signs[:-3]
    for _ in range(chance.randint(1, 2)):
        found, fit = f"{found} {chance.choice(fit)} {words(chance, language)}", signs
    around = chance.choice(["{}"] * 3 + ["headline:({})", "quote:({})", "ATLEAST/2 ({})"])
    return str(around.format(found))


def words(chance: random.Random, language: str | None) -> str:
    """Give words that have places: one, a phrase, or what stands for several."""
    word = chance.choice(VOCABULARY[language])
    text = some_text(chance, language, 3)[:-1]
    prefix = word[:2] if len(word) > 2 and word[:2].isalpha() else chance.choice(["oi", "学"])
    forms = [word] * 4 + [f'"{text}"'] * 2 + [f"={word}", f'="{text}"', f'"{text}"~3', f"{prefix}*"]
    if word.isalpha() and len(word) > 3 and language != "zh":
        forms += [f"{word}~", f"{word[:-1]}~2", f"*{word[2:]}", f"{word[0]}?{word[2:]}"]
        forms += [f'"{text} {word[:3]}*"', f"({word} OR {prefix}*)"]
    return chance.choice(forms)


def stored(number: int, revision: int, article: Article) -> Stored:
    added = f"2022-0{number % 9 + 1}-15T12:00:00+00:00"
    return Stored(number, revision, article, 0, added, added)


def doc(number: int, revision: int, article: Article) -> Document:
    return document(stored(number, revision, article))


def documents(seed: int, count: int) -> list[Document]:
    chance = random.Random(seed)
    return [doc(number, chance.randint(1, 3), some_article(chance)) for number in range(1, count)]


def fill(engine: Engine, held: list[Document]) -> None:
    """Fill an engine in several commits, with documents that are replaced and deleted later."""
    chance = random.Random(99)
    others = documents(4711, len(held) + 1)
    engine.replace([*others, *held[: len(held) // 3]])
    engine.commit()
    engine.replace(held[len(held) // 4 : len(held) // 2])
    engine.replace(documents(5, 3))
    engine.replace([doc(9000, 1, some_article(chance)), doc(9001, 1, some_article(chance))])
    engine.commit()
    engine.delete([9000, 9001, 123456])
    engine.replace(held[len(held) // 4 :])
    engine.replace(held[:10])
    engine.commit()
