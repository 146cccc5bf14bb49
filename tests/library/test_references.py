"""A permanent reference finds its words again, whatever became of the article, and says what did."""

from __future__ import annotations

import io
import json
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article import Reference, digest
from library.asking import read
from library.difference import Fate, difference
from library.errors import ArticleMissing, ReferenceWrong
from library.exporting import as_json
from library.library import Library
from library.passage import cut, parse_reference
from library.recalling import Recalled, Standing, recall
from library.searching import search
from library.succession import successor
from terminal.recalled import as_json as recalled_json
from terminal.recalled import remarks
from terminal.style import Style

PLAIN = Style(terminal=False, colour=False, width=0)
QUAY = "The northern quay will stay closed until the spring, the harbour master said."
QUAY_LATER = "The northern quay will stay closed until the autumn, the harbour master said."
ICE = "Ice broke two of its piles in January."
EELS = "Eel sellers asked for a stall beside the ferry instead."
CHOIR = "A choir sang on the pontoon at noon."


class Desk:
    """A file whose one article is written anew, and ingested each time."""

    def __init__(self, library: Library, file: Path) -> None:
        self.library = library
        self.file = file

    def write(self, *texts: str, **values: Any) -> None:
        line = {"id": "quay", "title": "Quay closed", "paragraphs": list(texts), **values}
        self.file.write_text(json.dumps(line) + "\n")
        recorded = self.library.ingest([str(self.file)], io.BytesIO())
        assert [one.article_id for one in recorded] == [1]

    def recall(self, reference: str) -> Recalled:
        return recall(self.library, parse_reference(reference))

    def remarks(self, reference: str) -> str:
        return "\n".join(remarks(self.recall(reference), PLAIN))


@pytest.fixture
def desk(library: Library, tmp_path: Path) -> Desk:
    return Desk(library, tmp_path / "quay.jsonl")


def ref(ordinal: int, text: str, digits: int = 8) -> str:
    return f"1#{ordinal}@{digest(text)[:digits]}"


def test_words_that_stand_are_found_by_8_digits_or_more_in_any_case(desk: Desk) -> None:
    desk.write(ICE, QUAY)
    for digits in (8, 11, 16, 17, 64):
        for reference in (ref(2, QUAY, digits), ref(2, QUAY, digits).upper()):
            found = desk.recall(reference)
            assert (found.standing, found.found.paragraph.text) == (Standing.STANDS, QUAY)


def test_a_hash_that_differs_after_the_digits_that_are_stored_is_another(desk: Desk) -> None:
    desk.write(QUAY)
    other = ref(1, QUAY, 63) + ("0" if digest(QUAY)[63] != "0" else "1")
    with pytest.raises(ArticleMissing):
        desk.recall(other)


def test_the_hash_decides_and_the_ordinal_chooses_among_equals(desk: Desk) -> None:
    desk.write("* * *", QUAY, "* * *", ICE, "* * *")
    assert desk.recall(ref(1, QUAY)).found.ordinal == 2
    assert [desk.recall(ref(n, "* * *")).found.ordinal for n in (1, 3, 5, 9)] == [1, 3, 5, 5]


def test_words_that_moved_are_named_where_they_are_now(desk: Desk) -> None:
    desk.write(QUAY, ICE)
    desk.write(EELS, CHOIR, QUAY, ICE)
    assert desk.recall(ref(1, QUAY)).standing is Standing.MOVED
    assert desk.remarks(ref(1, QUAY)) == (
        f"{ref(1, QUAY)} stands unchanged, as paragraph 3 now: {ref(3, QUAY)}"
    )


def test_words_that_came_back_stand(desk: Desk) -> None:
    desk.write(QUAY, ICE)
    desk.write(QUAY_LATER, ICE)
    desk.write(QUAY, ICE)
    assert desk.recall(ref(1, QUAY)).standing is Standing.STANDS


def test_replaced_words_are_found_in_the_last_revision_that_had_them(desk: Desk) -> None:
    desk.write(QUAY, headline="Quay shut")
    desk.write(ICE, QUAY, headline="Quay closed")
    desk.write(ICE, QUAY_LATER, headline="Quay still closed", author="Ada Quill")
    found = desk.recall(ref(1, QUAY))
    assert (found.standing, found.found.ordinal) == (Standing.REPLACED, 2)
    assert (found.found.stored.revision, found.found.paragraph.text) == (2, QUAY)
    assert found.found.stored.article.headline == "Quay closed"
    assert found.found.stored.article.authors == ()
    assert found.replaced is not None
    assert found.replaced.at[:10] == time.strftime("%Y-%m-%d", time.gmtime())
    assert found.replaced.cause == "source"


