"""Reading again, with today's parsers, what was read before."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from article import Outcome, Reading, Reason, Refusal, Source
from ingest import signs
from ingest.registry import JSON
from ingest.workers import Workers


def read_again(source: Source, workers: Workers) -> Reading | Refusal:
    """Give what the bytes of a source say today; the place they came from stays as it was."""
    file = io.BytesIO(source.data)
    format_ = JSON if source.kind == "jsonl" else signs.recognise(file, _suffix(source))
    if format_ is None:
        return _refusal(source, Reason.UNKNOWN_FORMAT, "this kind of file is not read")
    results = list(format_.read(file, source.location, workers))
    result = _chosen(results, source.item)
    if isinstance(result, Reading):
        return replace(result, source=replace(source, kind=result.source.kind))
    if result is None:
        return _refusal(source, Reason.EMPTY, "there is no such article in the file any more")
    return replace(result, item=source.item)


def _suffix(source: Source) -> str:
    """Give the ending of a file's name, which for a file of a zip stands in its item."""
    path = PurePath(source.location)
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    if path.suffix.lower() == ".zip" and source.item:
        path = PurePath(source.item.rpartition(", ")[0] or source.item)
    return path.suffix


def _chosen(results: Sequence[Reading | Refusal], item: str | None) -> Reading | Refusal | None:
    """Give the result that is the article: the only one, or the one of its place in the file."""
    if len(results) == 1:
        return results[0]
    here = (item or "").rpartition(", ")[2]
    named = [one for one in results if _item(one) in {item, here}]
    return named[0] if named else None


def _item(result: Reading | Refusal) -> str | None:
    return result.source.item if isinstance(result, Reading) else result.item


def _refusal(source: Source, reason: Reason, detail: str) -> Refusal:
    return Refusal(source.location, Outcome.FAILED, reason, detail, source.item)
