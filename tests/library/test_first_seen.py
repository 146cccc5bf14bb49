"""When words first stood, and when they went, whatever became of the articles since."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.errors import PhraseWrong
from library.first_seen import Answer, first_seen
from library.library import Library
from library.phrase import Phrase

LONG = "The council met in the hall on the northern quay for nine hours and sent everybody home."


def ingest(library: Library, *articles: dict[str, object]) -> None:
    lines = "".join(json.dumps(one) + "\n" for one in articles).encode()
    list(library.ingest(["-"], io.BytesIO(lines)))


def note(text: str, number: int = 1, **values: object) -> dict[str, object]:
    return {"text": f"{LONG}\n\n{text}", "url": f"https://a.example/{number}", **values}


def told(answer: Answer) -> list[tuple[int, str, bool, list[tuple[int, int | None]]]]:
    return [
        (
            seen.today.id,
            seen.date,
            seen.published,
            [
                (one.since.revision, one.gone.revision if one.gone else None)
                for one in seen.stretches
            ],
        )
        for seen in answer.seen
    ]


def backdate(library: Library, day: str, article_id: int) -> None:
    """Let an article be stored on another day."""
    with library.store.transaction() as connection:
        sql = "UPDATE articles SET added_at = ? WHERE id = ?"
        connection.exec_driver_sql(sql, (f"{day}T10:00:00Z", article_id))


def test_words_that_went_and_came_again_are_told_of_each_time(library: Library) -> None:
    for text in ("They said weapons.", "They said tools.", "They said weapons.", "They said none."):
        ingest(library, note(text, date="2023-05-01"))
    assert told(first_seen(library, "said weapons")) == [(1, "2023-05-01", True, [(1, 2), (3, 4)])]
    (seen,) = first_seen(library, "said tools").seen
    assert (seen.published, seen.date) == (False, seen.stretches[0].since.came_at[:10])
    assert (seen.place.stored.revision, str(seen.place.ref)[:4]) == (2, "1#2@")
    assert seen.place.text[slice(*seen.place.marks[0])] == "said tools"


def test_the_earliest_comes_first_by_publication_else_by_the_day_it_was_stored(
    library: Library,
) -> None:
    dates = ("2023-05-01", None, "2021", "2021-11", None)
    ingest(library, *(note("A rescue boat.", n, date=date) for n, date in enumerate(dates)))
    backdate(library, "2022-02-02", 2)
    backdate(library, "2020-02-02", 5)
    found = first_seen(library, "rescue boat")
    assert [(one[0], one[2]) for one in told(found)] == [
        (5, False), (3, True), (4, True), (2, False), (1, True),
    ]  # fmt: skip
    some = first_seen(library, "rescue boat", limit=2)
    assert ([seen.today.id for seen in some.seen], some.more) == ([5, 3], True)


@pytest.mark.parametrize(
    "phrase",
    [
        "the MAYOR’S “closer integration”",
        "mayor's closer\n integration",
        "élysée is",
        "Elysee",
        "U.S.",
        "北京",
        "天安门",
        "한국 경제",
    ],
)
def test_case_accents_quotes_and_line_breaks_do_not_matter(library: Library, phrase: str) -> None:
    words = "The mayor's 'closer integration', the Élysée is told, is U.S. made. 我们爱北京天安门。한국 경제"
    ingest(library, note(words), note("Other words.", 2))
    assert [one[0] for one in told(first_seen(library, phrase))] == [1]
    ingest(library, note("Gone."))
    assert [one[3] for one in told(first_seen(library, phrase))] == [[(1, 2)]]


@pytest.mark.parametrize(
    "phrase", ["closer integrations", "integration closer", "clos", "quay for they", "安门爱"]
)
def test_other_forms_and_orders_are_other_words(library: Library, phrase: str) -> None:
    ingest(library, note("They want closer integration. 爱天安门"))
    assert told(first_seen(library, phrase)) == []


def test_a_headline_counts_and_is_named_by_its_article(library: Library) -> None:
    ingest(library, note("Nothing.", headline="Pier falls into the sea"))
    (seen,) = first_seen(library, "falls into").seen
    assert (seen.place.name, seen.place.ordinal, str(seen.place.ref)) == ("headline", None, "1")


def test_removed_articles_are_left_out_unless_asked_for(library: Library) -> None:
    ingest(library, note("They said weapons."))
    ingest(library, note("They said tools."))
    library.remove([1])
    for words in ("said weapons", "said tools"):
        assert told(first_seen(library, words)) == []
        assert [one[0] for one in told(first_seen(library, words, removed=True))] == [1]


def test_articles_that_wait_to_be_indexed_are_looked_at(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(library, note("Before."))
    library.indexing.drain()
    monkeypatch.setattr("library.indexing.FEW", 0)
    ingest(library, note("They said weapons.", 2))
    assert [one[0] for one in told(first_seen(library, "said weapons"))] == [2]


def test_a_hint_says_that_the_words_stand_in_other_forms_or_apart(library: Library) -> None:
    ingest(library, note("They want closer integration."))
    together = first_seen(library, "closer integrations").hint
    assert together
    assert together.query == '"closer integrations"'
    apart = first_seen(library, "integration closer").hint
    assert apart
    assert apart.query == "integration AND closer"
    assert first_seen(library, "zebra crossing").hint is None


@pytest.mark.parametrize("text", ["", " ", "...", "“”"])
def test_a_phrase_without_words_is_refused(text: str) -> None:
    with pytest.raises(PhraseWrong):
        Phrase(text)


LETTERS = st.text(st.sampled_from(" .'’-—№aéßЁёйЙ京都ก้한국A1+"), max_size=12)


@given(LETTERS, LETTERS, LETTERS)
def test_a_phrase_stands_where_it_is_marked(before: str, text: str, after: str) -> None:
    try:
        phrase = Phrase(text)
    except PhraseWrong:
        return
    assert phrase.stands_in(text)
    whole = f"{before}{text}{after}"
    assert phrase.stands_in(whole) == bool(phrase.marks(whole))
    assert phrase.marks(f"x {text} x")
