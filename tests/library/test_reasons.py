"""Why an article matches a query or does not: the same verdict as a search, and reasons for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import random
from typing import TYPE_CHECKING

import pytest

from article import Article, Author, Kind, Paragraph, Published, Stored
from library.asking import read
from library.errors import ArticleMissing, QueryError, ReferenceWrong
from library.reasons import Reason, causes, judge, where, why
from library.searching import search
from search.clauses import clauses
from search.document import document
from search.memory import MemoryEngine
from search.parser import parse
from search.planner import Planner
from search.query import And, Not, Or

if TYPE_CHECKING:
    from pathlib import Path

    from library.library import Library

TODAY = dt.date(2022, 6, 15)
WORDS = {
    "en": ["storm", "storms", "stormy", "tide", "tides", "anti-storm", "U.S.", "US", "us", "don't", "the", "of", "EU", "eu", "harbour"],
    "de": ["Hafen", "Häfen", "Sturm", "Stürme", "der", "die", "Flut", "storm", "Grüße"],
    "pt": ["maré", "marés", "mare", "integração", "integracao", "porto", "o", "de"],
    "ru": ["шторм", "шторма", "порт", "порты", "прилив", "в"],
    "zh": ["港口", "台风", "台风港口", "潮", "风", "GDP"],
    None: ["storm", "maré", "порт", "潮"],
}  # fmt: skip
LANGUAGES = list(WORDS)


def some_words(chance: random.Random, language: str | None, most: int) -> str:
    joint = "" if language == "zh" else " "
    words = [chance.choice(WORDS[language]) for _ in range(chance.randint(1, most))]
    return joint.join(words)


def some_text(chance: random.Random, language: str | None) -> str:
    count = chance.randint(1, 3)
    return " ".join(some_words(chance, language, 5).capitalize() + "." for _ in range(count))


def some_article(chance: random.Random, number: int) -> Stored:
    language = chance.choice(LANGUAGES)
    dates = [None, "2021", "2021-02", "2021-02-03", "2022-01-05", "2022-06-15"]
    date = chance.choice(dates)
    paragraphs = [
        Paragraph(
            some_text(chance, language),
            chance.choice([Kind.BODY, Kind.BODY, Kind.CAPTION, Kind.QUOTE]),
            some_words(chance, language, 2) if chance.random() < 0.2 else None,
        )
        for _ in range(chance.randint(1, 4))
    ]
    article = Article(
        tuple(paragraphs),
        headline=chance.choice([None, some_words(chance, language, 4)]),
        standfirst=chance.choice([None, some_words(chance, language, 4)]),
        byline=chance.choice([None, "By Ada Storm"]),
        authors=chance.choice(
            [(), (Author("Ada Storm"),), (Author("Tide Desk"), Author("Ö. Lind"))]
        ),
        published=Published(date) if date else None,
        section=chance.choice([None, "Sea and storm"]),
        language=language,
        site=chance.choice([None, "news.example.com", "example.com"]),
        url=chance.choice([None, "https://www.example.org/storm-tide"]),
        tags=chance.choice([(), ("storm tide", "harbour")]),
    )
    return Stored(number, chance.randint(1, 2), article, 0, "2022-06-14T12:00:00Z", "")


def some_leaf(chance: random.Random) -> str:
    language = chance.choice(LANGUAGES)
    word = chance.choice(WORDS[language])
    begun = f"{word[:2]}*" if word[:2].isalpha() and len(word) > 2 else "st*"
    phrase = some_words(chance, language, 3)
    leaves = [word, word, word, f'"{phrase}"', f"={word}", f'="{phrase}"', begun, "st?rm", "*rm"]
    leaves += ["stirm~", f'"{phrase}"~{chance.randint(1, 6)}', "storms"]
    leaves += [f"{zone}:{leaf}" for zone in ("headline", "caption") for leaf in (word, begun)]
    leaves += ["author:storm", 'author:"ada storm"', "author:li*", "tag:tide", 'tag:"storm tide"']
    leaves += ["section:sea", "url:tide", "site:example.com", "site:ex*", "lang:de", "id:7", "*"]
    leaves += ["date:2021", "date:2021-02-03..", "date:..2021-12-31", "date:-1d", "added:2022"]
    leaves += ["has:caption", "has:standfirst", "has:date", "has:credit", "is:revised", "-has:tag"]
    return chance.choice(leaves)


def some_place(chance: random.Random, depth: int = 0) -> str:
    """Make a query that has places in the text."""
    word, other = (chance.choice(WORDS[chance.choice(LANGUAGES)]) for _ in range(2))
    if depth > 1 or chance.random() < 0.4:
        leaves = [word, f"({word} OR {other})", f'"{word} {other}"', "st*", f"={word}"]
        return chance.choice([*leaves, f"headline:{word}", f"caption:({word} OR st*)"])
    sign = chance.choice(["NEAR/3", "ONEAR/4", "/s", "/p", "NEAR/60"])
    left, right = some_place(chance, depth + 1), some_place(chance, depth + 1)
    forms = [
        f"{left} {sign} ({right})",
        f"{left} {sign} NOT ({right})",
        f"NOT ({left}) {sign} ({right})",
    ]
    joined = chance.choice(forms)
    return chance.choice([f"({joined})", f"({joined})", f"ATLEAST/2 ({left})"])


def some_query(chance: random.Random, depth: int = 0) -> str:
    kind = chance.random()
    if depth > 2 or kind < 0.3:
        return some_leaf(chance)
    if kind < 0.5:
        place = some_place(chance)
        zoned = place if ":" in place else f"headline:({place})"
        return chance.choice([place, zoned, f"NOT {place}"])
    joined = [f"({some_query(chance, depth + 1)})" for _ in range(chance.randint(2, 3))]
    if kind < 0.7:
        return " AND ".join(joined)
    return " OR ".join(joined) if kind < 0.9 else f"NOT {joined[0]}"


def check(reason: Reason, text: str) -> None:
    """Hold a clause's verdict against those of its parts, and see that something is said of it."""
    node, parts = parse(reason.text) if reason.label in {"AND", "OR", "NOT"} else None, reason.parts
    match node:
        case And():
            assert reason.matches == all(part.matches for part in parts), text
        case Or():
            assert reason.matches == any(part.matches for part in parts), text
        case Not():
            assert reason.matches != parts[0].matches, text
        case _ if not parts:
            assert reason.places or reason.remark or reason.text == "*", text
    for place in reason.places:
        assert place.marks, text
        assert all(place.words), text
        assert all(0 <= start < end <= len(place.text.text) for start, end in place.marks), text
    for part in parts:
        check(part, text)


