"""When words first stood in an article, and when they went: over all wordings of all articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from article import Reference, Stored
from db.history import Origin, origins
from db.wordings import earlier_texts, removed_texts, wordings
from library.asking import matching_ids, read, serving
from library.phrase import Phrase
from search import query
from search.analysis import has_no_spaces
from search.hints import Hint
from search.plan import All
from search.planned_words import in_these_forms
from search.printing import to_text

if TYPE_CHECKING:
    from library.library import Library

_HEADS = ("headline", "standfirst")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From which wording on words stood in an article, and the first that was without them."""

    since: Origin
    gone: Origin | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in a wording: a paragraph, its number from 1, or `headline`, `standfirst`."""

    stored: Stored
    ordinal: int | None
    name: str
    text: str
    marks: Sequence[tuple[int, int]]

    @property
    def ref(self) -> Reference:
        """The permanent reference of the paragraph, or the article's number."""
        if self.ordinal is None:
            return Reference(self.stored.id)
        return Reference.of(self.stored.id, self.ordinal, self.text)


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that has or had the words: when they first stood there, where, and how long.

    `published` is whether the date is that of publication; else it is the day (UTC) the wording
    was stored.
    """

    today: Stored
    date: str
    published: bool
    place: Place
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Answer:
    """Articles by the date the words first stood in them; `more` is whether there are others."""

    phrase: Phrase
    searched: int
    seen: Sequence[Seen]
    more: bool
    hint: Hint | None = None


def first_seen(library: Library, text: str, *, limit: int = 10, removed: bool = False) -> Answer:
    """Find in which articles and wordings words stood first, the earliest first.

    Raises `PhraseWrong` where there are no words, and what a search raises.
    """
    phrase = Phrase(text)
    ids = _now(library, phrase) | _before(library, phrase, removed=removed)
    with library.reader.snapshot():
        found = list(islice(_by_date(library, phrase, ids, removed=removed), limit + 1))
    hint = None if found else _hint(library, phrase)
    return Answer(phrase, library.reader.count(), found[:limit], len(found) > limit, hint)


def _now(library: Library, phrase: Phrase) -> set[int]:
    """Give the articles that may have the words today: what the index finds, and what it lacks yet."""
    plan = All(tuple(map(in_these_forms, phrase.stretches)))
    ids = serving(library, lambda engine: engine.ids(plan))
    rows = library.reader.select("SELECT DISTINCT article_id FROM index_queue")
    return ids | {row["article_id"] for row in rows}


def _before(library: Library, phrase: Phrase, *, removed: bool) -> set[int]:
    """Give the articles whose earlier wordings have the words; with `removed` those taken out too."""
    found = {number for number, text in earlier_texts(library.reader) if phrase.stands_in(text)}
    if removed:
        texts = removed_texts(library.reader)
        found |= {number for number, text in texts if phrase.stands_in(text)}
    return found


def _by_date(library: Library, phrase: Phrase, ids: set[int], *, removed: bool) -> Iterator[Seen]:
    """Give the articles that do have the words, by date; no more are read than are asked for."""
    waiting: list[tuple[str, int, Seen | None]] = [
        (row["earliest"], row["id"], None) for row in _earliest(library, ids, removed=removed)
    ]
    heapify(waiting)
    while waiting:
        _, number, seen = heappop(waiting)
        if seen is not None:
            yield seen
        elif (seen := _seen(library, phrase, number)) is not None:
            heappush(waiting, (seen.date, number, seen))


def _earliest(library: Library, ids: set[int], *, removed: bool) -> Sequence[Mapping[str, Any]]:
    """Give a day for each article before which no wording of it can have stood."""
    sql = (
        "SELECT a.id, min(substr(a.added_at, 1, 10), coalesce(a.published, a.added_at), coalesce("
        "(SELECT min(published) FROM revisions WHERE article_id = a.id), a.added_at)) AS earliest"
        " FROM articles AS a WHERE a.id IN (SELECT value FROM json_each(?))"
    )
    kept = "" if removed else " AND a.removed_at IS NULL"
    return library.reader.select(sql + kept, [json.dumps(sorted(ids))])


def _seen(library: Library, phrase: Phrase, article_id: int) -> Seen | None:
    """Look into every wording of an article."""
    today = library.reader.articles([article_id])[article_id]
    places = [_place(phrase, one) for one in wordings(library.reader, today)]
    first = next((place for place in places if place), None)
    if first is None:
        return None
    came = origins(library.reader, article_id)
    stretches = list(_stretches([place is not None for place in places], came))
    since, published = stretches[0].since, first.stored.article.published
    if since.revision == 1 and published:
        return Seen(today, published.date, True, first, stretches)
    return Seen(today, since.came_at[:10], False, first, stretches)


def _stretches(has: Sequence[bool], came: Sequence[Origin]) -> Iterator[Stretch]:
    """Give the stretches of wordings that have the words."""
    at = 0
    for there, group in groupby(has):
        start, at = at, at + len(list(group))
        if there:
            yield Stretch(came[start], came[at] if at < len(came) else None)


def _place(phrase: Phrase, stored: Stored) -> Place | None:
    """Find the words in a wording: in a paragraph, else in what stands above them."""
    article = stored.article
    for ordinal, paragraph in enumerate(article.paragraphs, 1):
        if phrase.stands_in(paragraph.text):
            marks = phrase.marks(paragraph.text)
            return Place(stored, ordinal, paragraph.kind.value, paragraph.text, marks)
    for name in _HEADS:
        text = getattr(article, name)
        if text and phrase.stands_in(text):
            return Place(stored, None, name, text, phrase.marks(text))
    return None


def _hint(library: Library, phrase: Phrase) -> Hint | None:
    """Say that the words stand together after all, in other forms, or that they stand apart."""
    together: query.Node = query.Phrase(phrase.text)
    if _found(library, to_text(together)):
        message = "they stand together in other forms, or in a byline or credit"
        return Hint(message, to_text(together))
    words = list(dict.fromkeys(phrase.words))
    if len(words) < 2 or has_no_spaces(phrase.text):
        return None
    apart = query.And(tuple(map(query.Term, words)))
    return Hint("they stand apart", to_text(apart)) if _found(library, to_text(apart)) else None


def _found(library: Library, text: str) -> bool:
    return bool(matching_ids(library, read(library, text)))
