"""The web archives that were given: each ends in outcomes that a person would count."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from accession import Outcome, Recorded
from db.reader import Reader
from library.folder import Folder
from library.library import Library
from tests.reliability.making import state

ARTICLES = {
    "example-bad-non-chunked.warc.gz": 1,
    "example-bad.warc.gz.bad": 1,
    "example-iana.org-chunked.warc": 1,
    "example-resource.warc.gz": 1,
    "example-space-in-url.arc": 1,
    "example-trunc.warc": 1,
    "example-wget-bad-target-uri.warc.gz": 1,
    "example-wrong-chunks.warc.gz": 1,
    "example.arc": 1,
    "example.arc.gz": 1,
    "example.wacz": 1,
    "example.warc": 1,
    "example.warc.gz": 1,
    "invalid_signed_example_1.wacz": 1,
    "valid_example_1.wacz": 1,
    "valid_example_2.wacz": 1,
    "valid_signed_example_1.wacz": 1,
}
FAILED = {
    "bad.arc": 2,  # lengths that are none
    "example-digest.warc": 1,  # requests alone
    "example-space-in-target-uri.warc.gz": 1,  # a picture alone
    "example-space-in-url.arc": 1,  # its length reaches beyond its end
    "example-trunc.warc": 1,  # its length is two bytes short
    "invalid_example_1.wacz": 1,  # no WARC in it
    "post-test.warc.gz": 1,  # JSON alone
}
TRUNCATED = {"example-trunc.warc", "example-wrong-chunks.warc.gz"}
SKIPPED = {
    "bad.arc",
    "example-bad-non-chunked.warc.gz",
    "example-bad.warc.gz.bad",
    "example.wacz",
    "example.warc",
    "example.warc.gz",
    "invalid_signed_example_1.wacz",
    "valid_signed_example_1.wacz",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(Folder(tmp_path / "library"))


def ingest(library: Library, shared: Path) -> list[Recorded]:
    names = sorted({*ARTICLES, *FAILED})
    paths = [str(shared / "data" / "webarchives" / name) for name in names]
    return list(library.ingest(paths, io.BytesIO()))


def counted(recorded: list[Recorded], *outcomes: Outcome) -> dict[str, int]:
    return dict(Counter(Path(one.location).name for one in recorded if one.outcome in outcomes))


def test_each_page_of_the_given_archives_has_its_outcome(library: Library, shared: Path) -> None:
    with library:
        first = ingest(library, shared)
        database = library.folder.database
        before = state(database)
        second = ingest(library, shared)
        assert state(database) == before
        urls = {library.article(n).article.url for n in Reader(database).ids()}
    stored = (Outcome.ADDED, Outcome.DUPLICATE, Outcome.REVISED)  # of one address in other years
    assert counted(first, *stored) == ARTICLES
    assert counted(first, Outcome.FAILED) == FAILED
    assert set(counted(first, Outcome.SKIPPED)) == SKIPPED
    assert len(first) == sum(ARTICLES.values()) + sum(FAILED.values()) + len(SKIPPED)
    assert counted(second, Outcome.UNCHANGED) == ARTICLES
    truncated = {Path(one.location).name for one in first if "truncated" in "".join(one.warnings)}
    assert truncated == TRUNCATED
    assert "http://www.iana.org/" in urls
    assert "https://webrecorder.net/" in urls