@pytest.mark.parametrize("seed", range(8))
def test_the_verdict_is_that_of_a_search(seed: int) -> None:
    chance = random.Random(seed)
    articles = [some_article(chance, number) for number in range(1, 41)]
    engine = MemoryEngine()
    engine.replace(document(one) for one in articles)
    engine.commit()
    planner, matching = Planner(LANGUAGES, TODAY), 0
    for _ in range(60):
        text = some_query(chance)
        tree = parse(text)
        found = engine.ids(planner.plan(tree))
        for stored in chance.sample(articles, 8):
            reason = judge(clauses(tree, planner), stored, planner)
            assert reason.matches == (stored.id in found), (text, stored.id)
            assert bool(causes(reason)) != reason.matches, (text, stored.id)
            check(reason, text)
            matching += reason.matches
    assert 60 * 8 * 0.1 < matching < 60 * 8 * 0.9  # the queries say something


HARBOUR = Article(
    headline="Storm tide shuts the harbour",
    standfirst="Three ferries stay in port",
    byline="By Ada Storm and the EU desk",
    authors=(Author("Ada Storm"),),
    paragraphs=(
        Paragraph("The harbour at dawn.", Kind.CAPTION, credit="Ines Calloway"),
        Paragraph("A storm tide shut the harbour on Monday. No ferry sailed."),
        Paragraph("The tide rose by two metres before the storm had passed the outer pier."),
        Paragraph("Migrants in the harbour hostel slept in the church."),
    ),
    published=Published("2021-11-04"),
    section="Sea",
    language="en",
    site="news.example.com",
    url="https://news.example.com/storm-tide",
    tags=("weather",),
)


