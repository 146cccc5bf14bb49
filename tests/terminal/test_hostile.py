"""Nothing that an article, a file, a feed or an argument says can drive the terminal."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from terminal import progress
from tests.terminal.hostile import ATTACK, MARKUP, OLD, PROGRAM, formulas, harm, leaves, make, run

SAID = ATTACK.replace("\x00", "")  # no argument holds a NUL
NAMED = f"papers/{SAID.replace('/', '')}.txt"
REGISTERED: dict[str, Any] = dict(leaves(PROGRAM))

CALLS: dict[str, list[list[str]]] = {
    "ingest": [["papers"], ["--dry-run", "papers"], [SAID], ["--map", SAID, "papers"], ["--site", SAID, "papers"],
               ["--date", SAID, "papers"], ["--language", SAID, "papers"], ["--tag", SAID, "papers"],
               [f"http://127.0.0.1/{SAID}"], [f"http://{SAID}/"], ["--force", "papers"]],
    "watch": [["papers"], [SAID]],
    "failures": [[], ["--retry"]],
    "preview": [["papers/ferries.jsonl"], ["papers/hostile.jsonl"], ["hostile.html"], ["papers/pocket.csv"],
                ["--diff", "hostile.txt"], ["papers/hostile.csv"], [NAMED], [SAID]],
    "formats": [[]],
    "search": [["ferry"], ["--paragraphs", "ferry"], ["--no-families", "ferry"], ["--facets", "site,author,section,tag,lang", "ferry"],
               ["--timeline", "year", "ferry"], ["--explain", f"ferry OR {SAID}"], ["--kwic", "ferry"], [f"ferri {SAID}"],
               [f'"{SAID}'], [f"tag:{SAID}"], [f"{SAID}:x"], [f"date:{SAID}"], [f"--{SAID}"], ["--facets", SAID, "x"],
               ["--sort", SAID, "x"], ["--kwic", "--sort", "left", "credit:stern OR ferry"], ["ferri"], ["-ferry"]],
    "suggest": [["ferri"], [SAID]],
    "similar": [["1"], [SAID]],
    "family": [["1"], ["2"]],
    "why": [["ferry", "1"], [f"ferry {SAID}", "1"], ["ferry", SAID], ["caption:quay", "2"]],
    "show": [["1"], ["1#1"], ["1#2"], [OLD], ["1#1@00000000"], [SAID], ["1#9"]],
    "original": [["2", "--output", "papers/made.txt"], ["1", "--copy", "9"], ["1", "--output", "papers"]],
    "list": [[]],
    "history": [["1"], ["2"]],
    "diff": [["1"], ["1", "1", "1"], ["1", "9"]],
    "first-seen": [["ferry"], ["everybody", "knew"], ["nobody knew"], [SAID]],
    "sql": [["select * from articles"], [f'select \'{SAID}\' as "{SAID}"'], [f"select {SAID}"], [f"select * from \"{SAID}\""],
            ["--hits", f"h=ferry {SAID}", "select * from h"], ["--hits", f"{SAID}=ferry", "select 1"], ["--hits", SAID, "select 1"],
            ["--file", SAID], ["select char(27,155,8238) as a, x'1b' as b"], [f"select json('{SAID}')"], *[
                [f"select * from {table}"] for table in ("copies", "ingests", "links", "bookmarks", "feeds", "failures")]],
    "schema": [[]],
    "stats": [[]],
    "export": [[]],
    "links": [[], ["--unfetched"], ["--fetch"]],
    "feeds add": [["papers/hostile.opml"], [f"http://gazette.example/{SAID}"], [SAID]],
    "feeds list": [[]],
    "feeds update": [[], [f"http://127.0.0.1/{SAID}"]],
    "feeds remove": [[f"http://127.0.0.1/{SAID}"], [SAID]],
    "edit": [["1", "--headline", SAID], ["1", "--date", SAID], ["1", "--url", SAID], ["1", "--language", SAID], ["1", "--tag", SAID],
             ["1", "--site", SAID], ["1", "--author", SAID]],
    "reparse": [["--all"], ["1"]],
    "tag": [["sea", "1", "2"], [SAID, "1"], ["x", SAID], ["1", "2"]],
    "untag": [["sea", "1"], [SAID, "1"], ["x", SAID]],
    "tags": [[]],
    "backup": [["papers/made.zip"], ["papers"], [f"papers/{SAID}.zip"]],
    "verify": [["hostile.txt"], [SAID]],
    "restore": [["hostile.txt", "--replace"], ["hostile.txt"], [SAID, "--replace"]],
    "remove": [["1", "--yes"], ["9"]],
    "undo": [["9"], ["1"], [SAID]],
    "purge": [["1", "--yes"], ["9", "--yes"], [SAID]],
    "reindex": [[], ["--pending"], ["--engine", SAID]],
    "doctor": [[], ["--deep"], ["--repair"]],
}  # fmt: skip
"""What is typed of each command: its library is hostile, and so is what is typed."""
ENDS = {
    "reparse": 4,
    "ingest": 4,
    "watch": 130,
    "feeds update": 4,
    "feeds remove": 1,
    "verify": 3,
    "restore": 3,
    "doctor": 3,
    "undo": 1,
    "purge": 2,
}
"""How the first of these calls ends, where that is not well."""
WITHOUT = {"demo"}
"""Commands that read nothing from outside."""

FILES = {
    NAMED: SAID,
    "hostile.txt": f"Ferry {ATTACK}\n\nBy {SAID}\n\nThe ferry {SAID} was late by an hour.\n",
    "hostile.html": f"<html><head><title>{SAID}</title><meta name=author content='{SAID}'></head>"
    f"<body><article><h1>Ferry {SAID}</h1><p>The ferry was late. {SAID}</p></article></body></html>",
    "papers/hostile.csv": f"{SAID},title,text\n{SAID},{SAID},The ferry {SAID} was late.\n",
    "papers/hostile.opml": f"<opml><body><outline text='{MARKUP}&#x9b;&#x202e;' xmlUrl='http://a.example/&#x9b;&#x202e;'/></body></opml>",
    "papers/hostile.jsonl": '{"title": "\\u001b]0;x\\u0007\\u009b\\u202e", "text": "The \\u001b[2J ferry", "tags": ["\\u009b"],'
    ' "section": "\\u001b", "language": "\\u009b", "site": "\\u202e", "url": "https://\\u202e/", "id": "\\u009b"}\n',
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make(tmp_path_factory.mktemp("hostile"))
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8", "surrogatepass")
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the hostile library, in the folder where commands are typed."""
    shutil.copytree(made, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("CUTTINGS_LIBRARY", str(tmp_path / "desk/library"))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(progress, "_PATIENCE", 3600)  # a bar says numbers alone

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("library.watching.time.sleep", interrupt)
    return tmp_path / "desk"


def typed(name: str, *, terminal: bool) -> Iterator[list[str]]:
    """Give what is typed: on a terminal everything, through a pipe what is answered, in all its forms.

    What is typed wrongly is told in the same words on both.
    """
    words, (first, *others) = name.split(), CALLS[name]
    flags = {"as_json": "--json", "jsonl": "--jsonl", "csv": "--csv"}
    has = {parameter.name for parameter in REGISTERED[name].params}
    yield [*words, *first]
    for more in others:
        if terminal or not any(SAID in word for word in more):
            yield [*words, *more]
    if not terminal:
        yield from ([*words, flag, *first] for of, flag in flags.items() if of in has)
    else:
        yield [*words, f"--{SAID}"]
        yield [*words, f"-{SAID}", SAID, SAID, SAID, SAID]


def test_no_command_is_left_out() -> None:
    assert set(CALLS) | WITHOUT == set(REGISTERED)


@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "terminal"])
@pytest.mark.parametrize("name", CALLS)
def test_nothing_that_comes_from_outside_drives_the_terminal(
    desk: Path, monkeypatch: pytest.MonkeyPatch, name: str, terminal: bool
) -> None:
    for arguments in typed(name, terminal=terminal):
        shown = run(arguments, monkeypatch, terminal=terminal)
        first = arguments == [*name.split(), *CALLS[name][0]]
        assert shown.code in ({ENDS.get(name, 0)} if first else {0, 1, 2, 3, 4, 130}), arguments
        assert not harm(shown.out + shown.err, terminal=terminal), arguments


