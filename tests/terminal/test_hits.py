"""Hits as a person sees them."""

from __future__ import annotations

from pathlib import Path

from tests.transcript import Desk


def test_a_long_report_names_its_first_paragraphs_and_counts_the_others(
    tmp_path: Path, programs: Path
) -> None:
    desk = Desk.new(tmp_path, programs)
    for word, count in (("ferry", 20), ("barge", 12)):
        said = [f"The {word} of day {number} came in." for number in range(1, count + 1)]
        (desk.home / f"papers/{word}.txt").write_text("\n\n".join(["A report", *said]))
    desk.run("cuttings ingest ferry.txt barge.txt")
    named = "paragraphs 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"
    assert f"    {named} and 8 more\n" in desk.run("cuttings search ferry").stdout
    assert f"    {named}\n" in desk.run("cuttings search barge").stdout