def held_against(query: str, article: Article = HARBOUR) -> Reason:
    planner = Planner(["en", "de", None], TODAY)
    stored = Stored(42, 1, article, 0, "2022-06-14T12:00:00Z", "")
    return judge(clauses(parse(query), planner), stored, planner)


REMARKS = {
    "whale": "whale does not stand in it",
    "migration": 'migration does not stand in it; it has "Migrants", another stem',
    "tode": 'tode does not stand in it; it has "tide", one letter away',
    "=eu": '=eu does not stand in it; it has "EU", spelt otherwise',
    "bord*": "no word in it begins with bord",
    "b?rd": "no word in it is like b?rd",
    "whale~": "no word in it is within 1 character of whale",
    "headline:metres": "metres does not stand in the headline; elsewhere: paragraph 3",
    "headline:mig*": "no word in the headline begins with mig; elsewhere: paragraph 4",
    "caption:callowing": 'callowing does not stand in a caption; it has "Calloway", another stem',
    '"storm surge"': '"storm surge" does not stand in it; it has no surge',
    '"outer storm"': '"outer storm" does not stand in it; its words do, but never next to each other',
    '"metres pier"~3': '"metres pier"~3 does not stand in it; its words do, but never within 3 words',
    "tide-storm": "tide-storm does not stand in it; its words do, but never next to each other",
    "metres NEAR/5 pier": "metres and pier both stand in it, but never within 5 words: "
    "nearest are 8 words apart, paragraph 3",
    "tide ONEAR/1 storm": "tide and storm both stand in it, but never within 1 word in this order: "
    "nearest are 7 words apart, paragraph 3",
    "pier ONEAR/9 metres": "pier and metres both stand in it, but never within 9 words in this "
    "order: only in the other order, nearest are 8 words apart, paragraph 3",
    "metres NEAR/9 church": "metres and church both stand in it, but never within 9 words: "
    "they share no paragraph",
    "Monday /s ferry": "Monday and ferry both stand in it, but never in one sentence: "
    "they share paragraph 2, but no sentence",
    "metres /p church": "metres and church both stand in it, but never in one paragraph: "
    "they share no paragraph",
    "church /p church": "church and church both stand in it, but never in one paragraph: "
    "they are the same words",
    "church /s church": "church and church both stand in it, but never in one sentence: "
    "they are the same words",
    "NOT metres ONEAR/9 pier": "pier stands in it, but always with metres within 9 words before it: "
    "paragraph 3",
    "metres ONEAR/9 NOT pier": "metres stands in it, but always with pier within 9 words behind it: "
    "paragraph 3",
    "Monday /s NOT tide": "Monday stands in it, but always with tide in one sentence: paragraph 2",
    "ATLEAST/9 storm": "storm stands in it only 5 times: headline, byline, paragraphs 2, 3",
    "NOT migrants": "shut out by NOT migrants: paragraph 4",
    "-calloway": "shut out by NOT calloway: credit of paragraph 1",
    "-date:2021": "shut out by NOT date:2021: published on 2021-11-04",
    "-author:ada": "shut out by NOT author:ada: author By Ada Storm and the EU desk, "
    "author Ada Storm",
    "date:2022": "published on 2021-11-04, not from 2022-01-01 to 2022-12-31",
    "author:lind": "its authors are By Ada Storm and the EU desk, Ada Storm",
    "section:land": "its section is Sea",
    "tag:whale": "its tag is weather",
    "url:whale": "its address is https://news.example.com/storm-tide",
    "site:example.org": "its site is news.example.com",
    "lang:ru": "its language is en",
    "id:7": "its number is 42",
    "has:quote": "it has no quote",
    "is:revised": "it was never revised",
}  # fmt: skip


