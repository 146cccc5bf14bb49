# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""Which segments a commit merges: eight of about one size become one of the next."""

from __future__ import annotations

import math
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from whoosh.reading import SegmentReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from whoosh.codec.base import Segment
    from whoosh.filedb.filestore import Storage
    from whoosh.writing import SegmentWriter

_FAN = 8
_LARGEST = 24 << 20
"""Bytes a merge reads at most: a commit waits for it, half a second, and holds six times as much."""


def merge_none(_: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Keep all segments as they are."""
    return segments


def merge_small(
    writer: SegmentWriter, segments: list[Segment], check: Callable[[str], None]
) -> list[Segment]:
    """Merge segments into the one that is written; give back those that stay.

    `check` is given the name of each file first: damage must not get into a new file, with a checksum of its own.
    """
    merged = _chosen({segment: _bytes(writer.storage, segment) for segment in segments})
    for segment in merged:
        check(segment.make_filename(segment.COMPOUND_EXT))
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in merged]


def _chosen(sizes: Mapping[Segment, float]) -> list[Segment]:
    """Choose a full level with all smaller segments, as many as one merge may read.

    Segments of over half of that are left alone: they would be written again and again.
    """
    small = [segment for segment, size in sizes.items() if 2 * size <= _LARGEST]
    levels = Counter(map(_level, small))
    full = min((level for level, count in levels.items() if count >= _FAN), default=-1)
    chosen = sorted((s for s in small if _level(s) <= full), key=lambda s: s.doc_count())
    totals = accumulate(sizes[segment] for segment in chosen)
    return [s for s, total in zip(chosen, totals, strict=True) if total <= _LARGEST]


def _level(segment: Segment) -> int:
    return int(math.log(max(1, segment.doc_count()), _FAN))


def _bytes(storage: Storage, segment: Segment) -> float:
    """Give the size of a segment, without its deleted documents."""
    whole: int = storage.file_length(segment.make_filename(segment.COMPOUND_EXT))
    kept: int = segment.doc_count()
    return float(whole * kept / max(1, segment.doc_count_all()))
