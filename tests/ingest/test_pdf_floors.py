"""What was reached on the shared prints must not be lost again, and every damaged one is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from accession import Reason
from bench import reading_pdf
from bench.reading_pdf import Score, measure, rows
from ingest.parsed import Given, Parsed, Unread
from ingest.pdf import reader as pdf
from ingest.pdf.reader import parse

FLOORS = {
    "reader": {"paragraphs": 0.92, "headline": 0.98, "date": 0.98, "authors": 0.95},
    "cols": {"paragraphs": 0.92, "headline": 0.98, "date": 0.96, "authors": 0.95},
    "page": {"paragraphs": 0.82, "headline": 0.86, "date": 0.80, "authors": 0.60},
    "all": {"paragraphs": 0.89, "headline": 0.96, "date": 0.94, "authors": 0.89},
}
DAMAGED = {
    "truncated60": Reason.MALFORMED,
    "scanned-no-text": Reason.NEEDS_OCR,
    "userpw-secret": Reason.ENCRYPTED,
}


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[tuple[str, str], Score]:
    return measure(shared / "data" / "pdf")[0]


@pytest.mark.parametrize("layout", FLOORS)
def test_prints_are_read_no_worse_than_before(
    layout: str, scores: dict[tuple[str, str], Score]
) -> None:
    score, floors = scores[layout, "all"], FLOORS[layout]
    assert score.f1("paragraphs") >= floors["paragraphs"]
    assert score.share("headline") >= floors["headline"]
    assert score.share("date") >= floors["date"]
    assert score.f1("authors") >= floors["authors"]
    assert score.share("url") >= 0.87


def test_prints_are_read_as_well_where_no_rule_was_fitted(
    scores: dict[tuple[str, str], Score],
) -> None:
    score = scores["all", "held out"]
    assert score.f1("paragraphs") >= 0.865
    assert score.f1("authors") >= 0.90


def test_every_damaged_print_ends_in_an_article_or_a_reason(shared: Path) -> None:
    for path in sorted((shared / "data" / "pdf" / "damaged").glob("*.pdf")):
        (result,) = parse(Given(path.read_bytes(), path.name))
        reason = next((reason for part, reason in DAMAGED.items() if part in path.name), None)
        if reason:
            assert isinstance(result, Unread), path.name
            assert result.reason is reason, path.name
        else:
            assert isinstance(result, Parsed), path.name
            assert len(result.article.paragraphs) > 5, path.name


def test_an_encrypted_print_opens_with_its_password(shared: Path) -> None:
    for path in (shared / "data" / "pdf" / "damaged").glob("*userpw-secret*.pdf"):
        (result,) = parse(Given(path.read_bytes(), path.name, "secret"))
        assert isinstance(result, Parsed)
        assert result.article.headline


def test_prints_are_read_without_their_tags_too(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One print in three, to save time."""
    some = rows(shared / "data" / "pdf")[::3]
    monkeypatch.setattr(reading_pdf, "rows", lambda _: some)
    monkeypatch.setattr(pdf, "MOST_OUTSIDE", -1)
    scores = measure(shared / "data" / "pdf")[0]
    assert scores["reader", "all"].f1("paragraphs") >= 0.89
    assert scores["cols", "all"].f1("paragraphs") >= 0.88
    assert scores["all", "all"].share("headline") >= 0.90
