"""What a person knows better than an article's source: kept through all later readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from article import Article, Author
from db.addresses import normal_url
from library import values
from library.errors import EditWrong
from library.library import Library

TEXTS: Final = ("headline", "standfirst", "byline", "section", "site")


def edit(library: Library, article_id: int, given: Mapping[str, str | Sequence[str]]) -> list[str]:
    """Change what is known of an article; give the names of the values that are others now.

    `given` are texts by name: headline, standfirst, byline, section, site, url, language,
    published; a list of names for authors; lists of tags for `tag` and `untag`. An empty text takes
    a value away. Raises `ArticleMissing`, and `EditWrong` where a value cannot be meant.
    """
    stored = library.article(article_id)
    article = stored.article
    tags = [*article.tags, *map(values.tag, given.get("tag", ()))]
    off = {one for text in given.get("untag", ()) for one in values.spellings(text)}
    new = {
        name: _value(name, value) for name, value in given.items() if name not in {"tag", "untag"}
    }
    _check_address(library, article_id, new.get("url"))
    edited = replace(
        article,
        tags=tuple(dict.fromkeys(tag for tag in tags if tag not in off)),
        origins={**article.origins, **dict.fromkeys(new, "given")},
        **new,
    )
    if new or edited.tags != article.tags:
        library.store.reword(stored, edited, "edit")
    return _differing(article, edited)


def _check_address(library: Library, article_id: int, url: str | None) -> None:
    """Raise `EditWrong` where another article is known by an address."""
    sql = (
        "SELECT article_id FROM identities JOIN articles ON id = article_id"
        " WHERE key = ? AND article_id <> ? AND removed_at IS NULL"
    )
    key = f"url:{normal_url(url)}" if url else ""
    if url and (others := library.reader.select(sql, [key, article_id])):
        number = others[0]["article_id"]
        raise EditWrong(f"article {number} has this address; see it: cuttings show {number}")


def _differing(before: Article, after: Article) -> list[str]:
    names = (*TEXTS, "url", "language", "published", "authors", "tags")
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _value(name: str, value: str | Sequence[str]) -> Any:  # noqa: ANN401 - any field of an article
    if not isinstance(value, str):
        names = [values.line("author", one) for one in value]
        return tuple([Author(one) for one in names if one])
    text = values.line(name, value)
    if not text:
        return None
    match name:
        case "published":
            return values.published(text)
        case "language":
            return values.language(text)
        case "url" if not text.startswith(("https://", "http://")):
            raise EditWrong(f"{text!r} is no address: it has no https:// in front")
        case _:
            return text
