"""Originals are given back and read again; what a person sets right stays through all readings."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from accession import Outcome, Recorded
from library.editing import edit
from library.errors import ArticleChanged, ArticleMissing, EditWrong
from library.library import Library
from library.originals import original, reparse

SAMPLES = Path(__file__).parent.parent.parent / "docs" / "formats"
NOTE = "Ferry notes\n\nThe ferry runs six times a day between the two shores in summer.\n"


def ingest(library: Library, *paths: Path) -> list[Recorded]:
    return list(library.ingest([str(path) for path in paths], io.BytesIO()))


@pytest.fixture(name="note")
def _note(library: Library, tmp_path: Path) -> Path:
    note = tmp_path / "note.txt"
    note.write_text(NOTE)
    ingest(library, note)
    return note


def read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today's parser of text read a headline less, as if yesterday's had been wrong."""
    from article import Article, Paragraph

    def parse(text: str) -> tuple[Article, str]:
        return Article(tuple(Paragraph(line) for line in text.split("\n\n"))), "text/lines"

    monkeypatch.setattr("ingest.text.parse", parse)


def test_an_original_comes_back_byte_for_byte(library: Library, tmp_path: Path) -> None:
    data = b"\xff\xfe" + "Fähre\r\n\r\nSie fährt sechsmal am Tag.".encode("utf-16-le")
    (tmp_path / "a.txt").write_bytes(data)
    ingest(library, tmp_path / "a.txt")
    assert original(library, 1).data == data


def test_each_copy_has_its_own_original(library: Library, note: Path) -> None:
    note.write_text(NOTE.replace("six", "seven"))
    ingest(library, note)
    assert original(library, 1, 1).data == NOTE.encode()
    assert original(library, 1).data == note.read_bytes()
    with pytest.raises(ArticleMissing, match="no copy 3; the last is 2"):
        original(library, 1, 3)


@pytest.mark.usefixtures("note")
def test_reading_again_with_the_same_parser_changes_nothing(library: Library) -> None:
    before = library.article(1)
    assert [one.outcome for one in reparse(library, None)] == [Outcome.UNCHANGED]
    assert library.article(1) == before


