"""What differs between two wordings: on the screen, in a line, as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from article import Kind, Paragraph, Reference
from library.wording import Became
from terminal.articles import folded
from terminal.pieces import shown
from terminal.receipts import counted
from terminal.style import Style

if TYPE_CHECKING:
    from db.history import Origin
    from library.changes import Changes, ParagraphChange, ValueChange
    from library.history import Compared

FORMAT = 1
_NAMED = {"published": "date"}
_CAUSES = {"source": "from the source", "reparse": "read anew", "edit": "edited"}


def write_compared(compared: Compared, out: TextIO | None = None) -> None:
    """Write what differs: values, then paragraphs in the order of the newer wording."""
    out = out or sys.stdout
    style = Style.of(out)
    changes = compared.changes
    out.write(style.bold(changes.new.article.headline or "(no headline)") + "\n")
    places = f"{_when(compared.old)} → {_when(compared.new)}"
    out.write(style.dim(f"article {changes.new.id} · {places}") + "\n\n")
    for value in changes.values:
        _write(shown(value.pieces, style), f"{_NAMED.get(value.name, value.name):<11} ", style, out)
    if changes.values:
        out.write("\n")
    for same, group in groupby(changes.paragraphs, lambda one: one.became is Became.SAME):
        if same:
            out.write(style.dim(f"{counted(len(list(group)), 'paragraph')} alike") + "\n\n")
        else:
            for one in group:
                _write_paragraph(one, style, out)


def _when(origin: Origin) -> str:
    moment = origin.came_at[:16].replace("T", " ")
    return f"revision {origin.revision} ({moment}, {_CAUSES.get(origin.cause, origin.cause)})"


def _write_paragraph(one: ParagraphChange, style: Style, out: TextIO) -> None:
    paragraph = one.new or one.old
    kind = f"[{paragraph.kind}] " if paragraph and paragraph.kind is not Kind.BODY else ""
    values = "; ".join(f"{value.name}: {shown(value.pieces, style)}" for value in one.values)
    text = kind + shown(one.change.pieces, style) + (f" ({values})" if values else "")
    _write(text, f"{one.became:<8} {_places(one):>7}  ", style, out)
    out.write("\n")


def _places(one: ParagraphChange) -> str:
    """Give a paragraph's number, both where it has another now."""
    numbers = [str(n + 1) for n in (one.change.old, one.change.new) if n is not None]
    return " → ".join(dict.fromkeys(numbers))


def _write(text: str, opening: str, style: Style, out: TextIO) -> None:
    out.write("\n".join(folded(text, opening, style)) + "\n")


def summary(changes: Changes) -> str:
    """Say in short what differs: `3 paragraphs changed, 1 added; headline`."""
    counts = changes.counts()
    said = [f"{counts[one]:,} {one}" for one in Became if one is not Became.SAME and counts[one]]
    if said:
        number, _, what = said[0].partition(" ")
        said[0] = f"{number} paragraph{'' if number == '1' else 's'} {what}"
    values = ", ".join(_NAMED.get(value.name, value.name) for value in changes.values)
    return "; ".join(filter(None, (", ".join(said), values))) or "no words changed"


def receipt(compared: Compared) -> str:
    """Say what differs, or that nothing does."""
    if compared.changes.any:
        return summary(compared.changes) + "."
    return f"Revisions {compared.old.revision} and {compared.new.revision} read alike."


def as_json(compared: Compared) -> dict[str, Any]:
    """Give the JSON of docs/history.md."""
    changes = compared.changes
    return {
        "format": FORMAT,
        "id": changes.new.id,
        "old": _origin_json(compared.old),
        "new": _origin_json(compared.new),
        "values": [_value_json(value) for value in changes.values],
        "alike": changes.counts()[Became.SAME],
        "paragraphs": list(_paragraphs_json(changes)),
    }


def _origin_json(origin: Origin) -> dict[str, Any]:
    return {"revision": origin.revision, "came_at": origin.came_at, "cause": origin.cause}


def _value_json(value: ValueChange) -> dict[str, Any]:
    difference = [[fate.value, text] for fate, text in value.pieces]
    return {"name": value.name, "old": value.old, "new": value.new, "difference": difference}


def _paragraphs_json(changes: Changes) -> Iterator[dict[str, Any]]:
    for one in changes.paragraphs:
        if one.became is not Became.SAME:
            yield {
                "change": one.became.value,
                "old": _ref(changes.old.id, one.change.old, one.old),
                "new": _ref(changes.new.id, one.change.new, one.new),
                "difference": [[fate.value, text] for fate, text in one.change.pieces],
                "values": [_value_json(value) for value in one.values],
            }


def _ref(article_id: int, place: int | None, paragraph: Paragraph | None) -> dict[str, Any] | None:
    if place is None or paragraph is None:
        return None
    reference = Reference.of(article_id, place + 1, paragraph.text)
    return {"ordinal": place + 1, "kind": paragraph.kind.value, "ref": str(reference)}
