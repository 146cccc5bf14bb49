"""What was reached on the shared web pages must not be lost again; and every page ends somewhere."""

from pathlib import Path

import pytest

from bench.reading_html import measure
from ingest.html import mhtml
from ingest.parsed import Given, Parsed

EACH = 2
"""Every second page is read: the pages stand in the order of their publishers."""

FLOORS = {
    "benchmark F1": 0.968,
    "other F1": 0.92,
    "headline": 0.93,
    "date": 0.865,
    "authors F1": 0.88,
}


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, float]:
    return measure("Cuttings", shared / "data" / "html", EACH)


@pytest.mark.parametrize("name", FLOORS)
def test_web_pages_are_read_no_worse_than_before(name: str, figures: dict[str, float]) -> None:
    assert figures[name] >= FLOORS[name]


def test_every_saved_page_ends_in_an_article_or_says_what_to_do(shared: Path) -> None:
    pages = sorted((shared / "data" / "webarchives").glob("*.mhtml"))
    read = {page.name: next(iter(mhtml.parse(Given(page.read_bytes())))) for page in pages}
    articles = {name for name, one in read.items() if isinstance(one, Parsed)}
    assert articles == {"example.com.mhtml", "hn.mhtml", "mdn.mhtml", "portfolio.mhtml"}
    assert all(
        "save it again" in one.detail for one in read.values() if not isinstance(one, Parsed)
    )
