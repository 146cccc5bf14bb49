"""Reading queries: their meaning, their printing, their mistakes."""

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.lexer import FARTHEST
from search.parser import MAX_NEARS, MAX_NESTING, MAX_WORDS, parse
from search.printing import to_text
from search.query import (
    And,
    AtLeast,
    Every,
    Exists,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Range,
    Term,
    Wildcard,
)


def read(text: str) -> None:
    """Read a query or an error about it: nothing else may come of it."""
    error = None
    try:
        tree = parse(text)
    except QueryError as caught:
        error = caught
    else:
        assert parse(to_text(tree)) == tree
    assert error is None or (error.message and 0 <= error.position <= len(text))


A, B, C = Term("a"), Term("b"), Term("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", And((A, B))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a OR b c", Or((A, And((B, C))))),
        ("NOT a OR b", Or((Not(A), B))),
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("+a -(b OR c)", And((A, Not(Or((B, C)))))),
        ('-"a b"', Not(Phrase("a b"))),
        ("(a)(b)", And((A, B))),
        ("(a b) c", And((And((A, B)), C))),
        ("“a b”", Phrase("a b")),
        ("«a b»", Phrase("a b")),
        ("inv*", Prefix("inv")),
        ("学*", Prefix("学")),
        ("*", Every()),
        ("title:a", Field("headline", A)),
        ("By:(a OR b)", Field("author", Or((A, B)))),
        ('source:"a b"', Field("site", Phrase("a b"))),
        ("-section:a", Not(Field("section", A))),
        ("id:007", Field("id", Term("7"))),
        ("=EU", Term("EU", exact=True)),
        ('="as written"', Phrase("as written", exact=True)),
        ("caption:=EU", Field("caption", Term("EU", exact=True))),
        ("1 + 1 = 2", And((Term("1"), Term("1"), Term("2")))),
        ("w?rd", Wildcard("w?rd")),
        ("w*rd*", Wildcard("w*rd*")),
        ("*word", Wildcard("*word")),
        ("w**?*rd", Wildcard("w?*rd")),
        ("anti-gov*", Phrase("anti-gov*")),
        ('"oil pric*"', Phrase("oil pric*")),
        ("who?", Term("who?")),
        ("pol*, ", Prefix("pol")),
        ("word~", Fuzzy("word", 1)),
        ("word~2", Fuzzy("word", 2)),
        ('"a b"~5', Phrase("a b", slop=5)),
        ("a NEAR/5 b", Near(A, B, "word", 5)),
        ("a w/5 b", Near(A, B, "word", 5)),
        ("a ONEAR/5 b", Near(A, B, "word", 5, ordered=True)),
        ("a pre/5 b", Near(A, B, "word", 5, ordered=True)),
        ("a /s b", Near(A, B, "sentence")),
        ("a /p b /s c", Near(Near(A, B, "paragraph"), C, "sentence")),
        ("a /p (b /s c)", Near(A, Near(B, C, "sentence"), "paragraph")),
        ("a /p NOT b", Near(A, Not(B), "paragraph")),
        ("a b /p c OR a", Or((And((A, Near(B, C, "paragraph"))), A))),
        ("NOT (a /p b)", Not(Near(A, B, "paragraph"))),
        ("ATLEAST/3 a", AtLeast(3, A)),
        ("NOT ATLEAST/3(a OR b)", Not(AtLeast(3, Or((A, B))))),
        ("has:caption", Exists("caption")),
        ("has:(caption OR quote)", Or((Exists("caption"), Exists("quote")))),
        ("is:revised", Exists("revised")),
        ("caption:a", Field("caption", A)),
        ("added:today", Field("added", Range("today", "today"))),
        ("date:last  Month", Field("date", Range("last month", "last month"))),
        ("date:[2020 TO 2021]", Field("date", Range("2020", "2021"))),
        ("date:[* TO 2021]", Field("date", Range(None, "2021"))),
        ("NEAR a", And((Term("NEAR"), A))),
        ("24/7 and/or", And((Term("24/7"), Term("and/or")))),
        ("published:2021", Field("date", Range("2021", "2021"))),
        ("date:2021-11..2022", Field("date", Range("2021-11", "2022"))),
        ("date:..2021", Field("date", Range(None, "2021"))),
        ("date:2021..", Field("date", Range("2021", None))),
        ("date:-7d", Field("date", Range("-7d", "today"))),
        ("date:-7d..-7d", Field("date", Range("-7d", "-7d"))),
        ("or", Term("or")),
        (
            "甲乙丙丁戊己庚辛壬 OR a",
            Or((*map(Term, ["甲乙", "乙丙", "丙丁", "丁戊", "戊己", "己庚", "庚辛", "辛壬"]), A)),
        ),
        ("甲乙丙丁戊己庚辛 OR a", Or((Term("甲乙丙丁戊己庚辛"), A))),  # may be a name
        ("甲乙丙丁戊己庚辛壬 a", And((Term("甲乙丙丁戊己庚辛壬"), A))),
        ('"甲乙丙丁戊己庚辛壬" OR a', Or((Phrase("甲乙丙丁戊己庚辛壬"), A))),
        ("author:(甲乙丙丁戊己庚辛壬 OR a)", Field("author", Or((Term("甲乙丙丁戊己庚辛壬"), A)))),
        ("oil & gas", And((Term("oil"), Term("gas")))),
        ("a - b", And((A, B))),
        ("said: no", And((Term("said:"), Term("no")))),
        ("12:30", Term("12:30")),
        ("https://a.example/b", Term("https://a.example/b")),
        ("anti-government", Term("anti-government")),
        ("U.S.", Term("U.S.")),
        ("\u200f-a\u200e", Not(A)),
        ("\u202e-a\u202c \u2067b", And((Not(A), B))),
        ("a\0b\ud800", And((A, B))),
    ],
)
def test_a_query_is_read_as(text: str, tree: Node) -> None:
    assert parse(text) == tree
    assert parse(to_text(tree)) == tree


