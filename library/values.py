"""Values that a person gives of an article: as they are kept, or why they cannot be meant."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from article import Published
from library.errors import EditWrong

LONGEST_TAG: Final = 200
_JOINERS: Final = "\u200c\u200d"
_HOST: Final = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*")


def line(name: str, value: str) -> str:
    """Give a value as one line."""
    text = " ".join(value.split())
    if not text.isprintable() and any("\ud800" <= one <= "\udfff" for one in text):
        raise EditWrong(f"the {name} holds bytes that are no text in UTF-8")
    return text


def tag(value: str) -> str:
    """Give a tag as it is kept: one line, without the sign that shows it."""
    text = line("tag", value).removeprefix("#").strip()
    if not text:
        raise EditWrong("a tag has no letters; say which")
    if len(text) > LONGEST_TAG:
        raise EditWrong(f"a tag has {len(text):,} characters; {LONGEST_TAG} at most are kept")
    if any(unicodedata.category(one) in {"Cc", "Cf"} and one not in _JOINERS for one in text):
        raise EditWrong(f"the tag {text!r} holds characters that nobody can see")
    return text


def spellings(value: str) -> tuple[str, ...]:
    """Give the ways a tag to take off may be kept: as it is typed, or as `tag` would write it."""
    text = line("tag", value).removeprefix("#").strip()
    if not text:
        raise EditWrong("a tag has no letters; say which")
    return tuple(dict.fromkeys((value, text)))


def published(value: str) -> Published:
    """Give a day of publication, as precise as it is written."""
    from ingest.dates import parse_date

    found = parse_date(value)
    if found is None:
        raise EditWrong(
            f"{line('date', value)!r} is no date. Give it as 2021-11-04, 2021-11 or 2021"
        )
    return found


def host(value: str) -> str:
    """Give a site: the name of its host, without `www.`."""
    text = line("site", value).lower().removeprefix("www.")
    if not _HOST.fullmatch(text):
        raise EditWrong(f"{text!r} is no site. Give its host, as moscowtimes.example")
    return text


def language(value: str) -> str:
    """Give the code of a language."""
    from ingest.codes import canonical

    code = canonical(value)
    if code is None:
        raise EditWrong(f"{value!r} is no code of a language. Give one such as en or pt-BR")
    return code
