"""Read the lines that say who wrote an article and when: bylines and date lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from article import Author, Precision, Published
from ingest.dates import parse_date

_BY = re.compile(
    r"(?:(?:written|reported|story|text|words) by|by|von|text:|autor(?:in)?:|author(?:s)?:|por|par|di|door|av|af|"
    r"автор(?:ы)?:|текст:|szerző:|oleh|przez|od)\s+(?=\S)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|•·]\s+|\s+[—–]\s+")
_COMMAS = re.compile("[,;、，]")
_AND = re.compile(r"\s+(?:and|und|et|y|e|og|och|en|и|та|i|&)\s+")
_PARTICLE = re.compile(
    "de[lrn]?|da|dos?|du|la|le|van|von|zu|bin|[ae]l|of|the|for|te[nr]|af|and|und|et|y|och|en|и"
)
"""Words of names that begin small."""

_LONGEST = 300
_MOST_WORDS_OF_A_NAME = 7


@dataclass(frozen=True, slots=True)
class Signature:
    """What a byline or date line says; `byline` is the line as printed where it names somebody."""

    byline: str | None = None
    authors: tuple[Author, ...] = ()
    published: Published | None = None

    def lacks(self, other: Signature) -> bool:
        """Whether all that a second line says is still open, so that nothing is lost by joining it."""
        return not (self.authors and other.authors) and not (self.published and other.published)

    def plus(self, other: Signature) -> Signature:
        """Add what a second line says to what the first left open."""
        byline = " | ".join(line for line in (self.byline, other.byline) if line) or None
        return Signature(byline, self.authors or other.authors, self.published or other.published)


def parse_signature(text: str) -> Signature | None:
    """Read a line that is a byline, a date, or both (`By Jane Roe | 4 November 2021`), else None."""
    return _parse(text) if 4 <= len(text) <= _LONGEST else None


@lru_cache(maxsize=64)  # a block is tried to find its end, and then as a whole
def _parse(text: str) -> Signature | None:
    published = _day(text)
    if published:
        return Signature(published=published)
    parts = [(part, _day(part)) for part in _PARTS.split(text) if part]
    days = [day for _, day in parts if day]
    named = [part for part, day in parts if not day]
    authors = tuple(author for part in named for author in _signed(part, bool(days)))
    if not all(map(_short, named)) or not (authors or days):
        return None
    return Signature(text, authors, days[0] if days else None)


def split_names(text: str) -> tuple[Author, ...]:
    """Part several names: at commas, and at an `and` between two names of two words each."""
    pieces = _COMMAS.split(" ".join(text.split()))
    names = [name for piece in pieces for name in _split_pair(piece) if name]
    return tuple(dict.fromkeys(Author(name) for name in names))


def _split_pair(piece: str) -> list[str]:
    piece = re.sub(r"^(?:and|und|et|y|og|och|en|и)\s+", "", piece.strip())
    halves = _AND.split(piece)
    return halves if all(len(half.split()) >= 2 for half in halves) else [piece]


def _signed(part: str, dated: bool) -> tuple[Author, ...]:
    found = _BY.match(part)
    if not found:
        return ()
    authors = split_names(part[found.end() :].strip())
    return authors if all(_like_a_name(author.name, dated) for author in authors) else ()


def _like_a_name(name: str, dated: bool) -> bool:
    """Whether this may be a name; beside a date `staff reporter` may be one, else only capitals are."""
    words = name.split()
    if len(words) > _MOST_WORDS_OF_A_NAME or re.search(r"[:!?;]|\d{3}|\w{3}\.$", name):
        return False
    small = [word for word in words if word[0].islower() and not _PARTICLE.fullmatch(word)]
    return dated or not small or len(words) == 1


def _short(part: str) -> bool:
    return len(part) <= _LONGEST and not part.endswith(("!", "?", ":", ","))


def _day(text: str) -> Published | None:
    published = parse_date(text)
    return published if published and published.precision is not Precision.YEAR else None
