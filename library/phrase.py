"""A phrase word for word, and where it stands in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from library.errors import PhraseWrong
from search.analysis import fold, has_no_spaces, tokens, words

_APART: Final = "\x1f"  # no word holds it
_GAP: Final = " "
_PRINTED: Final = re.compile("[“”‘’„«»–—…\xa0№]")  # in texts that are plain but for these
_UNUSUAL: Final = re.compile("[^\x00-\x7fА-яЁё]")


class _Unit(NamedTuple):
    """A word's exact form and its place; `alone`: a character of a script without spaces."""

    form: str
    start: int
    end: int
    alone: bool


class Phrase:
    """Words that follow one another, in these forms.

    `words` are their exact forms. Letter case, accents, and what stands between the words do not
    count, as in a search; but a gap between characters of a script without spaces does. Raises
    `PhraseWrong` where there are no words.
    """

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self._units = list(_units(self.text))
        if not self._units:
            raise PhraseWrong("There is no word to look for. Give some, as they were printed.")
        self._joined = _joined(self._units)
        self.words = [unit.form for unit in self._units if unit.form != _GAP]

    @property
    def stretches(self) -> list[str]:
        """Its parts that an index can find whole: words in a row, or characters without a gap."""
        parts: list[list[_Unit]] = [[self._units[0]]]
        for before, unit in pairwise(self._units):
            if before.alone != unit.alone or unit.form == _GAP:
                parts.append([])
            parts[-1].append(unit)
        return [self.text[part[0].start : part[-1].end] for part in parts]

    def stands_in(self, text: str) -> bool:
        """Say whether the phrase stands in a text."""
        plain = _plainly(text)
        if plain is not None and not all(word in plain for word in self.words):
            return False  # most texts need no closer look
        if has_no_spaces(text):
            return self._joined in _joined(list(_units(text)))
        return self._joined in _APART.join(("", *words(text, None).exacts, ""))

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Give where it stands in a text, from a code point to another; none lies in another."""
        units, forms = list(_units(text)), [unit.form for unit in self._units]
        found, at = list[tuple[int, int]](), 0
        while at + len(forms) <= len(units):
            here = units[at : at + len(forms)]
            same = [unit.form for unit in here] == forms
            if same:
                found.append((here[0].start, here[-1].end))
            at += len(forms) if same else 1
        return found


def _plainly(text: str) -> str | None:
    """Give a text with the letters of its words' exact forms, where that is told quickly."""
    if not text.isascii():
        text = _PRINTED.sub("", text)
        if _UNUSUAL.search(text):
            return None
        text = text.replace("ё", "е").replace("Ё", "Е")
    return text.lower().replace("'", "").replace(".", "")


def _joined(units: Iterable[_Unit]) -> str:
    return _APART.join(("", *(unit.form for unit in units), ""))


def _units(text: str) -> Iterator[_Unit]:
    """Give the words of a text; of scripts without spaces, which come as pairs, each character."""
    found = tokens(text, None)
    starts = [*(token.start for token in found), len(text)][1:]
    before = None
    for token, following in zip(found, starts, strict=False):
        end = min(token.end, following)
        alone = has_no_spaces(text[token.start : end])
        if before and before.alone and alone and before.end < token.start:
            yield _Unit(_GAP, before.end, token.start, alone=True)
        form = token.exact if end == token.end else fold(text[token.start : end])
        before = _Unit(form, token.start, end, alone)
        yield before
