"""A family of near-identical articles, on the screen and as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from article import Reference, Stored
from library.wording import Became
from terminal.articles import folded
from terminal.hits import FORMAT
from terminal.pieces import shown
from terminal.receipts import counted
from terminal.style import Style

if TYPE_CHECKING:
    from library.family import Version, Versions
    from library.wording import Change

_SET_IN = "     "
_CALLED = {Became.REMOVED: "cut"}


def write_family(found: Versions, out: TextIO | None = None) -> None:
    """Write the articles, and under each what it has otherwise than the longest one."""
    out = out or sys.stdout
    style = Style.of(out)
    for version in found.versions:
        stored = version.stored
        headline = style.bold(stored.article.headline or "(no headline)")
        out.write(f"{style.bold_number(stored.id)}  {headline}\n")
        out.write(_SET_IN + style.dim(" · ".join(_facts(stored))) + "\n")
        if stored.id != found.longest.id:
            out.writelines(line + "\n" for line in _changes(version, style))
        out.write("\n")


def _facts(stored: Stored) -> Iterator[str]:
    article = stored.article
    yield from filter(None, (article.published and article.published.date, article.site))
    yield counted(stored.word_count, "word")


def _changes(version: Version, style: Style) -> Iterator[str]:
    for same, group in groupby(version.changes, lambda one: one.became is Became.SAME):
        if same:
            yield _SET_IN + style.dim(f"{counted(len(list(group)), 'paragraph')} alike")
        else:
            for one in group:
                opening = f"{_SET_IN}{_CALLED.get(one.became, one.became):<7} {_places(one):>7}  "
                yield from folded(shown(one.pieces, style), opening, style)


def _places(one: Change) -> str:
    """Give a paragraph's number in the longest article, and in this one where it is another."""
    numbers = [str(place + 1) for place in (one.old, one.new) if place is not None]
    return " → ".join(dict.fromkeys(numbers))


def receipt(found: Versions) -> str:
    """Say how many there are, and what they were compared with."""
    if found.total == 1:
        return f"Article {found.longest.id} is in no family: nothing else is nearly the same."
    some = f", {len(found.versions):,} shown" if len(found.versions) < found.total else ""
    compared = f"compared with article {found.longest.id}, the longest"
    return f"{found.total:,} articles of one family{some}, {compared}."


def as_json(found: Versions) -> dict[str, Any]:
    """Give the JSON of docs/families.md."""
    return {
        "format": FORMAT,
        "family": found.family if found.total > 1 else None,
        "longest": found.longest.id,
        "total": found.total,
        "articles": [_version(version, found.longest) for version in found.versions],
    }


def _version(version: Version, longest: Stored) -> dict[str, Any]:
    stored = version.stored
    article = stored.article
    return {
        "id": stored.id,
        "headline": article.headline,
        "site": article.site,
        "published": article.published and article.published.date,
        "word_count": stored.word_count,
        "alike": sum(one.became is Became.SAME for one in version.changes),
        "paragraphs": [
            {
                "change": one.became.value,
                "old": _paragraph(longest, one.old),
                "new": _paragraph(stored, one.new),
                "difference": [[fate.value, text] for fate, text in one.pieces],
            }
            for one in version.changes
            if one.became is not Became.SAME
        ],
    }


def _paragraph(stored: Stored, place: int | None) -> dict[str, Any] | None:
    if place is None:
        return None
    paragraph = stored.article.paragraphs[place]
    reference = Reference.of(stored.id, place + 1, paragraph.text)
    return {"ordinal": place + 1, "kind": paragraph.kind.value, "ref": str(reference)}
