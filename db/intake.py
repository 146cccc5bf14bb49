"""Taking inputs in: which article each one is, and what changes by it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from article import Article, Outcome, Reading, Recorded, Refusal
from db import identity, rows
from db.batch import Batch
from db.bookmarking import Bookmarks, key_of
from db.known import Copy, Known, State
from db.revise import change, restate, revise
from db.storable import storable
from db.tables import ParagraphRow


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


class Intake:
    """One batch of inputs within one transaction; `now` is its time, UTC."""

    def __init__(self, connection: Connection, now: str) -> None:
        self.connection = connection
        self.batch = Batch(connection, now)
        last = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'articles'"))
        self.next_id = int(last or 0) + 1

    def take_all(self, inputs: Sequence[Reading | Refusal]) -> list[Recorded]:
        """Take the inputs in their order and give what became of each."""
        prepared = [
            storable(one) if isinstance(one, Refusal) else Input.of(storable(one)) for one in inputs
        ]
        links = [one.bookmark for one in prepared if isinstance(one, Refusal) and one.bookmark]
        keys = [key for one in prepared if isinstance(one, Input) for key in one.keys]
        self.known = Known(self.connection, keys + [key_of(one) for one in links])
        self.bookmarks = Bookmarks(self.batch, self.known, links)
        recorded = [self._take(one) for one in prepared]
        self.batch.finish()
        return recorded

    def _take(self, one: Input | Refusal) -> Recorded:
        if isinstance(one, Input):
            recorded = self._place(one)
            self.batch.log(recorded, one.copy.sha256)
            return recorded
        if one.bookmark:
            refused = self.bookmarks.keep(one, one.bookmark)
        else:
            refused = Recorded(
                one.location, one.outcome, one.item, reason=one.reason, detail=one.detail
            )
        self.batch.log(refused, None)
        return refused

    def _place(self, one: Input) -> Recorded:
        article_id, namesake = self._find(one)
        warnings = one.reading.warnings
        if article_id is None:
            article_id, outcome = self._add(one), Outcome.ADDED
        else:
            outcome = self._again(article_id, one)
            if note := restate(self.batch, article_id, one.reading.article):
                warnings = (*warnings, note)
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
        strong, by_text = one.keys[0], one.keys[-1]
        if strong == by_text:
            return next(iter(self.known.bearers[by_text]), None), None
        if bearers := self.known.bearers[strong]:
            best, number = max((self._likeness(n, one), -n) for n in bearers)
            return (-number, None) if best >= identity.SAME_ARTICLE else (None, -number)
        space = identity.namespace(strong)
        for article_id in self.known.bearers[by_text]:
            if space not in self.known.states[article_id].spaces:
                return article_id, None
        return None, None

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
        self.known.states[article_id] = State(one.copy.content_hash)
        self.batch.add_article(article_id, rows.article_values(article, one.copy.content_hash))
        self.batch.add_parts(article_id, article)
        self.batch.enqueue(article_id)
        self._keep_copy(article_id, one)
        return article_id

    def _again(self, article_id: int, one: Input) -> Outcome:
        """Decide what an input is to an article that is already there, and write that."""
        state = self.known.states[article_id]
        before = state.before(one.copy)
        same = before is not None and _same(before, one.copy)
        seen = same and any(_same_input(copy, one.copy) for copy in state.copies)
        if not seen:
            self._keep_copy(article_id, one)
        removed, state.removed = state.removed, False
        if before is not None and not same and one.copy.content_hash != state.content_hash:
            state.content_hash = one.copy.content_hash
            revise(self.batch, article_id, one.reading.article, one.copy.content_hash)
            return Outcome.ADDED if removed else Outcome.REVISED
        if removed:
            change(self.batch, article_id, {})
            return Outcome.ADDED
        return Outcome.UNCHANGED if seen else Outcome.DUPLICATE

    def _keep_copy(self, article_id: int, one: Input) -> None:
        self.known.states[article_id].copies.append(one.copy)
        self.batch.add_copy(article_id, one.copy, one.reading.source.data)

    def _add_keys(self, article_id: int, one: Input) -> None:
        for key in one.keys:
            if self.known.bear(article_id, key):
                self.batch.add_key(article_id, key)


def _same(before: Copy, copy: Copy) -> bool:
    """Say whether a source gave nothing new: the same bytes, however parsed, or the same words."""
    return before.sha256 == copy.sha256 or before.content_hash == copy.content_hash


def _same_input(one: Copy, other: Copy) -> bool:
    """Say whether two copies are one input read twice; lines of a file may have moved in it."""
    return one.location == other.location and one.sha256 == other.sha256
