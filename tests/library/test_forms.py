"""One article in several forms is one article with copies: a page, pasted texts, prints."""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from accession import Recorded
from db.addresses import normal_url
from library.library import Library

EVERY = 6
"""One address in so many is tried, to save time."""

KEYS = {"html": ("page", "url"), "wrapped": ("file", "url"), "pdf": ("pdf", "printed_url")}


@pytest.fixture(name="forms", scope="module")
def _forms(shared: Path) -> dict[str, list[Path]]:
    """Give the files of each address that is there in several forms."""
    found = defaultdict[str, list[Path]](list)
    for folder, (name, url) in KEYS.items():
        for line in (shared / "data" / folder / "gold.jsonl").read_bytes().splitlines():
            row = json.loads(line)
            found[normal_url(row[url])].append(shared / "data" / folder / row[name])
    several = [one for one in found.items() if len(one[1]) > 1]
    return dict(several[::EVERY])


def test_forms_of_one_address_are_copies_of_one_article(
    library: Library, forms: dict[str, list[Path]]
) -> None:
    """Most of those that fall apart give themselves another address, as syndicated pages do."""
    paths = [
        str(path)
        for kind in KEYS
        for files in forms.values()
        for path in files
        if kind in path.parts
    ]
    ends = {one.location: one for one in library.ingest(paths, io.BytesIO())}
    by_address = [[ends[str(path)] for path in files] for files in forms.values()]
    outcomes = Counter(one.outcome.value for found in by_address for one in found)
    assert outcomes["revised"] == outcomes["failed"] == 0
    assert len(by_address) == 73
    assert sum(_is_one(found) for found in by_address) >= 68


def _is_one(found: list[Recorded]) -> bool:
    return len({one.article_id for one in found}) == 1