def test_what_came_in_their_place_is_shown_word_by_word(desk: Desk) -> None:
    desk.write(QUAY, ICE)
    desk.write(EELS, QUAY_LATER, ICE)
    said = desk.remarks(ref(1, QUAY)).splitlines()
    assert said[0].startswith(
        f"{ref(1, QUAY)} no longer stands: it was paragraph 1 of revision 1, replaced on "
    )
    assert ref(2, QUAY_LATER) in said[1]
    assert said[2] == (
        "  2  The northern quay will stay closed until the [-spring,-] {+autumn,+} the harbour master said."
    )


def test_quite_other_words_between_the_same_neighbours_are_shown_whole(desk: Desk) -> None:
    desk.write(EELS, QUAY, ICE)
    desk.write(EELS, CHOIR, ICE)
    said = desk.remarks(ref(2, QUAY)).splitlines()
    assert said[1] == f"Quite other words came in its place, {ref(2, CHOIR)}:"
    assert said[2] == f"  2  {CHOIR}"


def test_words_taken_out_have_nothing_in_their_place_but_not_their_neighbours(desk: Desk) -> None:
    desk.write(EELS, ICE, QUAY, CHOIR)
    desk.write(EELS, QUAY_LATER, CHOIR)
    assert desk.remarks(ref(2, ICE)).endswith("Nothing came in its place.")
    desk.write(EELS, CHOIR)
    assert desk.remarks(ref(2, QUAY_LATER)).endswith("Nothing came in its place.")


def test_a_removed_article_still_gives_cited_words_and_says_that_it_was_removed(desk: Desk) -> None:
    desk.write(QUAY, ICE)
    desk.write(QUAY_LATER, ICE)
    desk.library.remove([1])
    found = desk.recall(ref(2, ICE))
    assert (found.standing, found.found.paragraph.text) == (Standing.REMOVED, ICE)
    assert "Article 1 was removed on" in desk.remarks(ref(2, ICE))
    assert "stands unchanged" not in desk.remarks(ref(2, ICE))
    assert desk.recall(ref(1, QUAY)).found.paragraph.text == QUAY
    assert "removed" in desk.remarks(ref(1, QUAY))
    assert "no longer stands" in desk.remarks(ref(1, QUAY))
    desk.write(QUAY, ICE)
    assert desk.recall(ref(1, QUAY)).standing is Standing.STANDS


def test_words_of_another_article_are_not_given_but_named(desk: Desk) -> None:
    desk.write(QUAY, ICE)
    desk.write(QUAY_LATER, ICE)
    list(desk.library.ingest(["-"], io.BytesIO(b"Choir\n\nA choir sang.\n")))
    with pytest.raises(ArticleMissing, match=f"No wording of article 2 .* {ref(2, ICE)}"):
        desk.recall(f"2#1@{digest(ICE)[:8]}")
    with pytest.raises(
        ArticleMissing, match=f"no article 9, but article 1 has it.* {ref(1, QUAY)}"
    ):
        desk.recall(f"9#1@{digest(QUAY)[:8]}")
    with pytest.raises(ArticleMissing, match="nor has any other"):
        desk.recall(f"1#1@{digest('never written')[:8]}")


def test_two_texts_whose_hashes_begin_alike_are_never_taken_for_each_other(desk: Desk) -> None:
    one, other = twins()
    desk.write(one, ICE)
    desk.write(other, ICE)
    reference = ref(1, one)
    assert reference == ref(1, other)
    with pytest.raises(ReferenceWrong, match="2 paragraphs") as caught:
        desk.recall(reference)
    named = str(caught.value).rpartition(": ")[2].split(", ")
    assert {desk.recall(one).found.paragraph.text for one in named} == {one, other}
    desk.write(ICE, one, other)
    assert desk.recall(ref(2, one)).found.paragraph.text == one
    assert desk.recall(ref(3, other)).found.paragraph.text == other
    desk.write(ICE, f"{ICE} {ICE}", other)
    assert desk.recall(ref(2, one)).found.paragraph.text == one


def twins() -> tuple[str, str]:
    """Give two texts whose hashes begin with the same 8 digits."""
    seen: dict[str, str] = {}
    for n in count():
        text = f"Tide table, page {n}."
        if (other := seen.setdefault(digest(text)[:8], text)) != text:
            return other, text
    raise AssertionError


@pytest.mark.parametrize(
    "text",
    ["1#1@", "1#1@1234567", "1#1@123456789g", f"1#1@{'0' * 65}", "1@12345678", "#1@12345678", "1#@12345678"],
)  # fmt: skip
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ReferenceWrong, match="42#7@9f3c21ab"):
        parse_reference(text)


