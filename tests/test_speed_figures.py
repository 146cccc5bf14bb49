"""What `make bench` says of its goals follows from what it measured."""

from __future__ import annotations

from bench.speed_engines import OURS, STOCK
from bench.speed_figures import Kept, spread
from bench.speed_goals import goals
from docs.performance import page


def run(**ours: object) -> Kept:
    """Give a run of three queries; stock Whoosh takes 20 ms for each and cannot answer the last."""
    built = {"seconds": 10.0, "articles": 19_043, "mb": 40.0, "peak_mb": 100.0}
    stock = built | {"seconds": 50.0, "ms": [20.0, 20.0, None], "counts": [1, 5, None]}
    mine = built | {"ms": [1.0, 4.0, 500.0], "counts": [1, 6, 7]} | ours
    queries = [{"kind": "AND", "words": ["a"], "without": ""}] * 3
    sizes = {"19043": {OURS: mine, STOCK: stock}}
    return Kept({"queries": queries, "sizes": sizes, "engines": {}})


def met(kept: Kept) -> dict[str, bool]:
    return {goal.aim.partition(" ")[0]: goal.met for goal in goals(kept)}


def test_a_goal_that_is_missed_is_said_to_be_missed() -> None:
    assert met(run()) == {"indexes": True, "index": True, "peak": False, "median": True, "no": True}
    slow = met(run(ms=[1.0, 23.0, 0.1], seconds=13.0, mb=49.0))
    assert slow == {"indexes": False, "index": False, "peak": False, "median": True, "no": False}


def test_engines_are_compared_by_the_queries_that_both_answer() -> None:
    kept = run()
    assert kept.shared(19_043, OURS, STOCK) == [0, 1]
    assert kept.differing(19_043, STOCK, OURS, kept.numbers()) == [1]


def test_percentiles_lie_between_the_values_they_part() -> None:
    assert spread([5.0, 1.0, 3.0, 2.0, 4.0]) == (3.0, 4.8, 5.0)


def test_figures_are_put_in_their_place_and_the_text_around_them_is_kept() -> None:
    before = "a\n<!-- goals -->\nold\n<!-- end -->\nb\n"
    lines = page(before, run()).splitlines()
    assert lines[:2] == ["a", "<!-- goals -->"]
    assert lines[-2:] == ["<!-- end -->", "b"]
    assert "old" not in lines
    assert sum("| yes |" in line for line in lines) == 4