@pytest.mark.parametrize(
    ("text", "says", "position", "suggestion"),
    [
        ("", "no word", 0, None),
        (" &  — ", "no word", 0, None),
        ("a ()", "no word", 2, None),
        ("titel:a b", "no field titel", 0, "title:a b"),
        ("b foo:bar c", "no field foo", 2, 'b "foo:bar" c'),
        ('a "b c', "not closed", 2, 'a "b c"'),
        ('oil "', "not closed", 4, "oil"),
        ("(a OR (b", "not closed", 6, "(a OR (b))"),
        ("a) b", "never opened", 1, "a b"),
        ("OR a", "OR needs a word on its left", 0, "a"),
        ("a AND OR b", "OR needs a word on its left", 6, "a AND b"),
        ("NOT OR foobar", "OR needs a word on its left", 4, "NOT foobar"),
        ("a AND", "AND needs a word on its right", 2, "a"),
        ("a NOT", "NOT needs a word on its right", 2, "a"),
        ("-&", "holds no letter", 1, None),
        ("headline: putin", "right behind it", 9, "headline:putin"),
        ("headline:", "right behind it", 9, None),
        ("headline:-putin", "belongs before headline:", 9, "-headline:putin"),
        ("author:(a date:2021)", "cannot stand inside author", 15, None),
        ("a NEAR/500 b", "from 1 to 100", 2, "a NEAR/100 b"),
        ("ATLEAST/0 a", "from 1 to 1,000", 0, "ATLEAST/1 a"),
        ("NEAR/5 a", "needs a word on its left", 0, "a"),
        ("a /p", "needs a word on its right", 2, "a"),
        ("a /p /s b", "needs a word on its left", 5, "a /p b"),
        ("a /p &", "holds no letter", 5, None),
        ("a /p (b c)", "AND cannot stand inside /p", 2, None),
        ("NOT a /p NOT b", "without NOT on one side", 6, None),
        ("a /s date:2021", "have no place in it", 2, None),
        ("a /s author:b", "those of author:", 2, None),
        ("a /s has:date", "have no place in the text", 2, None),
        ("author:(a /s b)", "no meaning inside author:", 10, None),
        ("site:(ATLEAST/2 a)", "no meaning inside site:", 6, None),
        ("ATLEAST/2 NOT a", "only right beside", 0, None),
        ("word~9", "allows 1 or 2", 0, "word~2"),
        ("EU~", "at least 3 letters", 0, "EU"),
        ("anti-gov~", "one word of letters", 0, '"anti-gov"~5'),
        ('"a b"~', "from 1 to 100", 5, '"a b"~5'),
        ('"a b"~999', "from 1 to 100", 5, '"a b"~100'),
        ("word~0.8", "allows 1 or 2 differences, not 0.8", 0, "word~"),
        ("word^2 b", "gives no weight", 0, "word b"),
        ('"a b"^2', "gives no weight", 5, '"a b"'),
        ('"oil * price"', "not for a word", 0, '"oil price"~5'),
        ("=w*rd", "= goes with whole words", 0, "w*rd"),
        ("=word~", "= goes with whole words", 0, "word~"),
        ("author:=Doe", "= has no meaning in author:", 7, "author:Doe"),
        ("=(a b)", "= goes with one word", 0, None),
        ("?*?*?*a", "at least 2 letters", 0, None),
        ("[a TO z]", "only dates have ranges", 0, "a z"),
        ("[2020 TO 2021]", "only dates have ranges", 0, "date:2020..2021"),
        ("has:captoin", "has: knows headline", 4, "has:caption"),
        ("is:caption", "is: knows revised", 3, "is:revised"),
        ("caption:*", "at least 2 letters", 8, "has:caption"),
        ("北?京", "only at the end", 0, None),
        ("author:?", "holds no letter", 7, None),
        ("i*", "at least 2 letters", 0, None),
        ('""', "no word between the quotes", 0, None),
        ("date:2021-13", "dates are 2021, 2021-11", 5, None),
        ("date:2021-02-30", "is no date", 5, None),
        ("date:..", "is no date", 5, None),
        ("date:soon", "is no date", 5, None),
        ("date:14.3.2023 a", "is no date", 5, "date:2023-03-14 a"),
        ("date:3/14/2023", "is no date", 5, "date:2023-03-14"),
        ("date:3/4/2023", "is no date", 5, None),
        ("date:2023/3/14..2023/4/1", "is no date", 5, "date:2023-03-14..2023-04-01"),
        ("date:2021-2022", "is no date", 5, "date:2021..2022"),
        ("date:>=2021", "is no date", 5, "date:2021.."),
        ("date:<=2021", "is no date", 5, "date:..2021"),
        ("date:>2021", "is no date", 5, None),
        ("added:7d", "is no date", 6, "added:-7d"),
        ("date:last_month a", "is no date", 5, 'date:"last month" a'),
        ("date:lastmonth", "is no date", 5, 'date:"last month"'),
        ("a ti:b", "no field ti", 2, "a headline:b"),
        ("before:2021 a", "no field before", 0, "date:..2021 a"),
        ("after:2021-05", "no field after", 0, "date:2021-05.."),
        ("after:all", "no field after", 0, '"after:all"'),
        ("a date:2022..2021 b", "later than", 7, "a date:2021..2022 b"),
        ("id:x", "no article number", 3, None),
    ],
)
def test_a_mistake_is_shown_and_mended(
    text: str, says: str, position: int, suggestion: str | None
) -> None:
    with pytest.raises(QueryError, match=says.replace("(", r"\(")) as caught:
        parse(text)
    assert caught.value.position == position
    assert caught.value.suggestion == suggestion
    if suggestion is not None:
        parse(suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1000 + "a" + ")" * 1000,
        "(" * 19_000,
        "NOT " * 1000 + "a",
        "-(" * 200 + "a" + ")" * 200,
        "a " * 5000,
        "a OR " * 3000 + "a",
        "a" * 100_000,
        '"' * 19_999,
        "-" * 20_000,
        "headline:" * 2000,
        "*" * 20_000,
        "a*" * 9_000,
        "?*" * 9_000,
        "a /p " * 30 + "a",
        "a NEAR/5 " * 2000 + "a",
        "ATLEAST/2 " * 1500 + "a",
        "(a /p " * 99 + "a" + ")" * 99,
        "=" * 20_000,
        "~" * 20_000,
        "a~" * 9_000,
        "[a TO " * 3_000,
        "a" + "\u0301" * 19_000,
    ],
)
def test_hostile_queries_are_answered_or_refused_at_once(text: str) -> None:
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 1


