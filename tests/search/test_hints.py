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
        ("bank NEAR river", "NEAR was looked for as a word", "bank NEAR/5 river"),
        ("pol?", "ends a question", "pol*"),
    ],
)
def test_the_other_reading_is_said(query: str, says: str, meant: str) -> None:
    (hint,) = hints(query)
    assert says in hint.message
    assert hint.query == meant
    assert parse(meant) != parse(query)


@pytest.mark.parametrize(
    "query",
    [
        "boat OR ferry", '"to be or not to be"', "or", "EU AND US", "NATO OR UN", "oil AND price",
        "will they sign?", "headline:or x", "either or",
    ],
)  # fmt: skip
def test_a_plain_query_gets_no_hint(query: str) -> None:
    assert hints(query) == []


def test_quotes_that_the_shell_took_are_noted() -> None:
    (hint,) = hints("closer integration", ["closer integration"])
    assert hint.query == '"closer integration"'
    assert hints("closer integration", ["closer", "integration"]) == []
    assert hints("closer OR integration", ["closer OR integration"]) == []
    assert hints('"closer integration"', ['"closer integration"']) == []
    assert hints("oil -gas", ["oil -gas"]) == []
    assert hints("oil", ["oil"]) == []


@given(st.text(alphabet='aBORANDTnotNEAR or?" ():', max_size=30))
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
