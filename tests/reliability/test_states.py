"""Any commands in any order, some of them killed: the library holds what a plain dict of articles holds."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from library.folder import Folder
from tests.reliability.conftest import trials
from tests.reliability.holding import problems
from tests.reliability.making import line, write
from tests.reliability.warm import Warm

PARTS = 4
"""Tests the runs are shared out to, so that processes can share them."""
STEPS = 50
_MEMORY = Path("/dev/shm")
"""What is on the disk after a power cut is other tests' matter."""


Row = tuple[str, str, int, bool, str | None]
_ROWS = """
    SELECT id, headline, (SELECT group_concat(text) FROM paragraphs WHERE article_id = a.id),
        revision, removed_at IS NOT NULL,
        (SELECT group_concat(tag) FROM (SELECT tag FROM tags WHERE article_id = a.id ORDER BY tag))
    FROM articles AS a
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as it must be: its number among those of the tests, and what is known of it."""

    number: int
    wording: int = 0
    revision: int = 1
    tags: frozenset[str] = frozenset()
    removed: bool = False

    def line(self) -> dict[str, object]:
        """Give it as it is ingested; another wording says something more at its end."""
        more = f"It was told anew for the {self.wording}th time." if self.wording else ""
        return line(self.number, more)

    def row(self) -> Row:
        """Give it as a row of `_ROWS`, without its id."""
        text, tags = self.line(), ",".join(sorted(self.tags))
        return str(text["title"]), str(text["text"]), self.revision, self.removed, tags or None


Articles = dict[int, Kept]
"""The model: articles by id."""

_KILLS = st.one_of(st.none(), st.none(), st.floats(0.000_5, 0.05))
"""Two commands of three end by themselves; the others are killed after so many seconds."""
_ALARM = -14
_CHOICE = st.integers(0, 10_000)


