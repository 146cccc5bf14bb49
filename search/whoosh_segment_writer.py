# mypy: allow-untyped-calls, disable-error-code="misc"
# (Whoosh is typed in part)
"""A writer of Whoosh's that makes the posting lists of a batch in arrays, not one by one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.writing import SegmentWriter

from search.whoosh_codec import ColumnsCodec
from search.whoosh_document_columns import DocumentColumns
from search.whoosh_fields import PackedPositions
from search.whoosh_lists import Inverter, join, read
from search.whoosh_terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from whoosh.codec.base import Segment
    from whoosh.index import FileIndex
    from whoosh.reading import IndexReader

    from search.whoosh_lists import Lists


class ListsWriter(SegmentWriter):
    """Writes one segment; the words of its documents are held in memory until the commit."""

    def __init__(self, index: FileIndex, *, timeout: float) -> None:
        super().__init__(index, timeout=timeout, codec=ColumnsCodec())
        formats = {name: field.format for name, field in self.schema.items() if field.indexed}
        self._inverters = {
            name: Inverter(placed=isinstance(one, PackedPositions))
            for name, one in formats.items()
            if one is not None
        }
        self._older: dict[str, list[Lists]] = {name: [] for name in self._inverters}
        self._columns = DocumentColumns(self.schema)

    def add_document(self, **fields: Any) -> None:  # noqa: ANN401 - as Whoosh has it
        """Take in a document."""
        for name in self._inverters.keys() & fields.keys():
            inverter = self._inverters[name]
            for start, keys, weight in self.schema[name].runs(fields[name]):
                inverter.add(self.docnum, start, keys, weight)
        self._columns.add(fields)
        super().add_document()  # only counts it: there is nothing left to write one by one

    def write_per_doc(self, _: Collection[str], reader: IndexReader) -> dict[int, int] | None:
        """Take in the columns of a segment's documents; see `add_reader` of Whoosh.

        Whoosh asks for lengths, stored values and vectors too, of each field of each document.
        """
        documents = list(reader.all_doc_ids())
        self._columns.add_segment(reader, documents)
        renumbered = {number: n for n, number in enumerate(documents, self.docnum)}
        for _number in documents:
            self.perdocwriter.start_doc(self.docnum)
            self.perdocwriter.finish_doc()
            self.docnum += 1
        return renumbered if reader.has_deletions() else None

    def add_postings_to_pool(
        self, reader: IndexReader, startdoc: int, docmap: Mapping[int, int] | None
    ) -> None:
        """Take in the posting lists of a segment; see `add_reader` of Whoosh."""
        terms = terms_of(reader)
        count = reader.doc_count_all()
        renumbered = np.arange(startdoc, startdoc + count)
        if docmap is not None:
            renumbered = np.full(count, -1)
            renumbered[list(docmap)] = list(docmap.values())
        for name in terms.fields:
            self._older[name].append(read(terms, name, renumbered))

    def _flush_segment(self) -> None:
        for name, inverter in self._inverters.items():
            made = inverter.lists()  # of documents that come before all that are merged
            parts = [made] if made else []
            parts += [older for older in self._older.pop(name) if older.keys]
            if parts:
                self.fieldwriter.fields[name] = join(parts)
        self._columns.write(self.storage, self.newsegment)
        super()._flush_segment()

    def _commit_toc(self, segments: Sequence[Segment]) -> None:
        self.storage.segments = [one.make_filename(one.COMPOUND_EXT) for one in segments]
        super()._commit_toc(segments)
        for draft in Path(self.storage.folder).glob("*.toc.*"):  # of a commit that was stopped
            draft.unlink()
