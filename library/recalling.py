"""Finding a cited passage again, whatever became of the article, and saying how it stands with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from article import Reference, Stored, digest
from library.difference import ALIKE, Piece, alike, difference
from library.errors import ArticleMissing, ReferenceWrong
from library.passage import Cut
from library.succession import successor

if TYPE_CHECKING:
    from db.wordings import Place
    from library.library import Library

_SHOWN = 3


class Standing(StrEnum):
    """How it stands today with words that were cited."""

    STANDS = "stands"
    MOVED = "moved"
    REPLACED = "replaced"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Replaced:
    """When a wording was replaced (UTC), why, and what stands in the place of the cited words.

    `difference` is that from the cited words to today's, None where they have little in common.
    """

    at: str
    cause: str
    today: Cut | None
    difference: Sequence[Piece] | None


@dataclass(frozen=True, slots=True)
class Recalled:
    """A cited passage in the wording that holds it, and how it stands with it in the article.

    `replaced` is there where that wording is not the article's last.
    """

    cited: Reference
    found: Cut
    standing: Standing
    replaced: Replaced | None = None


def recall(library: Library, cited: Reference) -> Recalled:
    """Find the words a permanent reference names; the hash decides, the ordinal chooses among equals.

    Articles that were removed are looked at too. Raises `ArticleMissing` if no wording of the
    article has such words, `ReferenceWrong` if the hash is too short to tell two texts apart.
    """
    from db.wordings import earlier, places

    with library.reader.snapshot():
        stored = library.reader.article(cited.article_id)
        found = places(library.reader, cited.article_id, cited.hash or "")
        if stored is None or not found:
            raise ArticleMissing(_unknown(library, stored, cited))
        place = _choose(found, cited)
        standing = _standing(stored, place, cited)
        if place.current:
            return Recalled(cited, Cut(stored, place.ordinal), standing)
        before = earlier(library.reader, stored, place.revision)
    old = Cut(before.stored, place.ordinal)
    replaced = Replaced(before.replaced_at, before.cause, *_today(old, stored))
    return Recalled(cited, old, standing, replaced)


def _choose(found: Sequence[Place], cited: Reference) -> Place:
    """Choose the latest wording that has the words, which may be today's, and the nearest place in it."""
    here = cited.ordinal or 1
    if len({place.text for place in found}) > 1:
        texts = {place.text for place in found if place.ordinal == here}
        if len(texts) != 1:
            raise ReferenceWrong(_ambiguous(found, cited))
        found = [place for place in found if place.text in texts]
    return min(
        found,
        key=lambda one: (-one.revision, abs(one.ordinal - here), one.ordinal),
    )


def _standing(stored: Stored, place: Place, cited: Reference) -> Standing:
    if stored.removed_at:
        return Standing.REMOVED
    if not place.current:
        return Standing.REPLACED
    return Standing.STANDS if place.ordinal == cited.ordinal else Standing.MOVED


def _today(old: Cut, now: Stored) -> tuple[Cut | None, Sequence[Piece] | None]:
    texts = [[paragraph.text for paragraph in one.article.paragraphs] for one in (old.stored, now)]
    index = successor(texts[0], old.ordinal - 1, texts[1])
    if index is None:
        return None, None
    was, text = old.paragraph.text, texts[1][index]
    return Cut(now, index + 1), difference(was, text) if alike(was, text) >= ALIKE else None


def _unknown(library: Library, stored: Stored | None, cited: Reference) -> str:
    """Say that an article never had these words, and which one has them."""
    from db.wordings import anywhere

    missing = f"There is no article {cited.article_id}"
    if stored is not None:
        missing = f"No wording of article {cited.article_id} has a paragraph @{cited.hash}"
    other = anywhere(library.reader, cited.hash or "")
    if other is None:
        return f"{missing}, nor has any other article. What there is: cuttings list"
    ref = Reference.of(other.article_id, other.ordinal, other.text)
    return f"{missing}, but article {other.article_id} has it: cuttings show {ref}"


def _ambiguous(found: Sequence[Place], cited: Reference) -> str:
    """Name texts whose hashes begin alike by their whole hashes."""
    texts = {place.text: place.ordinal for place in found}
    some = [str(Reference(cited.article_id, n, digest(text))) for text, n in texts.items()]
    return f"{cited} may be any of {len(texts)} paragraphs: {', '.join(some[:_SHOWN])}"
