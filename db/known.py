"""What the database knows of the articles a batch of inputs may be: their keys and copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, Row, select

from db import identity
from db.given import ADDRESS
from db.rows import CHUNK
from db.tables import ArticleRow, CopyRow, IdentityRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Copy:
    """One input that gave an article; the hashes are of its bytes and of what a reader sees."""

    location: str
    item: str | None
    kind: str
    sha256: str
    content_hash: str


@dataclass(slots=True)
class State:
    """An article as it stands while a batch is taken in.

    `spaces` are the namespaces of its keys; `copies` are in the order they came; `lacks` names those
    values of `ADDRESS` that are not known; `words` counts those of its paragraphs.
    """

    content_hash: str
    words: int
    removed: bool = False
    spaces: set[str] = field(default_factory=set)
    copies: list[Copy] = field(default_factory=list)
    lacks: Collection[str] = ()

    def holds(self, copy: Copy) -> bool:
        """Say whether some copy had these very bytes or these very words."""
        return any(
            copy.sha256 == one.sha256 or copy.content_hash == one.content_hash
            for one in self.copies
        )

    def kinds(self) -> set[str]:
        """Give the forms it came in."""
        return {one.kind for one in self.copies}

    def before(self, copy: Copy) -> Copy | None:
        """Give its source's last copy: that of its place in the file, else of the file, else of its kind."""
        closest, found = 0, None
        for one in self.copies:
            here = one.location == copy.location
            near = 3 if here and one.item == copy.item else 2 if here else one.kind == copy.kind
            if near and near >= closest:
                closest, found = int(near), one
        return found


class Known:
    """The keys of a batch, who bears them, and the state of those articles."""

    def __init__(self, connection: Connection, keys: Iterable[str]) -> None:
        self.bearers: dict[str, list[int]] = defaultdict(list)
        self.states: dict[int, State] = {}
        bearers = select(IdentityRow.key, IdentityRow.article_id).order_by(IdentityRow.article_id)
        for some in chunks(sorted(set(keys))):
            for key, article_id in connection.execute(bearers.where(IdentityRow.key.in_(some))):
                self.bearers[key].append(article_id)
        for ids in chunks(sorted({n for bearing in self.bearers.values() for n in bearing})):
            self._read_states(connection, ids)

    def _read_states(self, connection: Connection, ids: Sequence[int]) -> None:
        state = select(
            *(ArticleRow.id, ArticleRow.content_hash, ArticleRow.word_count, ArticleRow.removed_at),
            *(ArticleRow.site, ArticleRow.url),
        )
        for one in connection.execute(state.where(ArticleRow.id.in_(ids))):
            removed = one.removed_at is not None
            self.states[one.id] = State(
                one.content_hash, one.word_count, removed, lacks=lacking(one)
            )
        keys = select(IdentityRow.article_id, IdentityRow.key)
        for number, key in connection.execute(keys.where(IdentityRow.article_id.in_(ids))):
            self.states[number].spaces.add(identity.namespace(key))
        copies = select(CopyRow).where(CopyRow.article_id.in_(ids)).order_by(CopyRow.id)
        for row in connection.execute(copies.with_only_columns(*CopyRow.__table__.columns)):
            self.states[row.article_id].copies.append(_copy(row))

    def bear(self, article_id: int, key: str) -> bool:
        """Note that an article bears a key; say whether that is new."""
        if article_id in self.bearers[key]:
            return False
        self.bearers[key].append(article_id)
        self.states[article_id].spaces.add(identity.namespace(key))
        return True


def lacking(one: object) -> list[str]:
    """Name what is not known of where an article, or the row of one, stands."""
    return [name for name in ADDRESS if getattr(one, name) is None]


def _copy(row: Row[tuple[object, ...]]) -> Copy:
    return Copy(row.location, row.item, row.kind, row.sha256, row.content_hash)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut values into pieces that fit one IN (...)."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
