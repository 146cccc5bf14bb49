"""How a query was read, in words: every kind of clause, and the sentence of the whole."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from search import query
from search.clauses import Clause, clauses
from search.explain import label, meaning
from search.parser import parse
from search.planner import Planner
from search.wording import MOST_NODES, sentence

TODAY = dt.date(2026, 11, 24)
PLANNER = Planner(["en", "ru", None], TODAY)

CLAUSES = {
    "storm": "in any form",
    "storm-tide": "these words, one after the other, in any form",
    "U.S.": "in capitals, with dots or without",
    "=EU": "spelt just so",
    '="Storm Tide"': "these words, one after the other, spelt just so",
    '"storm tide"': "these words, one after the other, in any form",
    '"storm tide"~5': "these words within 5 words of each other, in any order, in any form",
    "东京": "these characters, one after the other",
    "东*": "these characters, one after the other",
    "stor*": "words that begin with stor",
    "st?rm": "words of this pattern; * is any characters, ? is one",
    "storm~": "words that differ from storm by 1 character at most",
    "storm~2": "words that differ from storm by 2 characters at most",
    "date:2021-02": "published from 2021-02-01 to 2021-02-28",
    "date:2021-11-04": "published on 2021-11-04",
    "date:2021..": "published on 2021-01-01 or later",
    "date:..2021": "published on 2021-12-31 or before",
    "date:last month": "published from 2026-10-01 to 2026-10-31",
    "date:-7d": "published from 2026-11-17 to 2026-11-24",
    "added:today": "added on 2026-11-24",
    "has:caption": "with a caption",
    "has:author": "with an author or byline",
    "is:revised": "revised since they were added",
    "*": "of any kind",
    "headline:storm": "in any form, in the headline",
    "caption:=EU": "spelt just so, in a caption",
    "author:doe": "in this form only, in the byline or an author's name",
    "tag:clim*": "words that begin with clim, in a tag",
    "site:example.com": "from this site, or one below it",
    "site:exam*": "from sites that begin with exam",
    "lang:ru": "in this language",
    "id:42": "with this number",
}


@pytest.mark.parametrize(("text", "said"), CLAUSES.items())
def test_each_kind_of_word_and_fact_is_said_in_words(text: str, said: str) -> None:
    clause = clauses(parse(text), PLANNER)
    assert meaning(clause, TODAY) == said
    assert parse(label(clause)) == parse(text)


JOINTS = {
    "storm tide": ("AND", "all of these", ["storm", "tide"]),
    "storm OR tide": ("OR", "at least one of these", ["storm", "tide"]),
    "NOT storm": ("NOT", "without this", ["storm"]),
    "storm NEAR/5 tide": ("NEAR/5", "within 5 words, in any order", ["storm", "tide"]),
    "storm w/1 tide": ("NEAR/1", "within 1 word, in any order", ["storm", "tide"]),
    "storm ONEAR/5 tide": ("ONEAR/5", "within 5 words, in this order", ["storm", "tide"]),
    "storm /s tide": ("/s", "in one sentence", ["storm", "tide"]),
    "storm /p tide": ("/p", "in one paragraph", ["storm", "tide"]),
    "storm /p NOT tide": (
        "/p",
        "the first without the second in one paragraph",
        ["storm", "tide"],
    ),
    "NOT tide NEAR/5 storm": (
        "NEAR/5",
        "the first without the second within 5 words",
        ["storm", "tide"],
    ),
    "NOT tide ONEAR/5 storm": (
        "ONEAR/5",
        "the first without the second within 5 words before it",
        ["storm", "tide"],
    ),
    "storm ONEAR/5 NOT tide": (
        "ONEAR/5",
        "the first without the second within 5 words behind it",
        ["storm", "tide"],
    ),
    "ATLEAST/3 storm": ("ATLEAST/3", "3 times or more in one article", ["storm"]),
    "headline:(storm OR tide)": ("headline:", "in the headline", ["storm OR tide"]),
    "site:(a.com OR b.com)": ("site:", "from the site", ["a.com OR b.com"]),
    "date:(2021 OR 2023)": ("date:", "published", ["2021 OR 2023"]),
}


@pytest.mark.parametrize(("text", "said"), JOINTS.items())
def test_what_joins_words_is_said_and_its_parts_named(
    text: str, said: tuple[str, str, list[str]]
) -> None:
    clause = clauses(parse(text), PLANNER)
    parts = [part.text for part in clause.parts]
    assert (label(clause), meaning(clause, TODAY), parts) == said


def test_no_kind_of_node_is_forgotten() -> None:
    kinds = {one for one in vars(query).values() if dataclasses.is_dataclass(one)}
    found = set()
    for text in [*CLAUSES, *JOINTS]:
        waiting = [parse(text)]
        while waiting:
            node = waiting.pop()
            found.add(type(node))
            waiting += query.parts(node)
    assert found == kinds


def walk(clause: Clause) -> list[Clause]:
    return [clause, *[inner for part in clause.parts for inner in walk(part)]]


@pytest.mark.parametrize("text", [*CLAUSES, *JOINTS, "headline:(a NOT (b /s c)) OR tag:(d -e)"])
def test_the_plan_of_a_query_is_made_of_the_plans_of_its_clauses(text: str) -> None:
    tree = parse(text)
    assert clauses(tree, PLANNER).plan == PLANNER.plan(tree)


def test_the_words_of_a_group_are_looked_for_in_its_field_alone() -> None:
    group = clauses(parse("headline:(storm /s tide OR wave)"), PLANNER)
    for clause in walk(group)[1:]:
        assert clause.field == "headline"
        if not clause.parts:
            alone = parse(f"headline:{clause.text}")
            assert clause.plan == PLANNER.plan(alone)


SENTENCES = {
    "storm": "with storm in any form",
    "storm tide": "with storm and tide, in any form",
    "storm OR tide": "with storm or tide, in any form",
    "oil /p price": "with oil and price, in any form, in one paragraph",
    "oil NEAR/5 NOT price": "with oil without price, in any form, within 5 words",
    "NOT price ONEAR/5 oil": "with oil without price, in any form, within 5 words before it",
    "oil ONEAR/5 NOT price": "with oil without price, in any form, within 5 words behind it",
    "oil ONEAR/5 price": "with oil before price, in any form, within 5 words",
    "(a OR b) border*": "with (a or b, in any form) and words that begin with border",
    "a b OR c d": "with (a and b) or (c and d), in any form",
    "ATLEAST/3 (a OR b)": "with a or b, in any form, 3 times or more",
    '"storm tide" st?rm =EU storm~': 'with "storm tide" in any form, words like st?rm, '
    "EU spelt just so and words nearly like storm",
    "integration NOT migrants": "with integration in any form, without migrants in any form",
    "-(oil OR gas)": "without (oil or gas, in any form)",
    "-date:2021": "not published from 2021-01-01 to 2021-12-31",
    "NOT (oil date:2021)": "not (with oil in any form, published from 2021-01-01 to 2021-12-31)",
    "headline:(a OR b) winter": "with (a or b, in any form, in the headline) and winter in any form",
    "headline:(a NOT b)": "(with a in any form, without b in any form) in the headline",
    "author:afp date:2021-11-04": "with afp in the byline or an author's name, published on 2021-11-04",
    "site:a.com lang:ru id:4": "from the site a.com, in the language ru, with the number 4",
    "oil OR date:2021-11-04": "with oil in any form or published on 2021-11-04",
    "date:(2021-11-04 OR 2021-11-05)": "published on 2021-11-04 or published on 2021-11-05",
    "*": "of any kind",
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SENTENCES.items())
def test_a_whole_query_is_said_in_a_sentence(text: str, said: str) -> None:
    assert sentence(parse(text), TODAY) == f"Articles {said}."


@pytest.mark.parametrize("text", [*CLAUSES, *JOINTS])
def test_every_query_has_a_sentence(text: str) -> None:
    assert sentence(parse(text), TODAY).startswith("Articles ")


def test_no_sentence_is_longer_than_it_is_plain() -> None:
    long = " OR ".join(f"word{number}" for number in range(MOST_NODES))
    assert sentence(parse(long), TODAY) == "Articles that fulfil the following."
