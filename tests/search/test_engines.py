"""The contract of engines: the same ids, counts and date order as brute force."""

from __future__ import annotations

import dataclasses
import random
from functools import cache
from typing import TYPE_CHECKING

import pytest

from article import Article, Paragraph
from search import plan as plans
from search.document import Document
from search.engine import DocumentsRejected, Engine, IndexDamaged
from search.engines import NAMES, installed, kind
from search.held import Held
from search.memory import MemoryEngine
from search.parser import parse
from search.patterns import Starts
from search.planner import plan
from search.spans import spans
from tests.search.oracle import holds, places
from tests.search.random_news import TODAY, VOCABULARY, doc, documents, fill, near, some_query
from tests.search.rotting import rot
from tests.search.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from search import engines
    from search.plan import Plan

HELD = 101
DURABLE = {name: kind(name) for name in NAMES if installed(name)}


@pytest.fixture(scope="module")
def held() -> list[Document]:
    return documents(1, HELD)


STATES = ["memory"] + [
    f"{name}, {state}" for name in DURABLE for state in ("one commit", "many commits", "reopened")
]


@pytest.fixture(scope="module", params=STATES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, held: list[Document]
) -> Iterator[Engine]:
    name, _, state = request.param.partition(", ")
    found: Engine = MemoryEngine()
    folder = tmp_path_factory.mktemp("index") / "gen"
    if name != "memory":
        found = DURABLE[name].create(folder)
    if state == "one commit":
        found.replace(held)
        found.commit()
    else:
        fill(found, held)
    if state == "reopened":
        found.close()
        found = DURABLE[name].open_index(folder)
    yield found
    found.close()


@cache
def judged(seed: int) -> list[tuple[str, Plan, dict[int, Document]]]:
    """Give random queries, and the documents that brute force finds."""
    chance, held = random.Random(seed), documents(1, HELD)
    texts = [some_query(chance) for _ in range(50)]
    made = [plan(parse(text), list(VOCABULARY), TODAY) for text in texts]
    return [
        (text, one, {found.id: found for found in held if holds(one, found)})
        for text, one in zip(texts, made, strict=True)
    ]


# A thousand queries where there are many segments, some for each other state.
SEEDS = [(state, n) for state in STATES for n in range(20 if "many" in state else 2)]


@pytest.mark.parametrize(("engine", "seed"), SEEDS, indirect=["engine"], scope="module")
def test_random_queries_find_what_brute_force_finds(engine: Engine, seed: int) -> None:
    for text, made, expected in judged(seed):
        assert engine.ids(made) == expected.keys(), text
        result = engine.search(made, limit=1000)
        assert result.total == len(expected), text
        assert {(hit.id, hit.revision) for hit in result.hits} == {
            (one.id, one.revision) for one in expected.values()
        }
        ranks = [(-hit.score, hit.id) for hit in result.hits]
        assert ranks == sorted(ranks)
        newest = engine.search(made, limit=1000, sort="date")
        order = sorted(expected.values(), key=lambda one: (-(one.first_day or 0), one.id))
        assert [hit.id for hit in newest.hits] == [one.id for one in order], text


def test_the_random_queries_say_something() -> None:
    found = [0 < len(expected) < HELD - 1 for seed in range(5) for _, _, expected in judged(seed)]
    assert sum(found) > 125


@pytest.mark.parametrize("seed", range(6, 10))
def test_the_places_of_words_are_those_of_brute_force(held: list[Document], seed: int) -> None:
    chance = random.Random(seed)
    found = 0
    for _ in range(40):
        text = near(chance, chance.choice(list(VOCABULARY)))
        made = plan(parse(text), list(VOCABULARY), TODAY)
        for one in held[:50]:
            if isinstance(made, plans.All | plans.But):
                continue
            expected = {(match[0].position, match[-1].position) for match in places(made, one)}
            assert spans(made, Held(one)) == sorted(expected), text
            found += bool(expected)
    assert found > 20


def test_the_places_of_any_plan_are_those_of_brute_force(held: list[Document]) -> None:
    trees, found = Trees(random.Random(3), held, whole=True), 0
    for _ in range(300):
        made = trees.places()
        for one in held[:12]:
            expected = {(match[0].position, match[-1].position) for match in places(made, one)}
            assert spans(made, Held(one)) == sorted(expected), made
            found += bool(expected)
    assert found > 100


