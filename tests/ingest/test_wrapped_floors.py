"""What was reached on the shared hard-wrapped texts must not be lost again."""

from pathlib import Path

import pytest

from bench.wrapped import Score, measure

FLOORS = {
    "A": {"paragraphs": 0.998, "caption with credit": 0.99, "authors": 0.98},
    "B": {"paragraphs": 0.957, "caption with credit": 0.99, "authors": 0.96},
    "C": {"paragraphs": 0.958, "caption with credit": 0.99, "authors": 0.965},
    "D": {"paragraphs": 0.998, "caption with credit": 0.95, "authors": 0.97},
}


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[tuple[str, str], Score]:
    return measure(shared / "data" / "wrapped")[0]


@pytest.mark.parametrize("style", "ABCD")
def test_wrapped_texts_are_read_no_worse_than_before(
    style: str, scores: dict[tuple[str, str], Score]
) -> None:
    score = scores[style, "all"]
    floors = FLOORS[style]
    assert score.share("paragraphs") >= floors["paragraphs"]
    assert score.share("caption with credit") >= floors["caption with credit"]
    assert score.f1("authors found", "authors") >= floors["authors"]
    assert min(map(score.share, ("title", "date", "url"))) >= 0.995


@pytest.mark.parametrize("style", "BC")
def test_paragraph_ends_hold_on_texts_that_no_weight_was_fitted_to(
    style: str, scores: dict[tuple[str, str], Score]
) -> None:
    assert scores[style, "held out"].share("paragraphs") >= 0.96
