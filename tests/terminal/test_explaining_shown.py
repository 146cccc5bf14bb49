"""What is said of a query and of an article reads well, and drives no terminal."""

from __future__ import annotations

import io

import pytest

from article import Article, Paragraph, Stored
from library.explaining import Counted, Explained, Explanation
from library.reasons import Reason, Verdict
from search.document import Text
from search.evidence import Place
from terminal.explaining import remarks, verdict_json, write_explanation, write_verdict
from terminal.wrap import cells

HOSTILE = "st\x1b[31mor\x07m\u202e\ttide\x9b"


class Screen(io.StringIO):
    """A stream that says it is a terminal; its width is $COLUMNS."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


def verdict(*, matches: bool = False, waits: bool = False) -> Verdict:
    text = Text("body", 2, f"A {HOSTILE} rose.")
    place = Place(text, ((2, 2 + len(HOSTILE)),))
    found = Reason("storm", "storm", "in any form", True, "", (place,), ())
    lost = Reason("wave", "wave", "in any form", False, f"wave {HOSTILE}", (), ())
    parts = (found, found if matches else lost)
    tree = Reason("storm AND wave", "AND", "all of these", matches, "", (), parts)
    stored = Stored(7, 1, Article((Paragraph("x"),)), 1, "", "")
    because = () if matches else (lost.remark,)
    return Verdict("storm wave", "storm AND wave", stored, because, tree, waits)


def shown(one: Verdict, out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()
    write_verdict(one, out)
    return out.getvalue()


def test_each_clause_has_a_sign_and_its_words() -> None:
    assert shown(verdict()).split("\n") == [
        "Article 7 does not match: wave st[31morm tide.",
        "- AND  all of these",
        "  + storm  paragraph 2: st[31morm tide",
        "  - wave  st[31morm tide",
        "",
    ]
    assert shown(verdict(matches=True)).startswith("Article 7 matches.\n+ AND")


def test_signs_are_in_colour_on_a_terminal_alone() -> None:
    text = shown(verdict(), Screen())
    assert "\x1b[32m+\x1b[0m" in text
    assert "\x1b[31m-\x1b[0m" in text
    assert "\x1b" not in shown(verdict())
    for harmful in ("\x1b[31mor", "\x07", "\u202e", "\x9b"):
        assert harmful not in text


def test_a_search_that_does_not_know_the_article_yet_is_said_so() -> None:
    assert list(remarks(verdict())) == ["read as: storm AND wave"]
    assert "reindex --pending" in list(remarks(verdict(waits=True)))[1]


def test_places_keep_their_text_in_json() -> None:
    place = verdict_json(verdict())["why"]["parts"][0]["places"][0]
    assert place["text"] == f"A {HOSTILE} rose."
    assert (place["where"], place["ordinal"], place["words"]) == ("body", 2, [HOSTILE])


def explanation(terms: int, words: int | None = None) -> Explanation:
    named = tuple(Counted(f"term{number}/xx", 100 - number) for number in range(terms))
    unheld = Counted("nowhere/xx", 0)
    leaf = Explained("term", "term", "in any form", 100, (unheld, *named), words, named[:5])
    tree = Explained("NOT term", "NOT", "without this", 1234567, parts=(leaf,))
    return Explanation(f"Articles without {HOSTILE}.", tree)


def test_terms_that_articles_hold_come_first_and_few_are_named() -> None:
    out = io.StringIO()
    write_explanation(explanation(2), out)
    assert (
        "     100    term  in any form: term0/xx 100, term1/xx 99, nowhere/xx 0\n" in out.getvalue()
    )
    out = io.StringIO()
    write_explanation(explanation(30), out)
    assert "term11/xx 89 and 19 more" in out.getvalue()
    assert "nowhere" not in out.getvalue()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (0, "; no word\n"),
        (1, "; 1 word: term0/xx 100\n"),
        (9, "; 9 words, most often term0/xx 100\n"),
    ],
)
def test_a_pattern_says_how_many_words_it_stands_for(words: int, said: str) -> None:
    out = io.StringIO()
    write_explanation(explanation(1, words), out)
    assert said in out.getvalue()


def test_lines_of_a_tree_are_set_in_under_their_clause() -> None:
    out = Screen()
    write_explanation(explanation(12), out)
    lines = out.getvalue().split("\n")
    assert max(map(cells, lines)) <= 50
    assert lines[3].startswith("1,234,567  \x1b[1mNOT")
    assert all(line.startswith(" " * 12) for line in lines[5:-2])
    assert "\x07" not in out.getvalue()
