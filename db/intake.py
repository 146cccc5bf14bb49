"""Taking inputs in: which article each one is, and what changes by it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Row, RowMapping, delete, insert, or_, select, text, update

from article import Article, Outcome, Reading, Recorded, Refusal
from db import identity, rows
from db.batch import CHUNK, Batch
from db.tables import (
    ArticleAuthorRow,
    ArticleRow,
    AuthorRow,
    CopyRow,
    IdentityRow,
    LinkRow,
    ParagraphRow,
    RevisionParagraphRow,
    RevisionRow,
)


class Intake:
    """One batch of inputs within one transaction; `now` is its time, UTC."""

    def __init__(self, connection: Connection, now: str) -> None:
        self.connection = connection
        self.batch = Batch(connection, now)
        self.known: dict[str, list[int]] = defaultdict(list)
        last = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'articles'"))
        self.next_id = int(last or 0) + 1

    def take_all(self, inputs: Sequence[Reading | Refusal]) -> list[Recorded]:
        """Take the inputs in their order and give what became of each."""
        self._look_up([one for one in inputs if isinstance(one, Reading)])
        recorded = [self._take(one) for one in inputs]
        self.batch.write()
        return recorded

    def _look_up(self, readings: Sequence[Reading]) -> None:
        """Find who already bears any of the keys of this batch."""
        keys = sorted({key for one in readings for key in identity.keys(one.article, one.source)})
        for start in range(0, len(keys), CHUNK):
            wanted = select(IdentityRow.key, IdentityRow.article_id)
            chosen = wanted.where(IdentityRow.key.in_(keys[start : start + CHUNK]))
            for key, article_id in self.connection.execute(chosen):
                self.known[key].append(article_id)

    def _take(self, one: Reading | Refusal) -> Recorded:
        sha256 = None
        if isinstance(one, Refusal):
            recorded = Recorded(
                one.location, one.outcome, one.item, reason=one.reason, detail=one.detail
            )
        else:
            sha256 = hashlib.sha256(one.source.data).hexdigest()
            recorded = self._place(one, sha256)
        self.batch.log(recorded, sha256)
        return recorded

    def _place(self, one: Reading, sha256: str) -> Recorded:
        keys = identity.keys(one.article, one.source)
        article_id, namesake = self._find(one, keys)
        if article_id is None:
            article_id, outcome = self._add(one, keys, sha256), Outcome.ADDED
        else:
            outcome = self._again(article_id, one, keys, sha256)
        warnings = one.warnings
        if namesake is not None:
            note = f"same address or id as article {namesake}, but other words: stored as another article"
            warnings = (*warnings, note)
        return Recorded(
            one.source.location,
            outcome,
            one.source.item,
            article_id,
            headline=one.article.headline,
            warnings=warnings,
        )

    def _find(self, one: Reading, keys: list[str]) -> tuple[int | None, int | None]:
        """Give (the article this input is, an article that bears its key with other words)."""
        strong, by_text = keys[0], keys[-1]
        if strong != by_text and self.known[strong]:
            scored = [(self._overlap(n, one.article), -n) for n in self.known[strong]]
            best, number = max(scored)
            return (-number, None) if best >= identity.SAME_ARTICLE else (None, -number)
        space = identity.namespace(strong)
        for article_id in self.known[by_text]:
            if strong == by_text or space not in self._namespaces(article_id):
                return article_id, None
        return None, None

    def _overlap(self, article_id: int, article: Article) -> float:
        self.batch.write()
        wanted = select(ParagraphRow.text).where(ParagraphRow.article_id == article_id)
        stored = list(self.connection.scalars(wanted.order_by(ParagraphRow.ordinal)))
        given = [paragraph.text for paragraph in article.paragraphs]
        return 1.0 if stored == given else identity.overlap(stored, given)

    def _namespaces(self, article_id: int) -> set[str]:
        self.batch.write()
        wanted = select(IdentityRow.key).where(IdentityRow.article_id == article_id)
        return {identity.namespace(key) for key in self.connection.scalars(wanted)}

    def _add(self, one: Reading, keys: list[str], sha256: str) -> int:
        article_id, self.next_id = self.next_id, self.next_id + 1
        values = rows.article_values(one.article)
        self.batch.add_article(article_id, values)
        self.batch.add_parts(article_id, one.article)
        self.batch.enqueue(article_id)
        self._keep_copy(article_id, one, keys, values["content_hash"], sha256)
        return article_id

    def _keep_copy(
        self, article_id: int, one: Reading, keys: list[str], content: str, sha256: str
    ) -> None:
        self.batch.add_copy(article_id, one, content, sha256)
        for key in keys:
            if article_id not in self.known[key]:
                self.known[key].append(article_id)
                self.batch.add_key(article_id, key)

    def _again(self, article_id: int, one: Reading, keys: list[str], sha256: str) -> Outcome:
        """Decide what an input is to an article that is already there, and write that."""
        self.batch.write()
        table = ArticleRow.__table__
        found = self.connection.execute(select(table).where(ArticleRow.id == article_id))
        current = found.mappings().one()
        content = rows.content_hash(one.article)
        before = self._copy_before(article_id, one)
        same = before is not None and (before.sha256 == sha256 or before.content_hash == content)
        seen = same and self._has_copy(article_id, one, sha256)
        if not seen:
            self._keep_copy(article_id, one, keys, content, sha256)
        if before is not None and not same and content != current["content_hash"]:
            self._revise(current, one.article)
            return Outcome.ADDED if current["removed_at"] else Outcome.REVISED
        if current["removed_at"]:
            self._change(article_id, {})
            return Outcome.ADDED
        return Outcome.UNCHANGED if seen else Outcome.DUPLICATE

    def _copy_before(self, article_id: int, one: Reading) -> Row[str, str] | None:
        """Give this source's last copy: that of the same place, else that of the same kind."""
        here = CopyRow.location == one.source.location
        wanted = select(CopyRow.sha256, CopyRow.content_hash).where(
            CopyRow.article_id == article_id, or_(here, CopyRow.kind == one.source.kind)
        )
        latest = wanted.order_by(here.desc(), CopyRow.id.desc()).limit(1)
        return self.connection.execute(latest).first()

    def _has_copy(self, article_id: int, one: Reading, sha256: str) -> bool:
        wanted = select(CopyRow.id).where(
            CopyRow.article_id == article_id,
            CopyRow.location == one.source.location,
            CopyRow.sha256 == sha256,
        )
        return self.connection.execute(wanted.limit(1)).first() is not None

    def _revise(self, current: RowMapping, article: Article) -> None:
        """Keep the current wording whole among the revisions and put the new one in its place."""
        article_id, number = current["id"], current["revision"]
        self._keep_wording(current)
        for table in (ParagraphRow, ArticleAuthorRow, LinkRow):
            self.connection.execute(delete(table).where(table.article_id == article_id))
        self._change(article_id, {"revision": number + 1, **rows.article_values(article)})
        self.batch.add_parts(article_id, article)

    def _keep_wording(self, current: RowMapping) -> None:
        article_id, number = current["id"], current["revision"]
        kept = {c.name: current[c.name] for c in RevisionRow.__table__.columns if c.name in current}
        kept |= {
            "article_id": article_id,
            "authors": json.dumps(self._author_names(article_id), ensure_ascii=False),
            "cause": "source",
            "replaced_at": self.batch.now,
        }
        self.connection.execute(insert(RevisionRow), [kept])
        columns = [c for c in ParagraphRow.__table__.columns if c.name != "id"]
        wanted = select(*columns).where(ParagraphRow.article_id == article_id)
        old = [{**row, "revision": number} for row in self.connection.execute(wanted).mappings()]
        if old:
            self.connection.execute(insert(RevisionParagraphRow), old)

    def _author_names(self, article_id: int) -> list[str]:
        signed = ArticleAuthorRow.author_id == AuthorRow.id
        wanted = select(AuthorRow.name).join(ArticleAuthorRow, signed)
        mine = wanted.where(ArticleAuthorRow.article_id == article_id)
        return list(self.connection.scalars(mine.order_by(ArticleAuthorRow.position)))

    def _change(self, article_id: int, values: rows.Row) -> None:
        """Change an article's row (bringing it back, if it was removed) and queue it."""
        mine = update(ArticleRow).where(ArticleRow.id == article_id)
        moment = self.batch.now
        self.connection.execute(mine.values(changed_at=moment, removed_at=None, **values))
        self.batch.enqueue(article_id)