@pytest.mark.usefixtures("note")
def test_a_better_parsers_reading_is_a_revision_and_the_words_before_stay(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_otherwise(monkeypatch)
    assert [one.outcome for one in reparse(library, [1])] == [Outcome.REVISED]
    now = library.article(1)
    assert (now.revision, now.article.headline) == (2, None)
    (old,) = library.reader.select("SELECT headline, cause FROM revisions")
    assert tuple(old) == ("Ferry notes", "reparse")
    assert [one.outcome for one in reparse(library, [1])] == [Outcome.UNCHANGED]


def test_after_a_better_reading_the_same_file_is_still_the_same_article(
    library: Library, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_otherwise(monkeypatch)
    list(reparse(library, None))
    assert [one.outcome for one in ingest(library, note)] == [Outcome.UNCHANGED]
    assert library.article(1).revision == 2


def test_an_article_of_a_file_of_many_is_found_again(library: Library, tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text(
        '{"headline": "One", "text": "Words of one."}\n{"headline": "Two", "text": "Others."}\n'
    )
    ingest(library, lines)
    assert [one.outcome for one in reparse(library, [2])] == [Outcome.UNCHANGED]
    assert library.article(2).article.headline == "Two"


def test_what_was_set_right_stays_when_the_source_or_the_parser_says_otherwise(
    library: Library, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(
        library,
        1,
        {"headline": "Ferry times", "published": "4 Nov 2021", "authors": ["Anna", "AFP"]},
    )
    note.write_text(NOTE.replace("six", "seven"))
    assert [one.outcome for one in ingest(library, note)] == [Outcome.REVISED]
    read_otherwise(monkeypatch)
    assert [one.outcome for one in reparse(library, [1])] == [Outcome.REVISED]
    article = library.article(1).article
    assert article.published
    assert article.headline == "Ferry times"
    assert article.published.date == "2021-11-04"
    assert [author.name for author in article.authors] == ["Anna", "AFP"]
    assert "seven" in article.paragraphs[-1].text
    assert {article.origins[name] for name in ("headline", "published", "authors")} == {"given"}


def test_after_an_edit_the_words_come_from_the_same_copy_as_before(
    library: Library, note: Path, tmp_path: Path
) -> None:
    """Another copy may hold less, as a feed's opening of an article does."""
    page = tmp_path / "page.html"
    url = '<link rel="canonical" href="https://ferry.example/n">'
    whole = (
        "<p>The ferry runs six times a day between the two shores in summer, and twice in winter.</p>"
        * 2
    )
    page.write_text(f"<html><head><title>Ferries</title>{url}</head><body>{whole}</body></html>")
    opening = tmp_path / "feed.jsonl"
    opening.write_text(
        '{"url": "https://ferry.example/n", "text": "The ferry runs six times a day between."}\n'
    )
    assert [one.article_id for one in ingest(library, page, opening)] == [2, 2]
    edit(library, 2, {"section": "Local"})
    before = library.article(2)
    assert original(library, 2).kept.location == str(page)
    assert [one.outcome for one in reparse(library, [2])] == [Outcome.UNCHANGED]
    assert library.article(2) == before


def test_it_is_said_that_the_source_has_another_value_than_a_person_gave(
    library: Library, note: Path
) -> None:
    edit(library, 1, {"headline": "Ferry times", "section": "Sea"})
    note.write_text(NOTE.replace("Ferry notes", "Ferry news"))
    (one,) = ingest(library, note)
    assert one.warnings == ("kept as you gave it: headline",)
    assert library.article(1).article.headline == "Ferry times"
    assert ingest(library, note)[0].warnings == ()


@pytest.mark.usefixtures("note")
def test_an_edit_is_a_revision_and_its_value_can_be_changed_again(library: Library) -> None:
    assert edit(library, 1, {"headline": "Ferry times"}) == ["headline"]
    assert edit(library, 1, {"headline": "Ferry times"}) == []
    assert edit(library, 1, {"headline": ""}) == ["headline"]
    assert library.article(1).article.headline is None
    causes = [row["cause"] for row in library.reader.select("SELECT cause FROM revisions")]
    assert causes == ["edit", "edit"]


@pytest.mark.usefixtures("note")
def test_tags_are_put_on_and_taken_off_without_a_revision(library: Library) -> None:
    assert edit(library, 1, {"tag": ["sea", "boats"]}) == ["tags"]
    assert edit(library, 1, {"untag": ["sea"], "tag": ["boats"]}) == ["tags"]
    stored = library.article(1)
    assert (stored.article.tags, stored.revision) == (("boats",), 1)
    assert library.reader.pending() == 1


@pytest.mark.usefixtures("note")
def test_an_address_that_was_given_makes_the_article_known_by_it(
    library: Library, tmp_path: Path
) -> None:
    edit(library, 1, {"url": "https://ferry.example/notes"})
    again = tmp_path / "again.md"
    again.write_text(f"---\nurl: https://www.ferry.example/notes/\n---\n{NOTE}")
    assert [(one.outcome, one.article_id) for one in ingest(library, again)] == [("duplicate", 1)]


@pytest.mark.parametrize(
    ("name", "value"), [("published", "soon"), ("language", "Klingon"), ("url", "ferry notes")]
)
@pytest.mark.usefixtures("note")
def test_a_value_that_cannot_be_meant_is_refused(library: Library, name: str, value: str) -> None:
    before = library.article(1)
    with pytest.raises(EditWrong, match=value):
        edit(library, 1, {name: value})
    assert library.article(1) == before


@pytest.mark.usefixtures("note")
def test_an_article_changed_by_another_process_meanwhile_is_left_alone(library: Library) -> None:
    stale = library.article(1)
    edit(library, 1, {"headline": "Newer"})
    with pytest.raises(ArticleChanged):
        library.store.reword(stale, stale.article, "edit")
    assert library.article(1).article.headline == "Newer"


def test_a_file_of_a_zip_is_read_again_as_what_it_is_whatever_its_name(
    library: Library, tmp_path: Path
) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "box.bak", "w") as box:
        box.writestr("Smith, John.md", f"---\ntitle: Ferry\n---\n## Times\n\n{NOTE}")
        box.writestr("page", f"<!doctype html><h1>Ferry</h1><p>{NOTE * 3}</p>")
    assert [one.outcome for one in ingest(library, tmp_path / "box.bak")] == ["added", "added"]
    assert {one.outcome for one in reparse(library, None)} == {Outcome.UNCHANGED}


def test_reading_all_again_passes_over_what_is_removed_meanwhile(
    library: Library, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{name.title()} notes\n\nWords of {name}.\n")
    ingest(library, tmp_path / "one.txt", tmp_path / "two.txt")
    again = reparse(library, None)
    assert next(again).article_id == 1
    library.remove([2])
    assert list(again) == []


@pytest.mark.usefixtures("note")
def test_a_tag_is_kept_without_its_sign_and_never_empty(library: Library) -> None:
    edit(library, 1, {"tag": [" #sea ", "sea"]})
    assert library.article(1).article.tags == ("sea",)
    with pytest.raises(EditWrong, match="no letters"):
        edit(library, 1, {"tag": [""]})
    with pytest.raises(EditWrong, match="no text in UTF-8"):
        edit(library, 1, {"headline": "bad \udcff bytes"})


@pytest.mark.usefixtures("note")
def test_two_articles_cannot_be_given_one_address(library: Library, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(
        "---\nurl: https://a.example/two\n---\n# Two\n\nOther words than the note has.\n"
    )
    ingest(library, other)
    with pytest.raises(EditWrong, match="article 2 has this address"):
        edit(library, 1, {"url": "https://www.a.example/two/"})


def test_a_copy_in_another_format_is_not_read_in_the_place_of_the_article_s_own(
    library: Library,
) -> None:
    page, archive = SAMPLES / "crane.html", SAMPLES / "crane.mhtml"
    assert [one.article_id for one in ingest(library, page, archive)] == [1, 1]
    assert original(library, 1).kept.kind == "html"
    word, text = SAMPLES / "crane.docx", SAMPLES / "crane.odt"
    ingest(library, word, text)
    assert {one.outcome for one in reparse(library, None)} == {Outcome.UNCHANGED}


@pytest.mark.parametrize(
    "name",
    [
        "crane.html",
        "crane.mhtml",
        "crane.pdf",
        "crane.docx",
        "crane.odt",
        "crane.rtf",
        "lighthouse.epub",
        "tides.eml",
        "letters.mbox",
    ],
)
def test_each_format_is_read_again_as_itself(library: Library, tmp_path: Path, name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    if name.endswith(
        ".mhtml"
    ):  # a broken line among the headers leaves only the name to tell it by
        head, _, body = data.partition(b"<!DOCTYPE")
        head = head.replace(b"Subject:", b"lines\r\nSubject:").replace(b"8bit", b"quoted-printable")
        data = head + (b"<!DOCTYPE" + body).replace(b"=", b"=3D")
    (tmp_path / name).write_bytes(data)
    ingest(library, tmp_path / name)
    before = library.article(1)
    assert {one.outcome for one in reparse(library, None)} == {Outcome.UNCHANGED}
    assert library.article(1) == before


def test_an_address_given_after_its_other_article_was_removed_leads_to_the_one_that_stayed(
    library: Library, note: Path, tmp_path: Path
) -> None:
    url = "https://ferry.example/notes"
    page = tmp_path / "page.jsonl"
    page.write_text(json.dumps({"url": url, "headline": "Ferry notes!", "text": NOTE}) + "\n")
    assert [one.article_id for one in ingest(library, page)] == [2]
    library.remove([2])
    edit(library, 1, {"url": url})
    (one,) = ingest(library, page)
    assert (one.outcome, one.article_id) == (Outcome.DUPLICATE, 1)
