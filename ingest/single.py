"""Files that hold one article: bytes to text to article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from article import Article, Outcome, Reading, Reason, Refusal, Source
from ingest.decode import NotText, decode
from ingest.language import detect

MAX_BYTES = 20 * 1024 * 1024
"""Bytes one article may have: a hundred times the longest reports, a tenth of what hurts."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
"""A language tag (BCP 47); anything else that stands in its place is passed over."""

Parse = Callable[[str], tuple[Article, str]]


def read(file: BinaryIO, location: str, parse: Parse) -> Iterator[Reading | Refusal]:
    """Read a file as one article."""
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
        yield _parsed(data, location, parse)


def _parsed(data: bytes, location: str, parse: Parse) -> Reading | Refusal:
    try:
        decoded = decode(data)
        article, kind = parse(decoded.text)
    except NotText as error:
        return refuse(location, Reason.NOT_TEXT, str(error))
    except ValueError:
        return refuse(location, Reason.EMPTY, "it holds no words")
    warnings = (f"read as {decoded.encoding}, by its bytes",) if decoded.guessed else ()
    return Reading(Source(location, kind, data), with_language(article), warnings)


def with_language(article: Article) -> Article:
    """Give the article with the language of its words, where it does not say it itself."""
    given = (article.language or "").strip().lower().replace("_", "-")
    if _LANGUAGE.fullmatch(given):
        return replace(article, language=given)
    words = "\n".join(filter(None, [article.headline, *(p.text for p in article.paragraphs)]))
    language = detect(words)
    if language is None:
        return replace(article, language=None)
    return replace(article, language=language, origins={**article.origins, "language": "detected"})


def refuse(location: str, reason: Reason, detail: str, item: str | None = None) -> Refusal:
    """Say that an input failed."""
    return Refusal(location, Outcome.FAILED, reason, detail, item)
