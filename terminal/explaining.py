"""A query explained: as it was read, and why one article matches it or not."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from terminal.articles import folded
from terminal.hits import FORMAT, as_json
from terminal.safe import safe
from terminal.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from library.explaining import Counted, Explained, Explanation
    from library.reasons import Reason, Verdict
    from library.searching import Page
    from search.evidence import Place

    T = TypeVar("T", Explained, Reason)

_SHOWN_TERMS = 12


def write_explanation(explanation: Explanation, out: TextIO | None = None) -> None:
    """Write how a query was read: a sentence, then its tree with numbers of articles in front."""
    out = out or sys.stdout
    style = Style.of(out)
    _write(safe(explanation.sentence), "", style, out)
    out.write("\n" + style.dim("articles") + "\n")
    for clause, depth in _walk(explanation.tree):
        opening = f"{clause.articles:>8,}  {'  ' * depth}"
        _write(f"{style.bold(clause.label)}  {safe(_about(clause))}", opening, style, out)
    out.write("\n")


def explanation_json(explanation: Explanation, page: Page) -> dict[str, Any]:
    """Give an explanation as the JSON of docs/json.md: a page's, without its hits."""
    tree = {"sentence": explanation.sentence, **_clause_json(explanation.tree)}
    about = {name: value for name, value in as_json(page).items() if name != "hits"}
    return {**about, "explain": tree}


def write_verdict(verdict: Verdict, out: TextIO | None = None) -> None:
    """Write whether an article matches and why: the verdict, then the tree with a sign in front."""
    out = out or sys.stdout
    style = Style.of(out)
    because = f": {'; '.join(verdict.because)}" if verdict.because else ""
    matches = "matches" if verdict.matches else "does not match"
    _write(safe(f"Article {verdict.stored.id} {matches}{because}."), "", style, out)
    for reason, depth in _walk(verdict.tree):
        sign = style.new("+") if reason.matches else style.gone("-")
        opening = f"{'  ' * depth}{sign} "
        _write(f"{style.bold(reason.label)}  {safe(_found(reason))}", opening, style, out)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Give a verdict as the JSON of docs/json.md."""
    return {
        "format": FORMAT,
        "query": verdict.query,
        "read_as": verdict.read_as,
        "id": verdict.stored.id,
        "headline": verdict.stored.article.headline,
        "matches": verdict.matches,
        "because": list(verdict.because),
        "waits": verdict.waits,
        "why": _reason_json(verdict.tree),
    }


def remarks(verdict: Verdict) -> Iterator[str]:
    """Say how the query was read, where that is not what was typed, and what a search may not know."""
    if verdict.read_as != verdict.query:
        yield f"read as: {safe(verdict.read_as)}"
    if verdict.waits:
        yield (
            f"Article {verdict.stored.id} still waits to be indexed; until then a search does not "
            "know it as it now stands. Index it with: cuttings reindex --pending"
        )


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {
        "text": reason.text,
        "meaning": reason.meaning,
        "matches": reason.matches,
        "remark": reason.remark or None,
        "places": [_place_json(place) for place in reason.places],
        "parts": [_reason_json(part) for part in reason.parts],
    }


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "where": place.text.zone,
        "ordinal": place.text.ordinal or None,
        "credit": place.text.credit,
        "text": place.text.text,
        "marks": [list(mark) for mark in place.marks],
        "words": list(place.words),
    }


def _found(reason: Reason) -> str:
    """Say what was found of a clause, or why it does not hold."""
    found = _places(reason.places) or reason.remark.removeprefix(f"{reason.label} ")
    if reason.parts and reason.matches and found:
        return f"{reason.meaning}: {found}"
    return found or reason.meaning


def _places(places: Sequence[Place]) -> str:
    """Name places with their words; those with the same words together."""
    from library.reasons import where

    groups: dict[str, list[Place]] = {}
    for place in places:
        counts = Counter(place.words)
        words = [f"{word} ×{count}" if count > 1 else word for word, count in counts.items()]
        groups.setdefault(", ".join(words), []).append(place)
    return "; ".join(f"{where(some)}: {words}" for words, some in groups.items())


def _clause_json(clause: Explained) -> dict[str, Any]:
    return {
        "text": clause.text,
        "meaning": clause.meaning,
        "articles": clause.articles,
        "terms": [{"term": one.term, "articles": one.articles} for one in clause.terms],
        "words": clause.words,
        "frequent": [{"word": one.term, "articles": one.articles} for one in clause.frequent],
        "parts": [_clause_json(part) for part in clause.parts],
    }


def _walk(clause: T, depth: int = 0) -> Iterator[tuple[T, int]]:
    yield clause, depth
    for part in clause.parts:
        yield from _walk(part, depth + 1)


def _about(clause: Explained) -> str:
    about = f"{clause.meaning}: {_terms(clause.terms)}" if clause.terms else clause.meaning
    return about if clause.words is None else f"{about}; {_words(clause)}"


def _terms(terms: Sequence[Counted]) -> str:
    """Name terms with their numbers of articles, those that no article holds last."""
    named = sorted(terms, key=lambda term: not term.articles)
    listed = ", ".join([f"{one.term} {one.articles:,}" for one in named[:_SHOWN_TERMS]])
    more = len(named) - _SHOWN_TERMS
    return f"{listed} and {more:,} more" if more > 0 else listed


def _words(clause: Explained) -> str:
    count = f"{clause.words:,} word{'' if clause.words == 1 else 's'}"
    if not clause.words:
        return "no word"
    some = ", most often" if clause.words > len(clause.frequent) else ":"
    return f"{count}{some} {_terms(clause.frequent)}"


def _write(text: str, opening: str, style: Style, out: TextIO) -> None:
    out.write("\n".join(folded(text, opening, style)) + "\n")
