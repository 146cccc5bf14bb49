"""Why one article matches a query, or does not: worked out from its text in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.asking import read
from library.errors import ReferenceWrong
from search.clauses import Clause, clauses
from search.evidence import Evidence, Place, where
from search.explain import label, meaning, times
from search.facts import fact
from search.failing import Failing
from search.query import And, AtLeast, Near, Not, Or
from search.spans import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from article import Stored
    from library.library import Library
    from search.planner import Planner

__all__ = ["Reason", "Verdict", "causes", "judge", "where", "why"]

_CAUSES = 3  # that are named in a verdict; the tree has them all


@dataclass(frozen=True, slots=True)
class Reason:
    """A clause of a query, and whether it holds for the article.

    `places` are where the words stand by which it holds; `remark` says what else there is to say of
    it: why it does not hold, or the value by which it does.
    """

    text: str
    label: str
    meaning: str
    matches: bool
    remark: str
    places: tuple[Place, ...]
    parts: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a query matches an article, as it now stands in the database, and why.

    `because` says why not; it is empty where the query matches. `waits`: the article is still to
    be indexed, so that a search answers from its former state, or without it.
    """

    query: str
    read_as: str
    stored: Stored
    because: Sequence[str]
    tree: Reason
    waits: bool

    @property
    def matches(self) -> bool:
        """Whether the query matches."""
        return self.tree.matches


def why(library: Library, query: str, number: str) -> Verdict:
    """Judge the article of a number by a query.

    Raises `QueryError`, and `ReferenceWrong` or `ArticleMissing` where the number names no article.
    """
    article_id = _article_id(number)
    question = read(library, query)
    stored = library.article(article_id)
    tree = judge(clauses(question.tree, question.planner), stored, question.planner)
    waits = bool(library.reader.queued([article_id]))
    return Verdict(query, question.read_as, stored, causes(tree), tree, waits)


def judge(clause: Clause, stored: Stored, planner: Planner) -> Reason:
    """Hold every clause of a query against one article."""
    evidence = Evidence(stored)
    return _Judge(evidence, Failing(evidence, planner), planner).reason(clause)


def _article_id(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        message = (
            f"'{number}' is no article's number; it stands behind the query, "
            "as in: cuttings why ferry boat 42"
        )
        raise ReferenceWrong(message)
    return int(number)


class _Judge:
    def __init__(self, evidence: Evidence, failing: Failing, planner: Planner) -> None:
        self._evidence = evidence
        self._failing = failing
        self._today = planner.today

    def reason(self, clause: Clause) -> Reason:
        parts = tuple([self.reason(part) for part in clause.parts])
        matches = self._matches(clause, parts)
        shown = matches and (not parts or isinstance(clause.node, Near))
        return Reason(
            text=clause.text,
            label=label(clause),
            meaning=meaning(clause, self._today),
            matches=matches,
            remark=self._remark(clause, parts, holds=matches),
            places=self._evidence.places(clause.plan) if shown else (),
            parts=parts,
        )

    def _matches(self, clause: Clause, parts: tuple[Reason, ...]) -> bool:
        """Tell whether a clause holds: by its parts where these are only joined."""
        match clause.node:
            case And():
                return all(part.matches for part in parts)
            case Or():
                return any(part.matches for part in parts)
            case Not():
                return not parts[0].matches
            case _ if parts and not parts[0].matches:
                return False  # where the first words do not stand, nothing stands beside them
            case _:
                return self._evidence.held.holds(clause.plan)

    def _remark(self, clause: Clause, parts: tuple[Reason, ...], *, holds: bool) -> str:
        if not holds:
            return self._failing.remark(clause, [part.matches for part in parts])
        if isinstance(clause.node, AtLeast):
            return f"it stands there {times(len(spans(clause.plan, self._evidence.held)))}"
        if clause.parts or self._evidence.places(clause.plan):
            return ""
        return fact(clause, self._evidence, self._today)


def causes(reason: Reason) -> list[str]:
    """Say why a clause does not hold, in its own words or in those of its parts; empty if it does."""
    if reason.matches or reason.remark:
        return [] if reason.matches else [reason.remark]
    failing = [cause for part in reason.parts for cause in causes(part)]
    more = len(failing) - _CAUSES
    return [*failing[:_CAUSES], f"{more:,} more"] if more > 0 else failing
