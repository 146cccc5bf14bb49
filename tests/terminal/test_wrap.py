"""Text fits the terminal, whatever script and colour it has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from terminal.safe import safe
from terminal.style import Style
from terminal.wrap import cells, wrap

TEXTS = st.text(st.sampled_from("abc de 渡轮,é\u0301 한글 ж"), max_size=200)


@given(TEXTS, st.integers(12, 60))
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width, "  1  ")
    longest = max((cells(word) for word in text.split()), default=0)
    assert all(cells(line) <= max(width, 5 + longest) for line in lines)
    assert "".join("".join(lines).split()) == "1" + "".join(text.split())


def test_colours_take_no_room() -> None:
    style = Style(terminal=True, colour=True, width=40)
    marked = style.marked("ferry boat ferry boat", [(0, 5), (11, 16)])
    assert "\x1b[" in marked
    assert len(wrap(marked, 23, "  ")) == 1


def test_marks_above_and_below_a_letter_take_no_room() -> None:
    assert [cells(word) for word in ("ไม่", "नमस्ते", "e\u0301", "渡轮", "مُحَمَّد")] == [2, 4, 1, 4, 4]


def test_chinese_breaks_between_characters() -> None:
    assert wrap("渡轮每天往返", 8, "") == ["渡轮每天", "往返"]


@given(st.text())
def test_what_is_safe_holds_no_control_or_bidi_character(text: str) -> None:
    kept = safe(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in kept)
    assert not set(kept) & set(
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    assert safe(kept) == kept
