# mypy: allow-untyped-calls, disable-error-code="misc"
# (Whoosh is typed in part)
"""Writing the posting lists and keys of a segment: see `whoosh_postings` and `whoosh_keys`."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import numpy as np
from whoosh.codec.base import FieldWriter
from whoosh.codec.whoosh3 import W3Codec

from search import whoosh_keys, whoosh_postings
from search.whoosh_checked import write_checked
from search.whoosh_keys import ENDS, FIRST_PLACES, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    from whoosh.codec.base import Segment
    from whoosh.fields import Schema
    from whoosh.filedb.filestore import Storage
    from whoosh.filedb.structfile import StructFile

    from search.whoosh_lists import Lists


class ColumnsWriter(FieldWriter):
    """Writes whole fields, which are put into `fields` before Whoosh asks to write postings."""

    def __init__(self, storage: Storage, segment: Segment) -> None:
        self.fields: dict[str, Lists] = {}
        self.is_closed = False
        self._postings = segment.create_file(storage, W3Codec.POSTS_EXT)
        self._terms = segment.create_file(storage, W3Codec.TERMS_EXT)

    def add_postings(self, _: Schema, __: object, items: Iterable[object]) -> None:
        """Write the fields."""
        for item in items:
            self._refuse(item)
        fields = dict(sorted(self.fields.items()))
        lists = list(fields.values())
        _write_postings(self._postings, lists)
        _write_terms(self._terms, list(fields), lists)

    def _refuse(self, *_: object) -> None:
        raise TypeError("posting lists come whole, from search.whoosh_segment_writer")

    start_field = start_term = add = finish_term = _refuse  # what Whoosh's own writers do

    def close(self) -> None:
        """Close the files."""
        self._postings.close()
        self._terms.close()
        self.is_closed = True


def _write_postings(file: StructFile, lists: Sequence[Lists]) -> None:
    """Write column by column and field by field, so that nothing is held in memory twice."""
    codes = {"documents": "I"} | {n: _narrowest(n, lists) for n in ("counts", "weights", "places")}
    sizes = (sum(len(getattr(one, name)) for one in lists) for name in ("documents", "places"))
    named = "".join(codes.values()).encode("ascii")
    header = whoosh_postings.HEADER.pack(whoosh_postings.MAGIC, *sizes, named)
    columns = (_bytes(getattr(one, n).astype(code)) for n, code in codes.items() for one in lists)
    write_checked(file, itertools.chain([header], columns))


def _write_terms(file: StructFile, names: Sequence[str], lists: Sequence[Lists]) -> None:
    keys = [key for one in lists for key in one.keys]
    bounds = np.cumsum([0, *(len(one.keys) for one in lists)]).tolist()
    fields = dict(zip(names, itertools.pairwise(bounds), strict=True))
    named, blob = json.dumps(fields).encode(), b"".join(keys)
    header = whoosh_keys.HEADER.pack(whoosh_keys.MAGIC, len(keys), len(named), len(blob))
    columns = [
        _sums([np.array([len(key) for key in keys], np.int64)], ENDS),
        _sums([one.sizes for one in lists], ROWS),
        _sums([one.placed() for one in lists], FIRST_PLACES),
    ]
    write_checked(file, [header, named, *map(_bytes, columns), blob])


def _sums(sizes: Sequence[npt.NDArray[np.int64]], code: str) -> npt.NDArray[np.generic]:
    sums = np.cumsum(np.concatenate([[0], *sizes]), dtype=np.int64)
    if sums[-1] > np.iinfo(code).max:
        raise OverflowError("too much for one segment")
    return sums.astype(code)


def _narrowest(column: str, lists: Sequence[Lists]) -> str:
    """Give the typecode of the narrowest numbers that hold a column."""
    most = max((int(getattr(one, column).max(initial=0)) for one in lists), default=0)
    return "B" if most < 0x100 else "H" if most < 0x10000 else "I"


def _bytes(column: npt.NDArray[np.generic]) -> bytes:
    return column.astype(column.dtype.newbyteorder("<")).tobytes()
