"""Reading again, with today's parsers, what was read before."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from accession import Outcome, Reading, Reason, Refusal, Source
from ingest import signs
from ingest.fetch.target import is_on_the_web
from ingest.fetch.web import Place, read_as
from ingest.webarchive.page import page_in
from ingest.webarchive.page import read as read_page
from ingest.workers import Workers

_SUFFIXES = {"text": ".txt", "markdown": ".md", "mhtml": ".mhtml", "mbox": ".eml"}
"""The endings of kinds of sources that are not named after theirs; a mailbox gives single mails."""


def read_again(
    source: Source, workers: Workers, found_at: str | None = None
) -> list[Reading | Refusal]:
    """Give what the bytes of a source say today: a result for each article in them.

    `found_at` is the address on the web that they came from in the end, where it is known.
    """
    if page := page_in(source):
        return list(read_page(page, source.location, workers))
    file = io.BytesIO(source.data)
    format_ = signs.recognise(file, _suffix(source.kind))
    if format_ is None:
        return [_refusal(source, Reason.UNKNOWN_FORMAT, "this kind of file is not read")]
    if is_on_the_web(source.location):
        place = Place(source.location, found_at or source.location)
        return list(read_as(format_, file, place, workers))
    return list(format_.read(file, source.location, workers))


def _suffix(kind: str) -> str:
    """Give the ending that a kind of source goes by: the file it was read from may have had another."""
    family, _, form = kind.partition("/")
    return _SUFFIXES.get(form) or _SUFFIXES.get(family, f".{family}")


def result_for(source: Source, results: Sequence[Reading | Refusal]) -> Reading | Refusal:
    """Choose the result that a source's article is; the place it came from stays as it was."""
    result = _chosen(results, source.item)
    if isinstance(result, Reading):
        return replace(result, source=replace(source, kind=result.source.kind))
    if result is None:
        return _refusal(source, Reason.EMPTY, "there is no such article in the file any more")
    return replace(result, item=source.item)


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
