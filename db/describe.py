"""The tables and views in words, for those who put SQL to a library."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc

from db.tables import ArticleRow, Base, FingerprintRow, ParagraphRow
from db.views import COMMENTS, FULL_TEXT_TABLE


@dataclass(frozen=True, slots=True)
class Column:
    """A column, its SQLite type (`INTEGER`, `TEXT`, `BLOB`), and what it holds."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Described:
    """A table, view or full-text table (`kind`), and what it is about."""

    name: str
    kind: str
    about: str
    columns: tuple[Column, ...]


def describe() -> list[Described]:
    """Give every documented view and table, those that are asked first in front."""
    return [*_views(), *_tables()]


def _views() -> list[Described]:
    shown = (ArticleRow, FingerprintRow, ParagraphRow)
    types = {name: kind for row in shown for name, kind, _ in _columns(row)}
    found = []
    for name, (about, comments) in COMMENTS.items():
        columns = (Column(c, types.get(c, "TEXT"), said) for c, said in comments.items())
        kind = "full text" if name == FULL_TEXT_TABLE else "view"
        found.append(Described(name, kind, about, tuple(columns)))
    return found


def _tables() -> list[Described]:
    mapped = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    found = []
    for name in Base.metadata.tables:
        columns = tuple(Column(*column) for column in _columns(mapped[name]))
        found.append(Described(name, "table", cleandoc(mapped[name].__doc__ or ""), columns))
    return found


def _columns(row: type[Base]) -> list[tuple[str, str, str]]:
    return [(c.name, str(c.type).upper(), c.comment or "") for c in row.__table__.columns]
