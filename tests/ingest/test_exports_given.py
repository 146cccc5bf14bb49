"""The exports that were given: every entry of every file ends as what a person would count."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from accession import Outcome, Reason, Recorded
from db.bookmarks import bookmarks, count
from library.folder import Folder
from library.library import Library
from tests.db.making import dump

LINKS = {
    "chromium_nested.htm": 18,
    "delicious_export.2021.02.06_21.10.json": 3,
    "firefox-bookmarks.json": 2,
    "firefox_nested.htm": 24,  # three of them are searches within Firefox
    "instapaper-export.csv": 4,
    "linkwarden-export.json": 6,
    "omnivore.json": 20,
    "pinboard.json": 88,
    "pinboard_export": 3,
    "pocket.csv": 7,
    "readability.json": 3,
    "ril_export.html": 2,
    "shaarli-bookmarks.html": 2,
    "zotero_news_items.jsonl": 550,
}
ARTICLES = {"wallabag-v1.json": 2, "wallabag-v2-read.json": 2}
ADDRESSES = 720
"""How many different ones: of 729, nine stand there again."""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(Folder(tmp_path / "library"))


def ingest(library: Library, shared: Path) -> list[Recorded]:
    names = sorted([*LINKS, *ARTICLES])
    paths = [str(shared / "data" / "exports" / name) for name in names]
    return list(library.ingest(paths, io.BytesIO(), force=True))


def counted(recorded: list[Recorded], *outcomes: Outcome) -> dict[str, int]:
    return dict(Counter(Path(one.location).name for one in recorded if one.outcome in outcomes))


def test_each_entry_of_the_given_exports_has_its_outcome(library: Library, shared: Path) -> None:
    with library:
        first = ingest(library, shared)
        database = library.folder.database
        before = dump(database, without=["ingests", "files"])
        second = ingest(library, shared)
        assert counted(first, Outcome.ADDED) == ARTICLES
        assert counted(first, Outcome.SKIPPED) == LINKS
        assert {one.reason for one in first if one.reason} == {Reason.LINK_ONLY}
        assert len(first) == sum(LINKS.values()) + sum(ARTICLES.values())
        assert count(library.reader) == (ADDRESSES, ADDRESSES)
        assert counted(second, Outcome.UNCHANGED) == ARTICLES
        assert dump(database, without=["ingests", "files"]) == before


def test_what_was_said_of_the_given_links_is_kept(library: Library, shared: Path) -> None:
    with library:
        ingest(library, shared)
        saved = [one.bookmark for one in bookmarks(library.reader)]
    assert (
        sum(one.headline is None for one in saved) == 5
    )  # four of Pinboard's, one of Readability's
    dated = sum(one.saved_at is not None for one in saved)
    assert dated == ADDRESSES - 547 - LINKS["instapaper-export.csv"]  # Zotero's 547, Instapaper's
    assert sum(one.note is not None for one in saved) == 584
