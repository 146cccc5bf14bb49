"""Words of an article that are like one that it does not have."""

from __future__ import annotations

from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from search.analysis import has_no_spaces, key_parts, stem, tokens
from search.patterns import Edited
from search.plan import Word, leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from search.held import Held
    from search.plan import Plan
    from search.planner import Planner

_MOST = 3  # words that are named
_LETTERS, _SHARE = 4, 0.55
"""What words that begin alike share at least: "migrants" and "migration" share 5 letters of 9."""


class Alike:
    """The words of one article, asked for some that are like others."""

    def __init__(self, held: Held, planner: Planner) -> None:
        self._keys = list(held.fields["exact"])
        self._languages = [language or None for language in planner.languages]

    def words(self, text: str, plan: Plan) -> str:
        """Name words that are like a word which the article lacks, and say how they differ."""
        found = tokens(text, None)
        if len(found) != 1 or has_no_spaces(text):
            return ""
        exact = found[0].exact
        terms = {leaf.term for leaf in leaves(plan) if isinstance(leaf, Word)}
        ways: dict[str, Callable[[], Iterable[str]]] = {
            "spelt otherwise": lambda: [key for key in self._keys if key_parts(key)[0] == exact],
            "a word of another language there": lambda: self._stemmed(terms),
            "another stem": lambda: self._begun(exact),
            "one letter away": lambda: self._edited(exact),
        }
        for how, choose in ways.items():
            spellings = sorted({key_parts(key)[1] for key in choose()}, key=str.casefold)
            if spellings:
                return f"it has {', '.join(map(_quoted, spellings[:_MOST]))}, {how}"
        return ""

    def _stemmed(self, terms: set[str]) -> Iterable[str]:
        """Choose words that would match if they stood in an article of another language."""
        return [key for term in sorted(terms) for key in self._stems.get(term, ())]

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        """The article's words by their stems in all languages of the library."""
        stems: dict[str, list[str]] = {}
        for key in self._keys:
            for language in self._languages:
                stems.setdefault(stem(key_parts(key)[1], language), []).append(key)
        return stems

    def _begun(self, exact: str) -> Iterable[str]:
        """Choose words that begin like a word, for most of the longer one."""
        for key in self._keys:
            form = key_parts(key)[0]
            pairs = zip(form, exact, strict=False)
            shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            if shared >= max(_LETTERS, _SHARE * max(len(form), len(exact))):
                yield key

    def _edited(self, exact: str) -> Iterable[str]:
        return Edited(exact, 1).chosen(self._keys) if len(exact) >= _LETTERS else ()


def _quoted(word: str) -> str:
    return f'"{word}"'
