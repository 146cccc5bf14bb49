r"""Texts that no database can hold: halves of characters, as JSON's `\ud800` makes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from accession import Reading, Refusal
from article import Article

T = TypeVar("T", Reading, Refusal)
_HALF = re.compile("[\ud800-\udfff]")
_SIGN = "\\ud"
"""How `repr` begins to write a half; that it may mean something else only costs time."""


def storable(one: T) -> T:
    """Give an input with U+FFFD for each half of a character; nearly always itself."""
    if isinstance(one, Refusal):
        return _mend(one) if _SIGN in repr(one) else one
    source = one.source
    if _SIGN not in repr((one.article, one.warnings, source.location, source.item)):
        return one
    mended: T = _mend(one)
    return mended


def mended(article: Article) -> Article:
    """Give an article with U+FFFD for each half of a character."""
    found: Article = _mend(article) if _SIGN in repr(article) else article
    return found


def _mend(value: Any) -> Any:  # noqa: ANN401 - any field of an article, and what is in it
    if isinstance(value, str):
        return type(value)(_HALF.sub("\ufffd", value))
    if isinstance(value, tuple):
        return tuple(map(_mend, value))
    if isinstance(value, Mapping):
        return {_mend(key): _mend(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _mend(getattr(value, f.name)) for f in fields(value)})
    return value
