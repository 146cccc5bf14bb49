"""A person's own note, without address or id, is known by the file that holds it."""

from __future__ import annotations

import io
from pathlib import Path

from accession import Recorded
from library.library import Library

NOTE = "Ferry notes\n\nThe ferry runs six times a day between the two shores in summer.\n"


def ingest(library: Library, *paths: Path) -> list[Recorded]:
    return list(library.ingest([str(path) for path in paths], io.BytesIO()))


def test_an_edited_note_is_revised_and_its_earlier_words_stay(
    library: Library, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    outcomes = []
    for words in (NOTE, NOTE.replace("six", "seven"), NOTE):
        note.write_text(words)
        outcomes += ingest(library, note)
    assert [(one.outcome, one.article_id) for one in outcomes] == [
        ("added", 1),
        ("revised", 1),
        ("revised", 1),
    ]
    sql = "SELECT revision, text FROM revision_paragraphs ORDER BY revision"
    texts = [(row["revision"], row["text"]) for row in library.reader.select(sql)]
    assert [(n, "six" in text) for n, text in texts] == [(1, True), (2, False)]


def test_a_note_moved_to_another_folder_is_a_copy(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE)
    (tmp_path / "b.txt").write_text(NOTE)
    outcomes = ingest(library, tmp_path / "a.txt", tmp_path / "b.txt")
    assert [one.outcome for one in outcomes] == ["added", "duplicate"]


def test_another_text_in_the_same_file_is_another_article_and_said_so(
    library: Library, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text(NOTE)
    ingest(library, note)
    note.write_text("Apple harvest\n\nThe orchards of Nether Pippin gave more than last year.\n")
    (one,) = ingest(library, note)
    assert (one.outcome, one.article_id) == ("added", 2)
    assert "article 1" in one.warnings[0]


def test_what_comes_through_a_pipe_is_known_by_its_words_alone(library: Library) -> None:
    first = list(library.ingest(["-"], io.BytesIO(NOTE.encode())))
    other = list(library.ingest(["-"], io.BytesIO(NOTE.replace("six", "seven").encode())))
    again = list(library.ingest(["-"], io.BytesIO(NOTE.encode())))
    assert [one.article_id for one in (*first, *other, *again)] == [1, 2, 1]
