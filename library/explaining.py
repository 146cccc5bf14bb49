"""How a query was read: each clause in words, with its terms and how many articles match it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from library.asking import Question, ask
from search.analysis import key_parts
from search.clauses import Clause, clauses
from search.explain import label, meaning
from search.patterns import Edited, Globbed, Spelled, Starts, Umlauts
from search.plan import Everything, Forms, Leaf, Word, leaves
from search.planner import within
from search.proximity import TEXT_FIELDS
from search.query import And, Field, Not, Or
from search.wording import sentence

if TYPE_CHECKING:
    import datetime as dt

    from library.library import Library
    from search.engine import Engine

FREQUENT = 5
"""So many of the words that a pattern stands for are named, the most frequent first."""

_WIDE = Starts | Globbed | Edited


@dataclass(frozen=True, slots=True)
class Counted:
    """A term of the index, and in how many articles it stands."""

    term: str
    articles: int


@dataclass(frozen=True, slots=True)
class Explained:
    """A clause of a query: its label in a tree, what it means, and how many articles match it.

    `terms` are what is looked for in the index. `words` says for how many different words of the
    library its patterns (`word*`, `w?rd`, `word~`) stand, None if it has none; `frequent` are the
    most frequent of these, in their usual spelling.
    """

    text: str
    label: str
    meaning: str
    articles: int
    terms: tuple[Counted, ...] = ()
    words: int | None = None
    frequent: tuple[Counted, ...] = ()
    parts: tuple[Explained, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A whole query in a sentence and as a tree."""

    sentence: str
    tree: Explained


def explain(library: Library, question: Question) -> Explanation:
    """Say how a query is read."""
    today = question.planner.today
    clause = clauses(question.tree, question.planner)
    tree = ask(library, question, lambda engine: _Explainer(engine, today).explain(clause)[0])
    return Explanation(sentence(question.tree, today), tree)


class _Explainer:
    """Asks one index for each clause of one query."""

    def __init__(self, engine: Engine, today: dt.date) -> None:
        self._engine = engine
        self._today = today

    def explain(self, clause: Clause) -> tuple[Explained, set[int]]:
        """Explain a clause and its parts, and give the articles that match it."""
        below = [self.explain(part) for part in clause.parts]
        ids = self._ids(clause, [matching for _, matching in below])
        explained = Explained(
            clause.text,
            label(clause),
            meaning(clause, self._today),
            len(ids),
            parts=tuple([part for part, _ in below]),
        )
        return explained if below else self._with_terms(explained, clause), ids

    def _ids(self, clause: Clause, below: list[set[int]]) -> set[int]:
        """Find the articles that match: from those of the parts where these are only joined."""
        match clause.node:
            case And():
                return set.intersection(*below)
            case Or():
                return set().union(*below)
            case Not():
                return self._engine.ids(Everything()) - below[0]
            case Field():
                return below[0]
            case _ if below and not below[0]:
                return set()  # no words, no places: a long chain need not be asked for
            case _:
                return self._engine.ids(clause.plan)

    def _with_terms(self, explained: Explained, clause: Clause) -> Explained:
        """Add the terms of a clause without parts, and the words that its patterns stand for."""
        found = [leaf for leaf in dict.fromkeys(leaves(clause.plan)) if self._is_told(leaf)]
        wide = [leaf for leaf in found if _is_wide(leaf)]
        terms = {_name(leaf): leaf for leaf in found if leaf not in wide}
        words: dict[Leaf, Counter[str]] = {}
        for leaf in wide:
            words |= self._words(leaf)
        ranked = sorted(words, key=lambda word: (-words[word].total(), _name(word)))
        return replace(
            explained,
            terms=self._counted(terms, clause.field),
            words=len(words) if wide else None,
            frequent=self._counted(
                {_usual(words[word]): word for word in ranked[:FREQUENT]}, clause.field
            ),
        )

    def _is_told(self, leaf: Leaf) -> bool:
        """Tell whether a leaf is worth a line: a word with umlauts only where it stands somewhere."""
        if isinstance(leaf, Forms) and isinstance(leaf.pattern, Umlauts):
            return bool(self._engine.forms(leaf.field, leaf.pattern))
        return leaf.field != "has"

    def _counted(self, named: dict[str, Leaf], field: str | None) -> tuple[Counted, ...]:
        """Count the articles that hold each leaf, where a field is one part of the text only there."""
        zone = field if field in TEXT_FIELDS else None
        plans = {name: within(zone, leaf) if zone else leaf for name, leaf in named.items()}
        return tuple([Counted(name, len(self._engine.ids(plan))) for name, plan in plans.items()])

    def _words(self, leaf: Leaf) -> dict[Leaf, Counter[str]]:
        """Give the words a pattern stands for, each with how frequent its spellings are."""
        words: dict[Leaf, Counter[str]] = {}
        if isinstance(leaf, Forms):
            for key, articles in self._engine.forms(leaf.field, leaf.pattern).items():
                form, spelling = key_parts(key)
                word = Forms(leaf.field, Spelled(form))
                words.setdefault(word, Counter())[spelling] = articles
        return words


def _is_wide(leaf: Leaf) -> bool:
    return isinstance(leaf, Forms) and isinstance(leaf.pattern, _WIDE)


def _usual(spellings: Counter[str]) -> str:
    """Give the most frequent of a word's spellings; of two alike the one in small letters."""
    return min(spellings, key=lambda word: (-spellings[word], not word.islower(), word))


def _name(leaf: Leaf) -> str:
    if isinstance(leaf, Word):
        return leaf.term
    return (
        f"{leaf.pattern} in any spelling"
        if isinstance(leaf.pattern, Spelled)
        else str(leaf.pattern)
    )
