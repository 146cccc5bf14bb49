"""Where the words of a clause stand in one article: in its text, or in the fields beside it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.analysis import tokens
from search.document import Text, field_texts
from search.held import FIELDS, positives
from search.layout import ZONES
from search.passages import Texts, merged
from search.plan import Plan, in_text, leaves
from search.spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from article import Stored
    from search.passages import Mark
    from search.spans import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A text of an article, and where in it the words of a clause stand.

    The text's zone may also be a field beside the article's text, as `author`.
    """

    text: Text
    marks: tuple[Mark, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words as they stand there."""
        return tuple([self.text.text[start:end] for start, end in self.marks])


class Evidence:
    """One article, asked about the clauses of a query."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self._texts = Texts(stored)
        self.held = self._texts.held
        self.beside = field_texts(stored.article)

    def places(self, plan: Plan) -> tuple[Place, ...]:
        """Give the texts with words by which the article matches a plan, from the top down."""
        found: dict[Text, list[Mark]] = {}
        for part in positives(plan, self.held) if self.held.holds(plan) else ():
            for span in spans(part, self.held):
                text, mark = self.place(part, span)
                found.setdefault(text, []).append(mark)
        return tuple([Place(text, merged(found[text])) for text in sorted(found, key=_order)])

    def place(self, part: Plan, span: Span) -> tuple[Text, Mark]:
        """Give the text that a span of a positional plan lies in, and its marks there."""
        if in_text(part):
            return self._texts.mark(part, span)
        field = next(leaves(part)).field
        runs = getattr(self.held.document, field)
        index = bisect_right([run.start for run in runs], span[0]) - 1
        value = [one for one in self.beside[field] if tokens(one, None)][index]
        words = tokens(value, None)
        first, last = words[span[0] - runs[index].start], words[span[1] - runs[index].start]
        return Text(field, 0, value), (first.start, last.end)


def where(places: Iterable[Place]) -> str:
    """Name some places: "headline, paragraphs 2, 3, credit of paragraph 1"."""
    texts = [place.text for place in places]
    above = [f"{t.zone} {t.text}" if t.zone in FIELDS else t.zone for t in texts if not t.ordinal]
    numbers = [text.ordinal for text in texts if text.ordinal and not text.credit]
    credits_ = [text.ordinal for text in texts if text.credit]
    below = [_numbered(numbers), f"credit of {_numbered(credits_)}" if credits_ else ""]
    return ", ".join([*dict.fromkeys(above), *filter(None, below)])


def _numbered(ordinals: Iterable[int]) -> str:
    numbers = list(dict.fromkeys(map(str, ordinals)))
    return f"paragraph{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}" if numbers else ""


def _order(text: Text) -> tuple[int, int, bool]:
    zone = ZONES.index(text.zone) if text.zone in ZONES else len(ZONES)
    return text.ordinal, zone, text.credit
