# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""Columns of documents as Whoosh has them, gathered and written whole, not one value at a time."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import NumericColumn

from search.whoosh_reader import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from whoosh.codec.base import Segment
    from whoosh.columns import Column
    from whoosh.fields import Schema
    from whoosh.filedb.filestore import Storage
    from whoosh.filedb.structfile import StructFile
    from whoosh.reading import IndexReader


class DocumentColumns:
    """The values of all documents of a segment that is being written, by column."""

    def __init__(self, schema: Schema) -> None:
        types = {name: field.column_type for name, field in schema.items()}
        self._columns: dict[str, Column] = {name: kind for name, kind in types.items() if kind}
        self._defaults = {name: kind.default_value() for name, kind in self._columns.items()}
        self._values: dict[str, list[Any]] = {name: [] for name in self._columns}

    def add(self, values: Mapping[str, object]) -> None:
        """Take in the next document; what it has no value for gets the column's default."""
        for name, default in self._defaults.items():
            self._values[name].append(values.get(name, default))

    def add_segment(self, reader: IndexReader, documents: Sequence[int]) -> None:
        """Take in some documents of an older segment."""
        for name, kind in self._columns.items():
            column: Any = reader.column_reader(name, translate=False)
            if isinstance(kind, NumericColumn):
                column = numbers(column, reader.doc_count_all())
            self._values[name] += [column[number] for number in documents]

    def write(self, storage: Storage, segment: Segment) -> None:
        """Write the columns among the segment's files; raises OverflowError for what fits in none."""
        for name, kind in self._columns.items():
            file = storage.create_file(W3Codec.column_filename(segment, name))
            _write(kind, self._values[name], file)
            file.close()


def _write(kind: Any, values: Sequence[Any], file: StructFile) -> None:  # noqa: ANN401 - private names
    if isinstance(kind, NumericColumn):
        file.write_array(array(kind._typecode, values))
        return
    writer = kind.writer(file)
    for number, value in enumerate(values):
        writer.add(number, value)
    writer.finish(len(values))