class States(RuleBasedStateMachine):
    """Commands on one library, and what it must hold."""

    warm: ClassVar[Warm]

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(mkdtemp(prefix="states-", dir=_MEMORY if _MEMORY.exists() else None))
        self.folder = self.place / "library"
        self.articles: Articles = {}
        self.backups: list[tuple[Path, Articles]] = []
        self.last_id, self.last_number = 0, -1
        self.made = 0
        self.without_index = False
        """Whether the index may be of another library, or gone: only then one may be built unasked."""

    @initialize()
    def fill(self) -> None:
        """Store the first articles, since most commands refuse a library that is not there."""
        self._ingest([Kept(0), Kept(1)], None)

    @rule(count=st.integers(1, 3), kill=_KILLS)
    def add(self, count: int, kill: float | None) -> None:
        """Ingest articles that are new."""
        first = self.last_number + 1
        self._ingest([Kept(first + more) for more in range(count)], kill)

    @rule(choice=_CHOICE, more=st.integers(0, 2), kill=_KILLS)
    def ingest_again(self, choice: int, more: int, kill: float | None) -> None:
        """Ingest some as they are, or with other words; those that were removed come back."""
        one = self.articles[self._one(choice)]
        self.made += 1
        changed = replace(one, wording=self.made, revision=one.revision + 1) if more else one
        self._ingest([replace(changed, removed=False)], kill)

    @rule(choice=_CHOICE, kill=_KILLS)
    def remove(self, choice: int, kill: float | None) -> None:
        """Take one out, and another with it if there are more."""
        ids = {self._one(choice, removed=False), self._one(choice + 1, removed=False)} - {0}
        if ids:
            after = {one: replace(self.articles[one], removed=True) for one in ids}
            words = ["remove", "--yes", *map(str, sorted(ids))]
            self._do(words, {**self.articles, **after}, kill)

    @rule(choice=_CHOICE, kill=_KILLS)
    def undo(self, choice: int, kill: float | None) -> None:
        """Bring one back."""
        one = self._one(choice, removed=True)
        if one:
            after = {one: replace(self.articles[one], removed=False)}
            self._do(["undo", str(one)], {**self.articles, **after}, kill)

    @rule(choice=_CHOICE, kill=_KILLS)
    def purge(self, choice: int, kill: float | None) -> None:
        """Delete one for good."""
        one = self._one(choice, removed=True)
        if one and len(self.articles) > 1:
            after = {number: kept for number, kept in self.articles.items() if number != one}
            self._do(["purge", "--yes", str(one)], after, kill)

    @rule(choice=_CHOICE, tag=st.sampled_from("abc"), off=st.booleans(), kill=_KILLS)
    def tag(self, choice: int, tag: str, off: bool, kill: float | None) -> None:
        """Put a tag on one, or take it off."""
        one = self._one(choice, removed=False)
        if not one:
            return
        kept = self.articles[one]
        tags = kept.tags - {tag} if off else kept.tags | {tag}
        after = {**self.articles, one: replace(kept, tags=tags)}
        self._do(["untag" if off else "tag", tag, str(one)], after, kill, may_end={0, 1})

    @rule(kill=_KILLS)
    def reindex(self, kill: float | None) -> None:
        """Build the index anew."""
        self._do(["reindex"], self.articles, kill)

    @rule(kill=_KILLS)
    def backup(self, kill: float | None) -> None:
        """Write a backup, which is whole if it is there."""
        self.made += 1
        file = self.place / f"{self.made}.zip"
        self._do(["backup", str(file)], self.articles, kill)
        if file.exists():
            self.backups.append((file, self.articles))

    @rule(choice=_CHOICE, kill=_KILLS)
    def restore(self, choice: int, kill: float | None) -> None:
        """Put what was backed up in the place of what is there.

        Without a backup it does nothing: a rule that is there at some times only would let what is drawn
        depend on when the alarm came, which Hypothesis does not allow.
        """
        if not self.backups:
            return
        file, articles = self.backups[choice % len(self.backups)]
        self.without_index = True
        self._do(["restore", str(file), "--replace"], articles, kill)

    @rule(gone=st.sampled_from(["whole", "manifest", "segment"]))
    def lose_the_index(self, gone: str) -> None:
        """Delete the index, or a part of it; the next command builds it anew."""
        self.without_index = True
        patterns = {"whole": "*", "manifest": "**/manifest*", "segment": "**/*.seg"}
        for path in sorted((self.folder / "index").glob(patterns[gone])):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        self._do(["reindex", "--pending"], self.articles, None)

    def teardown(self) -> None:
        """Look whether all is found, nothing is out of step, and nothing is left to do."""
        try:
            if self.articles:
                self._check_all()
        finally:
            shutil.rmtree(self.place)

    def _check_all(self) -> None:
        living = {
            number: str(kept.line()["title"])
            for number, kept in self.articles.items()
            if not kept.removed
        }
        assert problems(self.folder, living, rebuilt=self.without_index) == ""

    def _one(self, choice: int, *, removed: bool | None = None) -> int:
        """Choose one of the articles, or of those that are removed; 0 if there is none."""
        some = [n for n, kept in self.articles.items() if removed in {None, kept.removed}]
        return sorted(some)[choice % len(some)] if some else 0

    def _ingest(self, articles: Sequence[Kept], kill: float | None) -> None:
        """Ingest by standard input, all in one transaction."""
        after, last = dict(self.articles), self.last_id
        ids = {kept.number: number for number, kept in self.articles.items()}
        for one in articles:
            if one.number not in ids:
                last += 1
            after[ids.get(one.number, last)] = one
        news = write(self.place / "news.jsonl", [one.line() for one in articles])
        self._do(["ingest", "-"], after, kill, news=news)
        self.last_number = max(self.last_number, *(one.number for one in articles))

    def _do(
        self,
        words: Sequence[str],
        after: Articles,
        kill: float | None,
        *,
        news: Path | None = None,
        may_end: frozenset[int] | set[int] = frozenset({0}),
    ) -> None:
        """Run a command; if it was killed, all of it may have been done, or nothing."""
        argv = [*words, "--library", str(self.folder)]
        ended = self.warm.run(*argv, given=news, alarm=kill)
        assert ended.code in {*may_end, _ALARM if kill else 0}, (argv, ended)
        self._told(ended.err)
        if ended.code == _ALARM and self._is(self.articles):
            return
        assert self._is(after), (argv, kill, ended, self._held(), after)
        self.articles = after
        self.last_id = max(self.last_id, *after, 0)

    def _told(self, remark: str) -> None:
        """Look that no index is built anew but where there was none: it would hide what the queue had lost."""
        if "built anew" in remark:
            assert self.without_index, remark
            self.without_index = False

    def _is(self, articles: Articles) -> bool:
        return self._held() == {number: kept.row() for number, kept in articles.items()}

    def _held(self) -> dict[int, Row]:
        """Read the library's articles, by a connection that mends nothing."""
        database = Folder(self.folder).database
        if not database.exists():
            return {}
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return {number: (*row, tags) for number, *row, tags in connection.execute(_ROWS)}


@pytest.fixture(name="warm")
def _warm() -> Iterator[Warm]:
    """Give a warm program, another to each part: what Alembic loads for each new library stays in memory."""
    with Warm() as warm:
        yield warm


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_done_in_whatever_order_the_library_holds_what_a_dict_would(
    part: int, warm: Warm
) -> None:
    run_state_machine_as_test(
        seed(part)(type("States", (States,), {"warm": warm})),
        settings=settings(
            max_examples=trials(100, 2_000) // PARTS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # to find a shorter way to a fault would take many minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
