"""Words of an article that are like one that it does not have."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from search.analysis import has_no_spaces, key_parts, stem, tokens
from search.clauses import leaves
from search.patterns import Edited
from search.plan import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from search.held import Held
    from search.plan import Plan
    from search.planner import Planner

_MOST = 3  # words that are named
_LETTERS, _SHARE = 4, 0.55
"""What words that begin alike share at least: "migrants" and "migration" share 5 letters of 9."""


def alike(text: str, plan: Plan, held: Held, planner: Planner) -> str:
    """Name words of the article that are like a word which it lacks, and say how they differ."""
    found = tokens(text, None)
    if len(found) != 1 or has_no_spaces(text):
        return ""
    exact = found[0].exact
    terms = {leaf.term for leaf in leaves(plan) if isinstance(leaf, Word)}
    ways: dict[str, Callable[[], Iterable[str]]] = {
        "spelt otherwise": lambda: [key for key in keys if key_parts(key)[0] == exact],
        "a word of another language there": lambda: _stemmed(keys, terms, planner),
        "another stem": lambda: _begun(keys, exact),
        "one letter away": lambda: Edited(exact, 1).chosen(keys) if len(exact) >= _LETTERS else [],
    }
    keys = list(held.fields["exact"])
    for how, choose in ways.items():
        words = sorted(dict.fromkeys(key_parts(key)[1] for key in choose()), key=str.casefold)
        if words:
            quoted = [f'"{word}"' for word in words[:_MOST]]
            return f"it has {', '.join(quoted)}, {how}"
    return ""


def _stemmed(keys: Iterable[str], terms: set[str], planner: Planner) -> Iterable[str]:
    """Choose words that would match if they stood in an article of another language."""
    for key in keys:
        spelling = key_parts(key)[1]
        if any(stem(spelling, language or None) in terms for language in planner.languages):
            yield key


def _begun(keys: Iterable[str], exact: str) -> Iterable[str]:
    """Choose words that begin like a word, for most of the longer one."""
    for key in keys:
        form = key_parts(key)[0]
        pairs = zip(form, exact, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if shared >= max(_LETTERS, _SHARE * max(len(form), len(exact))):
            yield key
