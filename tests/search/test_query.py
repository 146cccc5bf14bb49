"""Reading queries: their meaning, their printing, their mistakes."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parser import MAX_NESTING, MAX_WORDS, parse
from search.query import (
    And,
    Every,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Range,
    Term,
    to_text,
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
        ("published:2021", Field("date", Range("2021", "2021"))),
        ("date:2021-11..2022", Field("date", Range("2021-11", "2022"))),
        ("date:..2021", Field("date", Range(None, "2021"))),
        ("date:2021..", Field("date", Range("2021", None))),
        ("date:-7d", Field("date", Range("-7d", "today"))),
        ("date:-7d..-7d", Field("date", Range("-7d", "-7d"))),
        ("or", Term("or")),
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
        ("author:?", "holds no letter", 7, None),
        ("i*", "at least 2 letters", 0, None),
        ("headline:*", "at least 2 letters", 9, None),
        ("a wor*d b", "only at the end of a word", 2, "a wor* b"),
        ("x anti-gov* y", "behind a single word", 2, 'x "anti-gov" y'),
        ('"oil pric*"', "between quotes", 9, None),
        ('""', "no word between the quotes", 0, None),
        ("date:2021-13", "dates are 2021, 2021-11", 5, None),
        ("date:2021-02-30", "is no date", 5, None),
        ("date:..", "is no date", 5, None),
        ("date:soon", "is no date", 5, None),
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
    ],
)
def test_hostile_queries_are_answered_or_refused_at_once(text: str) -> None:
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 1


def test_the_largest_queries_are_still_read() -> None:
    assert len(to_text(parse("a " * MAX_WORDS)).split(" AND ")) == MAX_WORDS
    tree = parse("(a OR b -" * (MAX_NESTING // 2 - 1) + "c" + ")" * (MAX_NESTING // 2 - 1))
    assert parse(to_text(tree)) == tree


@given(st.text(max_size=30) | st.text(alphabet='ab:()"“”«» -+*&.ANDORT学\u200f', max_size=30))
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    read(text)


_words = st.sampled_from(["oil", "anti-government", "U.S.", "don't", "学生", "or", "12:30", "são"])
_phrases = st.sampled_from(["oil price", "a “b” c", "a » b", "AND OR", "(x)", "date:2021"])
_leaves = st.one_of(
    _words.map(Term),
    _phrases.map(Phrase),
    st.sampled_from(["in", "学", "pri"]).map(Prefix),
    st.just(Every()),
    st.sampled_from([("2021", "2021"), ("2020-01", "2021"), (None, "2021"), ("-7d", "today")]).map(
        lambda limits: Field("date", Range(*limits))
    ),
)


def _groups(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(several.map(And), several.map(Or), inner.map(Not))


_inside_a_field = st.recursive(st.one_of(_words.map(Term), _phrases.map(Phrase)), _groups)
_trees = st.recursive(
    st.one_of(
        _leaves,
        st.builds(Field, st.sampled_from(["headline", "author", "site", "url"]), _inside_a_field),
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


def test_two_mistakes_get_a_suggestion_that_mends_both() -> None:
    with pytest.raises(QueryError) as caught:
        parse("(ferry OR")
    assert caught.value.suggestion is not None
    assert parse(caught.value.suggestion) == parse("ferry")
