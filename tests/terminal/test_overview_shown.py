"""An overview reads well on any terminal and in a pipe, and drives neither."""

from __future__ import annotations

import io
import itertools
import os
import re
import subprocess
from itertools import islice
from pathlib import Path

import pytest

from library.overview import Facet, Overview, Period, Timeline
from terminal.overview import as_json, remarks, write_facets, write_overview
from terminal.timeline import write_timeline
from terminal.wrap import cells
from tests.transcript import ROOT, Desk, steps

HOSTILE = "\x1b[31mRed\x07\u202egnp\t\nnews\x9b"
NUMBERS = itertools.count()
TWELVE = Facet("tag", [(f"tag{n:02}", 30 - n) for n in range(12)], 4)


class Screen(io.StringIO):
    """A stream that says it is a terminal; its width is $COLUMNS."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")


def shown(*periods: Period, out: io.StringIO | None = None) -> list[str]:
    """Give the lines of a timeline, its head and the blank line at its end left out."""
    out = out or Screen()
    write_timeline(Timeline("day", periods, 0, 0), out)
    lines = out.getvalue().split("\n")
    assert lines[-2:] == ["", ""]
    return lines[1:-2]


def days(count: int, found: int, every: int) -> list[Period]:
    numbers = islice(NUMBERS, count)
    return [Period(f"day {n:03}", found, every) for n in numbers]


def block(facet: Facet) -> list[str]:
    out = Screen()
    write_facets([facet], out)
    return out.getvalue().split("\n")


def test_bars_are_the_shares_and_the_largest_takes_all_the_room() -> None:
    half, whole, none = shown(Period("1", 1, 4), Period("2", 50, 100), Period("3", 0, 9))
    assert len(whole) == 60
    assert whole.count("█") == 2 * half.count("█")
    assert "█" not in none
    assert "25.0%" in half
    assert "50 " in whole


def test_a_share_however_small_is_never_shown_as_none_nor_one_short_of_all_as_all() -> None:
    small, large = shown(Period("1", 1, 90_000), Period("2", 89_999, 90_000))
    assert re.search(r" <0\.1%  ▏$", small)
    assert " 99.9%  █" in large


@pytest.mark.parametrize("columns", [38, 40, 60, 100, 250])
@pytest.mark.parametrize("every", [1, 999, 190_000])
def test_no_line_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: int, every: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    periods = [Period("2021-11-04", every, every), *days(9, 0, 0), *days(40, 0, every)]
    lines = shown(*periods, Period("2021-12-31", 1, every))
    assert max(map(len, lines)) <= columns
    assert ("█" in lines[0]) == (every < 190_000 or columns > 40)


def test_a_long_gap_is_one_line_and_a_short_one_is_seen_whole() -> None:
    first, between, last = (days(1, 1, 1) for _ in range(3))
    lines = shown(*first, *days(5, 0, 0), *between, *days(6, 0, 0), *last)
    assert len(lines) == 1 + 5 + 1 + 1 + 1
    assert lines[1].split()[2:] == ["0", "0", "–"]
    assert lines[7].split(maxsplit=1) == ["…", "6 days without any article"]


def test_many_periods_in_which_nothing_matches_are_one_line_with_their_articles() -> None:
    first, between, last = (days(1, 1, 1) for _ in range(3))
    many = [*days(30, 0, 100), *days(2, 0, 0)]
    lines = shown(*first, *days(31, 0, 5), *between, *many, *last)
    assert len(lines) == 1 + 31 + 1 + 1 + 1
    assert lines[33].split(maxsplit=1) == ["…", "32 days: 0 of 3,000"]


def test_a_pipe_gets_every_period_with_plain_numbers() -> None:
    out = io.StringIO()
    lines = shown(Period("a", 1, 190_000), *days(40, 0, 0), Period("b", 2, 3), out=out)
    assert len(lines) == 42
    assert lines[0] == "a\t1\t190000\t0.000526316"
    assert lines[1].endswith("\t0\t0\t")
    assert lines[-1] == "b\t2\t3\t66.6667"


def test_ten_values_are_shown_with_how_many_more_before_those_without() -> None:
    lines = block(TWELVE)
    assert lines[0] == "tag"
    assert lines[10:] == ["  21  tag09", "      and 2 more", "   4  (none)", "", ""]
    assert block(Facet("tag", TWELVE.values, 0))[11:] == ["      and 2 more", "", ""]


def test_of_many_years_the_last_are_shown() -> None:
    years = [(str(year), 1) for year in range(2001, 2024)]
    lines = block(Facet("year", years, 0))
    assert lines[1].endswith("2014")
    assert lines[10:12] == ["  1  2023", "     and 13 earlier"]


def test_names_of_any_script_stay_whole_and_fit_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    names = [
        "渡轮每天往返六次票价与维修前相同学生们是第一批乘客",
        "صحيفة المضيق اليومية",
        "a.example",
    ]
    lines = block(Facet("author", [(name, 1_234) for name in names], 56))
    assert all(cells(line) <= 40 for line in lines)
    text = "".join("".join(lines).split())
    assert all("".join(name.split()) in text for name in names)
    assert lines[-3:] == ["     56  (none)", "", ""]


@pytest.mark.parametrize("out", [Screen, io.StringIO])
def test_nothing_in_a_value_drives_the_terminal_or_breaks_its_line(out: type[io.StringIO]) -> None:
    stream = out()
    write_facets([Facet("tag", [(HOSTILE, 1)], 0)], stream)
    written = stream.getvalue()
    assert not set(written) & set("\x1b\x07\u202e\x9b")
    assert "[31mRedgnp  news" in written
    assert len(written.split("\n")) == 4


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in "".join(block(TWELVE))
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1mtag\x1b[0m" in block(TWELVE)


def test_what_is_not_shown_is_said() -> None:
    line = Timeline("week", [], 3, 1_234)
    whole = Overview(9, [TWELVE, Facet("site", [("a.example", 1)], 0)], line)
    left_out = "Left out of the timeline: 1,234 dated only to the month or year, 3 undated."
    assert list(remarks(whole)) == ["Not shown: tag 2 more; all of them: --json", left_out]
    assert list(remarks(whole, as_json=True)) == [left_out]
    assert list(remarks(None)) == []


def test_an_overview_of_nothing_is_said_and_not_drawn() -> None:
    out = Screen()
    empty = Overview(0, [Facet("tag", [], 0)], Timeline("day", [], 0, 0))
    write_overview(empty, out)
    write_overview(None, out)
    assert out.getvalue() == ""
    assert list(remarks(empty)) == ["No overview: nothing was found."]


def test_json_holds_all_values_and_only_what_was_asked_for() -> None:
    assert as_json(None) == {}
    only_facets = as_json(Overview(9, [TWELVE], None))
    assert list(only_facets) == ["facets"]
    assert len(only_facets["facets"]["tag"]) == 13
    assert only_facets["facets"]["tag"][-1] == {"value": None, "count": 4}
    gap = Timeline("day", [Period("2021-11-04", 0, 0)], 1, 2)
    assert as_json(Overview(9, None, gap)) == {
        "timeline": {
            "unit": "day",
            "periods": [{"period": "2021-11-04", "count": 0, "all": 0, "share": None}],
            "undated": 1,
            "imprecise": 2,
        }
    }


def on_terminal(desk: Desk, command: str, columns: int) -> str:
    """Run a command whose standard output is a terminal; give what stands on it."""
    leader, follower = os.openpty()
    with subprocess.Popen(
        ["/bin/sh", "-c", command], cwd=desk.home / "papers", stdout=follower,
        env={**desk.environment(), "COLUMNS": str(columns), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        os.close(follower)
        pieces = []
        while piece := _read(leader):
            pieces.append(piece)
        assert process.wait() == 0
    os.close(leader)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65_536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_the_chart_on_the_page_is_what_a_terminal_shows(tmp_path: Path) -> None:
    page = (ROOT / "docs/overview.md").read_text("utf-8")
    (chart,) = re.findall(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    desk, commands = Desk.new(tmp_path), [step.command for step in steps(page)]
    for command in commands[:3]:
        desk.show(command)
    (timeline,) = [command for command in commands if "--timeline month" in command]
    assert chart in on_terminal(desk, timeline, 64)
