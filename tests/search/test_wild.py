"""Words with `*` and `?` are parted where the words of articles are."""

from __future__ import annotations

import datetime as dt

import pytest

from article import Article, Author, Paragraph, Stored
from search.document import document
from search.memory import MemoryEngine
from search.parser import parse
from search.planner import plan

ADDED = "2024-01-01T00:00:00+00:00"


def finds(query: str, text: str, language: str | None = None) -> bool:
    engine = MemoryEngine()
    article = Article(
        paragraphs=(Paragraph(text),), language=language, authors=(Author("Brian O’Nolan"),)
    )
    engine.replace([document(Stored(1, 1, article, 0, ADDED, ADDED))])
    engine.commit()
    return bool(engine.ids(plan(parse(query), [language], dt.date(2024, 1, 1))))


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("l'équip*", "Toute l’équipe est là.", "fr"),
        ("l’equip*", "Toute l'équipe est là.", "fr"),
        ("d'Arc*", "Jeanne d'Arc est là.", "fr"),
        ("aujourd'hu*", "Il part aujourd’hui.", "fr"),
        ("qu?'elle", "Ce que'elle", "fr"),
        ("O'Bri*", "Mr O’Brien said so", "en"),
        ("O＇Bri*", "Mr O'Brien said so", "en"),
        ("*'Brien", "Mr O’Brien said so", "en"),
        ("*'Bri*", "Mr O'Brien said so", "en"),
        ("O'*rien", "Mr O'Brien said so", "en"),
        ('"mr o\'br*n said"', "Mr O'Brien said so", "en"),
        ("author:o'nol*", "", "en"),
        ("п'ят*", "п’ять років", "uk"),
        ("п’ят*", "п'ять років", "uk"),
        ("don't*", "They don’t know", "en"),
        ("d?n't", "They don’t know", "en"),
        ("*n't", "They don’t know", "en"),
        ("women's*", "The women’s march", "en"),
        ("wom?n's", "The women’s march", "en"),
        ('"wom?n\'s march"', "The women's march", "en"),
        ("anti-gov*", "An anti-government march", "en"),
        ("e-mail*", "Many e-mails came", "en"),
        ("*-govern*", "An anti-government march", "en"),
        ("either/or*", "It is either/or here", "en"),
        ("exam?le.com/new*", "see example.com/news", "en"),
        ("U.S.-back*", "The U.S.-backed troops", "en"),
        ("co\u00adop*", "The coop\u00aderation", "en"),
    ],
)
def test_a_word_with_wildcards_is_parted_as_the_text_is(
    query: str, text: str, language: str
) -> None:
    assert finds(query, text, language)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("l'équip*", "L'autre équipe est là.", "fr"),
        ("O'Bri*", "Mr O’Connor met Brian", "en"),
        ("wom?n's march", "The woman marched", "de"),
        ('"wom?n\'s march"', "The women of March s march", "de"),
    ],
)
def test_its_parts_follow_one_another(query: str, text: str, language: str) -> None:
    assert not finds(query, text, language)


@pytest.mark.parametrize("query", ["'gov*'", "‘gov*’", "gov*'", "Who's gov*?"])
def test_single_quotes_around_it_are_no_part_of_it(query: str) -> None:
    assert finds(query, "The government of who’s", "en")