def test_words_joined_in_two_ways_stand_in_one_place() -> None:
    held = Held(doc(1, 1, text("a b c", language=None)))
    a, b, c = (plans.Word("text", term) for term in "abc")
    either = plans.AnyOf((a, plans.Following((a, b)))), plans.AnyOf((plans.Following((b, c)), c))
    assert spans(plans.Following(either), held) == [(0, 2)]


def test_paragraphs_that_match_are_those_of_the_memory_engine(
    engine: Engine, held: list[Document]
) -> None:
    twin = MemoryEngine()
    twin.replace(held)
    twin.commit()
    chance = random.Random(77)
    for _ in range(60):
        text = some_query(chance)
        made = plan(parse(text), list(VOCABULARY), TODAY)
        found, expected = engine.paragraphs(made), twin.paragraphs(made)
        assert (found.total, found.documents) == (expected.total, expected.documents), text
        assert {(h.id, h.revision, h.ordinal) for h in found.hits} == {
            (h.id, h.revision, h.ordinal) for h in expected.hits
        }, text
        assert engine.paragraphs(made, limit=3, offset=2).hits == found.hits[2:5]


def test_an_engine_names_the_words_a_pattern_stands_for(
    engine: Engine, held: list[Document]
) -> None:
    counts = engine.forms("exact", Starts("pr"))
    assert counts.keys() >= {"price", "preise\x1fPreise"}
    for key, count in counts.items():
        assert count == sum(any(key in run.keys for run in one.text) for one in held)


def test_pages_follow_one_another(engine: Engine) -> None:
    made = plan(parse("oil OR price"), ["en", None], TODAY)
    whole = engine.search(made, limit=1000)
    pages = [engine.search(made, limit=7, offset=at) for at in range(0, whole.total, 7)]
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {page.total for page in pages} == {whole.total}
    assert engine.search(made, limit=0).hits == ()
    assert engine.search(made, limit=5, offset=10_000).hits == ()


def test_an_engine_says_what_it_holds(engine: Engine, held: list[Document]) -> None:
    assert sorted(engine.revisions()) == [(one.id, one.revision) for one in held]
    assert engine.count() == len(held)


@pytest.fixture(params=["memory", *DURABLE])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made: Engine = MemoryEngine()
    if request.param != "memory":
        made = DURABLE[request.param].create(tmp_path / "gen")
    yield made
    made.close()


def found_by(engine: Engine, text: str, *languages: str | None) -> list[int]:
    made = plan(parse(text), languages or ["en"], TODAY)
    return [hit.id for hit in engine.search(made, limit=100).hits]


def put(engine: Engine, **articles: Article) -> None:
    engine.replace([doc(int(name[1:]), 1, article) for name, article in sorted(articles.items())])
    engine.commit()


def text(words: str, headline: str | None = None, language: str | None = "en") -> Article:
    return Article(paragraphs=(Paragraph(words),), headline=headline, language=language)


def test_an_empty_index_finds_nothing(empty: Engine) -> None:
    for query in ("oil", "*", "-oil", "date:2021", "oi*", '"a b"', "a /p b", "=a", "caption:a"):
        assert found_by(empty, query) == []
        assert empty.paragraphs(plan(parse(query), ["en"], TODAY)).hits == ()
    assert list(empty.revisions()) == []
    assert empty.count() == 0
    empty.commit()


def test_nothing_is_found_before_the_commit(empty: Engine) -> None:
    empty.replace([doc(1, 1, text("oil"))])
    assert found_by(empty, "oil") == []
    empty.commit()
    assert found_by(empty, "oil") == [1]
    empty.delete([1])
    assert found_by(empty, "oil") == [1]
    empty.commit()
    assert found_by(empty, "oil") == []


def test_of_two_wordings_in_one_batch_the_last_stays(empty: Engine) -> None:
    empty.replace([doc(1, 1, text("oil")), doc(1, 2, text("gas"))])
    empty.commit()
    assert found_by(empty, "oil") == []
    assert found_by(empty, "gas") == [1]
    assert list(empty.revisions()) == [(1, 2)]


