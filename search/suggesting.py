"""Words of the index that are like one that stands in no article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.analysis import fold, has_no_spaces, key_parts, tokens
from search.document import site_keys
from search.lacking import forms, held, holds, plan_of
from search.likeness import distance, halves, looking_alike, most_mistakes, retyped
from search.patterns import Edited, Pattern, Spelled, Starts
from search.plan import Plan, Word, leaves
from search.planned_words import EXACT
from search.proximity import TEXT_FIELDS
from search.values import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.engine import Engine
    from search.planner import Planner

_PREFIX = 4  # letters that a word must have to be taken for the beginning of another
# The order of suggestions: the word itself, in whatever letters; one mistake, as a space left out
# is too; a beginning; two mistakes.
_SAME, _ONE_MISTAKE, _BEGINNING, _TWO_MISTAKES = range(4)
_UNSTEMMED = frozenset({"author", "section", "tag"})


_Ranked = tuple[int, int, str]  # rank, articles, spelling


@dataclass(frozen=True, slots=True)
class Instead:
    """Words that may be meant, as the library writes them mostly, and how many articles they find.

    `rank` says how far they are from what was typed; two words are a phrase.
    """

    word: str
    articles: int
    rank: int = _SAME


class Suggester:
    """Finds words in one index, for the languages a planner plans for."""

    def __init__(self, engine: Engine, planner: Planner) -> None:
        self._engine = engine
        self._planner = planner

    def instead(self, word: str, field: str | None, limit: int) -> list[Instead]:
        """Give what may be meant by one word, nearest and most frequent first, each stem once."""
        found: list[Instead] = []
        seen: set[Plan] = set()
        for rank, spelling in self._ranked(word, field):
            plan = self._plan(spelling, field)
            terms = {
                leaf for leaf in leaves(plan) if isinstance(leaf, Word) and held(self._engine, leaf)
            }
            if " " not in spelling and seen & terms:
                continue
            if articles := len(self._engine.ids(plan)):
                found.append(Instead(spelling, articles, rank))
                seen |= terms
            if len(found) == limit:
                break
        return found

    def in_other_letters(self, text: str, field: str | None) -> list[Instead]:
        """Give what the same keys write on another keyboard, or letters that look alike."""
        others = [*retyped(text), *looking_alike(text)]
        held = [self._as_written(other) for other in others if self._holds(other, field)]
        counted = [Instead(one, len(self._engine.ids(self._plan(one, field)))) for one in held]
        return sorted([one for one in counted if one.articles], key=lambda one: -one.articles)

    def joined(self, pair: str, field: str | None) -> list[Instead]:
        """Give two words written as one, if that is a word."""
        whole = "".join([token.exact for token in tokens(pair, None)])
        if has_no_spaces(whole) or not self._forms(EXACT, Spelled(whole)):
            return []
        written = self._as_written(whole)
        articles = len(self._engine.ids(self._plan(written, field)))
        return [Instead(written, articles)] if articles else []

    def _ranked(self, word: str, field: str | None) -> Iterator[tuple[int, str]]:
        form = (site_keys(word) or [""])[0] if field == "site" else fold(word)
        if not form or has_no_spaces(form):
            yield from [(_SAME, word)] if form and self._holds(word, field) else []
            return
        found = self._near(form, field)
        if field not in WHOLE:
            others = self.in_other_letters(word, field)
            found += [(_SAME, one.articles, one.word) for one in others]
        if field is None or field in TEXT_FIELDS:
            found += self._parted(form, field)
        found.sort(key=lambda one: (one[0], -one[1], one[2]))
        yield from ((rank, spelling) for rank, _, spelling in found)

    def _parted(self, form: str, field: str | None) -> Iterator[_Ranked]:
        """Give two words that the form would be without the space between them."""
        for pair in halves(form):
            if all(self._holds(half, None) for half in pair):
                phrase = " ".join([self._as_written(half) for half in pair])
                yield _ONE_MISTAKE, len(self._engine.ids(self._plan(phrase, field))), phrase

    def _near(self, form: str, field: str | None) -> list[_Ranked]:
        """Give the words that are like a form, in their usual spelling."""
        where = field if field in WHOLE | _UNSTEMMED else EXACT
        keys: Counter[str] = Counter(self._mistaken(where, form))
        if len(form) >= _PREFIX and not form.isdigit() and field not in WHOLE:
            keys |= Counter(self._forms(where, Starts(form)))
        words: dict[str, Counter[str]] = {}
        for key, articles in keys.items():
            exact, spelling = key_parts(key)
            words.setdefault(exact, Counter())[spelling] = articles
        return [
            (
                _rank(form, exact),
                spellings.total(),
                self._as_written(exact) if where in _UNSTEMMED else _usual(spellings),
            )
            for exact, spellings in words.items()
        ]

    def _mistaken(self, field: str, form: str) -> dict[str, int]:
        """Look for words a few mistakes away; two letters that changed places are two edits."""
        most = most_mistakes(form)
        if not most:
            return {}
        edits = 1 if len(form) < _PREFIX else 2
        found = self._forms(field, Edited(form, edits)) or self._forms(field, Edited(form, 1))
        return {key: n for key, n in found.items() if distance(form, key_parts(key)[0]) <= most}

    def _forms(self, field: str, pattern: Pattern) -> dict[str, int]:
        return forms(self._engine, field, pattern)

    def _as_written(self, form: str) -> str:
        """Give a form as the library writes it mostly."""
        keys = self._forms(EXACT, Spelled(form))
        return _usual(Counter({key_parts(key)[1]: n for key, n in keys.items()})) if keys else form

    def _plan(self, text: str, field: str | None) -> Plan:
        return plan_of(self._planner, text, field)

    def _holds(self, text: str, field: str | None) -> bool:
        return holds(self._engine, self._planner, text, field)


def _rank(form: str, exact: str) -> int:
    mistakes = distance(form, exact)
    if mistakes > 1 and exact.startswith(form):
        return _BEGINNING
    return (_SAME, _ONE_MISTAKE, _TWO_MISTAKES)[min(mistakes, 2)]


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda one: (-spellings[one], not one.islower(), one.isupper(), one))
