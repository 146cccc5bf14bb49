"""Words at one place, as Tantivy's own tokenizer takes them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("tantivy")

from search.tantivy_codes import analyzer, at_one_place, coded

TERMS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=20)


@given(TERMS)
def test_a_text_of_codes_is_taken_apart_into_them_and_nothing_else(terms: list[str]) -> None:
    codes = list(map(coded, terms))
    assert analyzer().analyze(at_one_place(codes)) == codes


def test_codes_tell_many_words_apart() -> None:
    words = [f"{n:x}" for n in range(300_000)]  # more than are remembered
    codes = list(map(coded, words))
    assert len(set(codes)) == len(words)
    assert [coded(word) for word in words[:1000]] == codes[:1000]
    assert {len(code.encode()) for code in codes} == {12}


def test_a_word_that_cannot_be_written_down_has_no_code() -> None:
    with pytest.raises(UnicodeEncodeError):
        coded("\ud800")
