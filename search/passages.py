"""Where in an article a query's words stand: worked out from the stored text, for any engine."""

from __future__ import annotations

import bisect
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search.analysis import has_no_spaces, sentences, tokens
from search.plan import All, AnyOf, But, Following, Leaf, Plan, Starting, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from article import Article, Kind
    from search.analysis import Token

Mark = tuple[int, int]  # start and end, in code points of the text


_ANYWHERE = frozenset({"text", "exact"})
_HEADLINE = frozenset({"headline", "headline_exact"})
_EXACT = frozenset({"exact", "headline_exact"})
_WORD_START = re.compile(r"(?<!\S)\S")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that matches, or a part of one, with the matched words marked.

    `marks` are empty if only the paragraph's credit matches. A higher score is better.
    """

    ordinal: int
    kind: Kind
    text: str
    marks: tuple[Mark, ...]
    score: float


def find(plan: Plan, article: Article) -> list[Passage]:
    """Find the paragraphs where a query's words stand, in their order.

    Only parts of the query that hold for the article count, and never what stands under NOT.
    """
    words = _Words(article)
    leaves = [leaf for leaf in words.holding(plan) if leaf.field in _ANYWHERE]
    passages = []
    for ordinal, paragraph in enumerate(article.paragraphs, 1):
        text, credit = words.paragraphs[ordinal - 1]
        marks = {leaf: _marks(leaf, text) for leaf in leaves}
        score = sum(_weight(leaf, marks[leaf] + _marks(leaf, credit)) for leaf in leaves)
        if score:
            merged = _merged(mark for found in marks.values() for mark in found)
            passages.append(Passage(ordinal, paragraph.kind, paragraph.text, merged, score))
    return passages


def headline_marks(plan: Plan, article: Article) -> tuple[Mark, ...]:
    """Find a query's words in the headline."""
    words = _Words(article)
    leaves = [leaf for leaf in words.holding(plan) if leaf.field in _ANYWHERE | _HEADLINE]
    return _merged(mark for leaf in leaves for mark in _marks(leaf, words.headline))


def best(passages: Sequence[Passage], count: int) -> list[Passage]:
    """Choose the passages with the highest scores, and keep their order."""
    chosen = sorted(passages, key=lambda passage: (-passage.score, passage.ordinal))[:count]
    return sorted(chosen, key=lambda passage: passage.ordinal)


def snippet(passage: Passage, width: int) -> Passage:
    """Cut a passage to about `width` code points around its marks, at borders of words.

    What is left out is shown as an ellipsis; marks are moved, and dropped where they are cut off.
    """
    if len(passage.text) <= width:
        return passage
    start = _window_start(passage, width)
    end = _window_end(passage.text, start, width)
    before = "… " if start else ""
    after = " …" if end < len(passage.text) else ""
    shift = len(before) - start
    inside = [mark for mark in passage.marks if start <= mark[0] and mark[1] <= end]
    marks = tuple([(mark[0] + shift, mark[1] + shift) for mark in inside])
    return replace(passage, text=before + passage.text[start:end].rstrip() + after, marks=marks)


