"""Files in Microsoft's older container: a locked document, an old one of Word's, a mail of Outlook's."""

from __future__ import annotations

from accession import Reason
from ingest.zips import Refused

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENTRIES: tuple[tuple[str, Reason, str], ...] = (
    (
        "EncryptedPackage",
        Reason.ENCRYPTED,
        "it is locked with a password; open it and save it without",
    ),
    (
        "WordDocument",
        Reason.UNKNOWN_FORMAT,
        "a document of Word 2003 or older; open it and save it as DOCX",
    ),
    (
        "__properties_version1.0",
        Reason.UNKNOWN_FORMAT,
        "a mail as Outlook keeps it; open it and save it as EML",
    ),
)


def refuse_ole(data: bytes) -> None:
    """Raise `Refused` for a file of this container, told by the names in its directory."""
    if not data.startswith(SIGNATURE):
        return
    for name, reason, detail in _ENTRIES:
        if name.encode("utf-16-le") in data:
            raise Refused(reason, detail)
    raise Refused(Reason.UNKNOWN_FORMAT, "an old office document; open it and save it anew")
