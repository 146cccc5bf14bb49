# mypy: allow-untyped-calls, disable-error-code="misc, import-untyped"
# (Whoosh is typed in part)
"""How a segment is kept on the disk: Whoosh's codec, with posting lists and keys as columns."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import BufferFile

from search.whoosh_checked import CheckedFile
from search.whoosh_keys import KeysFile
from search.whoosh_postings import PostingsFile
from search.whoosh_terms import Terms

if TYPE_CHECKING:
    from whoosh.filedb.filestore import Storage


class ColumnsCodec(W3Codec):
    """Posting lists and keys as columns; columns of documents as Whoosh has them."""

    def new_segment(self, _: Storage, indexname: str) -> ColumnsSegment:
        """Make a segment that is to be written."""
        return ColumnsSegment(self, indexname)

    def field_writer(self, storage: Storage, segment: ColumnsSegment) -> Any:  # noqa: ANN401 - as Whoosh has it
        """Give what writes the postings."""
        from search.whoosh_columns import ColumnsWriter  # a search does without

        return ColumnsWriter(storage, segment)

    def terms_reader(self, storage: Storage, segment: ColumnsSegment) -> Terms:
        """Open the keys and posting lists."""
        names = [segment.make_filename(end) for end in (self.TERMS_EXT, self.POSTS_EXT)]
        terms, postings = (
            CheckedFile(storage.open_file(name), storage.file_length(name)) for name in names
        )
        return Terms(KeysFile(terms), PostingsFile(postings))


class ColumnsSegment(W3Segment):
    """A segment whose files are read where they are mapped."""

    def open_compound_file(self, storage: Storage) -> CompoundStorage:
        """Open the one file that holds all others."""
        return _Mapped(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


class _MappedFile(BufferFile):
    """A file within the one that is mapped. Whoosh copies it whole whenever it is opened."""

    def __init__(self, view: memoryview, name: str) -> None:
        self._buf = view
        self._name = name
        self.onclose = None
        self.is_real = self.is_closed = False

    @cached_property
    def file(self) -> BytesIO:  # type: ignore[override]
        """The copy, for what is read as a stream."""
        return BytesIO(self._buf)

    def close(self) -> None:
        """Let go of the map; what was never copied is not copied now."""
        self.__dict__.setdefault("file", BytesIO())
        super().close()


class _Mapped(CompoundStorage):
    """The file of a segment, mapped into memory."""

    def open_file(self, name: str, *_: object, **__: object) -> BufferFile:
        """Open one of the files within, without a copy."""
        if not self._source:
            file: BufferFile = super().open_file(name)
            return file
        start, length = self.range(name)
        return _MappedFile(memoryview(self._source)[start : start + length], name)
