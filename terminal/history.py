"""An article's wordings and copies: on the screen and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TextIO

from library.wording import Became
from terminal.articles import folded
from terminal.changes import summary
from terminal.places import place
from terminal.receipts import counted
from terminal.safe import safe
from terminal.style import Style

if TYPE_CHECKING:
    from library.history import History, Wording

FORMAT = 1
_CAUSES = {"source": "the source", "reparse": "read anew", "edit": "edited"}


def write_history(history: History, out: TextIO | None = None) -> None:
    """Write the wordings, the oldest first, and under them the copies."""
    out = out or sys.stdout
    style = Style.of(out)
    out.write(style.bold(history.today.article.headline or "(no headline)") + "\n")
    sizes = counted(len(history.wordings), "wording"), _copies(len(history.copies))
    out.write(style.dim(" · ".join((f"article {history.today.id}", *sizes))) + "\n\n")
    for wording in history.wordings:
        _write(wording, style, out)
    out.write("\ncopies\n")
    for number, copy in enumerate(history.copies, 1):
        facts = (minute(copy.ingested_at), copy.kind, place(copy.location, copy.item))
        out.write(f"{style.bold_number(number)}  {safe('  '.join(facts))}\n")


def _copies(number: int) -> str:
    return f"{number:,} {'copy' if number == 1 else 'copies'}"


def _write(wording: Wording, style: Style, out: TextIO) -> None:
    number = style.bold_number(wording.stored.revision)
    out.write(f"{number}  {'  '.join(_facts(wording))}\n")
    said = [safe(wording.stored.article.headline or "(no headline)")]
    if wording.changes is not None:
        said.append(summary(wording.changes))
    out.writelines("\n".join(folded(text, "     ", style)) + "\n" for text in said)


def _facts(wording: Wording) -> Iterator[str]:
    yield minute(wording.origin.came_at)
    yield _CAUSES.get(wording.origin.cause, safe(wording.origin.cause))
    if wording.copy is not None:
        yield f"copy {wording.copy}"
    yield counted(wording.stored.word_count, "word")


def minute(moment: str) -> str:
    """Give a time, UTC, to the minute."""
    return moment[:16].replace("T", " ")


def remarks(history: History) -> Iterator[str]:
    """Say what else there is to know."""
    if history.today.removed_at:
        yield (
            f"Article {history.today.id} was removed on {history.today.removed_at[:10]}; "
            f"its words are kept. To bring it back: cuttings undo {history.today.id}"
        )
    if len(history.wordings) > 1:
        yield f"Times are UTC. What changed, word by word: cuttings diff {history.today.id}"


def as_json(history: History) -> dict[str, Any]:
    """Give the JSON of docs/history.md."""
    ends = [one.origin.came_at for one in history.wordings[1:]]
    return {
        "format": FORMAT,
        "id": history.today.id,
        "removed_at": history.today.removed_at,
        "wordings": [
            _wording(one, end) for one, end in zip(history.wordings, [*ends, None], strict=True)
        ],
        "copies": [
            {"copy": number, **{name: value for name, value in asdict(one).items() if name != "id"}}
            for number, one in enumerate(history.copies, 1)
        ],
    }


def _wording(wording: Wording, replaced_at: str | None) -> dict[str, Any]:
    article = wording.stored.article
    return {
        "revision": wording.stored.revision,
        "came_at": wording.origin.came_at,
        "replaced_at": replaced_at,
        "cause": wording.origin.cause,
        "copy": wording.copy,
        "headline": article.headline,
        "word_count": wording.stored.word_count,
        "paragraphs": len(article.paragraphs),
        "changes": wording.changes and _changes(wording),
    }


def _changes(wording: Wording) -> dict[str, Any] | None:
    if wording.changes is None:
        return None
    counts = wording.changes.counts()
    told = {one.value: counts[one] for one in Became if one is not Became.SAME}
    return {"values": [value.name for value in wording.changes.values], **told}
