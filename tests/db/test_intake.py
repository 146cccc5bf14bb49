"""Which article an input is, and what becomes of it: the identity and the outcomes."""

from dataclasses import replace
from pathlib import Path

import pytest

from accession import Outcome, Reason, Refusal
from article import Article, Paragraph, Precision, Published
from db.store import Store
from tests.db.making import (
    HARBOUR,
    HARBOUR_LATER,
    ORCHARD,
    article,
    dump,
    outcomes,
    query,
    reading,
    signed,
    texts,
)

ADDED, REVISED, UNCHANGED, DUPLICATE = (
    Outcome.ADDED,
    Outcome.REVISED,
    Outcome.UNCHANGED,
    Outcome.DUPLICATE,
)
URL = "https://www.example.org/2023/harbour/"
A = article(*HARBOUR, url=URL, headline="Market closes")
B = article(*HARBOUR_LATER, url=URL, headline="Market closes")


def number_of_articles(path: Path) -> int:
    return int(query(path, "SELECT count(*) FROM articles")[0][0])


def revisions(path: Path) -> int:
    return int(query(path, "SELECT count(*) FROM revisions")[0][0])


def test_the_same_input_again_is_unchanged(store: Store, path: Path) -> None:
    assert outcomes(store, reading(A), reading(A)) == [ADDED, UNCHANGED]
    assert number_of_articles(path) == 1


def test_the_same_bytes_at_another_place_are_a_duplicate(store: Store, path: Path) -> None:
    assert outcomes(store, reading(A), reading(A, "/other/copy.txt")) == [ADDED, DUPLICATE]
    assert query(path, "SELECT location FROM copies ORDER BY id") == [
        ("/notes/harbour.txt",),
        ("/other/copy.txt",),
    ]
    assert query(path, "SELECT count(*) FROM originals") == [(1,)]


def test_a_duplicate_read_again_is_unchanged(store: Store) -> None:
    other = reading(A, "/other/copy.txt")
    assert outcomes(store, reading(A), other, other, reading(A)) == [
        ADDED,
        DUPLICATE,
        UNCHANGED,
        UNCHANGED,
    ]


def test_other_words_from_the_same_place_are_a_revision_and_the_earlier_ones_stay(
    store: Store, path: Path
) -> None:
    assert outcomes(store, reading(A), reading(B)) == [ADDED, REVISED]
    assert texts(path, 1) == list(HARBOUR_LATER)
    earlier = "SELECT text FROM revision_paragraphs WHERE article_id = 1 AND revision = 1"
    assert [text for (text,) in query(path, earlier + " ORDER BY ordinal")] == list(HARBOUR)
    assert query(path, "SELECT headline, cause, authors FROM revisions") == [
        ("Market closes", "source", "[]")
    ]


def test_a_then_b_then_a_is_two_revisions(store: Store, path: Path) -> None:
    assert outcomes(store, reading(A), reading(B), reading(A)) == [ADDED, REVISED, REVISED]
    assert revisions(path) == 2
    assert texts(path, 1) == list(HARBOUR)
    assert query(path, "SELECT revision FROM articles") == [(3,)]


def test_a_later_input_of_the_same_kind_from_elsewhere_revises(store: Store) -> None:
    assert outcomes(store, reading(A, "/a.txt"), reading(B, "/b.txt")) == [ADDED, REVISED]


def test_another_kind_of_source_with_other_words_is_a_copy(store: Store, path: Path) -> None:
    assert outcomes(store, reading(A), reading(B, "/saved.html", kind="html")) == [ADDED, DUPLICATE]
    assert texts(path, 1) == list(HARBOUR)
    assert revisions(path) == 0


def test_each_kind_of_source_is_compared_with_its_own_last_copy(store: Store, path: Path) -> None:
    page = reading(B, "/saved.html", kind="html")
    assert outcomes(store, reading(A), page, reading(A), page) == [
        ADDED,
        DUPLICATE,
        UNCHANGED,
        UNCHANGED,
    ]
    changed = article(*HARBOUR_LATER, "The clerk has resigned.", url=URL)
    assert outcomes(store, reading(changed, "/saved.html", kind="html")) == [REVISED]
    assert texts(path, 1)[-1] == "The clerk has resigned."


