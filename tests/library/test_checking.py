"""The doctor finds what is wrong and names what mends it."""

from __future__ import annotations

import io
import shutil
import sqlite3
from dataclasses import replace

import pytest

from library.checking import check
from library.finding import Finding
from library.library import Library
from search import whoosh_engine
from search.document import document


@pytest.fixture
def filled(library: Library) -> Library:
    lines = (
        b'{"title": "One", "text": "First harbour."}\n{"title": "Two", "text": "Second harbour."}\n'
    )
    assert len(list(library.ingest(["-"], io.BytesIO(lines)))) == 2
    library.indexing.drain()
    return library


def wrong(library: Library) -> list[Finding]:
    return [finding for finding in check(library) if finding.wrong]


def test_a_sound_library_has_nothing_wrong(filled: Library) -> None:
    assert wrong(filled) == []


def test_an_article_the_index_lacks_is_found(filled: Library) -> None:
    engine = whoosh_engine.open_index(next(filled.folder.index.glob("gen-*")))
    engine.delete([2])
    engine.commit()
    engine.close()
    findings = wrong(filled)
    assert findings
    assert {finding.mend for finding in findings} == {"cuttings reindex"}


def test_an_article_the_index_does_not_find_by_its_words_is_found(filled: Library) -> None:
    engine = whoosh_engine.open_index(next(filled.folder.index.glob("gen-*")))
    engine.replace([replace(document(filled.article(2)), text=())])
    engine.commit()
    engine.close()
    (finding,) = wrong(filled)
    assert (finding.about, finding.detail) == (
        "of 20 tried, not found by their own words",
        "1 articles: 2",
    )
    assert finding.mend == "cuttings reindex"


def test_a_missing_index_is_found(filled: Library) -> None:
    filled.indexing.close()
    shutil.rmtree(filled.folder.index)
    assert [finding.mend for finding in wrong(filled)] == ["cuttings reindex"]


def test_a_damaged_database_is_found(filled: Library) -> None:
    filled.close()
    database = filled.folder.database
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(database.read_bytes())
    page = 4096
    for start in range(2 * page, len(data), page):
        data[start : start + 64] = b"\xff" * 64
    database.write_bytes(bytes(data))
    assert "database" in {finding.about for finding in wrong(filled)}


def test_a_folder_others_can_read_is_found(filled: Library) -> None:
    filled.folder.path.chmod(0o755)
    findings = wrong(filled)
    assert [finding.about for finding in findings] == ["permissions"]
    assert "chmod" in (findings[0].mend or "")
