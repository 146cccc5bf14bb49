"""The lines of a concordance keep their column and their width, in any script."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from library.concordance import Line
from search.contexts import Context
from terminal.concordance import write_lines
from terminal.wrap import cells

TEXTS = st.text(st.sampled_from("ab c渡轮 شارعмя한é\u0301ไม่"), max_size=150)
MARK = "**"


def drawn(left: str, match: str, right: str, ref: int = 1) -> str:
    out = io.StringIO()
    context = Context(1, "body", left, match, right, (), ())
    write_lines([Line(ref, str(ref), context, None, None, None)], out)
    return out.getvalue().rstrip("\n")


@settings(deadline=None)
@given(TEXTS, TEXTS.filter(str.strip), TEXTS, st.integers(1, 10**9))
def test_all_matches_start_in_the_same_cell_and_no_line_is_too_wide(
    left: str, match: str, right: str, ref: int
) -> None:
    line = drawn(left, match, right, ref)
    assert cells(line[: line.index(MARK)]) == 45
    assert cells(line) <= 100
    assert line.startswith(f"{ref}#1  ")


def test_contexts_are_cut_between_words() -> None:
    line = drawn("one two threefour " * 9, "boat", " ending one quarrel" * 9)
    before, after = line.split(f"{MARK}boat{MARK}")
    assert set(before.split()[1:]) <= {"one", "two", "threefour"}
    assert set(after.split()) <= {"ending", "one", "quarrel"}


def test_a_match_in_a_hostile_text_cannot_drive_the_terminal() -> None:
    line = drawn("\x1b[2Jleft ", "bo\x07at", " \u202eright")
    assert line.endswith(f"[2Jleft {MARK}boat{MARK} right")
    assert "\x1b" not in line
