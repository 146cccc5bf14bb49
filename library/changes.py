"""What differs for a reader between two wordings of an article: its values and its paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from article import Article, Paragraph, Stored
from library.difference import ALIKE, Fate, Piece, alike, difference
from library.wording import Became, Change, compare

_TEXTS: Final = ("headline", "standfirst", "byline", "dateline")
_VALUES: Final = ("authors", "published", "section", "language", "site", "url")


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that is another now; None where there is none. `pieces` say which words are others."""

    name: str
    old: str | None
    new: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """What became of a paragraph; `values` are its kind, credit and address where they changed."""

    became: Became
    change: Change
    old: Paragraph | None
    new: Paragraph | None
    values: tuple[ValueChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two wordings; the paragraphs are all that both have."""

    old: Stored
    new: Stored
    values: tuple[ValueChange, ...]
    paragraphs: tuple[ParagraphChange, ...]

    def counts(self) -> Counter[Became]:
        """Count the paragraphs by what became of them."""
        return Counter(one.became for one in self.paragraphs)

    @property
    def any(self) -> bool:
        """Whether a reader can see that anything differs."""
        return bool(self.values) or bool(self.counts().keys() - {Became.SAME})


def changes(old: Stored, new: Stored) -> Changes:
    """Compare two wordings of an article."""
    return Changes(
        old,
        new,
        tuple(_values(old.article, new.article)),
        tuple(_paragraphs(old.article.paragraphs, new.article.paragraphs)),
    )


def _values(old: Article, new: Article) -> Iterator[ValueChange]:
    for name in _TEXTS:
        yield from _changed(name, getattr(old, name), getattr(new, name), words=True)
    for name in _VALUES:
        yield from _changed(name, _shown(old, name), _shown(new, name))


def _shown(article: Article, name: str) -> str | None:
    value = getattr(article, name)
    if name == "authors":
        return ", ".join(author.name for author in value) or None
    if name == "published" and value is not None:
        return str(value.moment or value.date)
    return value and str(value)


def _changed(
    name: str, old: str | None, new: str | None, *, words: bool = False
) -> Iterator[ValueChange]:
    if old == new:
        return
    pieces: tuple[Piece, ...] = ((Fate.GONE, old or ""), (Fate.NEW, new or ""))
    if words and old and new and alike(old, new) >= ALIKE:
        pieces = tuple(difference(old, new))
    yield ValueChange(name, old, new, tuple(piece for piece in pieces if piece[1]))


def _paragraphs(
    old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]
) -> Iterator[ParagraphChange]:
    for change in compare([one.text for one in old], [one.text for one in new]):
        was = None if change.old is None else old[change.old]
        now = None if change.new is None else new[change.new]
        values = tuple(_paragraph_values(was, now)) if was and now else ()
        became = Became.CHANGED if values and change.became is Became.SAME else change.became
        yield ParagraphChange(became, change, was, now, values)


def _paragraph_values(old: Paragraph, new: Paragraph) -> Iterator[ValueChange]:
    yield from _changed("kind", old.kind.value, new.kind.value)
    yield from _changed("credit", old.credit, new.credit)
    yield from _changed("url", old.url, new.url)
