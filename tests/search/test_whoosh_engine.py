"""What Whoosh does not promise by itself: durability, safety, and errors one can act on."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from article import Article, Paragraph, Published, Stored
from search import whoosh_engine, whoosh_merge, whoosh_writer
from search.document import Document, document
from search.engine import (
    DocumentsRejected,
    EngineError,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
)
from search.parser import parse
from search.plan import Plan
from search.planner import plan

ADDED = "2022-01-01T00:00:00+00:00"
QUERIES = [
    "oil",
    "oil /s rises",
    "=oil",
    "o?l NEAR/2 price",
    "word7",
    '"oil price"',
    "wor*",
    "-word3",
    "date:2021",
    "headline:head5",
    "*",
]


def doc(number: int, words: str = "the oil price rises") -> Document:
    article = Article(
        paragraphs=(Paragraph(f"{words} word{number}"), Paragraph("more of it")),
        headline=f"head{number}",
        published=Published(f"202{number % 3}-01-01"),
        language="en",
    )
    return document(Stored(number, 1, article, 0, ADDED, ADDED))


def planned(query: str) -> Plan:
    return plan(parse(query), ["en"], dt.date(2022, 1, 1))


def answers(folder: Path) -> list[object]:
    engine = whoosh_engine.open_index(folder)
    try:
        found: list[object] = [engine.search(planned(query), limit=100) for query in QUERIES]
        return [*found, sorted(engine.revisions()), engine.count()]
    finally:
        engine.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make an index of several segments, some of their documents deleted."""
    folder = tmp_path / "gen-1"
    engine = whoosh_engine.create(folder)
    for start in (1, 20, 40):
        engine.replace([doc(number) for number in range(start, start + 20)])
        engine.commit()
    engine.delete([3, 30])
    engine.commit()
    engine.close()
    return folder


def test_a_number_that_fits_no_column_costs_its_own_document_only(folder: Path) -> None:
    engine = whoosh_engine.open_index(folder)
    engine.replace([doc(7), dataclasses.replace(doc(8), added=2**70), doc(90)])
    with pytest.raises(DocumentsRejected) as caught:
        engine.commit()
    assert list(caught.value.reasons) == [8]
    assert [hit.id for hit in engine.search(planned("word90"), limit=9).hits] == [90]
    assert engine.count() == 58  # what was held of 8 stays
    engine.close()


def test_an_article_of_a_quarter_of_a_million_words_is_found_by_each(tmp_path: Path) -> None:
    words = " ".join(f"w{n % 1_000}" for n in range(250_000))
    paragraphs = Paragraph(words), Paragraph("and the last words")
    article = Article(paragraphs, headline="Long", language="en")
    engine = whoosh_engine.create(tmp_path / "gen-1")
    engine.replace([doc(1), document(Stored(2, 1, article, 0, ADDED, ADDED))])
    engine.commit()
    for query, expected in [
        ("w999", [2]),
        ('"w998 w999 w0"', [2]),
        ('"w999 w1"', []),
        ("w0 NEAR/3 w3", [2]),
        ("w0 NEAR/3 w4", []),
        ('"last words"', [2]),
        ("w0 /p words", []),
        ("headline:long", [2]),
    ]:
        found = engine.search(planned(query), limit=9).hits
        assert [hit.id for hit in found] == expected, query
    engine.close()


def test_an_article_of_a_hundred_thousand_different_words_is_found_by_each(tmp_path: Path) -> None:
    words = " ".join(f"word{n}x" for n in range(100_000))
    article = Article((Paragraph(words),), language="en")
    engine = whoosh_engine.create(tmp_path / "gen-1")
    engine.replace([doc(1), document(Stored(2, 1, article, 0, ADDED, ADDED))])
    engine.commit()
    for query in ("word0x", "word99999x", '"word41x word42x"', "word9999*", "word1?345x"):
        assert [hit.id for hit in engine.search(planned(query), limit=9).hits] == [2], query
    engine.replace([doc(2)])
    engine.commit()
    assert engine.search(planned("word99999x"), limit=9).total == 0
    engine.close()


def test_an_article_without_words_is_among_all_and_found_by_none(folder: Path) -> None:
    engine = whoosh_engine.open_index(folder)
    silent = Article((Paragraph("*** --- ..."),), headline="???")
    engine.replace([document(Stored(7, 2, silent, 0, ADDED, ADDED))])
    engine.commit()
    assert engine.search(planned("*"), limit=99).total == 57
    assert 7 in {hit.id for hit in engine.search(planned("-price"), limit=99).hits}
    assert engine.search(planned("word7"), limit=9).total == 0
    engine.close()


