"""Files that hold one article: bytes to text to article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from accession import Outcome, Reading, Reason, Refusal, Source
from article import Article
from ingest import language
from ingest.codes import canonical
from ingest.decode import NotText, decode

MAX_BYTES = 20 * 1024 * 1024
"""Bytes one article may have: a hundred times the longest reports, a tenth of what hurts."""

Parse = Callable[[str], tuple[Article, str]]


def read(
    file: BinaryIO, location: str, parse: Parse, charset: str | None = None
) -> Iterator[Reading | Refusal]:
    """Read a file as one article; `charset` is the encoding that is said of it, if any."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield refuse(
            location, Reason.TOO_LARGE, f"over {MAX_BYTES >> 20} MB, too large for one article"
        )
    elif not data.strip():
        yield refuse(
            location, Reason.EMPTY, "it is empty" if not data else "it holds only white space"
        )
    else:
        yield _parsed(data, location, parse, charset)


def _parsed(data: bytes, location: str, parse: Parse, charset: str | None) -> Reading | Refusal:
    try:
        decoded = decode(data, charset)
        article, kind = parse(decoded.text)
    except NotText as error:
        return refuse(location, Reason.NOT_TEXT, str(error))
    except ValueError:
        return refuse(location, Reason.EMPTY, "it holds no words")
    warnings = (f"read as {decoded.encoding}, by its bytes",) if decoded.guessed else ()
    return Reading(Source(location, kind, data), with_language(article), warnings)


def with_language(article: Article, claim: str = "") -> Article:
    """Give the article with the language of its words, where it does not say it itself.

    `claim` is what a page says of itself by habit: a hint, and the answer where there is no other.
    """
    if given := canonical(article.language or ""):
        return replace(article, language=given)
    claimed = canonical(claim)
    found = language.of_article(article, claimed or "")
    if not (found or claimed):
        return replace(article, language=None)
    origins = {**article.origins, "language": "detected" if found else "claimed"}
    return replace(article, language=found or claimed, origins=origins)


def in_language(reading: Reading, code: str) -> Reading:
    """Give the reading with its article in the language that the person says it is in."""
    article = reading.article
    origins = {**article.origins, "language": "given"}
    return replace(reading, article=replace(article, language=code, origins=origins))


def refuse(location: str, reason: Reason, detail: str, item: str | None = None) -> Refusal:
    """Say that an input failed."""
    return Refusal(location, Outcome.FAILED, reason, detail, item)
