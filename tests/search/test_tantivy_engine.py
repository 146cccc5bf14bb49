"""What Tantivy does not promise by itself: noticing damage, and errors one can act on."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

tantivy_engine = pytest.importorskip("search.tantivy_engine", exc_type=ImportError)

from search.engine import EngineError, IndexDamaged, IndexLocked, IndexMissing  # noqa: E402
from tests.search.test_whoosh_engine import QUERIES, doc, planned  # noqa: E402


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an index of two segments, one with a document deleted."""
    folder = tmp_path_factory.mktemp("index") / "gen"
    engine = tantivy_engine.create(folder)
    engine.replace([doc(n) for n in range(1, 9)])
    engine.commit()
    engine.replace([doc(9), doc(10, "the wheat harvest")])
    engine.delete([3])
    engine.commit()
    engine.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Give a copy of that index."""
    return shutil.copytree(made, tmp_path / "gen")


def answers(folder: Path) -> list[object]:
    engine = tantivy_engine.open_index(folder)
    found: list[object] = [engine.search(planned(query), limit=100) for query in QUERIES]
    return [*found, sorted(engine.revisions()), engine.count()]


def found_by(folder: Path, query: str) -> set[int]:
    return set(tantivy_engine.open_index(folder).ids(planned(query)))


def files(folder: Path) -> list[Path]:
    """Give the files that hold what the index holds."""
    return sorted(path for path in folder.iterdir() if path.suffix not in {".json", ".lock"})


@pytest.mark.parametrize("kind", ["idx", "term", "pos", "store", "fast", "fieldnorm", "del"])
@pytest.mark.parametrize("how", ["flipped", "cut", "emptied", "gone"])
def test_damage_to_any_file_is_noticed(folder: Path, kind: str, how: str) -> None:
    path = next(path for path in files(folder) if path.suffix == f".{kind}")
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    written = {"flipped": data, "cut": data[:-9], "emptied": bytearray(), "gone": bytearray()}
    path.write_bytes(written[how])
    if how == "gone":
        path.unlink()
    with pytest.raises(IndexDamaged):
        answers(folder)


def test_a_lost_table_of_contents_is_not_taken_for_an_empty_index(folder: Path) -> None:
    (folder / "meta.json").unlink()
    with pytest.raises(IndexDamaged, match="table of contents"):
        tantivy_engine.open_index(folder)


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_a_changed_table_of_contents_is_noticed(folder: Path, at: int) -> None:
    meta = folder / "meta.json"
    data = bytearray(meta.read_bytes())
    data[len(data) * at // 100] ^= 4
    meta.write_bytes(data)
    with pytest.raises(IndexDamaged):
        answers(folder)


def test_a_lost_seal_is_noticed(folder: Path) -> None:
    (folder / "seal.json").unlink()
    with pytest.raises(IndexDamaged):
        tantivy_engine.open_index(folder)


def test_what_another_process_is_writing_is_no_damage(folder: Path) -> None:
    before = answers(folder)
    segment = next(folder.glob("*.store")).stem
    (folder / f"{segment}.999.del").write_bytes(b"half of what a commit")
    assert answers(folder) == before


def test_an_index_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        tantivy_engine.open_index(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexMissing):
        tantivy_engine.open_index(tmp_path / "empty")
    assert not list((tmp_path / "empty").iterdir())


def test_an_index_that_others_can_write_is_not_opened(folder: Path) -> None:
    folder.chmod(0o777)
    with pytest.raises(IndexDamaged, match="other users"):
        tantivy_engine.open_index(folder)


def test_files_are_the_owners_alone(folder: Path) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_second_writer_waits_and_is_told_who_is_in_the_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_engine, "_LOCK_SECONDS", 0.1)
    engine = tantivy_engine.open_index(folder)
    holder = tantivy_engine.open_index(folder)._index.writer(15_000_000, num_threads=1)
    engine.replace([doc(11)])
    with pytest.raises(IndexLocked, match="another process"):
        engine.commit()
    assert engine.count() == 9  # reading goes on
    holder.wait_merging_threads()
    engine.replace([doc(11)])
    engine.commit()
    assert engine.count() == 10


def test_a_reader_sees_what_another_process_committed(folder: Path) -> None:
    reader, writer = tantivy_engine.open_index(folder), tantivy_engine.open_index(folder)
    assert reader.ids(planned("word40")) == set()
    writer.replace([doc(40)])
    writer.commit()
    assert reader.ids(planned("word40")) == {40}


def test_a_full_disk_leaves_what_was_committed(folder: Path) -> None:
    before = answers(folder)
    limit = max(path.stat().st_size for path in folder.iterdir())
    pid = os.fork()
    if not pid:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        engine = tantivy_engine.open_index(folder)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        engine.replace([doc(n) for n in range(100, 900)])
        try:
            engine.commit()
        except IndexDamaged:
            os._exit(2)
        except EngineError as error:
            # Tantivy tells of the file, or of its thread that died of it, as either comes first.
            told = "disk full" in str(error) or os.strerror(errno.EFBIG) in str(error)
            os._exit(0 if told else 3)
        os._exit(4)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert answers(folder) == before


WRITER = """
import sys
from pathlib import Path
from search import tantivy_engine
from tests.search.test_whoosh_engine import doc
engine = tantivy_engine.open_index(Path(sys.argv[1]))
print("ready", flush=True)
for start in range(1000, 9000, 50):
    engine.replace([doc(n) for n in range(start, start + 50)])
    engine.commit()
    print(start + 50, flush=True)
