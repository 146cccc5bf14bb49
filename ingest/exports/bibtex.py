"""BibTeX and BibLaTeX."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, Entry, ParsingFailedBlock
from pylatexenc.latex2text import LatexNodes2Text

from accession import Reason
from ingest.clean import clean
from ingest.decode import NotText, decode
from ingest.exports.references import first_name_first, reference
from ingest.exports.saved import Saved, plain_result
from ingest.parsed import Given, Parsed, Unread

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

KIND = "bibtex"
_PERCENT = re.compile(r"(?<!\\)%")
"""Programs that write BibTeX forget that it begins a comment."""
_BRACED = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_PUBLICATIONS = ("journaltitle", "journal", "newspaper", "booktitle", "organization", "publisher")
_ADDRESS = re.compile(r"https?://[^\s{}]+")
_LONGEST_TEX = 20_000
"""Characters of a value in which TeX's commands are read; it takes time that grows faster than they."""

_NO_REFERENCE = "no reference is in it: none begins with an @"


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a file of references."""
    try:
        text = decode(given.data).text
    except NotText as error:
        yield Unread(Reason.NOT_TEXT, str(error))
        return
    number = 0
    for block in parse_string(text).blocks:
        if isinstance(block, Entry | ParsingFailedBlock):
            number += 1
            yield _result(block, f"reference {number}")
    if not number:
        yield Unread(Reason.EMPTY, _NO_REFERENCE)


def _result(block: Block, item: str) -> Parsed | Unread:
    """Read a reference; one whose key, or a name in it, was used before is a reference all the same."""
    entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
    if isinstance(entry, Entry):
        return plain_result(_saved(entry), item)
    opening = clean(block.raw or "")[:60]
    return Unread(Reason.MALFORMED, f"broken off or not closed: {opening}", item)


def _saved(entry: Entry) -> Saved:
    values = {field.key.lower(): _bare(str(field.value)) for field in entry.fields}
    names = _AND.split(" ".join((values.get("author") or values.get("editor") or "").split()))
    said = {
        "title": _plain(values.get("title")),
        "url": _address(values),
        "authors": list(map(_name, names)),
        "date": values.get("date") or _date(values),
        "site": next((_plain(values[name]) for name in _PUBLICATIONS if name in values), None),
        "abstract": _plain(values.get("abstract")),
        "tags": [_plain(tag) for tag in re.split(r"[,;]", values.get("keywords", ""))],
    }
    return reference(
        said,
        KIND,
        doi=values.get("doi", ""),
        saved_at=values.get("urldate"),
        notes=[_plain(values[name]) for name in ("note", "annote", "annotation") if name in values],
    )


def _address(values: dict[str, str]) -> str | None:
    r"""Give the address, which may stand in another field under `\url`."""
    places = (values.get(name, "") for name in ("url", "howpublished", "note"))
    found = next(filter(None, map(_ADDRESS.search, places)), None)
    return found[0].replace("\\", "") if found else values.get("url")


def _name(name: str) -> str:
    """Give a name as it is spoken; one in braces is an agency's, and stays as it is."""
    return _plain(name) if _BRACED.fullmatch(name) else first_name_first(_plain(name))


def _date(values: dict[str, str]) -> str | None:
    """Give a date of its parts, the month by its name or its number."""
    month, day = values.get("month", ""), values.get("day", "")
    if month.isdecimal():
        return "-".join(
            filter(None, [values.get("year"), month.zfill(2), day.zfill(2) if day else ""])
        )
    return " ".join(filter(None, [day, month, values.get("year")])) or None


def _bare(value: str) -> str:
    """Give a value without what encloses it; parts in quotes may be joined by a `#`."""
    value = value.strip()
    if value.startswith('"'):
        return re.sub(r'"\s*#\s*"', "", value).strip('"')
    return value[1:-1] if value.startswith("{") and value.endswith("}") else value


def _plain(text: str | None) -> str:
    """Give a value without TeX's commands and braces; where these cannot be read, without braces."""
    if not text or not re.search(r"[\\{}~$]", text):
        return clean(text or "")
    if len(text) <= _LONGEST_TEX:
        with suppress(RecursionError, ValueError, LookupError, TypeError, AttributeError):
            return clean(str(LatexNodes2Text().latex_to_text(_PERCENT.sub(r"\\%", text))))
    return clean(re.sub(r"[{}]", "", text))