def test_the_program_and_its_groups_say_again_what_was_typed_harmlessly(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (
        [SAID],
        [f"--{SAID}"],
        ["feeds", SAID],
        ["--library", SAID, "list"],
        ["list", "--library", SAID],
    ):
        shown = run(arguments, monkeypatch, terminal=True)
        assert shown.code in {2, 3}, arguments
        assert not harm(shown.out + shown.err, terminal=True), arguments


def test_what_looks_like_markup_is_shown_as_it_is(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    for arguments in (
        ["list"],
        ["sql", "select headline from articles"],
        ["show", "1"],
        ["search", "ferry"],
        [MARKUP],
    ):
        shown = run(arguments, monkeypatch, terminal=True)
        assert MARKUP in shown.out + shown.err, arguments


def test_json_keeps_what_it_escapes(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "select headline from articles where id = 1"
    written = run(["sql", "--json", query], monkeypatch, terminal=True).out
    assert ATTACK in json.loads(written)["rows"][0]["headline"]
    line, *_ = run(["export"], monkeypatch, terminal=True).out.splitlines()
    assert ATTACK in json.loads(line)["paragraphs"][0]["text"]


CELLS = {
    "'=1+1'": "'=1+1",
    "'+1'": "'+1",
    "'-1'": "'-1",
    "'@sum(1)'": "'@sum(1)",
    "char(9) || '=1'": "'\t=1",
    "char(13) || '=1'": "'=1",
    "char(27) || '=1'": "'=1",
    "char(10) || '=1'": "'\n=1",
    "-5": "-5",
    "-1.5": "-1.5",
    "-9e999": "-inf",
    "'a=1'": "a=1",
    "x'2b'": "x'2b'",
    "null": "",
}


def test_no_cell_of_csv_is_a_formula_and_numbers_stay(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = f'select {", ".join(CELLS)}, 1 as "=cmd()"'
    names, cells = csv.reader(
        io.StringIO(run(["sql", "--csv", query], monkeypatch, terminal=False).out)
    )
    assert cells[:-1] == list(CELLS.values())
    assert names[-1] == "'=cmd()"
    raw = run(
        ["sql", "--csv", "--raw", "select char(9) || '=1' as '=x'"], monkeypatch, terminal=False
    )
    assert raw.out == "=x\n\t=1\n"


def test_no_form_of_csv_has_a_formula(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    formulas(desk / "library/cuttings.db")
    for name, one in REGISTERED.items():
        if "csv" in {parameter.name for parameter in one.params}:
            first = CALLS[name][0]
            more = ["--kwic"] if name == "search" else []
            table = csv.reader(
                io.StringIO(
                    run([*name.split(), *more, "--csv", *first], monkeypatch, terminal=False).out
                )
            )
            assert not [
                cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))
            ], name
