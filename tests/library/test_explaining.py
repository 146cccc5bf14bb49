"""How a query was read, with the numbers of a library's own articles."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from library.asking import read
from library.explaining import FREQUENT, Counted, Explained, explain
from library.searching import search

if TYPE_CHECKING:
    from pathlib import Path

    from library.library import Library

NOTES = [
    ("en", "Ferry borders", "The EU ferry crossed the border. Eu and EU are one word here."),
    ("en", "Border notes", "Borders open at dawn, and the borderline is long."),
    ("en", "Bordeaux wine", "The harvest was good. No boat sailed for a ferry."),
    ("ru", "Паром и граница", "Паром пересёк границу на рассвете, и border стоит в тексте."),
]


@pytest.fixture
def shelf(library: Library, tmp_path: Path) -> Library:
    lines = [
        {"language": language, "headline": headline, "paragraphs": [{"text": text}]}
        for language, headline, text in NOTES
    ]
    path = tmp_path / "notes.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    list(library.ingest([str(path)], io.BytesIO()))
    assert library.reader.languages() == {"en", "ru"}
    return library


def test_a_word_s_terms_are_counted_by_language(shelf: Library) -> None:
    tree = explain(shelf, read(shelf, "borders")).tree
    assert tree.terms == (Counted("border/en", 2), Counted("borders/ru", 0))
    assert (tree.articles, tree.words) == (2, None)


def test_a_word_with_umlauts_is_no_term_where_it_stands_nowhere(shelf: Library) -> None:
    tree = explain(shelf, read(shelf, "rescue")).tree
    assert tree.terms == (Counted("rescu/en", 0), Counted("rescue/ru", 0))


def test_a_beginning_stands_for_words_in_their_usual_spelling(shelf: Library) -> None:
    tree = explain(shelf, read(shelf, "bord*")).tree
    assert (tree.articles, tree.words) == (4, 4)
    assert tree.frequent == (
        Counted("border", 3), Counted("borders", 2), Counted("Bordeaux", 1), Counted("borderline", 1),
    )  # fmt: skip
    assert explain(shelf, read(shelf, "eu*")).tree.frequent == (Counted("EU", 1),)
    many = explain(shelf, read(shelf, "*or*")).tree
    assert many.words is not None
    assert many.words > FREQUENT == len(many.frequent)
    assert explain(shelf, read(shelf, "zz*")).tree.words == 0


def test_a_spelling_counts_only_itself(shelf: Library) -> None:
    assert explain(shelf, read(shelf, "=EU")).tree.terms == (Counted("=EU", 1),)
    assert explain(shelf, read(shelf, "=eU")).tree.articles == 0


def test_terms_are_counted_in_the_part_of_the_text_that_is_asked_for(shelf: Library) -> None:
    assert explain(shelf, read(shelf, "headline:ferry")).tree.terms[0] == Counted("ferri/en", 1)
    assert explain(shelf, read(shelf, "ferry")).tree.terms[0] == Counted("ferri/en", 2)


def walk(clause: Explained) -> list[Explained]:
    return [clause, *[inner for part in clause.parts for inner in walk(part)]]


@pytest.mark.parametrize(
    "query",
    [
        "ferry OR border -bordeaux",
        "NOT (ferry AND boat) OR lang:ru",
        "border* /s ferry date:2023 OR has:headline",
        "ferry NEAR/3 NOT border",
        "ATLEAST/2 eu OR ATLEAST/9 (ferry OR boat) OR *",
        "nothing /p (ferry OR boat)",
        '"the border" "rose garden"~4 =EU borde~2',
    ],
)
def test_each_clause_has_as_many_articles_as_a_search_for_it_alone(
    shelf: Library, query: str
) -> None:
    for clause in walk(explain(shelf, read(shelf, query)).tree):
        assert clause.articles == search(shelf, read(shelf, clause.text)).total, clause.text


def test_inside_a_field_each_clause_is_counted_in_that_field(shelf: Library) -> None:
    group = explain(shelf, read(shelf, "headline:(ferry OR NOT border)")).tree
    assert [one.articles for one in walk(group)] == [3, 3, 1, 2, 2]
