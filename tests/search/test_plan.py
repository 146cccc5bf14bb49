"""What engines are asked for."""

import datetime as dt

import pytest

from search.parser import parse
from search.plan import (
    All,
    AnyOf,
    But,
    Dates,
    Everything,
    Following,
    Plan,
    Starting,
    Word,
    plan,
    read_as,
)

TODAY = dt.date(2024, 3, 31)


def planned(query: str, *languages: str | None) -> Plan:
    return plan(parse(query), languages, TODAY)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("date:2021", 20210101, 20211231),
        ("date:2021-02", 20210201, 20210231),
        ("date:2021-2-3", 20210203, 20210203),
        ("date:2020..2021-06", 20200101, 20210631),
        ("date:..2021-11-04", 1, 20211104),
        ("date:2021..", 20210101, 99991231),
        ("date:today", 20240331, 20240331),
        ("date:-1d", 20240330, 20240331),
        ("date:-2w", 20240317, 20240331),
        ("date:-1m", 20240229, 20240331),
        ("date:-3m", 20231231, 20240331),
        ("date:-1y", 20230331, 20240331),
        ("date:-9999y", 10101, 20240331),
        ("date:-7d..-2d", 20240324, 20240329),
    ],
)
def test_dates_are_spans_of_days(query: str, first: int, last: int) -> None:
    assert planned(query) == Dates(first, last)


def test_a_word_has_a_term_for_each_language_held() -> None:
    assert planned("borders", "en") == Word("text", "border/en")
    assert planned("borders", "en", "en-GB") == Word("text", "border/en")
    assert planned("borders", None) == Word("text", "borders")
    assert planned("borders") == Word("text", "borders")
    assert planned("borders", "de", "en") == AnyOf(
        (Word("text", "bord/de"), Word("text", "border/en"))
    )


def test_a_phrase_is_in_one_language_at_a_time() -> None:
    assert planned('"open borders"', "en", None) == AnyOf(
        (Following("text", ("open", "borders")), Following("text", ("open/en", "border/en")))
    )


def test_a_hyphenated_word_is_a_phrase() -> None:
    assert planned("anti-government", "en") == Following("text", ("anti/en", "govern/en"))


def test_a_prefix_looks_among_exact_forms() -> None:
    assert planned("INTÉG*", "en", "fr") == Starting("exact", "integ")
    assert planned("headline:integ*", "en") == Starting("headline_exact", "integ")
    assert planned("author:do*", "en") == Starting("author", "do")
    assert planned("site:News.*", "en") == Starting("site", "news.")


def test_scripts_without_spaces_make_runs() -> None:
    assert planned("大学", "zh") == Word("text", "大学")
    assert planned("北京大学", "zh", "ja") == Following("text", ("北京", "京大", "大学"))
    assert planned("学", "zh") == Starting("exact", "学")
    assert planned("学*", "zh") == Starting("exact", "学")
    assert planned('"学 5"', "zh") == Following("text", ("学", "5"))
    assert planned('"5 学"', "zh") == Following("text", ("5",), tail="学")
    assert planned("headline:学", "zh") == Starting("headline_exact", "学")


def test_fields_of_values_take_values() -> None:
    assert planned("site:https://www.Example.com/x", "en") == Word("site", "example.com")
    assert planned('site:"The  Times"', "en") == Word("site", "the times")
    assert planned("lang:pt-BR", "en") == Word("lang", "pt-br")
    assert planned("id:42", "en") == Word("id", "42")
    assert planned('tag:"Climate Changes"', "en") == Following("tag", ("climate", "changes"))


def test_groups_keep_their_field_and_shape() -> None:
    assert planned("author:(doe OR NOT ann) * -x", None) == All(
        (
            AnyOf((Word("author", "doe"), But(Word("author", "ann")))),
            Everything(),
            But(Word("text", "x")),
        )
    )


def test_how_a_query_was_read_is_a_query() -> None:
    assert read_as(parse("oil  price OR by:afp -date:2021")) == (
        "oil AND price OR author:afp AND NOT date:2021"
    )
