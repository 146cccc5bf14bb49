"""What changed reads well with colour and without, and drives no terminal."""

from __future__ import annotations

import io
import json

import pytest

from article import Article, Kind, Paragraph, Stored
from db.history import Origin
from library.changes import changes
from library.history import Compared
from terminal.changes import as_json, summary, write_compared

HOSTILE = "st\x1b[31mor\x07m\u202e\ttide\x9b"
HARMLESS = "st[31morm tide"


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


def stored(*texts: str, headline: str = "Ferry", credit: str | None = None) -> Stored:
    caption = Paragraph("The pier.", Kind.CAPTION, credit)
    article = Article((caption, *map(Paragraph, texts)), headline)
    return Stored(7, 1, article, 1, "2023-01-01T00:00:00Z", "2023-01-01T00:00:00Z")


def compared(old: Stored, new: Stored) -> Compared:
    origins = [Origin(n, f"2023-01-0{n}T10:00:00Z", HOSTILE, None) for n in (1, 2)]
    return Compared(origins[0], origins[1], changes(old, new))


OLD = stored("It came late.", "渡船今天开了。", f"A {HOSTILE} rose at noon.", "Gone.", credit="AFP")
NEW = stored(
    "渡船昨天开了。", f"A {HOSTILE} fell at noon.", "It came late.", "New.", headline=HOSTILE
)


def shown(out: io.StringIO) -> str:
    write_compared(compared(OLD, NEW), out)
    return out.getvalue()


def test_words_are_marked_where_there_is_no_colour() -> None:
    assert shown(io.StringIO()).splitlines() == [
        HARMLESS,
        f"article 7 · revision 1 (2023-01-01 10:00, {HARMLESS}) → revision 2 (2023-01-02 10:00, {HARMLESS})",
        "",
        f"headline    [-Ferry-]{{+{HARMLESS}+}}",
        "",
        "changed        1  [caption] The pier. (credit: [-AFP-])",
        "",
        "changed    3 → 2  渡船[-今-]{+昨+}天开了。",
        "",
        f"changed    4 → 3  A {HARMLESS} [-rose-] {{+fell+}} at noon.",
        "",
        "removed        5  [-Gone.-]",
        "",
        "moved      2 → 4  It came late.",
        "",
        "added          5  {+New.+}",
        "",
    ]


def test_words_are_in_colour_on_a_terminal_and_not_marked() -> None:
    text = shown(Screen())
    assert "\x1b[31mrose\x1b[0m \x1b[32mfell\x1b[0m at noon." in text
    assert "[-" not in text
    assert "{+" not in text
    assert "\x1b[31mor" not in text
    assert not set("\x07\u202e\x9b") & set(text)


def test_no_colour_is_honoured_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = shown(Screen())
    assert "\x1b" not in text
    assert "[-rose-] {+fell+}" in text


def test_a_summary_counts_and_names_what_changed() -> None:
    assert (
        summary(changes(OLD, NEW)) == "3 paragraphs changed, 1 added, 1 removed, 1 moved; headline"
    )
    assert summary(changes(OLD, OLD)) == "no words changed"


def test_json_leads_from_one_wording_to_the_other() -> None:
    value = json.loads(json.dumps(as_json(compared(OLD, NEW))))
    paragraphs = {one["new"]["ordinal"]: one for one in value["paragraphs"] if one["new"]}
    assert [one["change"] for one in value["paragraphs"]] == [
        "changed", "changed", "changed", "removed", "moved", "added",
    ]  # fmt: skip
    joined = [
        "".join(text for fate, text in paragraphs[n]["difference"] if fate != "gone")
        for n in range(1, 6)
    ]
    assert joined == [paragraph.text for paragraph in NEW.article.paragraphs]
    assert value["alike"] == 0
    assert value["values"][0]["difference"] == [["gone", "Ferry"], ["new", HOSTILE]]
