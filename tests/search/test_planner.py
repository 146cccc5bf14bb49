"""What engines are asked for."""

import datetime as dt
import time

import pytest

from search import dates
from search.parser import parse
from search.patterns import Capitals, Edited, Globbed, Spelled, Starts, Written
from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Following,
    Forms,
    Near,
    Often,
    Plan,
    Window,
    Within,
    Word,
    perhaps,
)
from search.planner import plan

TODAY = dt.date(2024, 3, 31)


def planned(query: str, *languages: str | None) -> Plan:
    return plan(parse(query), languages, TODAY)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("date:2021", 20210101, 20211231),
        ("date:2021-02", 20210201, 20210228),
        ("date:2021-2-3", 20210203, 20210203),
        ("date:2020..2021-06", 20200101, 20210630),
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
        ("date:yesterday", 20240330, 20240330),
        ("date:this week", 20240325, 20240331),
        ("date:last week", 20240318, 20240324),
        ("date:last month", 20240201, 20240229),
        ("date:this month", 20240301, 20240331),
        ("date:last year", 20230101, 20231231),
        ('date:"last month..today"', 20240201, 20240331),
    ],
)
def test_dates_are_spans_of_days(query: str, first: int, last: int) -> None:
    assert planned(query) == Between("date", first, last)


def test_days_of_adding_are_days_where_the_program_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        low, high = dates.instants(20240330, 20240331)
        assert dt.datetime.fromtimestamp(low, dt.UTC).isoformat() == "2024-03-29T15:00:00+00:00"
        assert dt.datetime.fromtimestamp(high, dt.UTC).isoformat() == "2024-03-31T14:59:59+00:00"
        assert planned("added:-1d") == Between("added", low, high)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_open_ends_of_adding_reach_everything() -> None:
    found = planned("added:..2024")
    assert isinstance(found, Between)
    assert found.low < 0 < found.high < planned("added:2020..").high  # type: ignore[union-attr]


def test_what_a_date_might_be_widens_the_query_but_not_what_is_shut_out() -> None:
    wide = perhaps(planned("oil (date:2021 OR NOT date:2020)", None))
    assert wide == All(
        (
            Word("text", "oil"),
            AnyOf(
                (
                    Between("date", 20210101, 20211231, perhaps=True),
                    But(Between("date", 20200101, 20201231)),
                )
            ),
        )
    )


def test_a_word_has_a_term_for_each_language_held() -> None:
    assert planned("borders", "en") == Word("text", "border/en")
    assert planned("borders", "en", "en-GB") == Word("text", "border/en")
    assert planned("borders", None) == Word("text", "borders")
    assert planned("borders") == Word("text", "borders")
    assert planned("borders", "de", "en") == AnyOf(
        (Word("text", "bord/de"), Word("text", "border/en"))
    )


def following(*terms: str, field: str = "text") -> Following:
    return Following(tuple(Word(field, term) for term in terms))


def test_a_phrase_is_in_one_language_at_a_time() -> None:
    assert planned('"open borders"', "en", None) == AnyOf(
        (following("open", "borders"), following("open/en", "border/en"))
    )


def test_a_function_word_is_looked_for_but_weighs_less() -> None:
    assert planned("the border", "en") == All(
        (Word("text", "the/en", weight=0.2), Word("text", "border/en"))
    )
    assert planned("fürs die", "de", None) != planned("fürs die", "en", None)


def test_a_hyphenated_word_is_a_phrase() -> None:
    assert planned("anti-government", "en") == following("anti/en", "govern/en")


def test_a_prefix_looks_among_exact_forms() -> None:
    assert planned("INTÉG*", "en", "fr") == Forms("exact", Starts("integ"))
    assert planned("headline:integ*", "en") == Within("headline", Forms("exact", Starts("integ")))
    assert planned("author:do*", "en") == Forms("author", Starts("do"))
    assert planned("site:News.*", "en") == Forms("site", Starts("news."))


