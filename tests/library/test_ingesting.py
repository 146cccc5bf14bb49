"""Files come in once: what was read is not read again, what failed is known, a rehearsal stores nothing."""

from __future__ import annotations

import io
import os
import sqlite3
import time
from collections import Counter
from pathlib import Path

import pytest

from accession import Outcome, Reason, Recorded
from ingest.said import Said
from library import failures
from library.errors import DatabaseMissing
from library.ingesting import rehearsal
from library.library import Library
from tests.db.making import dump, query

NOTE = "Ferry notes\n\nThe ferry runs six times a day between the two shores in summer.\n"
LINES = '{"title": "Ice", "text": "The strait froze on Thursday."}\n{"title": "Fog\n'


def ingest(library: Library, *paths: Path, force: bool = False) -> list[Recorded]:
    return list(library.ingest([str(path) for path in paths], io.BytesIO(), force=force))


def ends(recorded: list[Recorded]) -> Counter[str]:
    """Count the inputs by outcome."""
    counts = Counter[str]()
    for one in recorded:
        counts[one.outcome.value] += one.before or 1
    return counts


def unread(recorded: list[Recorded]) -> list[bool]:
    return [bool(one.before) for one in recorded]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Make a folder of a note, two lines of which one is broken, a picture and an empty file."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTE)
    (folder / "b.jsonl").write_text(LINES)
    (folder / "c.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    (folder / "d.txt").touch()
    return folder


def test_the_second_time_all_is_told_and_no_row_is_changed(library: Library, folder: Path) -> None:
    first = ingest(library, folder)
    assert ends(first) == {"added": 2, "skipped": 1, "failed": 2}
    before = dump(library.folder.database)
    second = ingest(library, folder)
    assert ends(second) == {"unchanged": 2, "skipped": 1, "failed": 2}
    assert all(unread(second))
    failed = [one for one in second if one.outcome is Outcome.FAILED]
    assert [(Path(one.location).name, one.item, one.reason) for one in failed] == [
        ("b.jsonl", "line 2", Reason.MALFORMED),
        ("d.txt", None, Reason.EMPTY),
    ]
    assert dump(library.folder.database) == before


def test_a_file_is_not_opened_again(library: Library, folder: Path) -> None:
    ingest(library, folder / "a.txt")
    status = (folder / "a.txt").stat()
    (folder / "a.txt").write_text(NOTE.replace("six", "ten"))
    os.utime(folder / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert ends(ingest(library, folder / "a.txt")) == {"unchanged": 1}
    assert ends(ingest(library, folder / "a.txt", force=True)) == {"revised": 1}


@pytest.mark.parametrize("words", ["ten", "sixteen"], ids=["as long", "longer"])
def test_a_file_that_changed_is_read(library: Library, folder: Path, words: str) -> None:
    ingest(library, folder / "a.txt")
    (folder / "a.txt").write_text(NOTE.replace("six", words))
    assert ends(ingest(library, folder / "a.txt")) == {"revised": 1}
    assert unread(ingest(library, folder / "a.txt")) == [True]


def test_a_removed_article_comes_back(library: Library, folder: Path) -> None:
    ingest(library, folder)
    library.remove([1])
    assert [one.outcome.value for one in ingest(library, folder) if not one.before] == ["added"]
    assert library.article(1).article.headline == "Ferry notes"


def test_another_language_said_of_a_file_is_heard(library: Library, folder: Path) -> None:
    ingest(library, folder / "a.txt")
    said = Said(language="da")
    assert unread(list(library.ingest([str(folder / "a.txt")], io.BytesIO(), said))) == [False]
    assert library.article(1).article.language == "da"
    assert unread(list(library.ingest([str(folder / "a.txt")], io.BytesIO(), said))) == [True]


def test_a_password_has_what_failed_tried_again(library: Library, folder: Path) -> None:
    ingest(library, folder)
    found = list(library.ingest([str(folder)], io.BytesIO(), Said(password="salt")))
    assert [Path(one.location).name for one in found if not one.before] == [
        "b.jsonl",
        "b.jsonl",
        "d.txt",
    ]
    assert "salt" not in repr(dump(library.folder.database))


def test_a_newer_program_tries_what_an_older_one_could_not_read(
    library: Library, folder: Path
) -> None:
    ingest(library, folder)
    connection = sqlite3.connect(library.folder.database)
    connection.execute("UPDATE files SET program = '0.0.1'")
    connection.commit()
    connection.close()
    again = {Path(one.location).name for one in ingest(library, folder) if not one.before}
    assert again == {"b.jsonl", "c.jpg", "d.txt"}


def test_a_file_that_was_not_read_to_its_end_is_read_again(library: Library, folder: Path) -> None:
    lines = [
        f'{{"title": "Note {n}", "text": "The noon ferry was {n} late."}}' for n in range(1_200)
    ]
    (folder / "long.jsonl").write_text("\n".join(lines))
    running = library.ingest([str(folder / "long.jsonl")], io.BytesIO())
    assert next(running).outcome is Outcome.ADDED
    del running  # as Ctrl-C ends it, with one batch stored
    assert library.reader.count() == 1_000
    assert ends(ingest(library, folder / "long.jsonl")) == {"unchanged": 1_000, "added": 200}
    assert unread(ingest(library, folder / "long.jsonl")) == [True]


def test_a_file_that_grows_while_it_is_read_is_said_so_and_read_again(
    library: Library, folder: Path
) -> None:
    log = folder / "log.jsonl"
    lines = [
        f'{{"title": "Note {n}", "text": "The noon ferry was {n} late."}}' for n in range(1_200)
    ]
    log.write_text("\n".join(lines[:1_100]) + "\n")
    running = library.ingest([str(log)], io.BytesIO())
    first = next(running)
    with log.open("a") as file:
        file.write("\n".join(lines[1_100:]))
    recorded = [first, *running]
    assert ends(recorded) == {"added": 1_200, "failed": 1}
    assert recorded[-1].detail == "it was changed while it was read; ingest it again"
    assert ends(ingest(library, log)) == {"unchanged": 1_200}
    assert not list(failures.rows(library))


def test_on_a_disk_of_whole_seconds_a_fresh_file_is_read_again(
    library: Library, folder: Path
) -> None:
    second = time.time_ns() // 10**9 * 10**9
    os.utime(folder / "a.txt", ns=(second, second))
    ingest(library, folder / "a.txt")
    assert unread(ingest(library, folder / "a.txt")) == [False]
    os.utime(folder / "a.txt", ns=(second - 10 * 10**9, second - 10 * 10**9))
    ingest(library, folder / "a.txt")
    assert unread(ingest(library, folder / "a.txt")) == [True]


def test_what_failed_is_listed_until_it_is_read(library: Library, folder: Path) -> None:
    ingest(library, folder, folder / "nowhere.txt")
    list(library.ingest(["-"], io.BytesIO(b"")))
    assert [(Path(row["location"]).name, row["item"]) for row in failures.rows(library)] == [
        ("b.jsonl", "line 2"),
        ("d.txt", ""),
    ]
    (folder / "b.jsonl").write_text(LINES.splitlines()[0])  # the broken line is gone
    (folder / "d.txt").write_text(NOTE.replace("six", "ten"))
    assert ends(list(failures.retried(library))) == {"unchanged": 1, "added": 1}
    assert not list(failures.rows(library))


def test_what_is_no_longer_there_is_forgotten_once_it_was_tried_again(
    library: Library, folder: Path
) -> None:
    ingest(library, folder)
    (folder / "d.txt").unlink()
    assert [one.reason for one in failures.retried(library)][-1] is Reason.NOT_FOUND
    assert [Path(row["location"]).name for row in failures.rows(library)] == ["b.jsonl"]


def test_a_rehearsal_says_what_would_become_of_all_and_stores_nothing(
    library: Library, folder: Path
) -> None:
    ingest(library, folder / "a.txt")
    (folder / "copy.txt").write_text(NOTE)
    before = dump(library.folder.database)
    with rehearsal(library.folder, lambda _: None) as rehearsed:
        found = ends(ingest(rehearsed, folder))
    assert found == {"unchanged": 1, "added": 1, "duplicate": 1, "skipped": 1, "failed": 2}
    assert dump(library.folder.database) == before
    assert ends(ingest(library, folder)) == found


def test_a_rehearsal_makes_no_library(library: Library, folder: Path) -> None:
    with rehearsal(library.folder, lambda _: None) as rehearsed:
        assert ends(ingest(rehearsed, folder))["added"] == 2
    assert not library.folder.path.exists()


def test_a_rehearsal_for_a_library_whose_database_is_lost_says_so(
    library: Library, folder: Path
) -> None:
    ingest(library, folder / "a.txt")
    library.indexing.drain()
    library.close()
    library.folder.database.unlink()
    with (
        pytest.raises(DatabaseMissing, match="is lost"),
        rehearsal(library.folder, lambda _: None) as rehearsed,
    ):
        ingest(rehearsed, folder)


def test_a_rehearsal_that_breaks_off_stores_nothing(library: Library, folder: Path) -> None:
    ingest(library, folder / "a.txt")
    before = dump(library.folder.database)

    def broken_off() -> None:
        with rehearsal(library.folder, lambda _: None) as rehearsed:
            ingest(rehearsed, folder)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert dump(library.folder.database) == before


def test_a_thousand_files_passed_over_need_no_lock(library: Library, tmp_path: Path) -> None:
    """A second run only reads: a library that another process writes to answers it all the same."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(1_000):
        (folder / f"{number}.txt").write_text(f"Note {number}\n\nThe ferry was {number} late.\n")
    assert ends(ingest(library, folder)) == {"added": 1_000}
    with Library(library.folder) as other, library.store.transaction():
        assert ends(ingest(other, folder)) == {"unchanged": 1_000}
    assert query(library.folder.database, "SELECT count(*) FROM ingests") == [(1_000,)]


def test_what_a_folder_skips_fails_where_it_is_named_and_the_other_way_round(
    library: Library, folder: Path
) -> None:
    picture = folder / "c.jpg"
    ingest(library, folder / "a.txt")
    for _ in range(2):
        assert ends(ingest(library, picture)) == {"failed": 1}
        assert ends(ingest(library, folder))["skipped"] == 1
        assert all(unread(ingest(library, folder)))
        assert str(picture) not in [row["location"] for row in failures.rows(library)]


def test_the_language_a_person_says_goes_before_what_a_file_says(
    library: Library, folder: Path
) -> None:
    (folder / "a.md").write_text(f"---\nlang: de\n---\n{NOTE}")
    names = [str(folder / name) for name in ("a.md", "a.txt", "d.txt")]
    assert len(list(library.ingest(names, io.BytesIO(), Said(language="sv")))) == 3
    stored = [library.article(number).article for number in (1, 2)]
    assert [(one.language, one.origins["language"]) for one in stored] == [("sv", "given")] * 2
