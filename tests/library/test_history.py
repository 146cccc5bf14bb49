"""An article's history: where each wording came from, and what a reader sees changed."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from article import Article, Author, Kind, Paragraph, Published, Stored
from library.changes import changes
from library.editing import edit
from library.errors import ArticleMissing
from library.history import compared, history
from library.library import Library
from library.originals import reparse
from library.wording import Became
from terminal.changes import summary

NOTE = "Ferry notes\n\nThe ferry runs six times a day between the two shores in summer.\n"


def ingest(library: Library, path: Path, text: str) -> None:
    path.write_text(text)
    list(library.ingest([str(path)], io.BytesIO()))


def read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today's parser of text read a headline less."""

    def parse(text: str) -> tuple[Article, str]:
        return Article(tuple(Paragraph(line) for line in text.split("\n\n"))), "text/lines"

    monkeypatch.setattr("ingest.text.parse", parse)


def test_each_wording_names_its_cause_and_the_copy_it_was_read_from(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note.txt"
    for words in (NOTE, NOTE.replace("six", "seven"), NOTE):
        ingest(library, note, words)
    edit(library, 1, {"headline": "Ferry times"})
    read_otherwise(monkeypatch)
    list(reparse(library, [1]))
    found = history(library, 1)
    assert [(one.stored.revision, one.origin.cause) for one in found.wordings] == [
        (1, "source"), (2, "source"), (3, "source"), (4, "edit"), (5, "reparse"),
    ]  # fmt: skip
    assert [one.copy for one in found.wordings] == [1, 2, 3, None, 3]
    assert [one.changes and summary(one.changes) for one in found.wordings] == [
        None, "1 paragraph changed", "1 paragraph changed", "headline", "1 paragraph changed, 1 added",
    ]  # fmt: skip


def test_a_wording_that_was_read_anew_names_the_copy_that_was_read(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(library, tmp_path / "note.txt", NOTE)
    ingest(library, tmp_path / "other.txt", NOTE)
    read_otherwise(monkeypatch)
    list(reparse(library, [1]))
    found = history(library, 1)
    assert [one.copy for one in found.wordings] == [1, 1]
    assert [copy.location for copy in found.copies] == [
        str(tmp_path / "note.txt"),
        str(tmp_path / "other.txt"),
    ]


def test_two_wordings_are_chosen_by_their_numbers(library: Library, tmp_path: Path) -> None:
    for number in ("six", "seven", "eight"):
        ingest(library, tmp_path / "note.txt", NOTE.replace("six", number))

    def chosen(*numbers: int) -> tuple[int, int]:
        found = compared(library, 1, numbers)
        assert found.changes.any or numbers == (2, 2)
        assert found.changes.new.revision == found.new.revision
        return found.old.revision, found.new.revision

    assert chosen() == (2, 3)
    assert chosen(1) == (1, 3)
    assert chosen(3, 1) == (3, 1)
    assert chosen(2, 2) == (2, 2)
    for wrong in ((0,), (4,), (1, 9)):
        with pytest.raises(ArticleMissing, match="3 wordings"):
            compared(library, 1, wrong)


def test_a_removed_article_has_its_history_too(library: Library, tmp_path: Path) -> None:
    ingest(library, tmp_path / "note.txt", NOTE)
    ingest(library, tmp_path / "note.txt", NOTE.replace("six", "seven"))
    library.remove([1])
    assert history(library, 1).today.removed_at
    assert compared(library, 1, ()).changes.any
    with pytest.raises(ArticleMissing, match="no article 2"):
        history(library, 2)


def stored(*paragraphs: Paragraph, **values: object) -> Stored:
    article = replace(Article(paragraphs), **values)  # type: ignore[arg-type]
    return Stored(1, 1, article, 1, "2023-01-01T00:00:00Z", "2023-01-01T00:00:00Z")


def test_all_a_reader_sees_is_compared() -> None:
    old = stored(
        Paragraph("The pier.", Kind.CAPTION, "Ines Calloway"),
        Paragraph("A subheading"),
        Paragraph("Words."),
        headline="Pier falls",
        authors=(Author("Lena Morrow"),),
        published=Published("2023"),
        section="Port",
        site="a.example",
    )
    new = stored(
        Paragraph("The pier.", Kind.CAPTION, "Haven Pictures"),
        Paragraph("A subheading", Kind.SUBHEADING),
        Paragraph("Words."),
        headline="Pier stands",
        authors=(Author("Lena Morrow"), Author("AFP")),
        published=Published("2023-04"),
        language="en",
        url="https://a.example/1",
    )
    found = changes(old, new)
    assert [(one.name, one.old, one.new) for one in found.values] == [
        ("headline", "Pier falls", "Pier stands"),
        ("authors", "Lena Morrow", "Lena Morrow, AFP"),
        ("published", "2023", "2023-04"),
        ("section", "Port", None),
        ("language", None, "en"),
        ("site", "a.example", None),
        ("url", None, "https://a.example/1"),
    ]
    paragraphs = [(one.became, [value.name for value in one.values]) for one in found.paragraphs]
    assert paragraphs == [
        (Became.CHANGED, ["credit"]),
        (Became.CHANGED, ["kind"]),
        (Became.SAME, []),
    ]
    assert not changes(old, old).any
