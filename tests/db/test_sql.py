"""Direct SQL: what a person may ask, how the answer comes, and what is said when it is wrong."""

import math
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from db import sql
from db.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseOutdated,
    SqlError,
)
from db.sql import Rows, run, unique
from db.store import Store
from tests.db.making import HARBOUR, ORCHARD, article, outcomes, reading, signed

ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT {} FROM c"

WITH_PS = pytest.mark.skipif(shutil.which("ps") is None, reason="no ps on this machine")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database of two articles, closed."""
    path = tmp_path_factory.mktemp("library") / "cuttings.db"
    store = Store(path, path.with_name("write.lock"))
    first = article(*HARBOUR, headline="Market closes", authors=signed("Ada Quill", "Bo Stern"))
    outcomes(store, reading(first), reading(article(*ORCHARD, headline="Frost"), "/b.txt"))
    store.close()
    return path


def ask(path: Path, query: str, **limits: float) -> list[tuple[object, ...]]:
    return list(run(path, query, **limits))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT headline FROM articles ORDER BY id", [("Market closes",), ("Frost",)]),
        ("SELECT authors FROM current_articles WHERE id = 1", [("Ada Quill; Bo Stern",)]),
        ("SELECT count(*) FROM paragraphs_fts WHERE paragraphs_fts MATCH 'fish'", [(1,)]),
        ("SELECT rowid FROM paragraphs_fts('\"smaller hall\"')", [(3,)]),
        (
            "SELECT snippet(paragraphs_fts, 0, '[', ']', '…', 4) FROM paragraphs_fts('frost')"
            " ORDER BY rank LIMIT 1",
            [("…to a late [frost].",)],
        ),
        (
            "SELECT highlight(paragraphs_fts, 0, '<', '>') FROM paragraphs_fts('NEAR(ice boxes)')",
            [("Stallholders said they had been given eleven days to clear their tables and <ice> <boxes>.",)],
        ),
        ("SELECT bm25(paragraphs_fts) < 0 FROM paragraphs_fts('fish')", [(1,)]),
        ("SELECT value FROM json_each('[1, \"a\"]')", [(1,), ("a",)]),
        ("SELECT atom FROM json_tree('{\"a\": [7]}') WHERE type = 'integer'", [(7,)]),
        ("SELECT json_extract('{\"a\": 1}', '$.a'), '[4]' ->> 0", [(1, 4)]),
        ("SELECT json_group_array(id) FROM articles", [("[1,2]",)]),
        (
            "SELECT ordinal, row_number() OVER (ORDER BY ordinal DESC), lag(ordinal) OVER"
            " (ORDER BY ordinal) FROM paragraphs WHERE article_id = 2 ORDER BY 1",
            [(1, 2, None), (2, 1, 1)],
        ),
        ("WITH few AS (SELECT 1 AS a) SELECT count(*) FROM few", [(1,)]),
        (ENDLESS.format("n") + " LIMIT 3", [(1,), (2,), (3,)]),
        ("VALUES (1, 'a'), (2, 'b')", [(1, "a"), (2, "b")]),
        ("SELECT date('2021-11-04', '+1 month'), strftime('%Y', '2021-11-04')", [("2021-12-04", "2021")]),
        ("SELECT group_concat(id, '+'), max(id), total(id), round(avg(id), 1) FROM articles", [("1+2", 2, 3.0, 1.5)]),
        ("SELECT count(*) FROM (SELECT 1 UNION SELECT 2 INTERSECT SELECT 2 EXCEPT SELECT 1)", [(1,)]),
        ("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name LIMIT 1", [("current_articles",)]),
        ("SELECT 1 -- a remark; and another", [(1,)]),
        ("\n\t/* why */ SELECT 1;\n", [(1,)]),
        ("SELECT upper(substr(trim(' abc '), 2)) || replace('xy', 'y', 'z')", [("BCxz",)]),
        ("SELECT CASE WHEN 'abc' LIKE 'A%' AND 'b' GLOB '[a-c]' THEN iif(1, 'yes', 'no') END", [("yes",)]),
    ],
)  # fmt: skip
def test_reading_is_allowed(library: Path, query: str, expected: list[tuple[object, ...]]) -> None:
    assert ask(library, query) == expected


def test_the_plan_of_a_query_is_shown(library: Path) -> None:
    rows = run(library, "EXPLAIN QUERY PLAN SELECT * FROM articles WHERE id = 1")
    assert "SEARCH a" in str(list(rows))


def test_values_come_as_sqlite_has_them(library: Path) -> None:
    query = "SELECT 9223372036854775807, 1.5, 'Łódź 鱼 🐟', x'00ff', NULL, 9e999, 'a' || char(0) || '\n'"
    assert ask(library, query) == [
        (2**63 - 1, 1.5, "Łódź 鱼 🐟", b"\x00\xff", None, math.inf, "a\x00\n")
    ]


def test_text_that_is_no_utf8_is_shown_as_far_as_it_can_be(library: Path) -> None:
    assert ask(library, "SELECT CAST(x'41ff42' AS TEXT)") == [("A\ufffdB",)]


def test_columns_are_named_once_each() -> None:
    assert unique(["a", "a", "a_2", "a", "b"]) == ("a", "a_3", "a_2", "a_4", "b")


def test_columns_are_known_before_the_rows(library: Path) -> None:
    rows = run(library, "SELECT id, id, headline AS id FROM articles WHERE 0")
    assert rows.columns == ("id", "id_2", "id_3")
    assert list(rows) == []


def test_rows_over_the_limit_are_cut_and_it_says_so(library: Path) -> None:
    rows = run(library, ENDLESS.format("n"), max_rows=3)
    assert list(rows) == [(1,), (2,), (3,)]
    assert rows.truncated


def test_as_many_rows_as_the_limit_are_not_cut(library: Path) -> None:
    rows = run(library, "VALUES (1), (2), (3)", max_rows=3)
    assert list(rows) == [(1,), (2,), (3,)]
    assert not rows.truncated


def test_many_and_large_rows_stream(library: Path) -> None:
    query = ENDLESS.format("n, printf('%*d', 1000, n)") + " LIMIT 20000"
    count = sum(
        len(str(text)) == 1000 and number == n
        for n, (number, text) in enumerate(run(library, query), 1)
    )
    assert count == 20_000
    assert len(str(ask(library, "SELECT printf('%*d', 9000000, 1)")[0][0])) == 9_000_000


def test_a_reader_who_takes_his_time_is_not_stopped(library: Path) -> None:
    rows = iter(run(library, ENDLESS.format("n, printf('%1000d', n)") + " LIMIT 5000", seconds=0.7))
    next(rows)
    time.sleep(1)
    assert sum(1 for _ in rows) == 4_999


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * FORM articles", 'near "FORM": syntax error'),
        ("SELECT 'a", "unrecognized token"),
        ("SELECT * FROM articels", r"no such table: articels. Did you mean articles"),
        ("SELECT * FROM zzz", "no such table: zzz. What there is: cuttings schema"),
        ("SELECT a.hedline FROM articles AS a", "no such column: a.hedline. Did you mean headline"),
        ("SELECT lenght('a')", "no such function: lenght. Did you mean length"),
        ("", "no statement"),
        (" -- nothing\n/* here */ ", "no statement"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("SELECT ?", "have nothing to stand for"),
        ("SELECT :name", "have nothing to stand for"),
        ("SELECT 1\x00", "null character"),
        ("SELECT '\udcff'", "surrogates"),
        ("SELECT 1 FROM paragraphs_fts('well-known')", "double quotes"),
        ("SELECT 1 FROM paragraphs_fts WHERE paragraphs_fts MATCH 'AND'", "fts5: syntax error"),
        ("SELECT json('{')", "malformed JSON"),
        ("SELECT abs(-9223372036854775808)", "integer overflow"),
        ("SELECT 1" + " + 1" * 2000, "Expression tree is too large"),
        ("SELECT '" + "a" * 1_000_001 + "'", "longer than 1,000,000 bytes"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(library: Path, query: str, words: str) -> None:
    with pytest.raises(SqlError, match=words) as caught:
        ask(library, query)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_the_time_limit_ends_a_query_that_gives_rows(library: Path) -> None:
    begin = time.monotonic()
    with pytest.raises(SqlError, match=r"longer than 0\.3 s .*--seconds"):
        ask(library, ENDLESS.format("max(n)"), seconds=0.3)
    assert time.monotonic() - begin < 3


def test_the_time_limit_counts_all_the_waiting_between_rows(library: Path) -> None:
    numbers = ENDLESS.format("n") + " LIMIT 20000"
    query = ENDLESS.format(f"printf('%100000d', n), (SELECT max(n) FROM ({numbers}) WHERE n < c.n)")
    begin = time.monotonic()
    with pytest.raises(SqlError, match="longer than"):
        ask(library, query, seconds=0.5)
    assert time.monotonic() - begin < 1.8


def test_the_time_limit_ends_a_single_call_that_never_returns(library: Path) -> None:
    """SQLite's own progress handler would not: it is asked between steps, not within one."""
    begin = time.monotonic()
    query = "SELECT instr(replace(printf('%30000000s', ''), ' ', 'a'), printf('%15000000s', 'b'))"
    query = query.replace(
        "printf('%15000000s', 'b')", "replace(printf('%9000000s', ''), ' ', 'a') || 'b'"
    )
    with pytest.raises(SqlError, match="longer than"):
        ask(library, query, seconds=1.0)
    assert time.monotonic() - begin < 5