def test_what_a_document_has_and_lacks_is_kept_through_merges(tmp_path: Path) -> None:
    engine = whoosh_engine.create(tmp_path / "gen-1")
    bare = document(Stored(5, 1, Article(()), 0, "?", ADDED))
    for number in range(1, 20, 2):
        engine.replace([bare if number == 5 else doc(number), doc(number + 1)])
        engine.commit()
    assert len(list((tmp_path / "gen-1").glob("*.seg"))) < 10
    found = [hit.id for hit in engine.search(planned("*"), limit=20, sort="date").hits]
    engine.close()
    assert found == [
        *(number for number in range(1, 21) if number % 3 == 2 and number != 5),
        *(number for number in range(1, 21) if number % 3 == 1),
        *(number for number in range(1, 21) if number % 3 == 0),
        5,
    ]


def test_a_commit_reads_few_older_segments_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Add documents a few at a time, with a limit to merges that is soon reached."""
    limit = 20_000
    monkeypatch.setattr(whoosh_merge, "_LARGEST", limit)
    engine = whoosh_engine.create(tmp_path / "gen-1")
    sizes: dict[str, int] = {}
    most, read = 0, 0
    for number in range(150):
        engine.replace([doc(3 * number + n, f"a{number} b{n} " * 20) for n in range(3)])
        engine.commit()
        now = {path.name: path.stat().st_size for path in (tmp_path / "gen-1").glob("*.seg")}
        merged = sum(size for name, size in sizes.items() if name not in now)
        most, read, sizes = max(most, merged), read + merged, now
    engine.close()
    assert limit / 2 < most <= limit
    assert read < 3 * sum(sizes.values())  # what is small once or twice, what is full never again
    assert len(sizes) < 30


def test_what_a_commit_wrote_is_on_the_disk_before_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = whoosh_engine.create(tmp_path / "gen-1")
    engine.replace([doc(1)])
    log: list[tuple[str, str]] = []
    real_sync, real_rename = os.fsync, os.rename

    def sync(descriptor: int) -> None:
        log.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink().name))
        real_sync(descriptor)

    def rename(source: str, target: str) -> None:
        log.append(("rename", target.rpartition("/")[2]))
        real_rename(source, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "rename", rename)
    engine.commit()
    engine.close()
    renamed = log.index(("rename", "_MAIN_1.toc"))
    synced = [name for kind, name in log[:renamed] if kind == "sync"]
    assert any(name.endswith(".seg") for name in synced)
    assert any(".toc." in name for name in synced)
    assert synced[-2:] == ["manifest.json.new", "gen-1"]
    assert log[renamed + 1 :] == [("sync", "gen-1")]


def test_the_index_is_for_its_owner_only(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        engine = whoosh_engine.create(tmp_path / "gen-1")
        engine.replace([doc(1)])
        engine.commit()
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "gen-1").stat().st_mode) == 0o700
    for path in (tmp_path / "gen-1").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    engine.close()
    whoosh_engine.open_index(tmp_path / "gen-1").close()


def test_opening_never_makes_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        whoosh_engine.open_index(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "empty").mkdir(mode=0o700)
    with pytest.raises(IndexMissing):
        whoosh_engine.open_index(tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []


def test_an_index_that_others_can_write_is_not_opened(folder: Path) -> None:
    folder.chmod(0o770)
    with pytest.raises(IndexDamaged, match="written by other users"):
        whoosh_engine.open_index(folder)
    folder.chmod(0o700)
    table = next(folder.glob("*.toc"))
    table.chmod(0o606)
    with pytest.raises(IndexDamaged, match="written by other users"):
        whoosh_engine.open_index(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to give a file away")
def test_an_index_of_another_user_is_not_opened(folder: Path) -> None:
    os.chown(next(folder.glob("*.toc")), 12345, -1)
    with pytest.raises(IndexDamaged, match="another user"):
        whoosh_engine.open_index(folder)


def test_files_that_go_while_the_folder_is_looked_over_are_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [*folder.iterdir(), folder / "_MAIN_1.toc"]
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(names))
    whoosh_engine.open_index(folder).close()


def test_a_damaged_index_answers_rightly_or_says_so(folder: Path, tmp_path: Path) -> None:
    right = answers(folder)
    outcomes: Counter[str] = Counter()
    names = sorted(path.name for path in folder.iterdir() if not path.name.endswith("LOCK"))
    for name in names:
        size = (folder / name).stat().st_size
        cuts = [None, 0, 1, size // 3, size // 2, size - 10, size - 1]
        for cut in cuts:
            copy = tmp_path / "copy"
            shutil.copytree(folder, copy)
            if cut is None:
                (copy / name).unlink()
            else:
                os.truncate(copy / name, max(0, cut))
            try:
                assert answers(copy) == right, (name, cut)
                outcomes["right"] += 1
            except (IndexDamaged, IndexMissing):
                outcomes["refused"] += 1
            shutil.rmtree(copy)
    assert outcomes["refused"] >= 5 * len(names)


def test_writing_to_a_damaged_index_says_so(folder: Path) -> None:
    engine = whoosh_engine.open_index(folder)
    for path in folder.glob("*.seg"):
        path.write_bytes(b"garbage")
    engine.replace([doc(2)])
    with pytest.raises(IndexDamaged):
        engine.commit()
    engine.close()


def test_a_lost_table_of_contents_is_damage(folder: Path) -> None:
    for path in folder.glob("*.toc"):
        path.unlink()
    with pytest.raises(IndexDamaged, match="table of contents"):
        whoosh_engine.open_index(folder)


def test_a_second_writer_is_told_that_the_index_is_locked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_writer, "LOCK_SECONDS", 0.2)
    code = (
        "import fcntl, sys; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX);"
        "print('held', flush=True); sys.stdin.read()"
    )
    lock = folder / "MAIN_WRITELOCK"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        engine = whoosh_engine.open_index(folder)
        engine.replace([doc(100)])
        with pytest.raises(IndexLocked):
            engine.commit()
        assert engine.count() == 57
        other.stdin.close()
    engine.replace([doc(100)])
    engine.commit()
    assert engine.count() == 58
    engine.close()


def test_a_full_disk_is_no_damage_and_changes_nothing(folder: Path) -> None:
    right = answers(folder)
    engine = whoosh_engine.open_index(folder)
    engine.replace([doc(number) for number in range(100, 140)])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))  # as far as a write may go
    try:
        with pytest.raises(EngineError) as caught:
            engine.commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not isinstance(caught.value, IndexDamaged)
    assert answers(folder) == right
    engine.replace([doc(100)])
    engine.commit()
    assert engine.count() == 58
    engine.close()


def test_a_reader_sees_what_another_process_committed(folder: Path) -> None:
    reader, writer = whoosh_engine.open_index(folder), whoosh_engine.open_index(folder)
    assert reader.count() == 57
    writer.replace([doc(100, "brandnew")])
    writer.commit()
    assert reader.search(planned("brandnew"), limit=1).total == 1
    reader.close()
    writer.close()


def test_many_small_commits_leave_few_segments(tmp_path: Path) -> None:
    folder = tmp_path / "gen-1"
    engine = whoosh_engine.create(folder)
    for number in range(1, 66):
        engine.replace([doc(number)])
        engine.commit()
    assert engine.search(planned("oil"), limit=1).total == 65
    assert sorted(engine.revisions()) == [(number, 1) for number in range(1, 66)]
    assert engine.search(planned('"oil price" AND word9'), limit=5).hits[0].id == 9
    assert len(list(folder.glob("*.seg"))) <= 15
    engine.close()


def test_replaced_documents_do_not_pile_up(tmp_path: Path) -> None:
    folder = tmp_path / "gen-1"
    engine = whoosh_engine.create(folder)
    for _ in range(30):
        engine.replace([doc(number) for number in range(1, 9)])
        engine.commit()
    assert engine.count() == 8
    assert len(list(folder.glob("*.seg"))) <= 8
    engine.close()


def test_scores_do_not_depend_on_how_documents_came_in(folder: Path, tmp_path: Path) -> None:
    once = whoosh_engine.create(tmp_path / "other")
    once.replace([doc(number) for number in range(1, 60) if number not in {3, 30}])
    once.commit()
    several = whoosh_engine.open_index(folder)
    for query in QUERIES:
        first, second = (engine.search(planned(query), limit=100) for engine in (once, several))
        assert [hit.id for hit in first.hits] == [hit.id for hit in second.hits]
    once.close()
    several.close()


def test_a_search_loads_no_parser_of_whoosh_and_no_sqlalchemy() -> None:
    code = (
        "import sys, search.parser, search.planner, search.whoosh_engine;"
        "print([m for m in ('whoosh.qparser', 'whoosh.writing', 'sqlalchemy', 'Stemmer', 'numpy')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
