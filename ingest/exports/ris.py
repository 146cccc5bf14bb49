"""RIS: a tag of two letters before each value, `TY` first and `ER` last."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from accession import Reason
from ingest.clean import clean
from ingest.decode import NotText, decode
from ingest.exports.references import first_name_first, reference
from ingest.exports.saved import Saved, is_web, plain_result
from ingest.parsed import Given, Parsed, Unread

KIND = "ris"
_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?\s*")
_NO_REFERENCE = "no reference is in it: none begins with a TY tag"

Record = dict[str, list[list[str]]]
"""The values of a reference by their tags, in the order of the file, each as its lines."""


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a file of references."""
    try:
        text = decode(given.data).text
    except NotText as error:
        yield Unread(Reason.NOT_TEXT, str(error))
        return
    number = 0
    for number, record in enumerate(records(text), 1):
        yield plain_result(_saved(record), f"reference {number}")
    if not number:
        yield Unread(Reason.EMPTY, _NO_REFERENCE)


def records(text: str) -> Iterator[Record]:
    """Give the references of a text; one without an end ends where the next begins.

    A line without a tag goes on with the value before it. A reference may lack its first line; what
    stands between references without a tag is none.
    """
    record: Record | None = None
    tag = ""
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if found and found[1] in {"TY", "ER"}:
            if record:
                yield record
            record = None
        if found and found[1] != "ER" and record is None:
            record = defaultdict(list)
        if record is None:
            continue
        if found:
            tag = found[1]
            record[tag].append([found[2] or ""])
        elif line.strip():
            record[tag][-1].append(line)
    if record:
        yield record


def _saved(record: Record) -> Saved:
    addresses = [
        part for one in _all(record, "UR", "LK", "L2") for part in re.split(r"[;\s]+", one)
    ]
    said = {
        "title": _first(record, "TI", "T1", "CT", "BT"),
        "url": next(filter(is_web, addresses), None) or _first(record, "UR"),
        "authors": [
            first_name_first(name) for name in _all(record, "AU", "A1") or _all(record, "A2", "ED")
        ],
        "date": _date(_first(record, "DA", "PY", "Y1")),
        "site": _first(record, "T2", "JF", "JO", "JA", "J2", "PB"),
        "section": _first(record, "SE"),
        "language": _first(record, "LA"),
        "abstract": _first(record, "AB", "N2"),
        "tags": _all(record, "KW"),
    }
    return reference(
        said,
        KIND,
        doi=_first(record, "DO") or "",
        saved_at=_date(_first(record, "Y2")),
        notes=_all(record, "N1", "RN"),
    )


def _all(record: Record, *tags: str) -> list[str]:
    values = (clean(" ".join(lines)) for tag in tags for lines in record.get(tag, ()))
    return [value for value in values if value]


def _first(record: Record, *tags: str) -> str | None:
    return next(iter(_all(record, *tags)), None)


def _date(text: str | None) -> str | None:
    """Give a date as it is written elsewhere: `2021/11/4/evening` is 2021-11-04, `2021///` is 2021."""
    year, *rest = (text or "").split("/")
    if not year.strip().isdecimal():
        return text
    numbers = []
    for one in rest[:2]:
        if not one.strip().isdecimal():
            break
        numbers.append(one.strip().zfill(2))
    return "-".join([year.strip(), *numbers])
