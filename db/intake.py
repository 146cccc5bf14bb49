"""Taking inputs in: which article each one is, and what changes by it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from accession import FileRead, Outcome, Reading, Recorded, Refusal
from article import Article
from db import identity, rows
from db.batch import Batch
from db.bookmarking import Bookmarks, key_of
from db.known import Copy, Known, State, lacking
from db.restate import called, restate
from db.revise import change, revise
from db.storable import storable
from db.tables import ParagraphRow
from db.tagging import Pair, bring, put_on
from db.tried import Tried


@dataclass(frozen=True, slots=True)
class Input:
    """A reading with what tells it from others: its keys, strongest first, and its copy's hashes."""

    reading: Reading
    keys: list[str]
    copy: Copy

    @classmethod
    def of(cls, reading: Reading) -> Input:
        """Work the keys and hashes out."""
        source = reading.source
        sha256 = hashlib.sha256(source.data).hexdigest()
        content = rows.content_hash(reading.article)
        copy = Copy(source.location, source.item, source.kind, sha256, content)
        return cls(reading, identity.keys(reading.article, source), copy)


Prepared = Input | Refusal | FileRead


class Intake:
    """One batch of inputs within one transaction; `now` is its time, UTC."""

    def __init__(self, connection: Connection, now: str) -> None:
        self.connection = connection
        self.batch = Batch(connection, now)
        last = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'articles'"))
        self.next_id = int(last or 0) + 1
        self.brought: list[Pair] = []

    def take_all(self, prepared: Sequence[Prepared], tags: Sequence[str] = ()) -> list[Recorded]:
        """Take the inputs in their order, put tags on their articles, give what became of each.

        The end of a file has no outcome.
        """
        links = [one.bookmark for one in prepared if isinstance(one, Refusal) and one.bookmark]
        keys = [key for one in prepared if isinstance(one, Input) for key in one.keys]
        self.known = Known(self.connection, keys + [key_of(one) for one in links])
        self.bookmarks = Bookmarks(self.batch, self.known, links)
        self.tried = Tried(self.batch, map(_location, prepared))
        recorded = [found for one in prepared if (found := self._take(one))]
        self.batch.write()
        self.tried.write()
        bring(self.batch, self.brought)
        if tags:
            put_on(self.batch, [one.article_id for one in recorded if one.article_id], tags)
        self.batch.write()
        return recorded

    def _take(self, one: Prepared) -> Recorded | None:
        if isinstance(one, FileRead):
            self.tried.finish(one)
            return None
        recorded = self._outcome(one)
        self.batch.log(recorded, one.copy.sha256 if isinstance(one, Input) else None)
        self.tried.note(recorded)
        return recorded

    def _outcome(self, one: Input | Refusal) -> Recorded:
        if isinstance(one, Input):
            return self._place(one)
        if one.bookmark:
            return self.bookmarks.keep(one, one.bookmark)
        return Recorded(one.location, one.outcome, one.item, reason=one.reason, detail=one.detail)

    def _place(self, one: Input) -> Recorded:
        article_id, namesake = self._find(one)
        warnings = one.reading.warnings
        if article_id is None:
            article_id, outcome = self._add(one), Outcome.ADDED
        else:
            outcome, kept = self._again(article_id, one)
            self.brought += [(article_id, tag) for tag in one.reading.article.tags]
            lacks = self.known.states[article_id].lacks
            warnings = (
                *warnings,
                *kept,
                *restate(self.batch, article_id, one.reading.article, lacks),
            )
        self._add_keys(article_id, one)
        if namesake is not None:
            note = f"same address or id as article {namesake}, but other words: stored as another article"
            warnings = (*warnings, note)
        return Recorded(
            one.copy.location,
            outcome,
            one.copy.item,
            article_id,
            headline=one.reading.article.headline,
            warnings=warnings,
        )

    def _find(self, one: Input) -> tuple[int | None, int | None]:
        """Give (the article this input is, an article that bears its key with other words)."""
        strong = [key for key in one.keys if not identity.is_weak(key)]
        named = (self.known.bearers[key] for key in strong)
        if bearers := next(filter(None, named), None):
            found = [self._most_like(one, some) for some in self._living_first(bearers)]
            same = [number for likeness, number in found if likeness >= identity.SAME_ARTICLE]
            return (same[0], None) if same else (None, found[0][1])
        space = identity.namespace(strong[0]) if strong else None
        if alike := self._apart(one.keys[-1], space):
            return alike[0], None
        return self._namesake(one, space), None

    def _living_first(self, article_ids: Sequence[int]) -> list[list[int]]:
        """Part articles from those that were removed: these come back where no other is meant."""
        found = [
            [n for n in article_ids if self.known.states[n].removed is r] for r in (False, True)
        ]
        return list(filter(None, found))

    def _apart(self, key: str, space: str | None) -> list[int]:
        """Give the articles that bear a weak key, but those with a strong one of the same kind."""
        found = [n for n in self.known.bearers[key] if space not in self.known.states[n].spaces]
        return [n for some in self._living_first(found) for n in some]

    def _namesake(self, one: Input, space: str | None) -> int | None:
        """Give the article of the same headline and day that has most of an input's words.

        It is one that came in other forms alone: two files of one form are not made one unasked.
        """
        names = [key for key in one.keys[:-1] if identity.is_weak(key)]
        bearers = [
            n
            for key in names
            for n in self._apart(key, space)
            if one.copy.kind not in self.known.states[n].kinds()
        ]
        if not bearers:
            return None
        likeness, best = self._most_like(one, bearers)
        return best if likeness >= identity.SAME_NAME else None

    def _most_like(self, one: Input, article_ids: Sequence[int]) -> tuple[float, int]:
        """Give how much the article with most of an input's words has of them, and its id."""
        likeness, minus_id = max((self._likeness(n, one), -n) for n in article_ids)
        return likeness, -minus_id

    def _likeness(self, article_id: int, one: Input) -> float:
        """Give how much an input's words are those of an article, 0 to 1; a known copy's are, whole."""
        if self.known.states[article_id].holds(one.copy):
            return 1.0
        self.batch.write()
        wanted = select(ParagraphRow.text).where(ParagraphRow.article_id == article_id)
        stored = list(self.connection.scalars(wanted))
        return identity.overlap(stored, [p.text for p in one.reading.article.paragraphs])

    def _add(self, one: Input) -> int:
        article_id, self.next_id = self.next_id, self.next_id + 1
        article: Article = one.reading.article
        values = rows.article_values(article, one.copy.content_hash)
        self.known.states[article_id] = State(
            one.copy.content_hash, values["word_count"], lacks=lacking(article)
        )
        self.batch.add_article(article_id, values)
        self.batch.add_parts(article_id, article)
        self.batch.enqueue(article_id)
        self._keep_copy(article_id, one)
        return article_id

    def _again(self, article_id: int, one: Input) -> tuple[Outcome, list[str]]:
        """Decide what an input is to an article that is already there, and write that; with notes."""
        state = self.known.states[article_id]
        differs = one.copy.content_hash != state.content_hash
        newer = differs and self._says_otherwise(article_id, one)
        fuller = [] if newer else self._fuller(article_id, one)
        seen = not newer and any(_same_input(copy, one.copy) for copy in state.copies)
        if not seen:
            self._keep_copy(article_id, one)
        removed, state.removed = state.removed, False
        if newer:
            state.content_hash = one.copy.content_hash
            state.words = rows.word_count(one.reading.article)
            kept = revise(self.batch, article_id, one.reading.article, one.copy.content_hash)
            notes = [f"kept as you gave it: {called(name)}" for name in kept]
            return Outcome.ADDED if removed else Outcome.REVISED, notes
        if removed:
            change(self.batch, article_id, {})
            return Outcome.ADDED, fuller
        return Outcome.UNCHANGED if seen else Outcome.DUPLICATE, fuller

    def _says_otherwise(self, article_id: int, one: Input) -> bool:
        """Say whether an input's source gave other words before.

        What is cut off says nothing, and what is known by its headline, day and text has no other words.
        """
        if _is_cut(one.reading) or not self._is_named(article_id, one):
            return False
        before = self.known.states[article_id].before(one.copy)
        return before is not None and not _same(before, one.copy)

    def _is_named(self, article_id: int, one: Input) -> bool:
        """Say whether an article is known by an input's address, id or place."""
        return any(
            article_id in self.known.bearers[key] for key in one.keys if not identity.is_weak(key)
        )

    def _fuller(self, article_id: int, one: Input) -> list[str]:
        """Note that another form seems to have the whole of what was stored in part: it is kept unsearched."""
        state = self.known.states[article_id]
        if _is_cut(one.reading) or state.before(one.copy) or state.holds(one.copy):
            return []
        words = rows.word_count(one.reading.article)
        if words < identity.WHOLE * state.words:
            return []
        if self._likeness(article_id, one) < identity.SAME_NAME:
            return []
        return [
            f"this copy has {words:,} words, the article {state.words:,}: those it has besides are not searched"
        ]

    def _keep_copy(self, article_id: int, one: Input) -> None:
        self.known.states[article_id].copies.append(one.copy)
        self.batch.add_copy(article_id, one.copy, one.reading.source.data)

    def _add_keys(self, article_id: int, one: Input) -> None:
        for key in one.keys:
            if self.known.bear(article_id, key):
                self.batch.add_key(article_id, key)


def prepared(one: Reading | Refusal | FileRead) -> Prepared:
    """Work out what of an input needs no look into the database."""
    if isinstance(one, FileRead):
        return one
    return storable(one) if isinstance(one, Refusal) else Input.of(storable(one))


def _location(one: Prepared) -> str:
    match one:
        case Input(copy=copy):
            return copy.location
        case FileRead(state):
            return state.location
        case Refusal(location):
            return location


def _is_cut(reading: Reading) -> bool:
    """Tell what its source does not hold the whole of: it takes the place of no other wording."""
    return any(warning.startswith("truncated") for warning in reading.warnings)


def _same(before: Copy, copy: Copy) -> bool:
    """Say whether a source gave nothing new: the same bytes, however parsed, or the same words."""
    return before.sha256 == copy.sha256 or before.content_hash == copy.content_hash


def _same_input(one: Copy, other: Copy) -> bool:
    """Say whether two copies are one input read twice; lines of a file may have moved in it."""
    return one.location == other.location and one.sha256 == other.sha256