def test_deleting_and_replacing_in_one_batch(empty: Engine) -> None:
    put(empty, a1=text("oil"), a2=text("oil"))
    empty.delete([1, 2])
    empty.replace([doc(2, 5, text("gas"))])
    empty.commit()
    assert list(empty.revisions()) == [(2, 5)]


def test_a_phrase_never_crosses_paragraphs(empty: Engine) -> None:
    apart = Article(
        paragraphs=(Paragraph("rising oil"), Paragraph("price falls", credit="photo desk")),
        headline="The oil",
        language="en",
    )
    put(empty, a1=apart, a2=text("the oil price"))
    assert found_by(empty, '"oil price"') == [2]
    assert found_by(empty, '"oil rising"') == []
    assert found_by(empty, '"falls photo"') == []
    assert found_by(empty, '"photo desk"') == [1]


def test_a_word_in_the_headline_weighs_more(empty: Engine) -> None:
    put(empty, a1=text("oil and gas today"), a2=text("and gas today", headline="Oil"))
    assert found_by(empty, "oil") == [2, 1]


def test_a_rare_word_weighs_more_than_a_frequent_one(empty: Engine) -> None:
    put(empty, a1=text("oil the"), a2=text("the the"), a3=text("the gas"), a4=text("the coal"))
    assert found_by(empty, "oil OR the")[0] == 1


def test_characters_of_a_script_without_spaces_are_found_alone_and_together(empty: Engine) -> None:
    put(
        empty,
        a1=text("北京大学的学生", language="zh"),
        a2=text("大学北京", language="zh"),
        a3=text("东京 abc 学", language="ja"),
    )
    assert found_by(empty, "北京大学", "zh", "ja") == [1]
    assert sorted(found_by(empty, "北京", "zh", "ja")) == [1, 2]
    assert sorted(found_by(empty, "学", "zh", "ja")) == [1, 2, 3]
    assert found_by(empty, "生", "zh", "ja") == [1]
    assert found_by(empty, '"abc 学"', "zh", "ja") == [3]
    assert found_by(empty, "的学*", "zh", "ja") == [1]


def test_a_stem_of_one_language_finds_nothing_in_another(empty: Engine) -> None:
    put(empty, a1=text("a number"), a2=text("numb hands"), a3=text("neue Preise", language="de"))
    assert found_by(empty, "number", "en", "de") == [1]
    assert found_by(empty, "preis", "en", "de") == [3]


def test_a_word_typed_without_accents_is_found(empty: Engine) -> None:
    put(empty, a1=text("a integração", language="pt"), a2=text("l’année arrivée", language="fr"))
    assert found_by(empty, "integracao", "pt", "fr") == [1]
    assert found_by(empty, "ARRIVEE", "pt", "fr") == [2]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "München", "Muenchen"),
        ("de", "Straße", "Strasse"),
        ("de", "GROSSE Häuser", "große Haus"),
        ("de", "Über den Fluß", "ueber Fluss"),
        ("ru", "ёлка", "елки"),
        ("ru", "самолёт", "САМОЛЕТЫ"),
        ("ar", "مُحَمَّد", "محمد"),
        ("ar", "ﻣﺤﻤﺪ", "محمد"),
        ("ar", "أحمد", "احمد"),
        ("ar", "كتـــاب", "كتاب"),
        ("tr", "Diyarbakır", "diyarbakir"),
        ("tr", "IĞDIR", "ığdır"),
        ("tr", "İzmir", "izmir"),
        ("tr", "sınırda", "sınır"),
        ("tr", "SINIRLARI", "sınır"),
        ("tr", "sınır", "SINIRDA"),
        ("tr", "ışıkları", "IŞIK"),
        ("tr", "sınır", "sinir"),
        ("tr", "sınırda", "sinirda"),
        ("tr", "Isiklar", "ışıklar"),
        ("tr", "İSTANBUL", "ISTANBUL"),
        ("tr", "I\u0307stanbul", "istanbul"),
        ("el", "κόσμος", "ΚΟΣΜΟΣ"),
        ("el", "Οδυσσεύς", "οδυσσευς"),
        ("pt", "integração", "integracao"),
        ("fr", "élève", "ELEVES"),
        ("es", "año", "ano"),
        ("pl", "Łódź", "lodz"),
        ("da", "Ærø", "aero"),
        ("uk", "Київ", "київ"),
        ("zh", "北京大学的学生", "北京大学"),
        ("ja", "東京タワーへ行く", "東京タワー"),
        ("ko", "서울에서", "서울"),
        ("th", "ภาษาไทยง่าย", "ไทย"),
        ("hi", "हिन्दी भाषा", "हिन्दी"),
        ("en", "U.S. troops", "US troops"),
        ("en", "don’t go", "don't go"),
        ("en", "the AT&T deal", "AT&T"),
        ("en", "written in C++ today", "C++"),
        ("en", "anti-government march", "anti-government"),
        ("en", "To be, or not to be?", '"to be or not to be"'),
    ],
)
def test_a_word_is_found_in_any_spelling_of_its_language(
    empty: Engine, language: str, one: str, other: str
) -> None:
    put(empty, a1=text(one, language=language), a2=text("nothing of it", language="en"))
    assert found_by(empty, other, language, "en") == [1]
    if other[0] != '"' and language not in {"zh", "ja", "ko", "th"}:
        put(empty, a3=text(other, language=language))
        query = one if language in {"ru", "tr"} else other
        assert set(found_by(empty, query, language, "en")) == {1, 3}