def test_the_deepest_tree_can_be_printed_and_compared() -> None:
    chain = "a /p (" * MAX_NEARS + "b" + ")" * MAX_NEARS
    for query in (chain, "a /p " * MAX_NEARS + "b"):
        tree = parse(query)
        assert parse(to_text(tree)) == tree
        assert hash(parse(query)) == hash(tree)


def test_the_largest_queries_are_still_read() -> None:
    assert len(to_text(parse("a " * MAX_WORDS)).split(" AND ")) == MAX_WORDS
    tree = parse("(a OR b -" * (MAX_NESTING // 2 - 1) + "c" + ")" * (MAX_NESTING // 2 - 1))
    assert parse(to_text(tree)) == tree


def nested(depth: int) -> str:
    return "(" * depth + "a" + ")" * depth


@pytest.mark.parametrize(
    ("most", "message", "query"),
    [
        (100, "parentheses and NOTs nest at most 100 deep", nested),
        (100, "parentheses and NOTs nest at most 100 deep", lambda n: "NOT " * n + "a"),
        (
            100,
            "parentheses and NOTs nest at most 100 deep",
            lambda n: "-(" * (n // 2) + "-" * (n % 2) + "a" + ")" * (n // 2),
        ),
        (100, "parentheses and NOTs nest at most 100 deep", lambda n: "x -" + nested(n - 1)),
        (1000, "a query has at most 1,000 words and phrases", lambda n: "a " * n),
        (1000, "a query has at most 1,000 words and phrases", lambda n: " OR ".join(["a"] * n)),
        (
            1000,
            "a query has at most 1,000 words and phrases",
            lambda n: "(a) - " * (n - 1) + '"b c"',
        ),
        (
            1000,
            "a query has at most 1,000 words and phrases",
            lambda n: "id:1 AND " * (n - 1) + "b",
        ),
        (20_000, "a query has at most 20,000 characters", lambda n: "a" * n),
        (30, "a query has at most 30 NEAR, ONEAR, /s and /p", lambda n: "a /s " * n + "a"),
        (30, "a query has at most 30 NEAR, ONEAR, /s and /p", lambda n: "a ONEAR/2 " * n + "a"),
        (10, "a query has at most 10 words with ~ or with * or ? in front", lambda n: "abc~ " * n),
        (
            10,
            "a query has at most 10 words with ~ or with * or ? in front",
            lambda n: f'*ab ?cd "{"*ef " * (n - 2)}"',
        ),
        (100, "the number behind NEAR/ goes from 1 to 100", lambda n: f"a NEAR/{n} b"),
        (1000, "the number behind ATLEAST/ goes from 1 to 1,000", lambda n: f"ATLEAST/{n} b"),
        (100, "~ behind a phrase needs a distance from 1 to 100", lambda n: f'"a b"~{n}'),
    ],
)
def test_a_limit_is_what_its_message_says(
    most: int, message: str, query: Callable[[int], str]
) -> None:
    tree = parse(query(most))
    assert parse(to_text(tree)) == tree
    with pytest.raises(QueryError) as error:
        parse(query(most + 1))
    assert error.value.message == message


@given(
    st.text(max_size=30)
    | st.text(alphabet='ab:()"“”«» -+*?~=/[]&.ANDORTNEspw15学\u200f\u0301', max_size=30)
    | st.lists(
        st.sampled_from(
            ["a", "b*", "=c", "(", ")", '"', "AND", "OR", "NOT", "NEAR/3", "/s", "/p", "pre/2",
             "ATLEAST/2", "headline:", "date:", "has:", "a~", "~2", "w?d", "*", "-", "学", "last month"]
        ),
        max_size=12,
    ).map(" ".join)
)  # fmt: skip
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    read(text)


_words = st.sampled_from(["oil", "anti-government", "U.S.", "don't", "学生", "or", "12:30", "são"])
_phrases = st.sampled_from(["oil price", "a “b” c", "a » b", "AND OR", "(x)", "date:2021", "oi* a"])
_in_text = st.one_of(
    st.builds(Term, _words, st.booleans()),
    st.builds(Phrase, _phrases.filter(lambda text: "*" not in text), st.just(None), st.booleans()),
    st.builds(Phrase, _phrases, st.none() | st.integers(1, FARTHEST)),
    st.sampled_from(["in", "学", "pri"]).map(Prefix),
    st.sampled_from(["w?rd", "*word", "a*b*", "?rd"]).map(Wildcard),
    st.builds(Fuzzy, st.sampled_from(["word", "слово"]), st.integers(1, 2)),
)
_leaves = st.one_of(
    _in_text,
    st.just(Every()),
    st.sampled_from(["caption", "author", "revised"]).map(Exists),
    st.builds(
        lambda name, limits: Field(name, Range(*limits)),
        st.sampled_from(["date", "added"]),
        st.sampled_from(
            [("2021", "2021"), ("2020-01", "2021"), (None, "2021"), ("-7d", "today"),
             ("last month", "last month"), ("last year", "today"), ("yesterday", None)]
        ),
    ),
)  # fmt: skip


def _with_places(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    either = st.lists(inner, min_size=2, max_size=3).map(tuple).map(Or)
    sides = inner | inner.map(Not)
    return st.one_of(
        either,
        st.builds(Near, inner, sides, st.sampled_from(["sentence", "paragraph"])),
        st.builds(Near, sides, inner, st.just("word"), st.integers(1, FARTHEST), st.booleans()),
        st.builds(AtLeast, st.integers(1, 1000), inner),
    )


def _groups(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(several.map(And), several.map(Or), inner.map(Not))


_near = st.recursive(_in_text, _with_places, max_leaves=5)
_inside_a_field = st.recursive(st.builds(Term, _words) | st.builds(Phrase, _phrases), _groups)
_trees = st.recursive(
    st.one_of(
        _leaves,
        _near,
        st.builds(Field, st.sampled_from(["headline", "caption", "body"]), _near),
        st.builds(Field, st.sampled_from(["author", "site", "url"]), _inside_a_field),
    ),
    _groups,
    max_leaves=12,
)


@given(_trees)
def test_printing_a_tree_and_reading_it_gives_the_same_tree(tree: Node) -> None:
    assert parse(to_text(tree)) == tree


def test_reading_needs_no_recursion() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(120)
    try:
        parse("(a OR " * (MAX_NESTING - 1) + "b" + ")" * (MAX_NESTING - 1))
    finally:
        sys.setrecursionlimit(limit)


def test_a_suggestion_has_no_blank_inside_a_parenthesis() -> None:
    with pytest.raises(QueryError) as caught:
        parse("(ferry OR)")
    assert caught.value.suggestion == "(ferry)"


def test_two_mistakes_get_a_suggestion_that_mends_both() -> None:
    with pytest.raises(QueryError) as caught:
        parse("(ferry OR")
    assert caught.value.suggestion is not None
    assert parse(caught.value.suggestion) == parse("ferry")
