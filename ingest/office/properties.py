"""What a file says of itself beside its text: the least trusted of all, for programs write it.

A word processor takes the title from a template or the first words ever typed, the author from the
account, and the date from the clock. Values that say nothing of the article are taken for none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from article import Author, Published
from ingest.byline import split_names
from ingest.clean import clean
from ingest.dates import parse_date

_NO_TITLE = re.compile(
    r"(?:microsoft word\b.*|untitled\b.*|unbenannt\b.*|sans titre.*|sin título.*|senza titolo.*|naamloos.*"
    r"|без имени.*|(?:new |neues )?(?:document|dokument|documento|документ)\s?\d*|.*\.(?:docx?|dotx?|odt|rtf|txt|pdf|html?)"
    r"|(?:press release|article|artikel|template|vorlage)\s?\d*)",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"\b(?:admin\w*|users?|benutzer|utilisateur|usuario|microsoft|windows|office|owner|guest|root|unknown|unbekannt"
    r"|anonymous|python-docx|libreoffice|openoffice|word|computer|laptop|editor|default)\b|[@\d\\]",
    re.IGNORECASE,
)
_TEMPLATE = "python-docx"
"""Who made the template of a library; its date is the template's, not the document's."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What stands beside the text; `origin` is its name among an article's origins."""

    title: str | None = None
    authors: tuple[Author, ...] = ()
    published: Published | None = None
    tags: tuple[str, ...] = ()
    site: str | None = None
    section: str | None = None
    source_id: str | None = None
    origin: str = "properties"


def office_properties(title: str, author: str, created: str, keywords: str) -> Properties:
    """Give the properties of an office document, those left out that say nothing of its article."""
    published = parse_date(created[:10]) if created and author != _TEMPLATE else None
    tags = (clean(word) for word in re.split(r"[,;]", keywords))
    return Properties(
        title=_title(clean(title)),
        authors=_authors(clean(author)),
        published=published,
        tags=tuple(dict.fromkeys(filter(None, tags))),
    )


def _title(title: str) -> str | None:
    """Take a title of two words or more; a single one is a file's name or a catchword."""
    return None if len(title.split()) < 2 or _NO_TITLE.fullmatch(title) else title


def _authors(name: str) -> tuple[Author, ...]:
    """Take names as people have them, first and last; a single word is an account."""
    people = () if _NO_PERSON.search(name) else split_names(name.replace(";", ","))
    return tuple(one for one in people if 2 <= len(one.name.split()) <= 5)