def test_words_that_are_there_already_are_no_revision(store: Store, path: Path) -> None:
    """The page catches up with the text that came from elsewhere."""
    page, caught_up = (reading(one, "/saved.html", "html") for one in (B, A))
    assert outcomes(store, reading(A), page, caught_up) == [ADDED, DUPLICATE, DUPLICATE]
    assert revisions(path) == 0


def test_another_parse_of_the_same_bytes_is_no_revision(store: Store, path: Path) -> None:
    first = reading(A, data=b"page")
    better = reading(replace(B, authors=signed("Ada Quill")), data=b"page")
    assert outcomes(store, first, better) == [ADDED, UNCHANGED]
    assert revisions(path) == 0


def test_the_same_address_with_quite_other_text_is_another_article_and_it_says_so(
    store: Store, path: Path
) -> None:
    store.record([reading(A)])
    other = store.record([reading(article(*ORCHARD, url=URL))])[0]
    assert other.outcome is ADDED
    assert other.article_id == 2
    assert "article 1" in " ".join(other.warnings)
    assert "other words" in query(path, "SELECT warnings FROM ingests WHERE id = 2")[0][0]


def test_two_articles_at_one_address_are_each_known_again(store: Store) -> None:
    one, other = reading(A), reading(article(*ORCHARD, url=URL), "/b.txt")
    assert outcomes(store, one, other, other, one) == [ADDED, ADDED, UNCHANGED, UNCHANGED]


def test_an_article_that_changed_bit_by_bit_is_known_by_each_earlier_wording(
    store: Store, path: Path
) -> None:
    words = [f"Paragraph {n} tells of quay number {n * 7} and its cranes." for n in range(12)]
    steps = [article(*words[n : n + 6], url=URL) for n in (0, 2, 4, 6)]
    expected = [ADDED, REVISED, REVISED, REVISED, REVISED]
    assert outcomes(store, *(reading(one) for one in [*steps, steps[0]])) == expected
    assert number_of_articles(path) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/2023/harbour",
        "https://EXAMPLE.org/2023/harbour/#comments",
        "https://www.example.org:443/2023/harbour?utm_source=mail&utm_medium=x",
        "https://example.org/2023/h%61rbour?fbclid=abc",
    ],
)
def test_an_address_is_known_in_another_spelling(store: Store, address: str) -> None:
    moved = reading(replace(A, url=address), "/b.txt")
    assert outcomes(store, reading(A), moved) == [ADDED, DUPLICATE]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/2023/harbour?page=2",
        "https://example.org:8080/2023/harbour",
        "https://news.example.org/2023/harbour",
        "https://[not-an-address/harbour",
    ],
)
def test_another_address_is_another_article_even_with_the_same_words(
    store: Store, address: str
) -> None:
    other = reading(replace(A, url=address), "/b.txt")
    assert outcomes(store, reading(A), other, other) == [ADDED, ADDED, UNCHANGED]


def test_the_sources_own_id_tells_articles_apart_within_its_file(store: Store) -> None:
    first = article(*HARBOUR, source_id="7")
    assert outcomes(
        store,
        reading(first, "/wire.jsonl", "jsonl", "line 1"),
        reading(replace(first, source_id="8"), "/wire.jsonl", "jsonl", "line 2"),
        reading(replace(first, source_id="7#8"), "/wire.jsonl", "jsonl", "line 3"),
        reading(first, "/wire.jsonl", "jsonl", "line 9"),
    ) == [ADDED, ADDED, ADDED, UNCHANGED]


def test_a_file_that_moved_gives_the_articles_it_gave_before(store: Store, path: Path) -> None:
    lines = [article(*HARBOUR, source_id=str(n)) for n in (7, 8)]
    before = [reading(one, "/wire.jsonl", "jsonl") for one in lines]
    after = [reading(one, "/moved/wire.jsonl", "jsonl") for one in lines]
    assert [one.article_id for one in store.record(before)] == [1, 2]
    assert [(one.article_id, one.outcome) for one in store.record(after)] == [
        (1, DUPLICATE),
        (2, DUPLICATE),
    ]


