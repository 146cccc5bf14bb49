"""The function words of fourteen languages: Snowball's lists, as Whoosh brings them.

They are indexed and found like all words; they only weigh less in a ranking.
"""

from __future__ import annotations

from functools import cache

from search.forms import fold

_SAME = {"nb": "no", "nn": "no"}


def is_function_word(exact: str, language: str) -> bool:
    """Tell whether an exact form is a function word of a language, as ISO 639-1 names it."""
    return exact in _folded(_SAME.get(language, language))


@cache
def _folded(language: str) -> frozenset[str]:
    from whoosh.lang.stopwords import stoplists

    return frozenset(map(fold, stoplists.get(language, ())))
