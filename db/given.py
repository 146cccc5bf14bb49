"""What stays of an article whatever a later reading of its source says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from article import Article

GIVEN: Final = "given"
"""The origin of a value that a person gave."""
FIELDS: Final = (
    "headline", "standfirst", "byline", "authors", "published", "section", "language", "site", "url"
)  # fmt: skip
"""What a person can give."""
ADDRESS: Final = ("site", "url")
"""What a copy may well not say, as a pasted text does not: it is no less where the article stands."""


def keep_given(current: Article, article: Article) -> Article:
    """Give a new wording with what a person gave of the current one; what is given anew is newer.

    With its site and address too, where the new one has none.
    """
    kept = [name for name in FIELDS if _stays(current, article, name)]
    if not kept:
        return article
    values: dict[str, Any] = {name: getattr(current, name) for name in kept}
    origins = {name: current.origins[name] for name in kept if name in current.origins}
    return replace(article, origins={**article.origins, **origins}, **values)


def overruled(article: Article, kept: Article) -> list[str]:
    """Name the values of a reading in whose place those that a person gave were `kept`."""
    said = [name for name in FIELDS if getattr(article, name)]
    return [name for name in said if getattr(article, name) != getattr(kept, name)]


def _stays(current: Article, article: Article, name: str) -> bool:
    if _is_given(article, name):
        return False
    return _is_given(current, name) or (name in ADDRESS and getattr(article, name) is None)


def _is_given(article: Article, name: str) -> bool:
    return article.origins.get(name) == GIVEN
