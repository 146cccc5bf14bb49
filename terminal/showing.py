"""What `show` prints: an article, a paragraph of it, or a passage that was cited."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from article import Stored
from library.exporting import FORMAT
from library.exporting import as_json as article_json
from library.passage import Cut, cut
from terminal.articles import write_article, write_one
from terminal.table import write_json

if TYPE_CHECKING:
    from library.recalling import Recalled


def show(stored: Stored, ordinal: int | None, *, as_json: bool) -> None:
    """Show an article, or the paragraph of this number with its permanent reference."""
    passage = None if ordinal is None else cut(stored, ordinal)
    if as_json:
        write_json({"format": FORMAT, "article": article_json(stored, ordinal)})
    elif passage is None:
        write_article(stored)
    else:
        _write(passage, [str(passage.ref)])


def show_recalled(recalled: Recalled, *, as_json: bool) -> None:
    """Show a cited passage, and say how it stands with it."""
    from terminal import recalled as looks
    from terminal.style import Style

    if as_json:
        write_json(looks.as_json(recalled))
    else:
        _write(recalled.found, looks.remarks(recalled, Style.of(sys.stderr)))


def _write(passage: Cut, remarks: Iterable[str]) -> None:
    write_one(passage.ordinal, passage.paragraph)
    sys.stdout.flush()
    for line in remarks:
        print(line, file=sys.stderr)