def _window_start(passage: Passage, width: int) -> int:
    """Begin with the sentence of the densest marks, or shortly before them if it is long."""
    starts = [mark[0] for mark in passage.marks]
    if not starts:
        return 0
    reach = [bisect.bisect_left(starts, start + width // 2) - i for i, start in enumerate(starts)]
    first = passage.marks[reach.index(max(reach))][0]
    earliest = max(0, first - width // 2)
    borders = [start for start, _ in sentences(passage.text) if earliest <= start <= first]
    if borders:
        return borders[0]
    border = _WORD_START.search(passage.text, earliest, first + 1)
    return border.start() if border else first


def _window_end(text: str, start: int, width: int) -> int:
    end = min(len(text), start + width)
    if end == len(text) or text[end].isspace():
        return end
    space = max(text.rfind(" ", start + 1, end), text.rfind("\n", start + 1, end))
    return space if space > start + width // 2 else end


class _Words:
    """An article's words, text by text, and which parts of a plan hold for them."""

    def __init__(self, article: Article) -> None:
        def read(text: str | None) -> list[Token]:
            return tokens(text, article.language) if text else []

        signed = [author.name for author in article.authors]
        self.headline = read(article.headline)
        self.paragraphs = [(read(p.text), read(p.credit)) for p in article.paragraphs]
        head = [article.standfirst, article.byline, *signed, article.dateline]
        self._texts = [self.headline, *map(read, head)]
        self._texts += [text for texts in self.paragraphs for text in texts]

    def holding(self, plan: Plan) -> list[Leaf]:
        """Give the parts of a plan that make this article match, each once."""
        return list(dict.fromkeys(self._judge(plan)[1]))

    def _judge(self, plan: Plan) -> tuple[bool | None, list[Leaf]]:
        """Tell whether a plan holds (None: the words alone do not tell), and by which parts."""
        match plan:
            case Word() | Following() | Starting():
                return self._judge_leaf(plan)
            case But(part):
                holds, _ = self._judge(part)
                return (None if holds is None else not holds), []
            case All(plans):
                return _judged([self._judge(part) for part in plans], decisive=False)
            case AnyOf(plans):
                return _judged([self._judge(part) for part in plans], decisive=True)
            case _:
                return None, []

    def _judge_leaf(self, leaf: Leaf) -> tuple[bool | None, list[Leaf]]:
        if leaf.field in _ANYWHERE:
            texts = self._texts
        elif leaf.field in _HEADLINE:
            texts = [self.headline]
        else:
            return None, []
        holds = any(_marks(leaf, text) for text in texts)
        return holds, [leaf] if holds else []


def _judged(
    parts: list[tuple[bool | None, list[Leaf]]], *, decisive: bool
) -> tuple[bool | None, list[Leaf]]:
    """Join judgements: one that is `decisive` decides, else one that is not known."""
    known = [holds for holds, _ in parts]
    holds = decisive if decisive in known else None if None in known else not decisive
    if holds is False:
        return False, []
    return holds, [leaf for part, leaves in parts if part is not False for leaf in leaves]


def _marks(leaf: Leaf, text: list[Token]) -> list[Mark]:
    match leaf:
        case Word(field, term):
            if field in _EXACT:
                return [(token.start, token.end) for token in text if token.exact == term]
            return [(token.start, token.end) for token in text if token.term == term]
        case Starting(_, prefix):
            found = [token for token in text if token.exact.startswith(prefix)]
            return [(token.start, _prefix_end(token, prefix)) for token in found]
        case Following(_, terms, tail):
            return _phrase_marks(text, terms, tail)


def _phrase_marks(text: list[Token], terms: tuple[str, ...], tail: str) -> list[Mark]:
    marks = []
    length = len(terms)
    for at, token in enumerate(text):
        if token.term != terms[0]:
            continue
        if tuple([following.term for following in text[at : at + length]]) != terms:
            continue
        if not tail:
            marks.append((token.start, text[at + length - 1].end))
        elif at + length < len(text) and text[at + length].term.startswith(tail):
            marks.append((token.start, _prefix_end(text[at + length], tail)))
    return marks


def _prefix_end(token: Token, prefix: str) -> int:
    """Mark a whole word, but of two characters of a script without spaces only what is asked."""
    if has_no_spaces(prefix):
        return min(token.end, token.start + len(prefix))
    return token.end


def _weight(leaf: Leaf, marks: list[Mark]) -> float:
    """Weigh a part of the query in one paragraph; a phrase weighs as much as its words."""
    words = len(leaf.terms) if isinstance(leaf, Following) else 1
    return words * (1 + math.log(len(marks))) if marks else 0.0


def _merged(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    merged: list[Mark] = []
    for start, end in sorted(marks):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
