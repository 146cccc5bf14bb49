"""What a person knows better than an article's source: kept through all later readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from article import Article, Author, Published
from db.addresses import normal_url
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
    tags = [*article.tags, *_tags(values.get("tag", ()))]
    off = set(_tags(values.get("untag", ())))
    new = {
        name: _value(name, value) for name, value in values.items() if name not in {"tag", "untag"}
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


def _tags(values: str | Sequence[str]) -> list[str]:
    """Give tags as they are kept: without the sign that shows them, and white space around."""
    tags = [_text("tag", value).removeprefix("#").strip() for value in values]
    if "" in tags:
        raise EditWrong("a tag has no letters; say which")
    return tags


def _text(name: str, value: str) -> str:
    """Give a value as one line."""
    text = " ".join(value.split())
    if not text.isprintable() and any("\ud800" <= one <= "\udfff" for one in text):
        raise EditWrong(f"the {name} holds bytes that are no text in UTF-8")
    return text


def _differing(before: Article, after: Article) -> list[str]:
    names = (*TEXTS, "url", "language", "published", "authors", "tags")
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _value(name: str, value: str | Sequence[str]) -> Any:  # noqa: ANN401 - any field of an article
    if not isinstance(value, str):
        names = [_text("author", one) for one in value]
        return tuple([Author(one) for one in names if one])
    text = _text(name, value)
    if not text:
        return None
    match name:
        case "published":
            return _published(text)
        case "language":
            return _language(text)
        case "url" if not text.startswith(("https://", "http://")):
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
