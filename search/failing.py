"""Why one article does not match a clause: what it lacks, or has in another form or place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search import wild
from search.alike import Alike
from search.analysis import tokens
from search.distances import nearest
from search.evidence import Evidence, where
from search.explain import PLACES, closeness, counted, is_text, lacking, times
from search.facts import fact
from search.plan import NOTHING
from search.printing import to_text
from search.query import AtLeast, Fuzzy, Near, Node, Not, Phrase, Prefix, Term, Wildcard
from search.spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.clauses import Clause
    from search.planner import Planner


_MOST = 5  # missing words that are named


class Failing:
    """Says of clauses that do not hold for one article why they do not."""

    def __init__(self, evidence: Evidence, planner: Planner) -> None:
        self._evidence = evidence
        self._planner = planner
        self._alike = Alike(evidence.held, planner)

    def remark(self, clause: Clause, parts: Sequence[bool]) -> str:
        """Say why a clause does not hold, some of whose parts may; nothing where these say it."""
        match clause.node:
            case Not():
                return self._shut_out(clause)
            case Near() as near:
                apart = parts[0] and (parts[1] or lacking(near))
                return self._apart(clause, near) if apart else ""
            case AtLeast():
                return self._seldom(clause)
            case _ if clause.parts:
                return ""
            case Term() | Phrase() | Prefix() | Wildcard() | Fuzzy() as leaf if is_text(
                clause.field
            ):
                return self._absent(clause, leaf)
            case _:
                return fact(clause, self._evidence, self._planner.today)

    def _shut_out(self, clause: Clause) -> str:
        (inner,) = clause.parts
        found = where(self._evidence.places(inner.plan))
        if not found and not inner.parts:
            found = fact(inner, self._evidence, self._planner.today)
        return f"shut out by {clause.text}{f': {found}' if found else ''}"

    def _apart(self, clause: Clause, near: Near) -> str:
        left, right = clause.parts
        if lacking(near):
            places = where(self._evidence.places(left.plan))
            return f"{_named(left)} stands in it, but always with {_named(right)} {closeness(near)}: {places}"
        order = " in this order" if near.ordered else ""
        far = nearest(near, left.plan, right.plan, self._evidence)
        return (
            f"{_named(left)} and {_named(right)} both stand in it, "
            f"but never {closeness(near)}{order}: {far}"
        )

    def _seldom(self, clause: Clause) -> str:
        (inner,) = clause.parts
        count = len(spans(inner.plan, self._evidence.held))
        places = where(self._evidence.places(inner.plan))
        return f"{_named(inner)} stands in it only {times(count)}: {places}" if count else ""

    def _absent(self, clause: Clause, leaf: Node) -> str:
        """Say that words do not stand in the text, and what is there in their place."""
        main = _lack(leaf, PLACES.get(clause.field or "", "in it"))
        elsewhere = where(self._evidence.places(clause.anywhere)) if clause.field else ""
        if elsewhere:
            return f"{main}; elsewhere: {elsewhere}"
        more = self._parted(clause, leaf) if isinstance(leaf, Term | Phrase) else ""
        return f"{main}; {more}" if more else main

    def _parted(self, clause: Clause, leaf: Term | Phrase) -> str:
        """Say which words of several are missing, or that they stand apart."""
        words = [(word, self._planner.plan(word)) for word in dict.fromkeys(_words(leaf))]
        words = [(word, plan) for word, plan in words if plan != NOTHING]
        if len(words) < 2:
            plain = all(isinstance(word, Term) for word, _ in words)
            return self._alike.words(leaf.text, clause.plan) if plain else ""
        missing = [to_text(word) for word, plan in words if not self._evidence.held.holds(plan)]
        if missing:
            more = f" and {len(missing) - _MOST:,} more" if len(missing) > _MOST else ""
            return f"it has no {', no '.join(missing[:_MOST])}{more}"
        if isinstance(leaf, Phrase) and leaf.slop is not None:
            return f"its words do, but never within {counted(leaf.slop, 'word')}"
        return "its words do, but never next to each other"


def _lack(leaf: Node, place: str) -> str:
    match leaf:
        case Prefix(text):
            return f"no word {place} begins with {text}"
        case Wildcard(text):
            return f"no word {place} is like {text}"
        case Fuzzy(text, edits):
            return f"no word {place} is within {counted(edits, 'character')} of {text}"
        case _:
            return f"{to_text(leaf)} does not stand {place}"


def _words(leaf: Term | Phrase) -> Iterator[Node]:
    """Give the words of a phrase one by one."""
    for stretch, is_wild in wild.split(leaf.text):
        if is_wild:
            yield Wildcard(stretch)
            continue
        end = None
        for token in tokens(stretch, None):
            if token.end != end:  # the last of a run of characters only repeats an end
                yield Term(stretch[token.start : token.end], leaf.exact)
            end = token.end


def _named(clause: Clause) -> str:
    return f"({clause.text})" if clause.parts else clause.text
