"""Read a mailbox (MBOX): a mail an article, one held at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from accession import Reason
from ingest.mail.eml import read_mail
from ingest.mime import BROKEN
from ingest.parsed import Given, Parsed, Unread
from ingest.zips import Refused

_FROM = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From (?=[^\r\n]*\d{2}:\d{2})[^\r\n]*\r?\n")
"""The line above a mail: a blank line before it, a time of day in it; other lines begin with From too."""

_ANY = re.compile(rb"\AFrom \S[^\r\n]*\r?\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a mailbox; a mail's `data` are its own bytes, without the line above it."""
    if not given.data.strip():
        yield Unread(Reason.EMPTY, "it is empty")
        return
    data = given.data.lstrip()
    starts = [(found.start(), found.end()) for found in _FROM.finditer(data)]
    if not starts and (first := _ANY.match(data)):
        starts = [(0, first.end())]
    if not starts or starts[0][0]:
        yield Unread(Reason.MALFORMED, "no mailbox: it does not begin with a `From ` line")
        return
    ends = [(len(data), len(data))]
    for number, ((_, start), (end, _)) in enumerate(pairwise(starts + ends), 1):
        yield _read(_QUOTED.sub(rb"\1", data[start:end].rstrip(b"\r\n") + b"\n"), number)


def _read(data: bytes, number: int) -> Parsed | Unread:
    item = f"message {number}"
    try:
        return replace(read_mail(data, "mbox"), item=item, data=data)
    except Refused as error:
        return error.unread(item)
    except BROKEN as error:  # it costs itself, and not those behind it
        return Unread(Reason.MALFORMED, f"it is damaged: {str(error)[:100]}", item)