def test_the_same_text_under_another_date_stays_apart(store: Store) -> None:
    later = reading(article(*HARBOUR, date="2023-03-15"), "/b.txt")
    assert outcomes(store, reading(article(*HARBOUR)), later, later) == [ADDED, ADDED, UNCHANGED]


def test_the_same_text_of_the_same_day_at_another_place_is_a_duplicate(store: Store) -> None:
    timed = replace(article(*HARBOUR), published=Published("2023-03-14", moment="2023-03-14T09:00"))
    assert outcomes(store, reading(article(*HARBOUR)), reading(timed, "/b.txt")) == [
        ADDED,
        DUPLICATE,
    ]


def test_the_same_text_at_another_hour_of_its_day_is_a_duplicate(store: Store) -> None:
    """As of wire news: what differs are no words, and no one source has changed."""
    morning, evening = (
        Article(
            tuple(map(Paragraph, HARBOUR)),
            published=Published("2023-03-14", Precision.TIME, f"2023-03-14T{hour}:00:00"),
        )
        for hour in ("08", "19")
    )
    one = reading(morning, "/notes/a.txt", data=b"at eight")
    other = reading(evening, "/notes/b.txt", data=b"at seven")
    assert outcomes(store, one, other) == [ADDED, DUPLICATE]


def test_a_text_without_address_is_known_when_its_page_comes_later(store: Store) -> None:
    pasted = article(*HARBOUR, headline="Market closes")
    assert outcomes(store, reading(pasted), reading(A, "/page.html", "html")) == [ADDED, DUPLICATE]
    assert outcomes(store, reading(B, "/again.html", "html")) == [REVISED]


def test_two_wordings_of_one_article_in_one_file_settle(store: Store, path: Path) -> None:
    lines = [
        reading(one, "/feed.jsonl", "jsonl", f"line {n}") for n, one in enumerate((A, B), start=1)
    ]
    assert [one.outcome for one in store.record(lines)] == [ADDED, REVISED]
    before = dump(path, without=["ingests"])
    assert [one.outcome for one in store.record(lines)] == [UNCHANGED, UNCHANGED]
    assert dump(path, without=["ingests"]) == before


def test_lines_that_moved_within_their_file_are_unchanged(store: Store) -> None:
    assert outcomes(
        store,
        reading(A, "/feed.jsonl", "jsonl", "line 1"),
        reading(A, "/feed.jsonl", "jsonl", "line 2"),
    ) == [ADDED, UNCHANGED]


def test_all_outcomes_are_the_same_within_one_batch_as_one_by_one(
    store: Store, tmp_path: Path
) -> None:
    inputs = [
        reading(A),
        reading(B),
        reading(A),
        reading(article(*ORCHARD, url=URL), "/b.txt"),
        reading(B, "/c.html", "html"),
        reading(article(*HARBOUR, headline="Market closes"), "/d.txt"),
    ]
    together = [(one.article_id, one.outcome) for one in store.record(inputs)]
    (tmp_path / "other").mkdir()
    other = Store(tmp_path / "other/cuttings.db", tmp_path / "other/write.lock")
    apart = [store_one for one in inputs for store_one in other.record([one])]
    assert together == [(one.article_id, one.outcome) for one in apart]


def test_a_removed_article_comes_back_with_its_number(store: Store, path: Path) -> None:
    store.record([reading(A), reading(article(*ORCHARD), "/b.txt")])
    assert store.remove([1, 1, 99]) == [1]
    assert store.remove([1]) == []
    back = store.record([reading(A)])[0]
    assert (back.outcome, back.article_id) == (ADDED, 1)
    assert query(path, "SELECT id FROM current_articles ORDER BY id") == [(1,), (2,)]


def test_a_removed_article_that_comes_back_in_other_words_keeps_the_earlier_ones(
    store: Store, path: Path
) -> None:
    store.record([reading(A)])
    store.remove([1])
    assert outcomes(store, reading(B)) == [ADDED]
    assert texts(path, 1) == list(HARBOUR_LATER)
    assert revisions(path) == 1


