"""Text to terms: what must be found by what."""

import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import MAX_TERM_BYTES, fold, offsets, stem, tokens, words


def terms(text: str, language: str | None = None) -> list[str]:
    return list(words(text, language).terms)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("integration", "integrated", "en"),
        ("Resume", "résumé", "en"),
        ("border", "borders", "en"),
        ("don't", "don’t", "en"),
        ("Lukashenko's", "LUKASHENKO", "en"),
        ("Häuser", "Haus", "de"),
        ("Straße", "STRASSE", "de"),
        ("integración", "integraciones", "es"),
        ("arrivée", "arrivé", "fr"),
        ("ёлка", "ЕЛКИ", "ru"),
        ("интеграция", "интеграцией", "ru"),
        ("مُحَمَّد", "محمد", "ar"),
        ("أحمد", "احمد", "ar"),
        ("ΟΔΟΣ", "οδός", "el"),
        ("Łódź", "Lodz", None),
        ("ﬁnance", "finance", "en"),
        ("inte\u00adgration", "integration", "en"),
        ("Diyarbakır", "diyarbakir", None),
        ("cafe\u0301", "café", "en"),
        ("München", "Muenchen", "de"),
        ("Goethe", "Göthe", "de"),
        ("MÜNCHEN", "münchen", "de"),
        ("U.S.", "US", "en"),
        ("U.S.", "u.s.", "en"),
        ("С.Ш.А.", "США", "ru"),
        ("ﻣﺮﺣﺒﺎ", "مرحبا", "ar"),
        ("الكتـــاب", "الكتاب", "ar"),
        ("Iğdır", "ığdır", "tr"),
        ("İstanbul", "istanbul", "tr"),
        ("ISPARTA", "ısparta", "tr"),
        ("Ελλάς", "ΕΛΛΑΣ", "el"),
        ("smørrebrød", "SMØRREBRØD", "da"),
        ("naïve", "naive", "fr"),
    ],
)
def test_both_spellings_have_one_term(one: str, other: str, language: str | None) -> None:
    assert terms(one, language) == terms(other, language)
    assert len(terms(one, language)) == 1


def test_letters_that_are_no_accents_stay() -> None:
    assert fold("мой") == "мой"
    assert fold("мои") == "мои"
    assert fold("が") != fold("か")


def test_stems_of_two_languages_never_mix() -> None:
    assert stem("number", "de") != stem("numb", "en")
    assert stem("integration", "en") != stem("integration", "fr")


def test_dialects_share_their_stems() -> None:
    assert stem("integration", "en-GB") == stem("integration", "EN")


def test_hyphens_and_dots_part_words_but_not_initials() -> None:
    assert list(words("anti-government U.S. AT&T example.com Mr. J.", None).exacts) == [
        "anti", "government", "us", "at", "t", "example", "com", "mr", "j",
    ]  # fmt: skip


def test_signs_behind_a_word_follow_it() -> None:
    assert list(words("C++, C# and Disney+ but 1+1 + x", None).exacts) == [
        "c", "++", "c", "#", "and", "disney", "+", "but", "1", "1", "x",
    ]  # fmt: skip
    assert terms("C++大学") == ["c", "++", "大学", "学"]


def test_a_digraph_is_an_umlaut_only_in_german_and_not_between_vowels() -> None:
    assert terms("Muenchen", "en") != terms("München", "en")
    assert terms("Feuer neue Quelle", "de") == [stem(w, "de") for w in ("Feuer", "neue", "Quelle")]
    assert stem("Feuer", "de") != stem("Fer", "de")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The EU said", ["the\x1fThe", "eu\x1fEU", "said"]),
        ("São Don’t U.S. US", ["sao\x1fSão", "dont\x1fDon't", "us\x1fU.S.", "us\x1fUS"]),
        ("cafe\u0301 inte\u00adgration", ["cafe\x1fcafé", "integration"]),
        ("大学", ["大学", "学"]),
    ],
)
def test_a_key_holds_the_spelling_where_it_is_not_plain(text: str, keys: list[str]) -> None:
    assert list(words(text, None).keys) == keys
    assert [token.key for token in tokens(text, None)] == keys


def test_an_elided_article_is_no_part_of_the_word() -> None:
    assert "integration" in words("l’intégration", "fr").exacts


def test_every_character_of_a_script_without_spaces_starts_a_term() -> None:
    assert terms("北京大学,学") == ["北京", "京大", "大学", "学", "学"]
    assert terms("ไทย") == ["ไท", "ทย", "ย"]
    assert terms("서울에서") == ["서울", "울에", "에서", "서"]
    assert terms("5G手机abc") == ["5g", "手机", "机", "abc"]


def test_marks_belong_to_their_letters() -> None:
    assert terms("हिन्दी कि") == ["हिन्दी", "कि"]


def test_a_token_names_its_place_and_its_sentence() -> None:
    text = "Mr. J. Smith’s plan. „Nein!“ 北京。大"
    found = tokens(text, None)
    assert [(text[t.start : t.end], t.sentence) for t in found] == [
        ("Mr", 0), ("J", 0), ("Smith", 0), ("plan", 0), ("Nein", 1), ("北京", 2), ("京", 2), ("大", 3),
    ]  # fmt: skip


@given(
    st.text(
        alphabet=st.sampled_from("aZé'’.-+# \u0301\u200d北京が\uff9eไทй1_\ud800😀ß"), max_size=40
    )
)
@example("the plan's end’s")
def test_tokens_and_words_agree(text: str) -> None:
    for language in ("en", "fr", None):
        found, bulk = tokens(text, language), words(text, language)
        assert tuple(t.term for t in found) == bulk.terms
        assert tuple(t.exact for t in found) == bulk.exacts
        assert tuple(t.key for t in found) == bulk.keys
        assert sum(bulk.sentences) == len(bulk.terms)
        assert offsets(text, language) == [(t.start, t.end) for t in found]
        assert all(0 <= t.start < t.end <= len(text) for t in found)


@given(st.text(max_size=60))
@example("\ufdfa \u249c ½")  # letters that unfold to several words, or to brackets
def test_no_text_breaks_the_analysis(text: str) -> None:
    for term in words(text, "en").terms:
        assert term
        assert not any(c.isspace() for c in term)
        term.encode()


def test_long_words_are_cut_alike_everywhere() -> None:
    for word in ("a" * 5_000_000, "é" * 5_000, "é" * 120):
        (term,) = terms(word, "en")
        (token,) = tokens(word, "en")
        assert token.term == term
        assert len(term.encode()) <= MAX_TERM_BYTES
        assert len(token.exact.encode()) <= MAX_TERM_BYTES


def test_memory_stays_flat_on_many_different_words() -> None:
    def read(first: int) -> None:
        for number in range(first, first + 45_000):
            words(f"w{number}x", None)

    read(0)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    read(45_000)
    read(90_000)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 20_000_000


def test_hostile_texts_are_parted_alike_and_in_a_time_that_grows_as_they_do() -> None:
    """Where it grew with their square, this test would not end within the day."""
    for text in (
        ". " * 200_000,
        "'" * 500_000,
        ".”" * 200_000,
        "a'" * 200_000,
        "." + " " * 500_000,
        "a。" * 200_000,
        "é. " * 100_000,
    ):
        assert len(tokens(text, "en")) == len(words(text, "en").terms)


@pytest.mark.parametrize("language", ["xx", "", "lang\u202e", "ру", None])
def test_a_word_in_no_known_language_is_folded_only(language: str | None) -> None:
    assert stem("Boats", language) == "boats"