@pytest.mark.parametrize(("one", "other"), [("nb", "nn"), ("no", "nb"), ("hr", "sr"), ("bs", "hr")])
def test_languages_that_share_a_stemmer_share_their_words(
    empty: Engine, one: str, other: str
) -> None:
    put(empty, a1=text("båtene gradovi", language=one))
    assert found_by(empty, "båtene gradovi", other) == [1]


def test_an_umlaut_written_out_is_found_in_articles_of_any_language(empty: Engine) -> None:
    put(
        empty,
        a1=text("A bank in Zürich’s heart"),
        a2=text("Gerhard Schröder of Baden-Württemberg spoke"),
        a3=text("ZÜRICH", language="fr"),
        a4=text("The blu dos, a poet in blü"),
        a5=text("Blue does it, a pöt"),
    )
    for languages in (("en", "fr"), ("de", "en", "fr")):
        assert set(found_by(empty, "Zuerich", *languages)) == {1, 3}
        assert found_by(empty, "zuerich heart", *languages) == [1]
        assert found_by(empty, '"in zuerich"', *languages) == [1]
        assert found_by(empty, "schroeder baden-wuerttemberg", *languages) == [2]
        assert found_by(empty, "does", "en") == [5]
        assert set(found_by(empty, "blue", "en")) == {4, 5}  # blue is how blü is written out
        assert found_by(empty, "blu", "en") == [4]
        assert found_by(empty, "dos", "en") == [4]
        assert found_by(empty, "=Zuerich", *languages) == []


def test_a_phrase_understands_what_its_words_do(empty: Engine) -> None:
    put(
        empty,
        a1=text("A igreja de São Telmo", language="pt"),
        a2=text("U.S. troops left"),
        a3=text("they gave us troops"),
        a4=text("by J. K. Rowling herself"),
    )
    assert found_by(empty, '"sao telmo"', "pt", "en") == [1]
    assert found_by(empty, '"U.S. troops"', "pt", "en") == [2]
    assert found_by(empty, '"J.K. Rowling"', "pt", "en") == [4]


def test_each_word_of_a_phrase_with_a_distance_stands_at_a_place_of_its_own(empty: Engine) -> None:
    put(empty, a1=text("J. K. wrote"), a2=text("J. K. met J. Doe"), a3=text("to be or not"))
    assert found_by(empty, '"J.K. j"~5') == [2]
    assert found_by(empty, '"to to"~5') == []
    assert found_by(empty, '"not to"~3') == [3]
    assert found_by(empty, '"not to"~2') == []


def test_a_word_is_shut_out_on_the_side_where_it_is_written(empty: Engine) -> None:
    put(empty, a1=text("strong oil"), a2=text("oil price"), a3=text("oil"), a4=text("price oil"))
    assert set(found_by(empty, "NOT price ONEAR/2 oil")) == {1, 2, 3}
    assert set(found_by(empty, "oil ONEAR/2 NOT price")) == {1, 3, 4}
    assert set(found_by(empty, "NOT price NEAR/2 oil")) == {1, 3}
    assert set(found_by(empty, "oil NEAR/2 NOT price")) == {1, 3}