def test_a_number_is_never_used_again(store: Store, path: Path) -> None:
    store.record([reading(A), reading(article(*ORCHARD), "/b.txt")])
    with store.transaction() as connection:
        prints = "fingerprints", "fingerprint_keys"
        for table in ("paragraphs", "copies", "identities", "index_queue", "ingests", *prints):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE article_id = 2")
        connection.exec_driver_sql("DELETE FROM articles WHERE id = 2")
    assert store.record([reading(article(*ORCHARD), "/b.txt")])[0].article_id == 3


def test_a_second_run_adds_to_the_log_and_changes_nothing_else(store: Store, path: Path) -> None:
    inputs = [
        reading(A),
        reading(replace(B, authors=signed("Ada Quill", "Bo Stern"), tags=("port", "fish"))),
        reading(article(*ORCHARD, url=URL), "/b.txt"),
        reading(article(*ORCHARD, date=None), "/c.md", "markdown"),
    ]
    for _ in range(2):  # A, B, A: the first run leaves B, the second brings A and B again
        store.record(inputs)
    before, logged = dump(path, without=["ingests"]), len(dump(path)["ingests"])
    store.record(inputs[1:])
    assert dump(path, without=["ingests"]) == before
    assert len(dump(path)["ingests"]) == logged + 3


def test_what_could_not_be_read_is_logged_with_its_reason(store: Store, path: Path) -> None:
    refusal = Refusal("/x.pdf", Outcome.FAILED, Reason.NOT_TEXT, "it holds no text", "page 1")
    recorded = store.record([refusal, reading(A)])
    assert [one.outcome for one in recorded] == [Outcome.FAILED, ADDED]
    logged = "SELECT location, item, outcome, reason, detail, article_id FROM ingests WHERE id = 1"
    assert query(path, logged) == [
        ("/x.pdf", "page 1", "failed", "not-text", "it holds no text", None)
    ]


def test_half_characters_cost_only_themselves(store: Store, path: Path) -> None:
    broken = replace(A, headline="half \ud83d", tags=("\udcff",), origins={"url": "\ud800"})
    bad = Refusal("/x.\udcff", Outcome.FAILED, Reason.NOT_TEXT, "\udcff")
    recorded = store.record([reading(broken), bad, reading(article(*ORCHARD), "/b.txt")])
    assert [one.outcome for one in recorded] == [ADDED, Outcome.FAILED, ADDED]
    assert query(path, "SELECT headline FROM articles WHERE id = 1") == [("half \ufffd",)]
    assert outcomes(store, reading(broken)) == [UNCHANGED]


def test_a_changed_article_is_queued_for_the_index(store: Store, path: Path) -> None:
    store.record([reading(A)])
    assert query(path, "SELECT article_id FROM index_queue") == [(1,)]
    store.clear_queue(1)
    assert outcomes(store, reading(A), reading(A, "/b.html", "html")) == [UNCHANGED, DUPLICATE]
    assert query(path, "SELECT article_id FROM index_queue") == []
    outcomes(store, reading(B))
    store.remove([1])
    assert query(path, "SELECT seq, article_id FROM index_queue") == [(2, 1), (3, 1)]


def in_language(one: Article, code: str | None, origin: str) -> Article:
    return replace(one, language=code, origins={"headline": "url", "language": origin})


def languages(path: Path) -> list[tuple[str, str]]:
    return query(path, "SELECT language, origins ->> 'language' FROM articles ORDER BY id")


def queued(path: Path) -> int:
    return int(query(path, "SELECT count(*) FROM index_queue")[0][0])


def test_a_language_that_a_person_gives_takes_the_place_of_the_one_that_was_found(
    store: Store, path: Path
) -> None:
    found, given = in_language(A, "nl", "detected"), in_language(A, "en", "given")
    assert outcomes(store, reading(found)) == [ADDED]
    waiting = queued(path)
    (again,) = store.record([reading(given)])
    assert (again.outcome, again.warnings) == (UNCHANGED, ("its language is now en, was nl",))
    assert languages(path) == [("en", "given")]
    assert query(path, "SELECT origins ->> 'headline' FROM articles") == [("url",)]
    assert queued(path) > waiting


