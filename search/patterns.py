"""Which exact forms of the index a prefix, a wildcard, a fuzzy word or a spelling stands for.

Every pattern tells an index where to look (`keys` as they are, and all keys that begin with
`scan`), and judges a key by the exact form and the spelling it joins (`search.forms`).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from search.forms import SPELLING, form_key, key_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FORMS = 20_000
"""So many words the patterns of a query may stand for; more take seconds and say little."""


class PatternTooWide(ValueError):
    """A pattern, or all patterns of a query, stand for too many words of the index."""

    def __init__(self, named: str) -> None:
        super().__init__(
            f"{named} stands for more than {MOST_FORMS:,} different words; write more letters"
        )


class Pattern(ABC):
    """What exact forms are chosen by."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys that may match and can be looked up one by one."""
        return ()

    @property
    @abstractmethod
    def scan(self) -> str | None:
        """The beginning of all other keys that may match; None if there are none."""

    @abstractmethod
    def chosen(self, keys: Iterable[str]) -> list[str]:
        """Give those of these keys that match."""


@dataclass(frozen=True)
class Spelled(Pattern):
    """One exact form in any spelling: `sao` finds são and SÃO."""

    form: str

    def __str__(self) -> str:
        return self.form

    @property
    def keys(self) -> tuple[str, ...]:
        """The form in its plain spelling."""
        return (self.form,)

    @property
    def scan(self) -> str:
        """All its other spellings."""
        return self.form + SPELLING

    def chosen(self, keys: Iterable[str]) -> list[str]:
        """Give those of these keys that match."""
        form, scan = self.form, self.scan
        return [key for key in keys if key == form or key.startswith(scan)]


@dataclass(frozen=True)
class Written(Pattern):
    """One word in just this spelling."""

    form: str
    spelling: str

    def __str__(self) -> str:
        return f"={self.spelling}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of the spelling."""
        return (form_key(self.form, self.spelling),)

    @property
    def scan(self) -> None:
        """Nothing else matches."""
        return

    def chosen(self, keys: Iterable[str]) -> list[str]:
        """Give those of these keys that match."""
        return [key for key in keys if key in self.keys]


@dataclass(frozen=True)
class Umlauts(Pattern):
    """One word with its umlauts, in capitals or not: `zürich`, but not Zurich."""

    form: str
    spelling: str

    def __str__(self) -> str:
        return self.spelling

    @property
    def scan(self) -> str:
        """All spellings but the plain one."""
        return self.form + SPELLING

    def chosen(self, keys: Iterable[str]) -> list[str]:
        """Give those of these keys that match."""
        found = [key for key in keys if key.startswith(self.scan)]
        return [key for key in found if key_parts(key)[1].casefold() == self.spelling]


@dataclass(frozen=True)
class Capitals(Pattern):
    """An abbreviation: its letters in capitals, with dots or without (U.S. and US, but not us)."""

    form: str

    def __str__(self) -> str:
        return ".".join(self.form.upper()) + "."

    @property
    def scan(self) -> str:
        """All spellings but the plain one."""
        return self.form + SPELLING

    def chosen(self, keys: Iterable[str]) -> list[str]:
        """Give those of these keys that match."""
        found = [key for key in keys if key.startswith(self.scan)]
        return [key for key in found if "." in (written := key_parts(key)[1]) or written.isupper()]


@dataclass(frozen=True)
class Starts(Pattern):
    """Every form that begins so."""

    prefix: str

    def __str__(self) -> str:
        return f"{self.prefix}*"

    @property
    def scan(self) -> str:
        """The prefix."""
        return self.prefix

    def chosen(self, keys: Iterable[str]) -> list[str]:
        """Give those of these keys that match."""
        return [key for key in keys if key.startswith(self.prefix)]


@dataclass(frozen=True)
class Globbed(Pattern):
    """Every form that a folded word with `*` (any characters) and `?` (one) stands for."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def scan(self) -> str:
        """The letters before the first wildcard."""
        return re.split(r"[*?]", self.text, maxsplit=1)[0]

    @cached_property
    def _match(self) -> re.Pattern[str]:
        """Match linearly: each stretch behind a `*` at its first place, as in Python's `fnmatch`."""
        first, *others = [
            re.escape(part).replace(r"\?", f"[^{SPELLING}]") for part in self.text.split("*")
        ]
        rest = "".join(f"(?>[^{SPELLING}]*?{part})" for part in others[:-1])
        last = f"[^{SPELLING}]*{others[-1]}" if others else ""
        return re.compile(f"{first}{rest}{last}(?:{SPELLING}|$)")

    def chosen(self, keys: Iterable[str]) -> list[str]:
        """Give those of these keys that match."""
        match = self._match.match
        return [key for key in keys if match(key)]


@dataclass(frozen=True)
class Edited(Pattern):
    """Every form at most `edits` insertions, deletions or replacements away (Levenshtein 1965)."""

    form: str
    edits: int

    def __str__(self) -> str:
        return f"{self.form}~{self.edits if self.edits > 1 else ''}"

    @property
    def scan(self) -> str:
        """Any form may be near."""
        return ""

    def chosen(self, keys: Iterable[str]) -> list[str]:
        """Give those of these keys that match."""
        from rapidfuzz.distance import Levenshtein  # compiled, and only a fuzzy word needs it

        distance, most = Levenshtein.distance, self.edits
        shortest, longest = len(self.form) - most, len(self.form) + most
        found = []
        for key in keys:
            exact = key.partition(SPELLING)[0]
            fits = shortest <= len(exact) <= longest
            if fits and distance(self.form, exact, score_cutoff=most) <= most:
                found.append(key)
        return found
