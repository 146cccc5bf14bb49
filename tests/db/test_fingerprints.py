"""What counts as nearly the same: cut, reordered and reworded reports, and not what is said alike by chance."""

from __future__ import annotations

from random import Random

import pytest

from article import Article, Kind, Paragraph, Published
from db.fingerprints import APART, LEAST, Fingerprint, alike

RANDOM = Random(7)


def sentence(count: int = 20) -> str:
    """Give words that stand in no other sentence."""
    return " ".join(f"w{RANDOM.randrange(10**9):x}".strip("0123456789") + "q" for _ in range(count))


REPORT = tuple(sentence() for _ in range(8))


def of(*texts: str, published: str | None = "2024-02-06") -> Fingerprint:
    date = Published(published) if published else None
    return Fingerprint.of(Article(tuple(map(Paragraph, texts)), published=date))


@pytest.mark.parametrize(
    "texts",
    [
        REPORT,
        REPORT[:3],
        REPORT[4:],
        REPORT[::-1],
        (" ".join(REPORT[:4]), " ".join(REPORT[4:])),
        (*REPORT, sentence(), sentence()),
        (*REPORT[:3], sentence()),
        tuple(text.upper() for text in REPORT),
    ],
    ids=["same", "opening", "end", "reversed", "joined", "added", "cut-added", "capitals"],
)
def test_what_an_outlet_makes_of_a_report_is_the_same_report(texts: tuple[str, ...]) -> None:
    assert alike(of(*REPORT), of(*texts))
    assert alike(of(*texts), of(*REPORT))


def test_captions_and_links_are_each_outlets_own() -> None:
    own = [Paragraph(sentence(90), Kind.CAPTION), Paragraph(sentence(90), Kind.RELATED)]
    one = Fingerprint.of(Article((*map(Paragraph, REPORT), *own)))
    assert len(one.words) == 160


def test_half_of_another_report_does_not_make_it_the_same() -> None:
    assert not alike(of(*REPORT), of(*REPORT[:4], *(sentence() for _ in range(4))))


def test_a_disclaimer_of_thirty_words_joins_no_strangers_however_short_they_are() -> None:
    disclaimer = sentence(30)
    for own in range(0, 60, 5):
        assert not alike(of(sentence(own), disclaimer), of(sentence(own), disclaimer))


def test_a_notice_shorter_than_a_disclaimer_is_in_no_family_even_word_for_word() -> None:
    notice = sentence(LEAST - 1)
    assert not alike(of(notice), of(notice))
    assert of(notice).keys == []


def test_the_same_sentences_about_others_are_another_report() -> None:
    form = "{} of {} said that it will {} at the price of {} a share on {} and that {} of {} agreed"
    rest = " ".join(f"the board has to say yes until {sentence(1)} or no" for _ in range(1))
    notes = [
        " ".join(
            form.format(*(f"{name}{n}{part}" for part in "abcdefg")) + f" {rest}" for n in range(4)
        )
        for name in ("Holm", "Brill")
    ]
    assert not alike(of(notes[0]), of(notes[1]))
    assert alike(of(notes[0]), of(notes[0]))


def test_a_digest_of_many_reports_is_none_of_them() -> None:
    others = [sentence() for _ in range(40)]
    assert not alike(of(*REPORT), of(*others, *REPORT))


def test_reworded_on_a_later_day_it_is_another_report_word_for_word_it_is_the_same() -> None:
    later = f"2024-02-{6 + APART + 1:02}"
    reworded = (*REPORT[:6], sentence(), sentence())
    assert alike(of(*REPORT), of(*reworded))
    assert not alike(of(*REPORT), of(*reworded, published=later))
    assert alike(of(*REPORT), of(*REPORT, published=later))
    assert alike(of(*REPORT), of(*reworded, published="2024"))
    assert alike(of(*REPORT), of(*reworded, published=None))


def test_which_of_two_is_asked_first_makes_no_difference() -> None:
    thrice, once = [REPORT[0]] * 3, [REPORT[0], sentence(), sentence()]
    assert alike(of(*thrice), of(*once)) == alike(of(*once), of(*thrice))


def test_a_fingerprint_comes_back_from_its_bytes() -> None:
    one = of(*REPORT)
    again = Fingerprint.stored(one.data, one.published)
    assert again.data == one.data
    assert again.keys == one.keys
    assert len(one.data) == 2 * 160


@pytest.mark.parametrize("text", ["", "…—!", "word", "渡轮公司"])
def test_texts_of_few_words_have_no_keys(text: str) -> None:
    assert of(text).keys == []
    assert not alike(of(text), of(text))
