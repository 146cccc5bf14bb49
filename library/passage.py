"""References to articles and their paragraphs: `42` and `42#7`."""

from __future__ import annotations

import re

from article import Paragraph, Stored
from library.errors import ArticleMissing, ReferenceWrong

_REFERENCE = re.compile(r"([0-9]{1,18})(?:#([0-9]{1,9}))?")


def parse_reference(text: str) -> tuple[int, int | None]:
    """Give the article's number and the paragraph's, if there is one; raise `ReferenceWrong`."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        message = f"'{text}' names no article. Write its number, as 42, or a paragraph's, as 42#7."
        raise ReferenceWrong(message)
    return int(match[1]), int(match[2]) if match[2] else None


def cut(stored: Stored, ordinal: int) -> Paragraph:
    """Give one paragraph of an article; raise `ArticleMissing` if it has no such paragraph."""
    paragraphs = stored.article.paragraphs
    if not 1 <= ordinal <= len(paragraphs):
        message = f"Article {stored.id} has {len(paragraphs)} paragraphs, none numbered {ordinal}."
        raise ArticleMissing(message)
    return paragraphs[ordinal - 1]