@pytest.mark.parametrize(("query", "remark"), REMARKS.items())
def test_what_an_article_lacks_is_named(query: str, remark: str) -> None:
    reason = held_against(query)
    assert not reason.matches
    assert causes(reason) == [remark]


@pytest.mark.parametrize(
    ("published", "remark"),
    [
        (None, "the day it was published is not known"),
        (Published("2021"), "known to be published in 2021, but not whether on 2021-11-04"),
        (Published("2022-01"), "published in 2022-01, not on 2021-11-04"),
    ],
)
def test_a_date_that_is_not_known_well_enough_is_said_so(
    published: Published | None, remark: str
) -> None:
    dated = dataclasses.replace(HARBOUR, published=published)
    assert causes(held_against("date:2021-11-04", dated)) == [remark]


def test_a_word_of_another_language_is_named() -> None:
    german = Article((Paragraph("Die neuen borders sind offen."),), language="de")
    assert causes(held_against("bordering", german)) == [
        'bordering does not stand in it; it has "borders", a word of another language there'
    ]


def test_every_part_of_an_article_is_named_where_a_word_stands() -> None:
    words = {
        where([place]): place.words
        for place in held_against("storm OR port OR calloway").parts[0].places
    }
    assert words == {
        "headline": ("Storm",),
        "byline": ("Storm",),
        "paragraph 2": ("storm",),
        "paragraph 3": ("storm",),
    }
    assert where(held_against("port").places) == "standfirst"
    assert where(held_against("calloway").places) == "credit of paragraph 1"
    assert where(held_against("author:desk").places) == "author By Ada Storm and the EU desk"
    assert where(held_against("tag:weather").places) == "tag weather"
    assert where(held_against("harbour /s dawn").places) == "paragraph 1"


def test_one_character_of_two_is_marked_alone_in_a_field_too() -> None:
    chinese = Article((Paragraph("港口"),), headline="台风来了", language="zh")
    assert [place.words for place in held_against("headline:台", chinese).places] == [("台",)]


def test_a_query_that_fails_in_many_places_says_the_first_three() -> None:
    reason = held_against("whale shark squid crab")
    assert causes(reason)[-1] == "1 more"
    assert len(causes(reason)) == 4


def stored(library: Library, tmp_path: Path, *texts: str) -> Library:
    for number, text in enumerate(texts, 1):
        (tmp_path / f"{number}.txt").write_text(text)
    paths = [str(path) for path in sorted(tmp_path.glob("*.txt"))]
    list(library.ingest(paths, io.BytesIO()))
    return library


NOTE = "Ferry notes\n\nThe ferry runs six times a day between the two shores in summer.\n"


def test_an_article_is_judged_as_it_stands_now_before_it_is_indexed(
    library: Library, tmp_path: Path
) -> None:
    stored(library, tmp_path, NOTE)
    assert why(library, "ferry", "1").waits
    assert search(library, read(library, "ferry")).total == 1
    assert not why(library, "ferry", "1").waits
    stored(library, tmp_path, NOTE.replace("six", "seven"))
    verdict = why(library, "seven", "1")
    assert verdict.matches
    assert verdict.waits


def test_only_a_library_s_articles_are_judged(library: Library, tmp_path: Path) -> None:
    stored(library, tmp_path, NOTE)
    with pytest.raises(ArticleMissing, match="no article 7"):
        why(library, "ferry", "7")
    with pytest.raises(ReferenceWrong, match="'1#2' is no article's number"):
        why(library, "ferry", "1#2")
    with pytest.raises(QueryError):
        why(library, "ferry OR", "1")
    library.remove([1])
    with pytest.raises(ArticleMissing, match="was removed"):
        why(library, "ferry", "1")
