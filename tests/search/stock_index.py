# mypy: allow-untyped-calls, disable-error-code="misc, attr-defined"
# (Whoosh is typed in part)
"""An index of stock Whoosh, in memory, that holds what ours holds: its own fields, codec and writer.

It is fed our words and their weights through an analyzer. Each zone's words are also a field of
their own, since Whoosh knows no zones. Segments are merged when ours are, so that both have the
same segments, and documents have the same numbers in both.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

from whoosh.analysis import Analyzer, Token
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import RamStorage

from search.whoosh_merge import merge_small

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search.document import Document, Run

PLACED = ("text", "exact", "author", "section", "tag", "url")
VALUES = ("site", "lang", "has", "id")
ZONES = ("headline", "caption", "quote", "body")
DAYS = ("first_day", "last_day", "added")


class Rows(str):  # noqa: SLOT000 - a test
    """(term, position, weight) of each word; a string to the eye: Whoosh analyses only strings."""

    rows: list[tuple[str, int, int]]

    def __new__(cls, rows: Iterable[tuple[str, int, int]]) -> Self:
        made = super().__new__(cls, "words")
        made.rows = list(rows)
        return made


class Given(Analyzer):
    """Hands on the words it is given, in Whoosh's tokens."""

    def __call__(self, value: Any, **_: Any) -> Iterator[Token]:
        token = Token(positions=True, boosts=True)
        for term, position, weight in value.rows:
            token.text, token.pos, token.boost = term, position, float(weight)
            yield token


def schema() -> Schema:
    numbers = {name: NUMERIC(int, bits=64, signed=True) for name in DAYS}
    columns = {name: COLUMN(NumericColumn("q")) for name in ("number", "words", "headline")}
    placed = [*PLACED, *(f"{name}_{zone}" for name in ("text", "exact") for zone in ZONES)]
    texts = {name: TEXT(Given()) for name in placed}
    values = {name: TEXT(Given(), phrase=False) for name in VALUES}
    return Schema(**texts, **values, **numbers, **columns)


def values(document: Document) -> dict[str, object]:
    found: dict[str, object] = {"number": document.id, "headline": document.layout.headline}
    found["words"] = sum(len(run.terms) for run in document.text)
    found |= {name: day for name in DAYS if (day := getattr(document, name)) is not None}
    found |= {name: _terms(getattr(document, name)) for name in PLACED if name != "exact"}
    found["exact"] = _keys(document.text)
    for name in ("site", "lang", "has"):
        found[name] = Rows((key, at, 1) for at, key in enumerate(getattr(document, name)))
    found["id"] = Rows([(str(document.id), 0, 1)])
    for zone in ZONES:
        stretches = zip(document.text, document.layout.stretches, strict=True)
        runs = [run for run, stretch in stretches if stretch.zone == zone]
        found |= {f"text_{zone}": _terms(runs), f"exact_{zone}": _keys(runs)}
    return {name: some for name, some in found.items() if not isinstance(some, Rows) or some.rows}


def _terms(runs: Iterable[Run]) -> Rows:
    return Rows(
        (term, at, run.weight) for run in runs for at, term in enumerate(run.terms, run.start)
    )


def _keys(runs: Iterable[Run]) -> Rows:
    return Rows((key, at, run.weight) for run in runs for at, key in enumerate(run.keys, run.start))


class StockIndex:
    """Takes documents in and out as an engine does."""

    def __init__(self) -> None:
        self.index = RamStorage().create_index(schema())
        self._waiting: dict[int, Document | None] = {}

    def replace(self, documents: Iterable[Document]) -> None:
        self._waiting.update({document.id: document for document in documents})

    def delete(self, ids: Iterable[int]) -> None:
        self._waiting.update(dict.fromkeys(ids))

    def commit(self) -> None:
        writer = self.index.writer()
        for id_ in self._waiting:
            writer.delete_by_term("id", str(id_))
        for document in self._waiting.values():
            if document is not None:
                writer.add_document(**values(document))
        writer.commit(mergetype=partial(merge_small, check=lambda _: None))
        self._waiting = {}
