"""What is known of one article beside its words, as far as a clause asks for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from search import dates
from search.explain import about, days
from search.plan import perhaps
from search.query import Exists, Range

if TYPE_CHECKING:
    import datetime as dt

    from article import Stored
    from search.clauses import Clause
    from search.evidence import Evidence

_NAMES = {
    "author": ("author", "authors"),
    "section": ("section", "sections"),
    "tag": ("tag", "tags"),
    "url": ("address", "addresses"),
    "site": ("site", "sites"),
    "lang": ("language", "languages"),
    "id": ("number", "numbers"),
}


def fact(clause: Clause, evidence: Evidence, today: dt.date) -> str:
    """Say what an article has where a clause asks for a value; it may hold or not."""
    match clause.node:
        case Range(low, high):
            asked = days(*dates.limits(low, high, today))
            return _date(clause, evidence, asked)
        case Exists(name):
            return _possession(name, evidence, today)
        case _ if clause.field in _NAMES:
            return _values(clause.field, evidence)
        case _:
            return ""


def _date(clause: Clause, evidence: Evidence, asked: str) -> str:
    added, holds = clause.field == "added", evidence.held.holds(clause.plan)
    known = _day_added(evidence.stored) if added else _published(evidence.stored)
    if known is None:
        return f"the day it was {'added' if added else 'published'} is not known"
    verb = "added" if added else "published"
    if holds:
        return f"{verb} on {known}"
    if evidence.held.holds(perhaps(clause.plan)):
        return f"known to be {verb} in {known}, but not whether {asked}"
    return f"{verb} {'in' if len(known) < len('2021-11-04') else 'on'} {known}, not {asked}"


def _published(stored: Stored) -> str | None:
    return stored.article.published.date if stored.article.published else None


def _day_added(stored: Stored) -> str | None:
    try:
        return datetime.fromisoformat(stored.added_at).astimezone().date().isoformat()
    except ValueError:  # a library edited by hand
        return None


def _possession(name: str, evidence: Evidence, today: dt.date) -> str:
    held = name in evidence.held.document.has
    if name == "revised":
        return (
            f"it stands in revision {evidence.stored.revision}" if held else "it was never revised"
        )
    what = about(Exists(name), None, today).removeprefix("with ")
    if held:
        return f"it has {what}"
    return f"it has no {what.removeprefix('a ').removeprefix('an ')}"


def _values(field: str, evidence: Evidence) -> str:
    article = evidence.stored.article
    whole = {
        "site": article.site or article.url,
        "lang": article.language,
        "id": str(evidence.stored.id),
    }
    values = [whole[field]] if field in whole else evidence.beside[field]
    known = [value for value in values if value]
    one, several = _NAMES[field]
    if not known:
        return f"its {one} is not known" if field != "tag" else "it has no tags"
    return f"its {f'{one} is' if len(known) == 1 else f'{several} are'} {', '.join(known)}"
