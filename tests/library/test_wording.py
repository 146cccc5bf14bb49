"""Two wordings compared: the changes lead from one to the other, whatever the texts are."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.common import common
from library.difference import Fate, difference, words
from library.wording import Became, Change, compare

WORDS = st.sampled_from(
    [
        "boat",
        "Boat",
        "tax",
        "the",
        "of",
        "渡",
        "船",
        "паром",
        "سفينة",
        "\u0e17\u0e35\u0e48",
        "\x1b[31m",
        "[-x-]",
    ]
)
TEXT = st.lists(WORDS, max_size=12).flatmap(
    lambda some: st.sampled_from([" ", "", "  "]).map(lambda gap: gap.join(some))
)
TEXTS = st.lists(TEXT | st.text(max_size=20), max_size=12)


def applied(old: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """Give what the changes make of a wording."""
    return [
        old[one.old]
        if one.old is not None
        and {fate for fate, _ in one.pieces} <= {Fate.SAME}
        and one.became is Became.SAME
        else "".join(text for fate, text in one.pieces if fate is not Fate.GONE)
        for one in changes
        if one.new is not None
    ]


@given(TEXTS, TEXTS)
def test_the_changes_make_the_new_wording_of_the_old_one(old: list[str], new: list[str]) -> None:
    assert applied(old, compare(old, new)) == new


@given(TEXTS, TEXTS)
def test_every_paragraph_of_both_is_told_of_once(old: list[str], new: list[str]) -> None:
    changes = compare(old, new)
    assert sorted(one.old for one in changes if one.old is not None) == list(range(len(old)))
    assert [one.new for one in changes if one.new is not None] == list(range(len(new)))


@given(TEXTS)
def test_a_wording_and_itself_do_not_differ(texts: list[str]) -> None:
    assert {one.became for one in compare(texts, texts)} <= {Became.SAME}


@given(TEXTS, st.randoms(use_true_random=False))
def test_paragraphs_in_another_order_only_moved(texts: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(texts, len(texts))
    assert {one.became for one in compare(texts, shuffled)} <= {Became.SAME, Became.MOVED}


@given(TEXT, TEXT)
def test_a_difference_holds_the_words_of_both(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(text for fate, text in pieces if fate is not Fate.GONE) == new
    before = "".join(text for fate, text in pieces if fate is not Fate.NEW)
    assert "".join(before.split()) == "".join(old.split())


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_what_is_common_stands_in_both_in_order(old: list[int], new: list[int]) -> None:
    runs = common(old, new)
    for run in runs:
        assert old[run.old : run.old + run.size] == new[run.new : run.new + run.size]
    for one, other in pairwise(runs):
        assert one.old + one.size <= other.old
        assert one.new + one.size <= other.new


def became(old: str, new: str) -> list[tuple[str, int | None, int | None]]:
    """Compare paragraphs, one a line."""
    return [
        (str(one.became), one.old, one.new) for one in compare(old.split("\n"), new.split("\n"))
    ]


def test_changed_added_removed_and_moved_paragraphs_are_told_apart() -> None:
    old = (
        "A ran late.\nNobody was hurt.\nThe mayor was away.\nThe county pays half of it.\nThe end."
    )
    new = "Nobody was hurt.\nA ran early.\nSnow fell.\nThe county pays all of it.\nThe end."
    assert became(old, new) == [
        ("same", 1, 0),
        ("removed", 2, None),
        ("moved", 0, 1),
        ("added", None, 2),
        ("changed", 3, 3),
        ("same", 4, 4),
    ]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "The two councils will merge.",
            "The three councils will merge.",
            [
                ("same", "The "),
                ("gone", "two "),
                ("new", "three "),
                ("same", "councils will merge."),
            ],
        ),
        (
            "渡船今天开了",
            "渡船昨天开了",
            [("same", "渡船"), ("gone", "今"), ("new", "昨"), ("same", "天开了")],
        ),
        (
            "وصلت السفينة اليوم",
            "وصلت السفينة أمس",
            [("same", "وصلت السفينة "), ("gone", "اليوم"), ("new", "أمس")],
        ),
        (
            "Паром снова пошёл",
            "Паром опять пошёл",
            [("same", "Паром "), ("gone", "снова "), ("new", "опять "), ("same", "пошёл")],
        ),
        ("เรือที่ท่า", "เรือนี่ท่า", [("same", "เรือ"), ("gone", "ที่"), ("new", "นี่"), ("same", "ท่า")]),
    ],
)
def test_words_are_those_of_the_script(old: str, new: str, shown: list[tuple[str, str]]) -> None:
    assert [(str(fate), text) for fate, text in difference(old, new)] == shown


def test_words_shared_by_chance_do_not_break_a_rewritten_sentence() -> None:
    pieces = difference(
        "Nobody asked us, said the mayor of Saltmarsh.",
        "Prices fell again while the harbour slept well.",
    )
    assert [fate for fate, _ in pieces] == [Fate.GONE, Fate.NEW]


@pytest.mark.parametrize(
    "kind", ["one word in each", "all others", "the same words everywhere", "another order too"]
)
def test_two_thousand_paragraphs_are_compared_in_a_second_or_two(kind: str) -> None:
    chance = random.Random(7)
    old = [
        " ".join(chance.choices(["ferry", "tax", *map(str, range(5000))], k=30))
        for _ in range(2000)
    ]
    new = [text + " more" for text in old]
    if kind == "all others":
        new = [" ".join(chance.choices([*map(str, range(5000, 9000))], k=30)) for _ in range(2000)]
    if kind == "the same words everywhere":
        old, new = (["the ferry and the tax " * 10 + tail] * 2000 for tail in ("a", "b"))
    if kind == "another order too":
        chance.shuffle(new)
    start = time.process_time()
    changes = compare(old, new)
    assert time.process_time() - start < 5
    wanted = {Became.REMOVED, Became.ADDED} if kind == "all others" else {Became.CHANGED}
    found = Counter(one.became for one in changes)
    if kind == "another order too":
        assert found[Became.MOVED] + found[Became.CHANGED] == 2000
    else:
        assert found.keys() == wanted


def test_a_paragraph_of_a_hundred_thousand_words_is_compared_in_seconds() -> None:
    chance = random.Random(7)
    old = " ".join(chance.choices([*map(str, range(5000))], k=100_000))
    changed = [chance.choice([word, word, word, "other "]) for word in words(old)]
    start = time.process_time()
    pieces = difference(old, "".join(changed))
    assert time.process_time() - start < 10
    assert "".join(text for fate, text in pieces if fate is not Fate.GONE) == "".join(changed)
    assert sum(len(text) for fate, text in pieces if fate is Fate.SAME) > 0.6 * len(old)