def test_wildcards_fuzzy_words_and_spellings_look_among_exact_forms() -> None:
    assert planned("BRÜ*ck?n", "fr") == Forms("exact", Globbed("bru*ck?n"))
    assert planned("Migränts~2", "en") == Forms("exact", Edited("migrants", 2))
    assert planned("=São", "pt") == Forms("exact", Written("sao", "São"))
    assert planned("=don’t", "en") == Forms("exact", Written("dont", "don't"))
    assert planned('="As is"', "en") == Following(
        (Forms("exact", Written("as", "As")), Forms("exact", Written("is", "is")))
    )


def test_a_star_in_a_phrase_stands_for_the_end_of_its_word() -> None:
    assert planned('"interest rat*"', "en") == Following(
        (Word("text", "interest/en"), Forms("exact", Starts("rat")))
    )


def test_initials_are_an_abbreviation_or_letters_apart() -> None:
    apart = Following((Forms("exact", Spelled("u")), Forms("exact", Spelled("s"))))
    for query in ("U.S.", "u.s"):
        assert planned(query, "en") == AnyOf((Forms("exact", Capitals("us")), apart))


def test_a_german_prefix_is_found_with_umlauts_and_without() -> None:
    assert planned("Muench*", "de") == AnyOf(
        (Forms("exact", Starts("muench")), Forms("exact", Starts("munch")))
    )
    assert planned("Muench*", "en") == Forms("exact", Starts("muench"))


def test_places_are_joined() -> None:
    oil, gas = Word("text", "oil"), Word("text", "gas")
    assert planned("oil /s gas", None) == Near(oil, gas, "sentence")
    assert planned("oil ONEAR/3 gas", None) == Near(oil, gas, "word", 3, ordered=True)
    assert planned("oil /p NOT gas", None) == Near(oil, gas, "paragraph", lacking=True)
    assert planned("NOT oil /p gas", None) == Near(gas, oil, "paragraph", lacking=True)
    assert planned("NOT oil ONEAR/3 gas", None) == Near(
        gas, oil, "word", 3, ordered=True, lacking=True, backward=True
    )
    assert planned("gas ONEAR/3 NOT oil", None) == Near(
        gas, oil, "word", 3, ordered=True, lacking=True
    )
    assert planned('"oil gas"~4', None) == Window((oil, gas), 4)
    assert planned("ATLEAST/2 oil", None) == Often(2, oil)


def test_a_part_of_the_text_holds_each_of_its_words() -> None:
    oil, gas = Word("text", "oil"), Word("text", "gas")
    assert planned("caption:(oil -gas)", None) == All(
        (Within("caption", oil), But(Within("caption", gas)))
    )
    assert planned("caption:(ATLEAST/2 oil)", None) == Often(2, Within("caption", oil))
    often = Often(2, Within("caption", oil))
    both = Near(often, Within("caption", gas), "word", 5)
    assert planned("caption:(ATLEAST/2 oil NEAR/5 gas)", None) == both
    assert planned("has:caption is:revised", None) == All(
        (Word("has", "caption"), Word("has", "revised"))
    )


def test_scripts_without_spaces_make_runs() -> None:
    alone = Forms("exact", Starts("学"))
    assert planned("大学", "zh") == Word("text", "大学")
    assert planned("北京大学", "zh", "ja") == following("北京", "京大", "大学")
    assert planned("学", "zh") == alone
    assert planned("学*", "zh") == alone
    assert planned('"学 5"', "zh") == Following((alone, Word("text", "5")))
    assert planned('"5 学"', "zh") == Following((Word("text", "5"), alone))
    assert planned("headline:学", "zh") == Within("headline", alone)
    assert planned("=大学", "zh") == Forms("exact", Written("大学", "大学"))


def test_fields_of_values_take_values() -> None:
    assert planned("site:https://www.Example.com/x", "en") == Word("site", "example.com")
    assert planned('site:"The  Times"', "en") == Word("site", "the times")
    assert planned("lang:pt-BR", "en") == Word("lang", "pt-br")
    assert planned("id:42", "en") == Word("id", "42")
    assert planned('tag:"Climate Changes"', "en") == following("climate", "changes", field="tag")


def test_groups_keep_their_field_and_shape() -> None:
    assert planned("author:(doe OR NOT ann) * -x", None) == All(
        (
            AnyOf((Word("author", "doe"), But(Word("author", "ann")))),
            Everything(),
            But(Word("text", "x")),
        )
    )
