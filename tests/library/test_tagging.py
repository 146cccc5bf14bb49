"""Tags a person put on stay on, those a person took off stay off, whatever else happens."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from accession import Recorded
from article import Paragraph
from library.asking import matching_ids, read
from library.editing import edit
from library.errors import ArticleMissing, EditWrong
from library.library import Library
from library.mapping import said as told
from library.originals import reparse
from library.tagging import counts, numbers, tag, untag
from tests.db.making import query

URL = "https://ferry.example/notes"
NOTE: dict[str, object] = {
    "title": "Ferry notes",
    "text": "The ferry runs six times a day between the two shores in summer, and in winter twice.",
    "url": URL,
    "tags": ["sea", "boats"],
}


def ingest(library: Library, path: Path, *values: object, **said: object) -> list[Recorded]:
    """Write a file of JSON Lines and take it in."""
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return list(library.ingest([str(path)], io.BytesIO(), told(**said)))  # type: ignore[arg-type]


def saved(url: str, tags: str) -> list[dict[str, str]]:
    """Give a link as Pinboard exports it."""
    when = "2023-02-01T10:00:00Z"
    return [{"href": url, "description": "A", "extended": "", "time": when, "tags": tags}]


@pytest.fixture(name="note")
def _note(library: Library, tmp_path: Path) -> Path:
    note = tmp_path / "note.jsonl"
    ingest(library, note, NOTE)
    return note


def tags(library: Library) -> set[str]:
    return set(library.article(1).article.tags)


def found(library: Library, text: str) -> set[int]:
    """Give the articles that a search finds."""
    library.indexing.drain()
    return matching_ids(library, read(library, text))


def test_tags_survive_everything(
    library: Library, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag(library, [1], "to read")
    untag(library, [1], "sea")
    wanted = {"boats", "to read"}

    def again(outcome: str, value: dict[str, object], path: Path = note) -> None:
        (one,) = ingest(library, path, value)
        assert (one.outcome, one.article_id, tags(library)) == (outcome, 1, wanted)

    later = {**NOTE, "text": str(NOTE["text"]).replace("six", "seven")}
    again("unchanged", NOTE)
    again("revised", later)
    again("duplicate", {**later, "tags": ["sea"]}, tmp_path / "copy.jsonl")
    edit(library, 1, {"headline": "Ferry times"})
    assert tags(library) == wanted
    library.remove([1])
    again("added", later)
    with monkeypatch.context() as better:
        better.setattr("ingest.json_article._paragraphs", lambda _: (Paragraph("Read anew."),))
        assert [one.outcome for one in reparse(library, [1])] == ["revised"]
    assert tags(library) == wanted
    link = saved(URL, "sea harbour")
    ingest(library, tmp_path / "pinboard.json", link)
    assert tags(library) == {*wanted, "harbour"}
    assert found(library, "tag:sea") == set()
    assert found(library, 'tag:"to read"') == {1}


def test_tags_that_another_copy_names_come_but_for_those_taken_off(
    library: Library, note: Path, tmp_path: Path
) -> None:
    """Where a note gets another tag in its front matter, its words are the same as before."""
    untag(library, [1], "sea")
    assert [one.outcome for one in ingest(library, note, {**NOTE, "tags": ["sea", "harbour"]})] == [
        "duplicate"
    ]
    assert tags(library) == {"boats", "harbour"}
    ingest(library, tmp_path / "export.jsonl", {**NOTE, "tags": ["winter"]}, {**NOTE, "tags": []})
    assert tags(library) == {"boats", "harbour", "winter"}
    assert found(library, "tag:winter AND tag:harbour") == {1}
    assert found(library, "tag:sea") == set()


@pytest.mark.usefixtures("note")
def test_a_tag_taken_off_by_an_edit_stays_off_until_a_person_puts_it_on(
    library: Library, note: Path
) -> None:
    edit(library, 1, {"untag": ["sea"]})
    ingest(library, note, {**NOTE, "title": "Other ferry notes"})
    assert tags(library) == {"boats"}
    edit(library, 1, {"tag": ["sea"]})
    ingest(library, note, NOTE)
    assert tags(library) == {"boats", "sea"}
    assert query(library.folder.database, "SELECT * FROM untagged") == []


def test_tags_of_a_link_that_meets_its_article_do_not_bring_back_what_was_taken_off(
    library: Library, tmp_path: Path
) -> None:
    link = saved(URL, "sea harbour")
    ingest(library, tmp_path / "pinboard.json", link)
    ingest(library, tmp_path / "a.jsonl", {**NOTE, "url": None})
    untag(library, [1], "sea")
    edit(library, 1, {"url": URL})
    assert tags(library) == {"boats", "harbour"}


@pytest.mark.usefixtures("note")
def test_nothing_is_done_where_one_of_the_articles_is_not_there(library: Library) -> None:
    for change in (tag, untag):
        with pytest.raises(ArticleMissing, match="no article 7"):
            change(library, [1, 7], "sea")
    assert tags(library) == {"sea", "boats"}
    library.remove([1])
    with pytest.raises(ArticleMissing, match="was removed"):
        tag(library, [1], "harbour")


@pytest.mark.usefixtures("note")
def test_only_what_changes_is_counted_and_indexed(library: Library) -> None:
    library.indexing.drain()
    assert tag(library, [1], "  sea ") == []
    assert untag(library, [1], "harbour") == []
    assert library.reader.pending() == 0
    assert tag(library, [1, 1], "#harbour\n  front") == [1]
    assert library.reader.pending() == 1
    assert counts(library)[-1] == {"tag": "sea", "articles": 1}
    assert "harbour front" in tags(library)


@pytest.mark.parametrize(
    "text", ["", " ", "#", "a\x1b[31m", "a\u202eb", "\x00", "x" * 201, "a\ud800"]
)
@pytest.mark.usefixtures("note")
def test_what_is_no_tag_is_refused(library: Library, text: str) -> None:
    with pytest.raises(EditWrong, match="tag"):
        tag(library, [1], text)
    assert tags(library) == {"sea", "boats"}


def test_a_tag_of_the_source_is_taken_off_however_it_is_written(
    library: Library, tmp_path: Path
) -> None:
    long = "x" * 300
    ingest(library, tmp_path / "a.jsonl", {**NOTE, "tags": ["#sea", long]})
    before = tags(library)
    assert untag(library, [1], "#sea") == [1]
    assert untag(library, [1], long) == [1]
    assert (len(before), tags(library)) == (2, set())


def test_articles_are_named_by_lines_of_numbers_or_of_json() -> None:
    lines = ["id\n", "4\n", "\n", '{"id": 5, "headline": "x"}\n', " 4 \n"]
    assert numbers(["3", "-"], lines) == [3, 4, 5]
    for wrong in ("x", "-1", "٣", '{"headline": 1}', "{", "4 5", "9" * 30):
        with pytest.raises(EditWrong, match="line 1"):
            numbers(["-"], [wrong])


def test_tags_at_an_ingest_reach_new_and_stored_articles_and_links(
    library: Library, note: Path, tmp_path: Path
) -> None:
    untag(library, [1], "sea")
    link = saved("https://a.example/", "")
    ingest(library, tmp_path / "pinboard.json", link, tags=["x", "x"])
    (one,) = ingest(library, note, NOTE, tags=["sea", "x"])
    assert (one.outcome, tags(library)) == ("unchanged", {"sea", "boats", "x"})
    assert query(library.folder.database, "SELECT tags FROM bookmarks") == [('["x"]',)]
    assert found(library, "tag:x") == {1}


def test_a_site_and_a_date_are_only_for_what_does_not_say_its_own(
    library: Library, tmp_path: Path
) -> None:
    said = {"site": "www.Post.example", "date": "2021-11"}
    bare = {"text": "The ferry runs."}
    full = {"text": "The boat sails.", "date": "2020-01-02", "url": URL}
    ingest(library, tmp_path / "a.jsonl", bare, full, **said)
    one, other = library.article(1).article, library.article(2).article
    assert (one.site, one.published and one.published.date) == ("post.example", "2021-11")
    assert {one.origins["site"], one.origins["published"]} == {"given"}
    assert (other.site, other.published and other.published.date) == ("ferry.example", "2020-01-02")


def test_a_date_that_was_given_stays_when_the_source_comes_again(
    library: Library, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Ferry notes\n\nThe ferry runs six times a day between the two shores.\n")
    list(library.ingest([str(note)], io.BytesIO()))
    (one,) = library.ingest([str(note)], io.BytesIO(), told(date="2021"))
    assert one.warnings == ("its date is now 2021, was unknown",)
    assert found(library, "date:2021") == {1}
    note.write_text("Ferry notes\n\nThe ferry runs seven times a day between the two shores.\n")
    (one,) = library.ingest([str(note)], io.BytesIO())
    published = library.article(1).article.published
    assert (one.outcome, published and published.date) == ("revised", "2021")
    (one,) = library.ingest([str(note)], io.BytesIO(), told(date="2022"))
    published = library.article(1).article.published
    assert (one.outcome, published and published.date) == ("unchanged", "2021")


@pytest.mark.parametrize(
    "said",
    [{"date": "soon"}, {"date": "03/04/2021"}, {"site": "a b"}, {"site": ""}, {"tags": [""]}],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read(said: dict[str, object]) -> None:
    with pytest.raises(EditWrong):
        told(**said)  # type: ignore[arg-type]
