"""What a PDF says of itself: title, author, date of making. The last in order of trust.

Few programs ask the writer for these. A browser puts the page's title and the day of printing there, a
word processor the name of whoever owns the computer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2

from article import Author, Published
from ingest.byline import split_names
from ingest.clean import clean
from ingest.dates import on

_PRINTERS = re.compile(
    r"Mozilla|Skia|Chrom|Quartz|Safari|Firefox|WebKit|wkhtml|Print To PDF|cairo|Ghostscript|Distiller|qpdf|Ricoh|scan",
    re.IGNORECASE,
)
"""Programs that print what another wrote, on a day of their own."""

_NO_TITLE = re.compile(
    r"(?:untitled|unbenannt|sans titre|document\d*|microsoft word.*|.*\.(?:docx?|pdf|indd|html?|rtf|odt|qxd|pages))",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:admin\w*|user\d*|owner|unknown|anonymous|root|default|author|microsoft\b.*|windows.*|\S*@\S*|\d+)",
    re.IGNORECASE,
)
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Meta:
    """The values that can be of use."""

    title: str | None = None
    authors: tuple[Author, ...] = ()
    published: Published | None = None
    printed: bool = False


def read_meta(document: pypdfium2.PdfDocument) -> Meta:
    """Read a document's own values."""
    try:
        told = {key: clean(value) for key, value in document.get_metadata_dict().items()}
    except (pypdfium2.PdfiumError, UnicodeError):
        return Meta()
    printed = bool(_PRINTERS.search(f"{told.get('Creator', '')} {told.get('Producer', '')}"))
    title, author = told.get("Title", ""), told.get("Author", "")
    day = _DATE.match(told.get("CreationDate", ""))
    return Meta(
        None if not title or _NO_TITLE.fullmatch(title) else title,
        () if not author or _NOBODY.fullmatch(author) else split_names(author),
        on(*map(int, day.groups())) if day and not printed else None,
        printed,
    )
