"""A library in which every value that came from outside is an attack, and the program run upon it."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import sys
import threading
import tty
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest
import typer.main

import cli
from article import Reference
from library.folder import Folder
from library.library import Library

PROGRAM: Any = typer.main.get_command(cli.load([]))
"""All commands, put together once."""
MARKUP = "[bold]x[/b] [/]"
"""What Rich would swallow, or stumble over."""
ATTACK = (
    "\x1b[2J\x1b]0;owned\x07\x1bP1$r\x1b\\\x9b31m\x9d0;owned\x9c\x08\x0c\r\x85\x7f\x00"
    "\u202e\u2066\u061c\u200f\u2028\U000e0041 " + MARKUP
)
COLUMNS = {
    "articles": "headline standfirst byline dateline section site url",
    "revisions": "headline standfirst byline dateline section language site url",
    "paragraphs": "text credit url",
    "revision_paragraphs": "text credit url",
    "authors": "name",
    "article_authors": "url",
    "links": "url text",
    "tags": "tag",
    "copies": "location item kind",
    "ingests": "location item detail",
    "failures": "location item reason detail",
    "bookmarks": "url headline note source saved_at",
    "feeds": "url title etag last_modified outcome detail",
}
"""The columns that hold what others wrote."""
LISTS = {"ingests": "warnings", "bookmarks": "tags"}
ORIGINS = json.dumps(dict.fromkeys(("headline", "site", "url"), ATTACK))

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]"
)
_OURS = re.compile(r"\x1b\[(?:0|1|2|31|32|1;33)m")

_LATE = (
    "The noon ferry was late by an hour on Tuesday, and nobody knew why. Its captain said that the"
    " ice had come early this winter, that the pilot was away, and that two of the deckhands had"
    " been told to clear the slipway with shovels before any passenger could be let ashore. The"
    " harbour office has asked for a second boat since the spring, and was promised one in March."
)
_ORCHARD = (
    "Apple growers in the hill villages lost a third of their blossom to a late frost, and no"
    " insurer covers what the frost has taken from them."
)
OLD = str(Reference.of(1, 1, _LATE + ATTACK))
"""The reference of a paragraph that an earlier wording had."""
_ARTICLE: dict[str, Any] = {
    "id": "a1",
    "title": "Ferry late",
    "standfirst": "It was late.",
    "byline": "By Ann Lind",
    "authors": [{"name": "Ann Lind", "url": "https://gazette.example/ann"}],
    "dateline": "HARBOUR, Nov 4",
    "section": "News",
    "language": "en",
    "site": "gazette.example",
    "url": "https://gazette.example/ferry",
    "published": "2021-11-04",
    "tags": ["sea"],
    "links": [{"rel": "related", "url": "https://gazette.example/2", "text": "More"}],
    "paragraphs": [
        {"text": _LATE, "kind": "body"},
        {"text": "The ferry at the quay.", "kind": "caption", "credit": "Bo Stern"},
        {"text": "More on the ferry", "kind": "related", "url": "https://gazette.example/2"},
    ],
}  # fmt: skip
_BOOKMARKS = (
    "title,url,time_added,tags,status\nIce,https://gazette.example/ice,1600000000,sea|ice,unread\n"
)


def make(folder: Path) -> Path:
    """Make a library with an article of two wordings, its near copy, a link, a feed and a failure."""
    papers = folder / "papers"
    papers.mkdir()
    (papers / "ferries.jsonl").write_text(json.dumps(_ARTICLE) + "\n")
    copy = {**_ARTICLE, "id": "b1", "url": "https://other.example/ferry", "site": "other.example"}
    (papers / "other.jsonl").write_text(json.dumps({**copy, "published": "2021-11-05"}) + "\n")
    (papers / "orchard.txt").write_text(f"Frost\n\n{_ORCHARD}\n")
    (papers / "pocket.csv").write_text(_BOOKMARKS)
    (papers / "broken.json").write_text('{"title')
    with Library(Folder(folder / "library")) as library:
        list(library.ingest([str(papers)], io.BytesIO()))
        later = {**_ARTICLE, "title": "Ferry later", "paragraphs": [
            {"text": _LATE.replace("nobody knew", "everybody knew")},
            *_ARTICLE["paragraphs"][1:],
        ]}  # fmt: skip
        (papers / "ferries.jsonl").write_text(json.dumps(later) + "\n")
        list(library.ingest([str(papers)], io.BytesIO()))
        from db.following import follow

        follow(library.store, [("https://gazette.example/feed", "Gazette")])
        library.indexing.drain()
        library.find_families()
    _poison(folder / "library" / "cuttings.db")
    return folder


def _poison(database: Path) -> None:
    connection = sqlite3.connect(database)
    with connection:
        for table, names in COLUMNS.items():
            for name in names.split():
                poison = ATTACK.replace("\x00", "") if name == "location" else ATTACK
                poisoned = f"UPDATE {table} SET {name} = coalesce({name}, '') || ?"
                connection.execute(poisoned, [poison])
        # The other article is found by its words, which takes a language.
        connection.execute("UPDATE articles SET language = language || ? WHERE id = 2", [ATTACK])
        found = "UPDATE revision_paragraphs SET hash = ? || substr(hash, 9) WHERE ordinal = 1"
        connection.execute(found, [OLD.partition("@")[2]])
        for table, name in LISTS.items():
            connection.execute(f"UPDATE {table} SET {name} = ?", [json.dumps([ATTACK])])
        connection.execute("UPDATE articles SET origins = ?", [ORIGINS])
        connection.execute("UPDATE revisions SET origins = ?, authors = ?",
                           [ORIGINS, json.dumps([ATTACK])])  # fmt: skip
    connection.close()


def formulas(database: Path) -> None:
    """Let every value that others wrote be a formula."""
    connection = sqlite3.connect(database)
    with connection:
        for table, names in COLUMNS.items():
            for name in names.split():
                connection.execute(f"UPDATE {table} SET {name} = '=cmd()' || coalesce({name}, '')")
    connection.close()


@dataclass(frozen=True)
class Shown:
    """What a command wrote, and its exit code."""

    out: str
    err: str
    code: int


def run(arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> Shown:
    """Run the program in this process, its streams being pipes or a terminal with colours."""
    with _Stream(terminal) as out, _Stream(terminal) as err, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", out.file)
        patched.setattr(sys, "stderr", err.file)
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
        try:
            PROGRAM(list(arguments), prog_name="cuttings")
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
    return Shown(out.text, err.text, code)


class _Stream:
    """A pipe or a raw terminal that is read to its end."""

    def __init__(self, terminal: bool) -> None:
        self._read, write = os.openpty() if terminal else os.pipe()
        if terminal:
            tty.setraw(write)
        self.file = os.fdopen(write, "w", encoding="utf-8", errors="backslashreplace")
        self._pieces: list[bytes] = []
        self._reader = threading.Thread(target=self._take, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self._reader.join(10)
        os.close(self._read)

    def _take(self) -> None:
        try:
            while piece := os.read(self._read, 1 << 16):
                self._pieces.append(piece)
        except OSError:  # how the end of a terminal is told
            pass

    @property
    def text(self) -> str:
        return b"".join(self._pieces).decode("utf-8")


def harm(shown: str, *, terminal: bool) -> list[str]:
    """Give the lines in which something is left that a terminal would obey."""
    plain = _OURS.sub("", shown) if terminal else shown
    return [line for line in plain.split("\n") if _HARMFUL.search(line)]


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Give every command that is registered, by the words that call it."""
    for name, one in command.commands.items():
        if hasattr(one, "commands"):
            yield from leaves(one, (*path, name))
        else:
            yield " ".join((*path, name)), one
