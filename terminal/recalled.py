"""A passage that was cited, and how it stands with it today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from library.difference import Fate
from library.exporting import FORMAT
from library.exporting import as_json as article_json
from terminal.articles import folded
from terminal.pieces import marked, shown
from terminal.safe import safe

if TYPE_CHECKING:
    from library.difference import Piece
    from library.passage import Cut
    from library.recalling import Recalled, Replaced
    from terminal.style import Style

_CAUSES = {
    "source": "the source gave other words",
    "reparse": "its source was read anew",
    "edit": "it was edited",
}


def remarks(recalled: Recalled, style: Style) -> Iterator[str]:
    """Say, a line at a time, whether the words still stand, and what stands in their place."""
    found = recalled.found
    if found.stored.removed_at:
        removed = f"Article {found.stored.id} was removed on {found.stored.removed_at[:10]}"
        yield f"{removed}; its words are kept. To bring it back: cuttings undo {found.stored.id}"
    if recalled.replaced:
        yield (
            f"{recalled.cited} no longer stands: it was paragraph {found.ordinal} of revision "
            f"{found.stored.revision}, replaced on {_when_and_why(recalled.replaced)}."
        )
        yield from _today(recalled.replaced, style)
    elif not found.stored.removed_at:
        moved = f", as paragraph {found.ordinal} now: {found.ref}"
        same_place = found.ordinal == recalled.cited.ordinal
        yield f"{recalled.cited} stands unchanged{'.' if same_place else moved}"


def _when_and_why(replaced: Replaced) -> str:
    return f"{replaced.at[:10]} ({_CAUSES.get(replaced.cause, safe(replaced.cause))})"


def _today(replaced: Replaced, style: Style) -> Iterator[str]:
    today = replaced.today
    if today is None:
        yield "Nothing came in its place."
    elif replaced.difference is None:
        yield f"Quite other words came in its place, {today.ref}:"
        yield from folded(safe(today.paragraph.text), f"{today.ordinal:>3}  ", style)
    else:
        without = marked(Fate.GONE, "without these words", style)
        yield f"In its place came {today.ref}, {without} and {marked(Fate.NEW, 'with these', style)}:"
        yield from folded(shown(replaced.difference, style), f"{today.ordinal:>3}  ", style)


def as_json(recalled: Recalled) -> dict[str, Any]:
    """Give the article as it read when it held the passage, with that alone, and how it stands."""
    found, replaced = recalled.found, recalled.replaced
    passage = {
        "ref": str(found.ref),
        "standing": recalled.standing.value,
        "removed_at": found.stored.removed_at,
        "replaced_at": replaced and replaced.at,
        "cause": replaced and replaced.cause,
        "today": replaced and replaced.today and _today_json(replaced.today, replaced.difference),
    }
    return {
        "format": FORMAT,
        "article": article_json(found.stored, found.ordinal),
        "passage": passage,
    }


def _today_json(today: Cut, pieces: Sequence[Piece] | None) -> dict[str, Any]:
    return {
        "ordinal": today.ordinal,
        "kind": today.paragraph.kind.value,
        "ref": str(today.ref),
        "text": today.paragraph.text,
        "difference": pieces and [[fate.value, text] for fate, text in pieces],
    }
