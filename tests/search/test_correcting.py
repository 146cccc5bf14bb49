"""A corrected query is still a query, and only what was to be corrected is changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.correcting import Spot, corrected, neighbours, spots
from search.likeness import halves, looking_alike, most_mistakes, retyped
from search.parser import parse
from search.printing import to_text

QUERIES = [
    "ferri AND harbor",
    "ferri OR NOT harbor",
    '"the ferri harbor" wind',
    "headline:(ferri OR harbor) AND date:2023",
    "ferri NEAR/5 harbor",
    "ATLEAST/2 ferri -harbor",
    "ferri-harbor",
    "author:ferri site:ferri.example",
]


def fixed(query: str, **better: str) -> str:
    tree = parse(query)
    return to_text(corrected(tree, {s: better[s.word] for s in spots(tree) if s.word in better}))


def test_only_the_word_is_replaced_wherever_it_stands() -> None:
    assert fixed("ferri wind", ferri="ferry") == "ferry AND wind"
    assert fixed('"the ferri, late"', ferri="ferry") == '"the ferry, late"'
    assert fixed("(ferri OR wind) -ferri", ferri="ferry") == "(ferry OR wind) AND NOT ferry"
    assert fixed("anti-goverment", goverment="government") == "anti-government"
    assert fixed("ferri*", ferri="ferry") == "ferri*"
    assert fixed("=ferri", ferri="ferry") == "=ferri"


def test_patterns_spellings_and_numbers_are_no_plain_words() -> None:
    assert list(spots(parse("fer* AND =Ferri AND ferri~ AND id:3 AND 渡轮 AND 1987"))) == []


def test_two_words_in_the_place_of_one_are_a_phrase() -> None:
    assert fixed("rescueboat crew", rescueboat="rescue boat") == '"rescue boat" AND crew'
    assert fixed('"a rescueboat crew"', rescueboat="rescue boat") == '"a rescue boat crew"'


def test_a_word_like_an_operator_is_written_small() -> None:
    assert fixed("ot", ot="OR") == "or"


def test_two_neighbours_become_one_word() -> None:
    tree = parse("big life boat crew")
    life = next(spot for spot in spots(tree) if spot.word == "life")
    before, behind = neighbours(tree, life)
    assert (before.word, behind.word) == ("big life", "life boat")
    assert to_text(corrected(tree, {behind: "lifeboat"})) == "big AND lifeboat AND crew"
    assert to_text(corrected(parse("life boat"), {behind: "lifeboat"})) == "lifeboat"


def test_neighbours_inside_a_phrase_or_a_hyphen_become_one_word() -> None:
    for query, joined in (('"a life boat"', '"a lifeboat"'), ("life-boat", "lifeboat")):
        tree = parse(query)
        life = next(spot for spot in spots(tree) if spot.word == "life")
        (*_, pair) = neighbours(tree, life)
        assert to_text(corrected(tree, {pair: "lifeboat"})) == joined


@settings(deadline=None)
@given(st.sampled_from(QUERIES), st.data())
def test_a_corrected_query_reads_as_it_is_printed(query: str, data: st.DataObject) -> None:
    tree = parse(query)
    found = list(spots(tree))
    chosen = data.draw(st.lists(st.sampled_from(found), unique=True))
    better: dict[Spot, str] = {
        spot: data.draw(st.sampled_from(["ferry", "Haven pier", "OR", "d'Or", "Straße"]))
        for spot in chosen
    }
    again = corrected(tree, better)
    assert to_text(parse(to_text(again))) == to_text(again)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ghbdtn", "привет"), (",jhbc", "борис"), ("k.,jdm", "любовь"), ("руддщ", "hello")],
)
def test_the_same_keys_on_another_keyboard(typed: str, meant: str) -> None:
    assert meant in retyped(typed)


def test_nothing_is_retyped_to_signs() -> None:
    assert list(retyped("хай")) == []
    assert list(retyped("1987")) == []


def test_letters_that_look_alike_are_taken_from_one_script() -> None:
    assert "москва" in looking_alike("Mосква")
    assert list(looking_alike("fеrrу")) == ["ferry"]
    assert list(looking_alike("ferry")) == []


def test_short_words_may_have_one_mistake_and_numbers_none() -> None:
    words = ("ab", "abc", "abcde", "abcdef", "1987654", "near3")
    assert [most_mistakes(word) for word in words] == [0, 1, 1, 2, 0, 0]
    assert ("nord", "stream") in halves("nordstream")
    assert list(halves("abc")) == []