def test_a_language_given_twice_changes_nothing_the_second_time(store: Store, path: Path) -> None:
    given = reading(in_language(A, "en", "given"))
    store.record([given])
    before, waiting = query(path, "SELECT * FROM articles"), queued(path)
    assert store.record([given])[0].warnings == ()
    assert (query(path, "SELECT * FROM articles"), queued(path)) == (before, waiting)


def test_a_language_that_a_person_confirms_is_kept_as_given_without_a_word(
    store: Store, path: Path
) -> None:
    store.record([reading(in_language(A, "en", "detected"))])
    assert store.record([reading(in_language(A, "en", "given"))])[0].warnings == ()
    assert languages(path) == [("en", "given")]


def test_a_given_language_stays_when_the_source_brings_other_words(
    store: Store, path: Path
) -> None:
    store.record([reading(in_language(A, "en", "given"))])
    assert outcomes(store, reading(in_language(B, "nl", "detected"))) == [REVISED]
    assert languages(path) == [("en", "given")]
    assert outcomes(store, reading(in_language(A, "fy", "given"))) == [REVISED]
    assert languages(path) == [("fy", "given")]


def test_a_detected_language_goes_with_the_words_it_was_found_in(store: Store, path: Path) -> None:
    store.record([reading(in_language(A, "nl", "detected"))])
    assert outcomes(store, reading(in_language(B, "en", "detected"))) == [REVISED]
    assert languages(path) == [("en", "detected")]


NAMED = article(*HARBOUR, headline="The old fish market closes")


@pytest.mark.parametrize("first", ["with its address", "without"])
def test_a_form_without_an_address_joins_the_one_that_has_it(store: Store, first: str) -> None:
    """A print of a page hardly reads to the last letter as the page does."""
    page = reading(replace(NAMED, url=URL), "/a.html", "html")
    words = (*HARBOUR[:2], f"{HARBOUR[2][:-1]} on Tuesday.")
    printed = article(*words, headline="The Old Fish Market – closes")
    print_ = reading(printed, "/a.pdf", "pdf")
    inputs = (page, print_) if first == "with its address" else (print_, page)
    assert outcomes(store, *inputs) == [ADDED, DUPLICATE]
    assert outcomes(store, *inputs) == [UNCHANGED, UNCHANGED]


@pytest.mark.parametrize(
    "other",
    [
        replace(NAMED, paragraphs=article(*ORCHARD).paragraphs),
        replace(NAMED, headline="The new fish market closes", url=None),
        replace(article(*HARBOUR, "It is over.", date="2023-03-15"), headline=NAMED.headline),
        replace(article(*HARBOUR, "It is over.", date=None), headline=NAMED.headline),
        replace(article(*HARBOUR, "It is over.", date="2023-03"), headline=NAMED.headline),
        replace(article(*HARBOUR, "It is over."), headline=None),
    ],
    ids=["other words", "another headline", "another day", "no day", "a month", "no headline"],
)
def test_other_forms_are_other_articles(store: Store, other: Article) -> None:
    assert outcomes(store, reading(NAMED), reading(other, "/b.pdf", "pdf")) == [ADDED, ADDED]


def test_two_files_of_one_form_are_not_made_one_by_their_name(store: Store) -> None:
    """An agency sends a report again within the day: neither is to go out of sight."""
    again = replace(NAMED, paragraphs=article(*HARBOUR_LATER).paragraphs)
    assert outcomes(store, reading(NAMED), reading(again, "/b.txt")) == [ADDED, ADDED]


def test_two_addresses_stay_two_articles_under_one_headline(store: Store) -> None:
    one = reading(replace(NAMED, url=URL), "/a.html", "html")
    other = reading(replace(NAMED, url="https://hill.example/market"), "/b.html", "html")
    assert outcomes(store, one, other) == [ADDED, ADDED]