def test_a_value_that_grows_too_large_is_said(library: Path) -> None:
    numbers = ENDLESS.format("n") + " LIMIT 90000"
    with pytest.raises(SqlError, match="too large: 64 MB is the limit"):
        ask(library, f"SELECT group_concat(printf('%1000d', n)) FROM ({numbers})", seconds=60)


@pytest.mark.parametrize("memory", [80, 512])
def test_the_memory_limit_ends_a_query(library: Path, memory: int) -> None:
    large = f"replace(printf('%{memory * 50_000}s', ''), ' ', 'ab')"
    query = f"SELECT {', '.join([large] * 12)}"
    with pytest.raises(SqlError, match=f"more than {memory} MB of memory"):
        ask(library, query, memory=memory * sql.MIB, seconds=60)


def test_an_interrupt_ends_the_process_that_runs_the_query(library: Path) -> None:
    """As Ctrl-C does: a signal to the program that waits."""
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt) as caught:
        ask(library, ENDLESS.format("max(n)"), seconds=20)
    assert children() == []
    assert caught  # which keeps alive what the call held: the process ended before that is dropped


@WITH_PS
def test_an_answer_nobody_reads_to_the_end_leaves_no_process(library: Path) -> None:
    for end in (Rows.close, lambda rows: None):
        rows = run(library, ENDLESS.format("n"), seconds=20)
        assert next(iter(rows)) == (1,)
        assert len(children()) == 1
        end(rows)
        del rows
        assert children() == []


