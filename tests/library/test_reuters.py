"""Nineteen thousand newswire articles: each once, none lost to another that repeats its words."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from article import Outcome
from library.library import Library


@pytest.fixture(scope="module")
def lines(shared: Path) -> bytes:
    return gzip.decompress((shared / "data/reuters21578/reuters.jsonl.gz").read_bytes())


def texts(lines: bytes) -> list[str]:
    return ["\n".join(json.loads(line)["paragraphs"]) for line in lines.splitlines()]


def counts(library: Library) -> dict[str, int]:
    tables = ("articles", "paragraphs", "copies", "originals", "revisions", "identities")
    rows = {name: library.reader.select(f"SELECT count(*) AS n FROM {name}") for name in tables}
    return {name: found[0]["n"] for name, found in rows.items()}


def test_repeated_wire_copy_stays_and_a_second_run_changes_nothing(
    library: Library, lines: bytes
) -> None:
    assert len(set(texts(lines))) < 19_043, "the data must hold repeated texts"
    first = Counter(one.outcome for one in library.ingest(["-"], io.BytesIO(lines)))
    assert first == {Outcome.ADDED: 19_043}
    before = counts(library)
    some = b"\n".join(lines.splitlines()[::4])
    second = Counter(one.outcome for one in library.ingest(["-"], io.BytesIO(some)))
    assert second == {Outcome.UNCHANGED: 4_761}
    assert counts(library) == before