def test_what_was_cut_off_takes_no_whole_wordings_place(store: Store, path: Path) -> None:
    whole = reading(A, "/a.warc", "html/warc", item="record 1")
    shorter = reading(replace(A, paragraphs=A.paragraphs[:2]), "/a.warc", "html/warc", "record 1")
    cut = replace(shorter, warnings=("truncated: the archive does not hold the whole of it",))
    assert outcomes(store, whole, cut, whole) == [ADDED, DUPLICATE, UNCHANGED]
    assert texts(path, 1) == list(HARBOUR)
    assert outcomes(store, reading(B, "/a.warc", "html/warc", "record 1")) == [REVISED]


def test_a_whole_wording_takes_the_place_of_what_was_cut_off(store: Store, path: Path) -> None:
    shorter = reading(replace(A, paragraphs=A.paragraphs[:2]), "/a.warc", "html/warc", "record 1")
    cut = replace(shorter, warnings=("truncated: the archive does not hold the whole of it",))
    assert outcomes(store, cut, reading(A, "/a.warc", "html/warc", "record 1")) == [ADDED, REVISED]
    assert texts(path, 1) == list(HARBOUR)


PASTED = article(*HARBOUR, headline="Market closes")
PAGE = replace(A, site="example.org", origins={"url": "html", "site": "html"})


def address(path: Path) -> tuple[str | None, str | None]:
    ((site, url),) = query(path, "SELECT site, url FROM articles WHERE id = 1")
    return site, url


def test_a_text_pasted_without_its_address_gets_that_of_a_copy_and_says_so(
    store: Store, path: Path
) -> None:
    page = reading(PAGE, "/web/harbour.html", kind="html")
    store.record([reading(PASTED)])
    (one,) = store.record([page])
    assert (one.outcome, address(path)) == (DUPLICATE, ("example.org", URL))
    assert one.warnings == (
        "its site is now example.org, was unknown",
        f"its address is now {URL}, was unknown",
    )
    assert query(path, "SELECT origins FROM articles") == [('{"site": "html", "url": "html"}',)]
    assert store.record([page])[0].warnings == ()
    assert store.record([reading(PASTED), reading(replace(PAGE, url=None), "/b")])[1].warnings == ()


def test_an_address_is_not_lost_when_a_pasted_text_has_other_words(
    store: Store, path: Path
) -> None:
    later = replace(B, url=None)
    assert outcomes(
        store, reading(PAGE, "/web/harbour.html", kind="html"), reading(PASTED), reading(later)
    ) == [ADDED, DUPLICATE, REVISED]
    assert address(path) == ("example.org", URL)
    assert texts(path, 1) == list(HARBOUR_LATER)
    assert query(path, "SELECT origins FROM articles") == [('{"site": "html", "url": "html"}',)]


def test_of_articles_with_the_same_words_the_one_that_was_not_removed_is_meant(
    store: Store,
) -> None:
    """Else what a person took out would come back in the place of what was kept."""
    store.record([reading(A), reading(replace(A, url=f"{URL}2"), "/other")])
    store.remove([1])
    (one,) = store.record([reading(PASTED, "/pasted")])
    assert (one.outcome, one.article_id) == (DUPLICATE, 2)


def test_a_form_with_many_more_words_is_a_copy_and_it_is_said_that_they_are_not_searched(
    store: Store, path: Path
) -> None:
    """As a printed text has after the opening of a paid page."""
    opening = reading(replace(A, paragraphs=A.paragraphs[:1]), "/web/opening.html", kind="html")
    note = "this copy has 45 words, the article 15: those it has besides are not searched"
    (first, *later) = store.record([opening, reading(A, "/pasted.txt")])
    later += store.record([reading(A, "/b.md", "markdown")])
    assert (first.warnings, [one.outcome for one in later]) == ((), [DUPLICATE, DUPLICATE])
    assert later[0].warnings == (note,)
    assert (revisions(path), texts(path, 1)) == (0, list(HARBOUR[:1]))
    shorter = replace(A, paragraphs=(*A.paragraphs[:1], Paragraph("One more sentence here.")))
    assert store.record([reading(shorter, "/c", "pdf")])[0].warnings == ()
