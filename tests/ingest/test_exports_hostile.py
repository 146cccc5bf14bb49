"""Values that no program would write cost themselves: these formats are read in the main process."""

from __future__ import annotations

import io
import json
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accession import Reading, Refusal
from ingest import jsonl
from ingest.exports import table
from ingest.workers import Workers

SAMPLES = Path(__file__).parent / "samples_exports"
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANY = st.recursive(
    SCALARS, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one)
)


class NoPages(Workers):
    """Reads nothing as HTML: what is tested stands before that."""

    def parse(self, module: str, given: object) -> Any:
        raise AssertionError("no worker is needed here")


def entries() -> list[Any]:
    """Give all values of the JSON samples, those within them too, so that each has its turn."""
    found = []
    for path in sorted(SAMPLES.glob("*/source.json")):
        value = json.loads(path.read_text("utf-8"))
        found += value if isinstance(value, list) else [value]
    return [strip(one) for one in found]


def strip(entry: dict[str, Any]) -> dict[str, Any]:
    """Take out the pages, which are read in a process of their own."""
    return {name: value for name, value in entry.items() if name not in {"content", "5"}}


ENTRIES = entries()


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Give an entry of a program's with other values in place of some, however deep they stand."""
    others, chance = draw(st.lists(ANY, min_size=1, max_size=4)), draw(st.randoms())
    return json.dumps(_spoilt(draw(st.sampled_from(ENTRIES)), others, chance))


def _spoilt(value: Any, others: list[Any], chance: Random) -> Any:
    if chance.random() < 0.08:
        return chance.choice(others)
    if isinstance(value, dict):
        return {name: _spoilt(one, others, chance) for name, one in value.items()}
    return [_spoilt(one, others, chance) for one in value] if isinstance(value, list) else value


@given(spoilt())
def test_any_value_of_an_entry_ends_in_outcomes(line: str) -> None:
    results = list(jsonl.read(io.BytesIO(line.encode() + b"\n"), "a.jsonl", NoPages()))
    assert results
    for bookmark in (one.bookmark for one in results if isinstance(one, Refusal) and one.bookmark):
        assert bookmark.url.lower().startswith(("http://", "https://"))
        assert all(isinstance(tag, str) and tag for tag in bookmark.tags)
        texts = (bookmark.headline, bookmark.saved_at, bookmark.note)
        assert all(isinstance(text, str) for text in texts if text is not None)


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_any_cells_end_in_outcomes(cells: list[list[str]]) -> None:
    body = "\n".join(",".join(row) for row in cells)
    data = f"title,text,url,date,author,tags,saved,lang\n{body}\n".encode()
    results = list(table.read(io.BytesIO(data), "a.csv", NoPages()))
    assert all(isinstance(one, Reading | Refusal) for one in results)
    assert results
