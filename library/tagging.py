"""Tags that a person puts on articles and takes off, and all that the library has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from library import values
from library.errors import EditWrong
from library.library import Library

COLUMNS: Final = ("tag", "articles")
_HEADERS: Final = ("id", "article_id")


def tag(library: Library, ids: Sequence[int], written: str) -> list[int]:
    """Put a tag on articles; give those that did not have it.

    Raises `ArticleMissing` if any is not there, `EditWrong` where it is no tag; nothing is done then.
    """
    name = values.tag(written)
    _check(library, ids)
    return library.store.tag(ids, [name])


def untag(library: Library, ids: Sequence[int], written: str) -> list[int]:
    """Take a tag off articles, for good; give those that had it. Raises as `tag` does."""
    names = values.spellings(written)
    _check(library, ids)
    return library.store.untag(ids, names)


def _check(library: Library, ids: Sequence[int]) -> None:
    """Raise `ArticleMissing` for the first that is not there, or was removed."""
    sql = (
        "SELECT value AS id FROM json_each(?) WHERE value NOT IN"
        " (SELECT id FROM articles WHERE removed_at IS NULL) LIMIT 1"
    )
    for row in library.reader.select(sql, [json.dumps(list(ids))]):
        library.article(row["id"])


def counts(library: Library) -> list[dict[str, int | str]]:
    """Give every tag with the number of articles that have it, the most frequent first."""
    sql = (
        "SELECT tag, count(*) AS articles FROM tags JOIN articles ON id = article_id"
        " WHERE removed_at IS NULL GROUP BY tag ORDER BY articles DESC, tag"
    )
    return [dict(row) for row in library.reader.select(sql)]


def numbers(written: Sequence[str], lines: Iterable[str]) -> list[int]:
    """Give the articles that are named, each once; `-` stands for those that `lines` name.

    A line is a number, or an object of JSON with an `id`; the first may be the name of a column.
    Raises `EditWrong`.
    """
    found: list[int] = []
    for text in written:
        found += _numbers(lines) if text == "-" else [_number(text)]
    return list(dict.fromkeys(found))


def _numbers(lines: Iterable[str]) -> Iterator[int]:
    for place, text in enumerate(map(str.strip, lines), 1):
        if text and not (place == 1 and text in _HEADERS):
            yield _number(text, f"line {place}: ")


def _number(text: str, where: str = "") -> int:
    value = _id(text) if text.startswith("{") else text
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise EditWrong(f"{where}{text[:80]!r} is no article's number; those stand behind the tag")
    return int(value)


def _id(text: str) -> str:
    """Give the id in a line of JSON, as `search --jsonl` prints it."""
    try:
        return str(json.loads(text).get("id", ""))
    except ValueError:
        return ""
