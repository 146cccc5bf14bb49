"""What a person said of an article, which no later reading of its source may change."""

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


def keep_given(current: Article, article: Article) -> Article:
    """Give a new wording with what a person gave of the current one; what is given anew is newer."""
    kept = [name for name in FIELDS if _is_given(current, name) and not _is_given(article, name)]
    if not kept:
        return article
    values: dict[str, Any] = {name: getattr(current, name) for name in kept}
    return replace(article, origins={**article.origins, **dict.fromkeys(kept, GIVEN)}, **values)


def _is_given(article: Article, name: str) -> bool:
    return article.origins.get(name) == GIVEN
