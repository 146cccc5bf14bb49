"""Hostile and broken input: each ends in a recorded outcome and a clear line, and harms nothing else."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from accession import Reason
from ingest.finding import unreadable
from tests.transcript import Desk

RUSSIAN = "Паром ходит шесть раз в день, и билет стоит столько же, сколько раньше. " * 4
CHINESE = "渡轮每天往返六次，票价与维修前相同。学生们是第一批乘客。" * 4
GOOD = "The good article\n\nIts words are unharmed by its neighbours.\n"


@pytest.fixture
def desk(tmp_path: Path, programs: Path) -> Desk:
    made = Desk.new(tmp_path, programs)
    (tmp_path / "papers/box").mkdir()
    (tmp_path / "papers/box/good.txt").write_text(GOOD)
    return made


def box(desk: Desk) -> Path:
    return desk.home / "papers/box"


def ingest(desk: Desk, expected_code: int = 4) -> str:
    """Ingest the box; give what was said on standard error."""
    done = desk.run("cuttings ingest box")
    assert done.returncode == expected_code, done.stderr
    assert "Traceback" not in done.stderr
    assert "The good article" in done.stdout
    return done.stderr


def outcome(desk: Desk, name: str) -> tuple[str, str | None]:
    sql = f"select outcome, reason from ingests where location like '%{name}' order by id"
    rows = json.loads(desk.run(f'cuttings sql "{sql}" --json').stdout)["rows"]
    assert len(rows) == 1
    return rows[0]["outcome"], rows[0]["reason"]


UNREADABLE = {
    "empty.txt": (b"", "failed", "empty"),
    "blank.txt": (b" \n\t\r\n \x0c\n", "failed", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "failed", "not-text"),
    "photo.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "skipped", "unknown-format"),
    "nameless": (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00", "skipped", "unknown-format"),
    "broken.json": (b'{"title": "x", ', "failed", "malformed"),
    "deep.json": (b"[" * 100_000, "failed", "malformed"),
    "wordless.jsonl": (b'{"id": 1}\n', "failed", "empty"),
}


def test_what_cannot_be_read_is_recorded_with_its_reason(desk: Desk) -> None:
    for name, (data, _, _) in UNREADABLE.items():
        (box(desk) / name).write_bytes(data)
    said = ingest(desk)
    for name, (_, *expected) in UNREADABLE.items():
        assert f"box/{name}" in said
        assert outcome(desk, name) == tuple(expected), name


ENCODED = {
    "cp1251": (RUSSIAN, "паром"),
    "utf-16": (RUSSIAN.replace("шесть", "девять"), "девять"),
    "utf-16-le": ("Lifebuoys hang on every wall.\n" * 9, "lifebuoys"),
    "gb18030": (CHINESE, "学生们"),
    "cp1252": ("Die Fähre fährt heute früher über die Straße.\n" * 5, "fahre"),
    "utf-8-sig": (RUSSIAN.replace("шесть", "восемь"), "восемь"),
    "shift_jis": ("フェリーは一日に六往復する。料金は以前と同じである。" * 6, "料金"),
}


def test_a_text_in_another_encoding_is_read_and_found(desk: Desk) -> None:
    for encoding, (text, _) in ENCODED.items():
        (box(desk) / f"{encoding}.txt").write_bytes(text.encode(encoding))
    ingest(desk, 0)
    for encoding, (text, query) in ENCODED.items():
        found = json.loads(desk.run(f"cuttings search {query} --json").stdout)
        texts = {part["text"] for hit in found["hits"] for part in hit["paragraphs"]}
        assert any(text.split("\n")[0].strip() == one or one in text for one in texts), encoding


def test_mixed_encodings_are_read_and_said_so(desk: Desk) -> None:
    mixed = "Olá, naïve café — ".encode() * 20 + "the café again".encode("cp1252")
    (box(desk) / "mixed.txt").write_bytes(mixed)
    assert "windows-1252" in ingest(desk, 0)
    assert json.loads(desk.run("cuttings search cafe --json").stdout)["total"] == 1


def test_nul_bytes_in_a_text_do_not_hide_what_follows(desk: Desk) -> None:
    (box(desk) / "nul.txt").write_bytes(
        b"The ferry left\x00 before the ice came, said the coxswain. " * 9
    )
    ingest(desk, 0)
    assert json.loads(desk.run("cuttings search coxswain --json").stdout)["total"] == 1


def test_one_broken_line_among_thousands_costs_only_itself(desk: Desk) -> None:
    lines = [json.dumps({"id": n, "title": f"T{n}", "text": f"Words {n}."}) for n in range(3000)]
    lines[1234] = '{"title": "cut off'
    (box(desk) / "many.jsonl").write_text("\n".join(lines))
    said = ingest(desk)
    assert "many.jsonl, line 1235: not JSON" in said
    assert "3,000 added, 1 failed" in said.replace("3,000 added (", "3,000 added, (")


def test_a_line_of_five_megabytes_is_stored_whole(desk: Desk) -> None:
    (box(desk) / "long.txt").write_text("ferry " * 900_000 + "zzlast")
    ingest(desk, 0)
    assert json.loads(desk.run("cuttings search zzlast --json").stdout)["total"] == 1


def test_a_file_too_large_for_one_article_is_refused_unread(desk: Desk) -> None:
    with (box(desk) / "huge.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "too large" in ingest(desk)
    assert outcome(desk, "huge.txt") == ("failed", "too-large")


def test_links_that_lead_nowhere_or_in_a_circle_are_passed(desk: Desk) -> None:
    (box(desk) / "gone.txt").symlink_to("nowhere")
    (box(desk) / "self.txt").symlink_to("self.txt")
    (box(desk) / "round").symlink_to(box(desk), target_is_directory=True)
    said = ingest(desk)
    assert "a link that leads nowhere" in said
    assert outcome(desk, "gone.txt") == ("failed", "not-found")
    assert outcome(desk, "self.txt")[0] == "failed"
    assert outcome(desk, "good.txt") == ("added", None)


def test_a_pipe_in_a_folder_is_not_waited_for(desk: Desk) -> None:
    os.mkfifo(box(desk) / "pipe.txt")
    assert "not a regular file" in ingest(desk)


def test_a_name_that_is_not_utf8_is_stored_and_shown(desk: Desk) -> None:
    (Path(os.fsdecode(os.fsencode(box(desk)) + b"/caf\xe9.txt"))).write_text("Words of the cafe.")
    ingest(desk, 0)
    rows = desk.run(
        "cuttings sql \"select location from copies where location like '%caf%'\""
    ).stdout
    assert "caf\\xe9.txt" in rows


def test_a_refused_permission_is_told_from_a_missing_file(tmp_path: Path) -> None:
    refused = unreadable(tmp_path / "a.txt", PermissionError(errno.EACCES, "Permission denied"))
    missing = unreadable(tmp_path / "a.txt", FileNotFoundError(errno.ENOENT, "No such file"))
    assert (refused.reason, missing.reason) == (Reason.NO_PERMISSION, Reason.NOT_FOUND)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_recorded(desk: Desk) -> None:
    (box(desk) / "secret.txt").write_text("Words.")
    (box(desk) / "secret.txt").chmod(0)
    ingest(desk)
    assert outcome(desk, "secret.txt") == ("failed", "no-permission")


HOSTILE = "\x1b]0;owned\x07\x1b[31mRed\u202egnp.exe\u2066 \x9b2J [bold] \u200f"


SHOWING = (
    "search words", "search words --paragraphs", "show 1", "show 1#1", "list", "stats",
    "search words --facets site,author,section,lang,tag",
    "sql 'select * from current_articles'", "sql 'select text from paragraphs'", "remove 1 --yes",
)  # fmt: skip


def test_no_control_or_bidi_character_of_an_article_reaches_the_terminal(desk: Desk) -> None:
    fields = ("title", "author", "site", "section", "language", "url", "standfirst", "byline", "id")
    article = {name: f"{name} {HOSTILE}" for name in fields} | {"tags": [HOSTILE]}
    hostile = article | {"text": f"words {HOSTILE}"}
    (desk.home / "papers/hostile.jsonl").write_text(json.dumps(hostile))
    for command in ("ingest hostile.jsonl", *SHOWING):
        shown = desk.run(f"cuttings {command}")
        assert shown.returncode == 0, shown.stderr
        for text in (shown.stdout, shown.stderr):
            assert not set(text) & set("\x1b\x07\x9b\u202e\u2066\u200f"), command


def test_a_headline_that_a_spreadsheet_would_run_is_quoted_in_csv(desk: Desk) -> None:
    (desk.home / "papers/formula.jsonl").write_text('{"title": "=cmd()", "text": "Words."}')
    desk.run("cuttings ingest formula.jsonl")
    assert "'=cmd()" in desk.run("cuttings list --csv").stdout
    assert (
        ",=cmd()" in desk.run("cuttings sql 'select 1, headline from articles' --csv --raw").stdout
    )


def test_a_full_disk_ends_in_a_clear_line_and_a_sound_library(desk: Desk) -> None:
    assert desk.run("cuttings ingest box").returncode == 0
    big = [{"id": n, "title": f"T{n}", "text": f"unlike{n} " * 3000} for n in range(300)]
    (desk.home / "papers/big.jsonl").write_text("\n".join(map(json.dumps, big)))

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    done = subprocess.run(
        ["cuttings", "ingest", "big.jsonl"],
        cwd=desk.home / "papers", env=Desk(desk.home).environment(), preexec_fn=small_disk,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert desk.run("cuttings doctor").returncode == 0
    assert json.loads(desk.run("cuttings search unharmed --json").stdout)["total"] == 1


def test_a_reader_that_stops_early_does_not_stop_the_storing(desk: Desk) -> None:
    for n in range(700):
        (box(desk) / f"{n}.txt").write_text(f"Report {n}\n\nThe words of report number{n}.\n")
    (box(desk) / "zz-empty.txt").write_text("")
    done = desk.run("(cuttings ingest box; echo $? > code) | head -n 1")
    assert done.stdout.count("\n") == 1
    assert (desk.home / "papers/code").read_text() == "4\n"
    count = "select count(*) as n from articles"
    assert json.loads(desk.run(f"cuttings sql '{count}' --json").stdout)["rows"] == [{"n": 701}]


def test_front_matter_that_unfolds_without_end_costs_only_itself(desk: Desk) -> None:
    names = "abcdefghijklmnop"
    bomb = ["a: &a [x]"] + [
        f"{name}: &{name} [{','.join([f'*{before}'] * 8)}]" for before, name in pairwise(names)
    ]
    (box(desk) / "bomb.md").write_text("\n".join(["---", *bomb, "---", "", "The words below it."]))
    ingest(desk, 0)
    assert outcome(desk, "bomb.md") == ("added", None)


def test_an_empty_name_is_not_the_folder_one_stands_in(desk: Desk) -> None:
    done = desk.run('cuttings ingest "$UNSET"')
    assert done.returncode == 4
    assert "an empty name" in done.stderr


def test_an_output_that_is_full_ends_in_a_line(desk: Desk) -> None:
    ingest(desk, 0)
    done = desk.run("cuttings export > /dev/full")
    assert done.returncode == 3
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_early_is_no_error(desk: Desk) -> None:
    lines = [json.dumps({"id": n, "title": f"T{n}", "text": "Same words."}) for n in range(500)]
    (desk.home / "papers/many.jsonl").write_text("\n".join(lines))
    desk.run("cuttings ingest many.jsonl")
    done = desk.run("cuttings export | head -n 1")
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_letters_the_terminal_does_not_know_are_written_out(desk: Desk) -> None:
    desk.run("cuttings ingest examples")
    done = Desk(desk.home).run("PYTHONIOENCODING=latin-1 cuttings search паром")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "\\u041f\\u043e\\u0441\\u043b\\u0435" in done.stdout


def test_a_closed_standard_output_is_no_failure(desk: Desk) -> None:
    desk.run("cuttings ingest examples")
    done = desk.run("cuttings search boat >&-")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "1 found" in done.stderr
