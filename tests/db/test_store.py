"""What was stored is whole, safe and found: transactions, the lock, the full text, the originals."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accession import Outcome, Reading, Reason, Refusal, Source
from article import Article, Author, Kind, Link, Paragraph, Precision, Published
from db import intake
from db.errors import DatabaseDamaged, DatabaseFull, DatabaseLocked
from db.lock import exclusive
from db.reader import Reader
from db.store import Store
from tests.db.making import HARBOUR, ORCHARD, article, dump, full_text, outcomes, query, reading

ROOT = Path(__file__).resolve().parents[2]


def found(path: Path, words: str) -> list[tuple[int, int]]:
    """Give (article, ordinal) of the paragraphs the full text finds."""
    sql = (
        "SELECT article_id, ordinal FROM paragraphs_fts JOIN paragraphs ON id = paragraphs_fts.rowid "
        "WHERE paragraphs_fts MATCH ? ORDER BY 1, 2"
    )
    return query(path, sql, words)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty database to copy, which is quicker than making one."""
    path = tmp_path_factory.mktemp("empty") / "cuttings.db"
    Store(path, path.with_name("write.lock")).close()
    return path


# -- one transaction


def test_an_error_on_the_way_leaves_nothing_of_the_batch(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes(store, reading(article(*HARBOUR, url="https://example.org/a")))
    before = dump(path)

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(intake, "revise", fail)
    with pytest.raises(RuntimeError):
        store.record(
            [
                reading(article(*ORCHARD), "/b.txt"),
                Refusal("/x", Outcome.FAILED, Reason.EMPTY, "empty"),
                reading(article(*HARBOUR[:2], url="https://example.org/a")),
            ]
        )
    assert dump(path) == before


def test_a_process_killed_before_it_commits_leaves_nothing(store: Store, path: Path) -> None:
    outcomes(store, reading(article(*HARBOUR)))
    before = dump(path)
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom db.store import Store\n"
        "store = Store(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "with store.transaction() as connection:\n"
        "    connection.exec_driver_sql('UPDATE articles SET headline = 1')\n"
        "    connection.exec_driver_sql('DELETE FROM paragraphs')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert run(program, path).wait(60) == -signal.SIGKILL
    assert outcomes(store) == []
    assert dump(path) == before


def run(program: str, path: Path, stdout: int | None = None) -> subprocess.Popen[bytes]:
    """Start a Python program that is given the database and its lock."""
    command = [sys.executable, "-c", program, str(path), str(path.with_name("write.lock"))]
    return subprocess.Popen(command, cwd=ROOT, stdout=stdout)


def test_what_is_written_is_synced_before_it_is_acknowledged(store: Store) -> None:
    with store.transaction() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_files_are_the_owners_alone(store: Store, path: Path) -> None:
    with store.transaction():
        modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
    assert set(modes) >= {"cuttings.db", "cuttings.db-wal", "write.lock"}
    assert set(modes.values()) == {0o600}


def test_a_damaged_file_is_named_as_one(path: Path) -> None:
    path.write_bytes(b"This is no database at all, only words. " * 200)
    with pytest.raises(DatabaseDamaged, match=r"cuttings\.db is damaged"):
        Store(path, path.with_name("write.lock"))
    with pytest.raises(DatabaseDamaged):
        Reader(path)


def test_a_full_disk_is_said_and_what_was_stored_stays(store: Store, path: Path) -> None:
    outcomes(store, reading(article(*HARBOUR)))
    before = dump(path)
    with pytest.raises(DatabaseFull, match="full"):
        fill_the_disk(store)
    assert dump(path) == before


def fill_the_disk(store: Store) -> None:
    """Write more than SQLite was given room for."""
    with store.transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.exec_driver_sql("INSERT INTO settings VALUES ('x', hex(randomblob(300000)))")


# -- the lock


def test_a_second_writer_waits_for_the_first(store: Store, path: Path) -> None:
    with exclusive(store.lock):
        other = run(
            "import sys; from pathlib import Path; from db.store import Store\n"
            "Store(Path(sys.argv[1]), Path(sys.argv[2])).close()",
            path,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1.5)
    assert other.wait(30) == 0


def test_a_writer_that_waited_in_vain_names_the_holder(store: Store) -> None:
    begin = time.monotonic()
    with (
        exclusive(store.lock),
        pytest.raises(DatabaseLocked, match=rf"process {os.getpid()} \(.*since .* UTC\)"),
        exclusive(store.lock, wait=0.2),
    ):
        pass
    assert 0.2 <= time.monotonic() - begin < 5


def test_the_lock_dies_with_its_holder(store: Store, path: Path) -> None:
    holder = run(
        "import sys, time; from pathlib import Path; from db.lock import exclusive\n"
        "with exclusive(Path(sys.argv[2])):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)",
        path,
        subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(DatabaseLocked, match=str(holder.pid)), exclusive(store.lock, wait=0.1):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert outcomes(store, reading(article(*HARBOUR))) == [Outcome.ADDED]


def test_a_lock_that_is_a_link_is_not_followed(store: Store, path: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("words")
    link = tmp_path / "link.lock"
    link.symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic links"), exclusive(link):
        pass
    assert (tmp_path / "precious").read_text() == "words"


# -- the full text


def test_the_full_text_finds_what_is_current_and_nothing_else(store: Store, path: Path) -> None:
    url = "https://example.org/a"
    store.record([reading(article(*HARBOUR, url=url)), reading(article(*ORCHARD), "/b.txt")])
    assert found(path, "fish OR frost") == [(1, 1), (2, 1), (2, 2)]
    store.record([reading(article(HARBOUR[1], HARBOUR[2], "Lorries wait.", url=url))])
    assert found(path, "fish") == []
    assert found(path, "lorries") == [(1, 3)]
    store.remove([2])
    assert found(path, "frost") == []
    store.record([reading(article(*ORCHARD), "/b.txt")])
    assert found(path, "frost") == [(2, 1), (2, 2)]


def test_the_full_text_folds_accents(store: Store, path: Path) -> None:
    outcomes(store, reading(article("Le maire de Besançon a démissionné.")))
    assert found(path, "besancon demissionne") == [(1, 1)]


WORDS = st.sampled_from(["quay", "crane", "frost", "apple", "мост", "река", "鱼", "école"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4)
ACTIONS: st.SearchStrategy[tuple[str, int, list[str]]] = st.one_of(
    st.tuples(st.just("record"), st.integers(1, 4), TEXTS),
    st.tuples(st.just("remove"), st.integers(1, 4), st.just([])),
)


@settings(max_examples=25, deadline=None)
@given(rounds=st.lists(st.lists(ACTIONS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_the_full_text_always_holds_the_current_paragraphs(
    empty: Path, rounds: list[list[tuple[str, int, list[str]]]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty, folder))
        store = Store(path, path.with_name("write.lock"))
        for actions in rounds:
            store.record(
                [
                    reading(article(*words, url=f"https://example.org/{n}"), f"/{n}.txt")
                    for do, n, words in actions
                    if do == "record"
                ]
            )
            store.remove([n for do, n, _ in actions if do == "remove"])
        current = query(path, "SELECT id, text FROM current_paragraphs")
        expected = sorted((n, fold(word)) for n, text in current for word in text.split())
        assert full_text(path) == expected
        check = "INSERT INTO paragraphs_fts(paragraphs_fts) VALUES ('integrity-check')"
        with store.transaction() as connection:
            connection.exec_driver_sql(check)


def fold(word: str) -> str:
    return word.replace("é", "e")


# -- what came is what is kept


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\xff\xfe" * 100, b"a" * 100_000, bytes(range(256)), "Łódź\r\n".encode("utf-16")],
    ids=["empty", "binary", "long", "short", "utf-16"],
)
def test_originals_give_back_the_bytes_exactly(store: Store, path: Path, data: bytes) -> None:
    outcomes(store, reading(article(*HARBOUR), data=data))
    sha256 = hashlib.sha256(data).hexdigest()
    sql = "SELECT o.data, o.compression, o.size FROM originals AS o JOIN copies USING (sha256)"
    [(kept, compression, size)] = query(path, sql + " WHERE sha256 = ?", sha256)
    assert (zlib.decompress(kept) if compression == "zlib" else kept) == data
    assert size == len(data)
    assert len(kept) <= len(data)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MAYBE = st.none() | TEXT
PARAGRAPHS = st.builds(Paragraph, TEXT, st.sampled_from(Kind), MAYBE, MAYBE)
DATES = st.none() | st.builds(
    Published, st.sampled_from(["2021", "2021-02", "2021-02-03"]), st.sampled_from(Precision), MAYBE
)
ARTICLES = st.builds(
    Article,
    paragraphs=st.lists(PARAGRAPHS, max_size=4).map(tuple),
    headline=MAYBE,
    standfirst=MAYBE,
    byline=MAYBE,
    dateline=MAYBE,
    authors=st.lists(st.builds(Author, TEXT, MAYBE), max_size=3).map(tuple),
    published=DATES,
    section=MAYBE,
    language=MAYBE,
    site=MAYBE,
    url=MAYBE,
    source_id=MAYBE,
    tags=st.lists(TEXT, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, TEXT, TEXT, MAYBE), max_size=3).map(tuple),
    origins=st.dictionaries(TEXT, TEXT, max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(articles=st.lists(ARTICLES, min_size=1, max_size=4))
def test_an_article_comes_back_as_it_was_stored(empty: Path, articles: list[Article]) -> None:
    """But for the source's own id, which is a key and no part of it, and the order of tags.

    Where a copy comes too, it brings its tags, and its address where there is none.
    """
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty, folder))
        store = Store(path, path.with_name("write.lock"))
        inputs = [Reading(Source(f"/{n}", "text", b""), one) for n, one in enumerate(articles)]
        ends = store.record(inputs)
        copies = Counter(one.article_id for one in ends)
        for one, given_ in zip(ends, articles, strict=True):
            if one.article_id is not None and copies[one.article_id] == 1:
                reader = Reader(path)
                stored = reader.article(one.article_id)
                reader.close()
                assert stored is not None
                tags = tuple(sorted(set(given_.tags)))
                assert stored.article == replace(given_, source_id=None, tags=tags)