@WITH_PS
def test_a_query_whose_program_was_killed_does_not_run_on(library: Path) -> None:
    program = (
        "import os, signal, sys, threading, time; from pathlib import Path\n"
        "from db import sql; from tests.db.test_sql import children\n"
        "def end():\n"
        "    time.sleep(0.3)\n"
        "    print(children()[0].split()[0], flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "threading.Timer(0.3, end).start()\n"
        "sql.run(Path(sys.argv[1]), sys.argv[2], seconds=1)"
    )
    command = [sys.executable, "-c", program, str(library), ENDLESS.format("max(n)")]
    root = Path(sql.__file__).parents[1]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, cwd=root)
    pid = int(done.stdout)
    for _ in range(100):
        if not alive(pid):
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the query still runs")


def children() -> list[str]:
    """Give the processes this one has started and not yet seen end."""
    done = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and done.stderr:  # the ps of macOS
        done = subprocess.run(
            ["pgrep", "-fl", "-P", str(os.getpid()), "sql_child"],
            capture_output=True,
            text=True,
            check=False,
        )
    return [line for line in done.stdout.splitlines() if "sql_child" in line]


def alive(pid: int) -> bool:
    done = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()[:1] not in {"", "Z"}


def test_a_query_sees_what_another_process_writes_meanwhile(store: Store, path: Path) -> None:
    outcomes(store, reading(article(*HARBOUR)))
    rows = iter(run(path, ENDLESS.format("(SELECT count(*) FROM articles)") + " LIMIT 200000"))
    assert next(rows) == (1,)
    outcomes(store, reading(article(*ORCHARD), "/b.txt"))
    assert {value for (value,) in rows} == {1}
    assert ask(path, "SELECT count(*) FROM articles") == [(2,)]


def test_a_missing_library_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        run(tmp_path / "none.db", "SELECT 1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("step", "error"), [("9999", DatabaseNewer), ("0000", DatabaseOutdated)])
def test_a_library_of_another_version_is_said(
    store: Store, path: Path, step: str, error: type[Exception]
) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{step}'")
    with pytest.raises(error):
        run(path, "SELECT 1")


def test_damage_met_on_the_way_is_said_as_such(store: Store, path: Path) -> None:
    store.record([reading(article(f"Words {n}. " * 300), f"/{n}.txt") for n in range(60)])
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(size // 4096 // 2, size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 64)
    with pytest.raises(DatabaseDamaged, match="damaged"):
        ask(path, "SELECT sum(length(text)) FROM paragraphs")


def test_the_query_process_takes_nothing_from_the_users_environment(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not the json you wanted')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.chdir(tmp_path)
    assert ask(library, "SELECT 1") == [(1,)]
