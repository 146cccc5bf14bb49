"""Texts of a damaged database that are no UTF-8 any more, which SQLite hands out all the same."""

from __future__ import annotations

from collections.abc import Iterable


class Broken(str):
    """A text of which some bytes are wrong: U+FFFD stands in their place."""

    __slots__ = ()


def text(data: bytes) -> str:
    """Read a text; set as a connection's `text_factory`, it lets no broken one end in an error."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return Broken(data.decode("utf-8", "replace"))


def is_broken(row: Iterable[object]) -> bool:
    """Say whether a row holds such a text."""
    return any(isinstance(value, Broken) for value in row)
