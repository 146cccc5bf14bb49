"""When words first stood, and when they went: on the screen and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

from terminal.articles import folded
from terminal.receipts import counted
from terminal.safe import safe
from terminal.style import Style

if TYPE_CHECKING:
    from db.history import Origin
    from library.first_seen import Answer, Place, Seen, Stretch

FORMAT = 1
_HERE = {"reparse": "read anew", "edit": "edited"}


def write_answer(answer: Answer, out: TextIO | None = None) -> None:
    """Write where the words stood first, and under it every article that has or had them."""
    out = out or sys.stdout
    style = Style.of(out)
    if answer.seen:
        _write_place(answer.seen[0], style, out)
    for seen in answer.seen:
        lines = folded(
            f"{_headline(seen)}: {_told(seen)}", f"{_day(seen)}  {seen.today.id:>5}  ", style
        )
        out.write("\n".join(lines) + "\n")


def _write_place(seen: Seen, style: Style, out: TextIO) -> None:
    place = seen.place
    facts = (
        f"article {seen.today.id}, revision {place.stored.revision}",
        seen.today.article.site,
        _day(seen).strip(),
    )
    out.write(style.bold(place.stored.article.headline or "(no headline)") + "\n")
    out.write(style.dim(" · ".join(filter(None, facts))) + "\n")
    text = style.marked(place.text, place.marks)
    opening = f"[{place.name}] " if place.ordinal is None else f"{place.ordinal:>3}  "
    out.write("\n".join(folded(text, opening, style)) + "\n")
    out.write(f"{place.ref}\n\n")


def _headline(seen: Seen) -> str:
    return safe(seen.today.article.headline or "(no headline)")


def _day(seen: Seen) -> str:
    return f"{'published' if seen.published else 'stored':<9} {safe(seen.date):<10}"


def _told(seen: Seen) -> str:
    """Say from when to when the words stood in an article."""
    said = "; again ".join(map(_stretch, seen.stretches))
    removed = seen.today.removed_at
    return f"{said}; removed ({removed[:10]})" if removed else said


def _stretch(stretch: Stretch) -> str:
    since = f"since revision {stretch.since.revision}"
    if stretch.since.revision > 1:
        since += _on(stretch.since)
    if stretch.gone is None:
        return since
    return f"{since}, gone since revision {stretch.gone.revision}{_on(stretch.gone)}"


def _on(origin: Origin) -> str:
    """Give a wording's day, and its cause where it is not the source that changed."""
    cause = _HERE.get(origin.cause)
    return f" ({origin.came_at[:10]}{f', {cause}' if cause else ''})"


def remarks(answer: Answer) -> Iterator[str]:
    """Say what was looked through, and what else may be meant."""
    if answer.hint:
        yield f"hint: {safe(answer.hint.message)}:  cuttings search {_quoted(safe(answer.hint.query))}"
    looked = f"{counted(answer.searched, 'article')} looked through, earlier wordings too."
    if not answer.seen:
        yield f"Nothing found; {looked}"
    else:
        shown = counted(len(answer.seen), "article")
        yield (
            f"{shown} shown, more have it: --limit N; {looked}"
            if answer.more
            else f"{shown}; {looked}"
        )


def _quoted(text: str) -> str:
    """Give a word of a command line."""
    from shlex import quote

    return quote(text)


def as_json(answer: Answer) -> dict[str, Any]:
    """Give the JSON of docs/history.md."""
    hint = answer.hint
    return {
        "format": FORMAT,
        "phrase": answer.phrase.text,
        "searched": answer.searched,
        "more": answer.more,
        "hint": hint and {"message": hint.message, "query": hint.query},
        "articles": [_seen(seen) for seen in answer.seen],
    }


def _seen(seen: Seen) -> dict[str, Any]:
    article = seen.today.article
    return {
        "id": seen.today.id,
        "headline": article.headline,
        "site": article.site,
        "date": seen.date,
        "date_of": "publication" if seen.published else "storing",
        "removed_at": seen.today.removed_at,
        "first": _place(seen.place),
        "stood": [
            {"since": _origin(stretch.since), "gone": stretch.gone and _origin(stretch.gone)}
            for stretch in seen.stretches
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "revision": place.stored.revision,
        "ordinal": place.ordinal,
        "kind": place.name,
        "ref": str(place.ref),
        "text": place.text,
        "marks": [list(mark) for mark in place.marks],
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {"revision": origin.revision, "came_at": origin.came_at, "cause": origin.cause}
