"""Other ways in which a word that is not found may have been meant: keys, look-alikes, halves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# The letters of one key each, on the usual American and Russian keyboards; then with Shift.
_AMERICAN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,." + '~{}:"<>'
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю" + "ёхъжэбю"
_TO_RUSSIAN = str.maketrans(_AMERICAN, _RUSSIAN)
_TO_AMERICAN = str.maketrans(_RUSSIAN[:33], _AMERICAN[:33])

# Letters that look alike, small or as capitals.
_PAIRS = (
    ("a", "а"), ("b", "в"), ("c", "с"), ("e", "е"), ("h", "н"), ("i", "і"), ("j", "ј"),
    ("k", "к"), ("m", "м"), ("o", "о"), ("p", "р"), ("s", "ѕ"), ("t", "т"), ("x", "х"),
    ("y", "у"),
)  # fmt: skip
_TO_CYRILLIC = str.maketrans(dict(_PAIRS))
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _PAIRS})

_SHORTEST_HALF = 2
_LONGEST_WHOLE = 30  # letters; longer words are no two that were written as one


def retyped(text: str) -> Iterator[str]:
    """Give what the same keys write on a Russian or an American keyboard: `ghbdtn` is `привет`."""
    small = text.lower()
    for table in (_TO_RUSSIAN, _TO_AMERICAN):
        other = small.translate(table)
        if other != small and other.isalpha() and _of_one_script(other):
            yield other


def looking_alike(text: str) -> Iterator[str]:
    """Give a word with all its letters from one script: a Latin M in `Mосква` is made Cyrillic."""
    small = text.lower()
    for table in (_TO_CYRILLIC, _TO_LATIN):
        other = small.translate(table)
        if other != small and _of_one_script(other):
            yield other


def halves(word: str) -> Iterator[tuple[str, str]]:
    """Give each two words that a word may have been joined from."""
    if len(word) <= _LONGEST_WHOLE:
        for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            yield word[:at], word[at:]


def most_mistakes(form: str) -> int:
    """Say how many mistakes are looked for; a short word with two is another, numbers have none."""
    letters = len(form)
    if letters < 3 or any(map(str.isdigit, form)):
        return 0
    return 1 if letters < 6 else 2


def distance(one: str, other: str) -> int:
    """Count mistakes: letters put in, left out, replaced, or two that changed places (OSA)."""
    from rapidfuzz.distance import OSA  # compiled, and only a word that is not found needs it

    return OSA.distance(one, other)


def _of_one_script(word: str) -> bool:
    return len({_is_cyrillic(letter) for letter in word if letter.isalpha()}) == 1


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u052f"
