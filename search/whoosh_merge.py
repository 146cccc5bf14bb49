# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""Which segments a commit merges: eight of about one size become one of the next."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from whoosh.reading import SegmentReader

if TYPE_CHECKING:
    from whoosh.codec.base import Segment
    from whoosh.writing import SegmentWriter

_FAN = 8
_LARGEST = 10_000  # documents a merge writes at most: a commit waits for it, about a second


def merge_none(_: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Keep all segments as they are."""
    return segments


def merge_small(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Merge segments into the one that is written; give back those that stay."""
    merged = _chosen(segments)
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in merged]


def _chosen(segments: list[Segment]) -> list[Segment]:
    """Choose a full level with all smaller segments."""
    by_size = sorted(segments, key=lambda segment: segment.doc_count())
    chosen: list[Segment] = []
    for level in range(_level(_LARGEST) + 1):
        if sum(_level(segment.doc_count()) == level for segment in segments) >= _FAN:
            chosen = [s for s in by_size if _level(s.doc_count()) <= level]
            break
    totals = itertools.accumulate(segment.doc_count() for segment in chosen)
    return [s for s, total in zip(chosen, totals, strict=True) if total <= _LARGEST]


def _level(documents: int) -> int:
    return int(math.log(max(1, documents), _FAN))
