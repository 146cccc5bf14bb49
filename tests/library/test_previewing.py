"""A preview shows what would be stored, and what became of each line of the file."""

from __future__ import annotations

import io
from pathlib import Path

from accession import Reading
from library.previewing import preview

PRINTED = """\
The strait is calm again. Ines Calloway / Haven Pictures

Ferry towns share a boat

By Lena Morrow | March 14, 2023

The towns of Lower Haven and Saltmarsh on Tuesday agreed to pay together for a rescue
boat, ending a quarrel that has kept the strait without one since the autumn storms.

Under the agreement, signed in the ferry terminal because neither mayor would cross to the
other's town hall, each town pays half of the boat's crew and fuel for ten years.
"""


def test_each_line_says_what_became_of_it(tmp_path: Path) -> None:
    file = tmp_path / "printed.txt"
    file.write_text(PRINTED)
    (one,) = preview(str(file), io.BytesIO(), lines=True)
    assert one.lines is not None
    places = {line.text[:12]: line.place for line in one.lines if line.text}
    assert isinstance(one.result, Reading)
    texts = [p.text[:12] for p in one.result.article.paragraphs]
    assert places["Ferry towns "] == "headline"
    assert places["By Lena Morr"] == "byline"
    assert places["The towns of"] == places["boat, ending"] == texts.index("The towns of") + 1
    assert places["Under the ag"] == places["other's town"] == texts.index("Under the ag") + 1
    assert None not in places.values()


def test_a_line_that_is_in_no_part_of_the_article_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "pages.txt"
    pages = PRINTED.replace("\n\nUnder", "\n17\n\f\nUnder")
    file.write_text(pages)
    (one,) = preview(str(file), io.BytesIO(), lines=True)
    assert [line.text for line in one.lines or () if line.place is None] == ["17"]


def test_markdown_has_no_lines_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# Head\n\nWords of it.\n")
    (one,) = preview(str(file), io.BytesIO(), lines=True)
    assert one.lines is None