"""


def test_a_writer_that_is_killed_leaves_whole_commits(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process:
        said = [process.stdout.readline() for _ in range(4)]
        process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
    done = (int(said[-1]) - 1000) // 50
    committed = len(found_by(folder, "word*")) - 9
    assert committed in {done * 50, (done + 1) * 50}
    engine = tantivy_engine.open_index(folder)
    engine.replace([doc(11)])
    engine.commit()
    assert engine.count() == 9 + committed + 1


def test_a_tie_at_the_end_of_a_page_is_broken_by_id(tmp_path: Path) -> None:
    engine = tantivy_engine.create(tmp_path / "gen")
    for start in (60, 1, 30):  # segments in another order than ids
        engine.replace([doc(n, "oil") for n in range(start, start + 29)])
        engine.commit()
    for query in ("oil", "oil OR wheat", "oi*", "has:date", "oi* OR price*"):
        whole = [hit.id for hit in engine.search(planned(query), limit=100).hits]
        assert whole == sorted(whole)
        pages = [engine.search(planned(query), limit=10, offset=at) for at in range(0, 90, 10)]
        assert [hit.id for page in pages for hit in page.hits] == whole
        assert len(whole) == 87


def test_words_that_repeat_and_phrases_are_near_only_where_they_are(tmp_path: Path) -> None:
    engine = tantivy_engine.create(tmp_path / "gen")
    texts = {
        1: "oil and oil",
        2: "oil",
        3: "oil price and interest rate",
        4: "interest and rate oil",
    }
    engine.replace([doc(n, words) for n, words in texts.items()])
    engine.commit()
    expected = {
        "oil NEAR/3 oil": {1},
        "oil /s oil": {1},
        '"oil price" NEAR/2 "interest rate"': {3},
        '"interest oil rate"~3': {4},
        "ATLEAST/2 oil": {1},
        "headline:hea*": {1, 2, 3, 4},
        "oil ONEAR/20 rate": {3},
        "rate ONEAR/20 oil": {4},
    }
    assert {query: engine.ids(planned(query)) for query in expected} == expected


def test_an_old_index_is_copied_and_opened_elsewhere(folder: Path, tmp_path: Path) -> None:
    before = answers(folder)
    shutil.copytree(folder, tmp_path / "copy")
    assert answers(tmp_path / "copy") == before
