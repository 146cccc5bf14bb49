"""Newswire articles, with all that repeat others' words: each once, none lost to another."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from accession import Outcome
from library.library import Library


@pytest.fixture(name="repeated", scope="module")
def _repeated(shared: Path) -> tuple[list[bytes], list[bytes]]:
    """Give the lines of articles whose text another has too, and a sixth of the others."""
    data = gzip.decompress((shared / "data/reuters21578/reuters.jsonl.gz").read_bytes())
    lines = data.splitlines(keepends=True)
    texts = ["\n".join(json.loads(line)["paragraphs"]) for line in lines]
    times = Counter(texts)
    repeated = [line for line, text in zip(lines, texts, strict=True) if times[text] > 1]
    others = [line for line, text in zip(lines, texts, strict=True) if times[text] == 1]
    assert len(repeated) == 556
    return repeated, others[::6]


def counts(library: Library) -> dict[str, int]:
    tables = ("articles", "paragraphs", "copies", "originals", "revisions", "identities")
    rows = {name: library.reader.select(f"SELECT count(*) AS n FROM {name}") for name in tables}
    return {name: found[0]["n"] for name, found in rows.items()}


def test_repeated_wire_copy_stays_and_a_second_run_changes_nothing(
    library: Library, repeated: tuple[list[bytes], list[bytes]]
) -> None:
    lines = [line for some in repeated for line in some]
    first = Counter(one.outcome for one in library.ingest(["-"], io.BytesIO(b"".join(lines))))
    assert first == {Outcome.ADDED: len(lines)}
    before = counts(library)
    some = lines[::4]
    second = Counter(one.outcome for one in library.ingest(["-"], io.BytesIO(b"".join(some))))
    assert second == {Outcome.UNCHANGED: len(some)}
    assert counts(library) == before
