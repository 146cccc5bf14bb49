"""What a person knows better than an article's source: kept through all later readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from article import Article, Author, Published
from library.errors import EditWrong
from library.library import Library

TEXTS: Final = ("headline", "standfirst", "byline", "section", "site")


def edit(library: Library, article_id: int, values: Mapping[str, str | Sequence[str]]) -> list[str]:
    """Change what is known of an article; give the names of the values that are others now.

    `values` are texts by name: headline, standfirst, byline, section, site, url, language,
    published; a list of names for authors; lists of tags for `tag` and `untag`. An empty text takes
    a value away. Raises `ArticleMissing`, and `EditWrong` where a value cannot be meant.
    """
    stored = library.article(article_id)
    article = stored.article
    tags = [*article.tags, *values.get("tag", ())]
    new = {
        name: _value(name, value) for name, value in values.items() if name not in {"tag", "untag"}
    }
    edited = replace(
        article,
        tags=tuple(dict.fromkeys(tag for tag in tags if tag not in values.get("untag", ()))),
        origins={**article.origins, **dict.fromkeys(new, "given")},
        **new,
    )
    if new or edited.tags != article.tags:
        library.store.reword(stored, edited, "edit")
    return _differing(article, edited)


def _differing(before: Article, after: Article) -> list[str]:
    names = (*TEXTS, "url", "language", "published", "authors", "tags")
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _value(name: str, value: str | Sequence[str]) -> Any:  # noqa: ANN401 - any field of an article
    if not isinstance(value, str):
        return tuple([Author(one.strip()) for one in value if one.strip()])
    text = " ".join(value.split())
    if not text:
        return None
    match name:
        case "published":
            return _published(text)
        case "language":
            return _language(text)
        case "url" if "://" not in text:
            raise EditWrong(f"{text!r} is no address: it has no https:// in front")
        case _:
            return text


def _published(text: str) -> Published:
    from ingest.dates import parse_date

    found = parse_date(text)
    if found is None:
        raise EditWrong(f"{text!r} is no date. Give it as 2021-11-04, 2021-11 or 2021")
    return found


def _language(text: str) -> str:
    from ingest.codes import canonical

    code = canonical(text)
    if code is None:
        raise EditWrong(f"{text!r} is no code of a language. Give one such as en or pt-BR")
    return code
