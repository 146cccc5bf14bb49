"""The rankings reached on the shared collections with judged answers must not be lost again."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from bench.judged import load
from bench.quality import questions
from bench.rankers import cuttings

QUERIES = 300  # of each collection; the whole takes three times as long
FLOORS = {  # a little under what is reached: nDCG@10, MAP@100, recall@100
    "time": (0.753, 0.695, 0.958),
    "xquad-ru": (0.959, 0.947, 0.993),
    "xquad-zh": (0.974, 0.967, 0.996),
}


@pytest.mark.parametrize("name", FLOORS)
def test_questions_are_answered_no_worse_than_before(
    name: str, shared: Path, tmp_path: Path
) -> None:
    judged = load(shared / "data" / "ir", name)
    judged = replace(judged, queries=dict(islice(judged.queries.items(), QUERIES)))
    reached = questions(judged, next(cuttings(judged, tmp_path / "index")))["any"]
    assert all(value >= floor for value, floor in zip(reached, FLOORS[name], strict=True)), reached
