"""References to articles and their paragraphs: `42`, `42#7` and `42#7@9f3c21ab`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from article import Paragraph, Reference, Stored
from library.errors import ArticleMissing, ReferenceWrong

_REFERENCE = re.compile(r"([0-9]{1,18})(?:#([0-9]{1,9})(?:@([0-9a-fA-F]{8,64}))?)?")


@dataclass(frozen=True, slots=True)
class Cut:
    """A paragraph of an article, in the wording that `stored` is; `ordinal` counts from 1."""

    stored: Stored
    ordinal: int

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph itself."""
        return self.stored.article.paragraphs[self.ordinal - 1]

    @property
    def ref(self) -> Reference:
        """Its permanent reference."""
        return Reference.of(self.stored.id, self.ordinal, self.paragraph.text)


def parse_reference(text: str) -> Reference:
    """Read a reference; raise `ReferenceWrong`."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        message = (
            f"'{text}' names no article. Write its number, as 42, a paragraph's, as 42#7, "
            "or a permanent reference, as 42#7@9f3c21ab."
        )
        raise ReferenceWrong(message)
    ordinal = int(match[2]) if match[2] else None
    return Reference(int(match[1]), ordinal, match[3] and match[3].lower())


def cut(stored: Stored, ordinal: int) -> Cut:
    """Give one paragraph of an article; raise `ArticleMissing` if it has no such paragraph."""
    count = len(stored.article.paragraphs)
    if not 1 <= ordinal <= count:
        message = f"Article {stored.id} has {count} paragraphs, none numbered {ordinal}."
        raise ArticleMissing(message)
    return Cut(stored, ordinal)
