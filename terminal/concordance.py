"""A concordance: matches below one another, with what stands left and right of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from terminal.hits import FORMAT
from terminal.receipts import counted, searched
from terminal.safe import safe
from terminal.style import Style
from terminal.suggesting import suggestion_json
from terminal.table import write_csv, write_json, write_jsonl
from terminal.wrap import cells

if TYPE_CHECKING:
    from library.concordance import Concordance, Line

COLUMNS = ("id", "ordinal", "kind", "ref", "left", "match", "right",
           "headline", "published", "site")  # fmt: skip
_WIDTH = 100  # of a line where there is no terminal
_NARROWEST = 40
_MARKS = 4  # cells that the stars around a match may take


def write(found: Concordance, *, as_json: bool, jsonl: bool, csv: bool) -> int:
    """Write the lines in the form that was asked for; give how many there were."""
    shown = 0

    def counted() -> Iterator[Line]:
        nonlocal shown
        for line in found.lines:
            shown += 1
            yield line

    lines = counted()
    if as_json:
        write_json(_as_json(found, lines))
    elif jsonl:
        write_jsonl(map(_row, lines))
    elif csv:
        write_csv(COLUMNS, map(_row, lines))
    else:
        write_lines(lines)
    return shown


def write_lines(lines: Iterable[Line], out: TextIO | None = None) -> None:
    """Write lines as they come, all matches below one another."""
    out = out or sys.stdout
    style = Style.of(out)
    width = max(style.width or _WIDTH, _NARROWEST)
    for line in lines:
        out.write(_drawn(line, width, style) + "\n")


def _drawn(line: Line, width: int, style: Style) -> str:
    """Draw a line: the reference, and as much of the contexts as has place beside the match."""
    column = width * 9 // 20  # what follows a match tells more than what went before
    context = line.context
    ref = line.place + "  "
    left = _end_of(safe(context.left), column - len(ref))
    match = _start_of(safe(context.match), width - column - _MARKS)
    marked = style.marked(match, [(0, len(match))])
    right = _start_of(safe(context.right), width - column - cells(marked))
    blank = " " * (column - len(ref) - cells(left))
    return f"{style.dim(ref)}{blank}{left}{marked}{right}".rstrip()


def _end_of(text: str, room: int) -> str:
    """Give the end of a text that has place in so many cells, from a word's beginning if it can."""
    at = len(text)
    while at and (room := room - cells(text[at - 1])) >= 0:
        at -= 1
    while at < len(text) and not cells(text[at]):  # marks whose letter had no place
        at += 1
    border = text.find(" ", at) + 1 if _parts_a_word(text, at) else at
    return text[border if 0 < border < len(text) else at :]


def _start_of(text: str, room: int) -> str:
    """Give the beginning of a text that has place in so many cells, to a word's end if it can."""
    at = 0
    while at < len(text) and (room := room - cells(text[at])) >= 0:
        at += 1
    border = text.rfind(" ", 0, at) if _parts_a_word(text, at) else at
    return text[: border if border > 0 else at]


def _parts_a_word(text: str, at: int) -> bool:
    """Tell whether a cut goes through a word; beside wide characters it does not."""
    pair = text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and not any(map(str.isspace, pair)) and cells(pair) < 4


def receipt(found: Concordance, shown: int) -> str:
    """Say how many lines there are, how many were shown, and what was searched."""
    page = found.page
    line = f"{_matches(found.total)} in {counted(found.articles, 'article')}"
    if not found.total:
        line = "Nothing found in the text"
    elif shown < found.total:
        line += f", {shown:,} shown (for more: --limit N, --offset N)"
    line += f"; {searched(page.searched, page.pending)}"
    if rest := page.total - found.articles:
        line += f" {counted(rest, 'article')} found by something else than words of the text."
    return line


def _matches(number: int) -> str:
    return f"{number:,} match{'' if number == 1 else 'es'}"


def _row(line: Line) -> dict[str, Any]:
    """Give a line as the values of CSV and of the JSON of docs/json.md."""
    context = line.context
    values = (line.id, context.ordinal, context.zone, line.ref, context.left, context.match,
              context.right, line.headline, line.published, line.site)  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _as_json(found: Concordance, lines: Iterable[Line]) -> dict[str, Any]:
    page = found.page
    return {
        "format": FORMAT,
        "query": page.query,
        "read_as": page.read_as,
        "total": page.total,
        "matches": found.total,
        "searched": page.searched,
        "pending": page.pending,
        "undated": page.undated,
        "imprecise": page.imprecise,
        "hints": [{"message": hint.message, "query": hint.query} for hint in page.hints],
        "suggestions": [suggestion_json(one) for one in page.suggestions],
        "lines": [_row(line) for line in lines],
    }
