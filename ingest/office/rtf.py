"""Read a Rich Text document: its styles, notes, text boxes; no deleted or hidden words.

The tables of charsets and of groups that hold no text are striprtf's. Its own `rtf_to_text` is not
used: it drops footnotes, text boxes and styles, and keeps deleted and hidden words.
"""

from __future__ import annotations

from collections.abc import Iterator

from accession import Reason
from ingest.office.blocks import web_links
from ingest.office.compose import compose
from ingest.office.ole import refuse_ole
from ingest.office.properties import office_properties
from ingest.office.rtf_reader import Reader
from ingest.parsed import Given, Parsed, Unread
from ingest.zips import Refused

SIGNATURE = b"{\\rtf"


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a Rich Text document."""
    try:
        refuse_ole(given.data)
        yield _read(given.data.removeprefix(b"\xef\xbb\xbf").lstrip())
    except Refused as error:
        yield error.unread()


def _read(data: bytes) -> Parsed:
    if not data:
        raise Refused(Reason.EMPTY, "it is empty")
    if not data.startswith(SIGNATURE):
        raise Refused(Reason.MALFORMED, "no Rich Text: it does not begin as one does")
    reader = Reader()
    whole = reader.read(data)
    info = reader.info
    properties = office_properties(
        info.get("title", ""),
        info.get("author", ""),
        info.get("created", ""),
        info.get("keywords", ""),
    )
    article = compose(
        reader.blocks + reader.notes, properties, web_links(reader.links), wrapped=True
    )
    warnings = () if whole else ("truncated: it ends in the midst of its text",)
    return Parsed(article, "rtf", warnings)
