"""What a query might have meant instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.hints import hints
from search.parser import parse
from search.query import QueryError


@pytest.mark.parametrize(
    ("query", "says", "meant"),
    [
        ("boat or ferry", "or was looked for as a word", "boat OR ferry"),
        ("boat not ferry", "the first without the second", "boat NOT ferry"),
        ("PUTIN AND LUKASHENKO AGREE", "AND in capitals", "putin and lukashenko agree"),
        ("NOT ALL MIGRANTS STAY", "NOT in capitals", "not all migrants stay"),
        ("oil and not price", "the first without the second", "oil NOT price"),
        ("oil not w/5 price", "the first without the second", "oil w/5 NOT price"),
        ("oil and price", "and was looked for as a word", "oil AND price"),
        ("Boat Or Ferry", "Or was looked for as a word", "Boat OR Ferry"),
        ("pol?", "ends a question", "pol*"),
        ("'oil price' up", "single quotes are apostrophes", '"oil price" up'),
        ("‘oil price’ up", "single quotes are apostrophes", '"oil price" up'),
        ('up "=EU"', "= inside quotes is text", 'up ="EU"'),
        ("oil date:2021 to 2022-05", "2022-05 was looked for", "oil date:2021..2022-05"),
        ("added:2021 - 2022", "2022", "added:2021..2022"),
        (
            "甲乙丙丁戊己庚辛壬 a",
            "for some of its words",
            "(甲乙 OR 乙丙 OR 丙丁 OR 丁戊 OR 戊己 OR 己庚 OR 庚辛 OR 辛壬) a",
        ),
    ],
)
def test_the_other_reading_is_said(query: str, says: str, meant: str) -> None:
    (hint,) = hints(query)
    assert says in hint.message
    assert hint.query == meant
    assert parse(meant) != parse(query)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("bank NEAR river", "bank NEAR/5 river"),
        ("bank near/3 river", "bank NEAR/3 river"),
        ("bank near500 river", "bank NEAR/100 river"),
        ("bank N/3 river", "bank NEAR/3 river"),
        ("bank /3 river", "bank NEAR/3 river"),
        ("bank ONEAR river", "bank ONEAR/5 river"),
        ("bank adj3 river", "bank ONEAR/3 river"),
        ("bank Pre/3 river", "bank ONEAR/3 river"),
        ("bank P/3 river", "bank ONEAR/3 river"),
        ("bank w/s river", "bank /s river"),
        ("bank W/para river", "bank /p river"),
        ("bank SAME river", "bank /p river"),
        ("bank | river", "bank OR river"),
        ("bank || river", "bank OR river"),
        ("bank !river", "bank NOT river"),
        ("atleast3 bank", "ATLEAST/3 bank"),
        ("ATLEAST3(bank OR river)", "ATLEAST/3(bank OR river)"),
        ("ti(bank) river", "headline:(bank) river"),
        ("headline(bank)", "headline:(bank)"),
        ("au=doe", "author:doe"),
        ('hd="bank run"', 'headline:"bank run"'),
        ("integrat!", "integrat*"),
        ("integrat! bank", "integrat* bank"),
        ("integrat$", "integrat*"),
        ("bank near5 river and atleast2 flood", "bank NEAR/5 river and ATLEAST/2 flood"),
    ],
)
def test_an_operator_of_another_service_is_told_as_ours(query: str, meant: str) -> None:
    (hint,) = [hint for hint in hints(query) if " read as text" in hint.message]
    assert hint.query == meant
    assert parse(meant) != parse(query)


def test_a_hint_that_could_not_be_read_is_not_given() -> None:
    assert hints("oil near5 date:2021") == []


@pytest.mark.parametrize(
    "query",
    [
        "boat OR ferry", '"to be or not to be"', "or", "EU AND US", "NATO OR UN", "oil AND price",
        "will they sign?", "headline:or x", "either or", "they sign!", "the same price", "N95 masks",
        "p/e ratio", "dogs' or", "'tis rock 'n' roll", "the list (long)", "24/7 w/o near",
        "C++ a=b", "date:2021 2022", "/s",
    ],
)  # fmt: skip
def test_a_plain_query_gets_no_hint(query: str) -> None:
    assert hints(query) == []


def test_quotes_that_the_shell_took_are_noted() -> None:
    (hint,) = hints("closer integration", ["closer integration"])
    assert hint.query == '"closer integration"'
    assert hints("closer integration", ["closer", "integration"]) == []
    _, or_phrase = hints("to be or not to be", ["to be or not to be"])
    assert or_phrase.query == '"to be or not to be"'
    assert hints("closer OR integration", ["closer OR integration"]) == []
    assert hints('"closer integration"', ['"closer integration"']) == []
    assert hints("oil -gas", ["oil -gas"]) == []
    assert hints("oil", ["oil"]) == []


@given(
    st.text(alphabet='aBORANDTnotNEAR or?" ():', max_size=30)
    | st.lists(
        st.sampled_from(
            ["a", "or", "and", "not", "near5", "|", "ti", "(", ")", "w/p", "!a", "a!", "'a", "a'",
             '"=a"', "date:2021", "to", "2022", "atleast2", "AND", "hd=", '"a"', "-"]
        ),
        max_size=8,
    ).map(" ".join)
)  # fmt: skip
def test_hints_can_be_read(query: str) -> None:
    try:
        parse(query)
    except QueryError:
        return
    for hint in hints(query, [query]):
        try:
            parse(hint.query)
        except QueryError as error:
            raise AssertionError(hint) from error