def test_a_reference_is_read_as_it_is_written() -> None:
    for text in ("42", "42#7", "42#7@9f3c21ab", "42#7@9f3c21ab00"):
        assert str(parse_reference(text)) == text
    assert parse_reference(" 42#7@9F3C21AB ") == Reference(42, 7, "9f3c21ab")


def test_everywhere_a_paragraph_has_the_same_reference(desk: Desk) -> None:
    desk.write(ICE, QUAY)
    stored = desk.library.article(1)
    sql = "SELECT article_id || '#' || ordinal || '@' || substr(hash, 1, 8) AS ref FROM paragraphs"
    by_sql = [row["ref"] for row in desk.library.reader.select(sql + " ORDER BY ordinal")]
    assert by_sql == [ref(1, ICE), ref(2, QUAY)]
    assert [paragraph["ref"] for paragraph in as_json(stored)["paragraphs"]] == by_sql
    assert [str(cut(stored, n).ref) for n in (1, 2)] == by_sql
    from terminal.hits import as_json as hits_json

    (hit,) = hits_json(search(desk.library, read(desk.library, "quay northern")))["hits"]
    assert [paragraph["ref"] for paragraph in hit["paragraphs"]] == [ref(2, QUAY)]


def test_json_gives_the_wording_that_had_it_and_what_stands_today(desk: Desk) -> None:
    desk.write(QUAY, ICE, headline="Quay shut")
    desk.write(EELS, QUAY_LATER, ICE, headline="Quay closed")
    given = recalled_json(desk.recall(ref(1, QUAY)))
    assert given["format"] == 1
    assert (given["article"]["revision"], given["article"]["headline"]) == (1, "Quay shut")
    assert [one["text"] for one in given["article"]["paragraphs"]] == [QUAY]
    passage = given["passage"]
    assert (passage["ref"], passage["standing"], passage["cause"]) == (
        ref(1, QUAY),
        "replaced",
        "source",
    )
    assert (passage["today"]["ref"], passage["today"]["text"]) == (ref(2, QUAY_LATER), QUAY_LATER)
    assert ["gone", "spring, "] in passage["today"]["difference"]
    assert json.loads(json.dumps(given)) == given


def test_no_escape_sequence_of_an_old_wording_reaches_the_terminal(desk: Desk) -> None:
    desk.write(f"\x1b[31m\u202eRed {QUAY} \x1b]0;owned\x07")
    old = desk.library.article(1).article.paragraphs[0].text
    assert set(old) & set("\x1b\u202e")
    desk.write(f"\x1b[31m\u202eRed {QUAY_LATER} \x1b[31m\u202egnp.exe")
    assert not set(desk.remarks(ref(1, old))) & set("\x1b\x07\u202e")


WORDS = st.lists(
    st.sampled_from(["ferry", "boat", "ice", "渡船", "snow,", "(ice)", "ice."]), max_size=12
).map(" ".join)


@given(WORDS | WORDS.map(" ".__add__), WORDS | WORDS.map(" ".__add__))
def test_a_difference_holds_all_of_both_texts(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(text for fate, text in pieces if fate is not Fate.GONE) == new
    without = "".join(text for fate, text in pieces if fate is not Fate.NEW)
    assert "".join(without.split()) == "".join(old.split())
    assert old != new or all(fate is Fate.SAME for fate, _ in pieces)


def test_long_texts_that_differ_in_one_word_are_compared_no_matter_how_long() -> None:
    words = ["ferry", "boat"] * 200_000
    old = " ".join(words)
    new = " ".join([*words[:100_000], "ice", *words[100_001:]])
    assert difference(old, new)[1:3] == [(Fate.GONE, "ferry "), (Fate.NEW, "ice ")]


def test_what_stayed_between_two_changes_is_shown_as_it_is() -> None:
    same = [
        text
        for fate, text in difference(QUAY, QUAY_LATER.replace("northern", "southern"))
        if fate is Fate.SAME
    ]
    assert same == ["The ", "quay will stay closed until the ", "the harbour master said."]


def test_chinese_is_compared_by_characters() -> None:
    assert difference("渡轮每天开六班", "渡轮每天开七班")[1:3] == [
        (Fate.GONE, "六"),
        (Fate.NEW, "七"),
    ]


def test_a_new_wording_is_given_to_the_text_it_is_most_like() -> None:
    first, second = "one two three four five", "one two three four six"
    assert successor([first, second], 0, ["one two three four six seven"]) is None
    assert successor([first, second], 1, ["one two three four six seven"]) == 0


def test_texts_that_were_all_replaced_answer_to_each_other_in_their_order() -> None:
    assert [successor([EELS, ICE, QUAY], n, ["One.", "Two."]) for n in range(3)] == [0, 1, 1]