def test_abbreviations_are_not_the_words_they_look_like(empty: Engine) -> None:
    put(
        empty,
        a1=text("The U.S. agreed"),
        a2=text("The US agreed"),
        a3=text("They told us"),
        a4=text("Books by J. K. Rowling"),
        a5=text("Books by J.K. Rowling"),
    )
    assert found_by(empty, "U.S.") == [1, 2]
    assert found_by(empty, "=U.S.") == [1]
    assert found_by(empty, "=US") == [2]
    assert sorted(found_by(empty, "us")) == [1, 2, 3]
    assert sorted(found_by(empty, "J.K. Rowling")) == [4, 5]
    assert found_by(empty, '"U.S. agreed"') == [1, 2]


def test_articles_without_any_date_are_searched_by_date_and_sorted(empty: Engine) -> None:
    put(empty, a1=text("oil"), a2=text("oil"))
    assert found_by(empty, "date:2021") == []
    assert found_by(empty, "oil NOT date:2021") == [1, 2]
    newest = empty.search(plan(parse("oil"), ["en"], TODAY), limit=5, sort="date")
    assert [hit.id for hit in newest.hits] == [1, 2]


def test_a_sign_is_part_of_what_is_asked(empty: Engine) -> None:
    put(empty, a1=text("in C++ code"), a2=text("in C code"), a3=text("in C# code"))
    assert found_by(empty, "C++") == [1]
    assert found_by(empty, "C#") == [3]
    assert sorted(found_by(empty, "C")) == [1, 2, 3]


def test_not_alone_finds_the_rest(empty: Engine) -> None:
    put(empty, a1=text("oil"), a2=text("gas"), a3=text("coal"))
    assert found_by(empty, "-oil") == [2, 3]
    assert found_by(empty, "NOT (oil OR gas)") == [3]
    assert found_by(empty, "oil OR NOT gas")[0] == 1


def test_the_deepest_query_is_answered(empty: Engine) -> None:
    put(empty, a1=text("oil"), a2=text("gas"))
    query = "(gas OR oil -" * 49 + "coal" + ")" * 49
    assert set(found_by(empty, query)) <= {1, 2}


def test_a_document_that_cannot_be_indexed_harms_no_other(empty: Engine) -> None:
    put(empty, a5=text("older"))
    good = [doc(n, 1, text(f"oil word{n}")) for n in range(1, 12) if n != 5]
    poisoned = doc(5, 2, text("poison"))
    bad = type(poisoned.text[0])(0, ("evil/en", "\ud800"), ("evil", "\ud800"))
    empty.replace([*good[:4], dataclasses.replace(poisoned, text=(bad,)), *good[4:]])
    with pytest.raises(DocumentsRejected) as caught:
        empty.commit()
    assert list(caught.value.reasons) == [5]
    assert sorted(found_by(empty, "oil")) == [one.id for one in good]
    assert found_by(empty, "evil") == []
    for one in good:
        assert found_by(empty, f"word{one.id}") == [one.id]
    assert dict(empty.revisions())[5] == 1  # what was held before stays, for the caller to judge
    empty.commit()


def test_an_index_that_is_whole_is_found_to_be(empty: Engine) -> None:
    empty.verify()
    put(empty, a1=text("oil"), a2=text("gas"))
    empty.verify()
    empty.delete([1])
    empty.commit()
    empty.verify()


@pytest.mark.parametrize("engine", DURABLE.values(), ids=DURABLE)
def test_what_a_disk_lost_in_silence_is_found_by_reading_all(
    engine: engines.Kind, tmp_path: Path
) -> None:
    made = engine.create(tmp_path / "gen")
    put(made, a1=text("oil"), a2=text("gas"))
    made.close()
    found = next(path for end in ("seg", "store") for path in (tmp_path / "gen").glob(f"*.{end}"))
    rot(found, found.stat().st_size // 2)
    rotten = engine.open_index(tmp_path / "gen")
    with pytest.raises(IndexDamaged):
        rotten.verify()
    rotten.close()
    with pytest.raises(IndexDamaged):  # and is not forgotten
        engine.open_index(tmp_path / "gen")
