"""The words of a mail: its HTML without what stands around a newsletter, or its plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import islice
from urllib.parse import urlsplit

from article import Link
from ingest.clean import clean
from ingest.decode import NotText, decode
from ingest.mail.around import is_around
from ingest.office.blocks import Block
from ingest.office.xhtml_blocks import read_page

_BROWSER = re.compile(
    r"(?:view|read|open|see)\b.{0,30}\b(?:browser|online)|im browser|online(?:version| lesen)|navigateur|navegador"
    r"|nel browser|в браузере",
    re.IGNORECASE,
)
_FILLER = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u2007\u2060\ufeff]+")
"""Characters that show nothing, with which a preview line is filled up."""

_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_MOST_NAMED = 20
_ASCII_LOOKING = re.compile(r"iso-2022|utf-7|hz", re.IGNORECASE)


@dataclass(slots=True)
class MailBody:
    """What a mail says: blocks of its HTML, or a plain text; `address` is where it stands on the web."""

    blocks: list[Block] = field(default_factory=list)
    text: str = ""
    links: tuple[Link, ...] = ()
    address: str | None = None
    attached: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_body(message: EmailMessage) -> MailBody:
    """Read a mail's texts in their order; of one in several forms, the HTML where it has words."""
    found = _read(message)
    found.attached = tuple(islice(_attachments(message), _MOST_NAMED))
    return found


def _read(part: EmailMessage) -> MailBody:
    forms = [_read(one) for one in _parts(part)]
    if part.get_content_type() == "multipart/alternative":
        pages = (form for form in reversed(forms) if form.blocks)
        return next(pages, None) or next((form for form in forms if form.text), MailBody())
    found = MailBody()
    for form in forms:
        _add(found, form)
    if forms or not _is_text(part):
        return found
    html = part.get_content_type() == "text/html"
    return _read_html(_decoded(part)) if html else MailBody(text=_plain(part).strip("\n"))


def _parts(part: EmailMessage) -> list[EmailMessage]:
    """Give the parts of a part; a mail within a mail is one thing, and not looked into."""
    if not part.is_multipart() or part.get_content_maintype() != "multipart":
        return []
    return [one for one in part.iter_parts() if isinstance(one, EmailMessage)]


def _is_text(part: EmailMessage) -> bool:
    """Whether a part is words to be read; one that says it has parts and has none is taken for some."""
    if part.get_content_disposition() == "attachment":
        return False
    return part.get_content_type() in ("text/plain", "text/html") or (
        part.get_content_maintype() == "multipart"
    )


def _add(body: MailBody, more: MailBody) -> None:
    """Put a text behind another; plain text becomes blocks beside blocks."""
    if body.blocks or more.blocks:
        body.blocks = _blocks(body) + _blocks(more)
        body.text = ""
    else:
        body.text = "\n\n".join(filter(None, (body.text, more.text)))
    body.links += more.links
    body.address = body.address or more.address
    body.warnings += more.warnings


def _blocks(body: MailBody) -> list[Block]:
    texts = re.split(r"\n[^\S\n]*\n", body.text) if body.text else []
    return body.blocks or [Block(one) for one in texts]


def _read_html(text: str) -> MailBody:
    page = read_page(_FILLER.sub("", text).encode("utf-8", "replace"), "utf-8")
    blocks = [block for block in page.blocks if not is_around(clean(block.text))]
    links = tuple(link for link in page.links if not is_around(link.text or "")) if blocks else ()
    address = next((link.url for link in page.links if _is_lasting(link)), None)
    return MailBody(blocks, "", links, address, (), page.warnings)


def _is_lasting(link: Link) -> bool:
    """Whether a link leads to the mail on the web, and by an address that is the same for all."""
    parts = urlsplit(link.url)
    lasting = parts.path.strip("/") and not parts.query and not parts.fragment
    tracked = any(len(one) > 40 and "-" not in one for one in parts.path.split("/"))
    return bool(lasting and not tracked and link.text and _BROWSER.search(link.text))


def _decoded(part: EmailMessage) -> str:
    """Give a part's text: UTF-8 where it is that, whatever its header says, else as the header says."""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    charset = part.get_content_charset("") or ""
    if _ASCII_LOOKING.match(charset):
        return _as(data, charset) or data.decode("latin-1")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        known = (
            None if charset in ("", "utf-8", "utf8", "us-ascii", "ascii") else _as(data, charset)
        )
        return known or _guessed(data)


def _as(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return None


def _guessed(data: bytes) -> str:
    try:
        return decode(data).text
    except NotText:
        return data.decode("latin-1")


def _plain(part: EmailMessage) -> str:
    text = _decoded(part).replace("\r\n", "\n")
    if part.get_param("format") == "flowed":
        text = _unflowed(text, part.get_param("delsp") == "yes")
    text = _SIGNATURE.sub("", text)
    kept = (block for block in re.split(r"\n[ \t]*\n", text) if not is_around(clean(block)))
    return "\n\n".join(kept)


def _unflowed(text: str, close: bool) -> str:
    """Join the lines that `format=flowed` parts: a blank at a line's end says it goes on."""
    lines: list[str] = []
    open_ = False
    for line in text.split("\n"):
        content = line.removeprefix(" ")
        if open_:
            lines[-1] += content
        else:
            lines.append(content)
        open_ = content.endswith(" ") and content != "-- " and not content.isspace()
        if open_ and close:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _attachments(part: EmailMessage) -> Iterator[str]:
    """Name what hangs on a mail; pictures shown within it are no attachments."""
    parts = _parts(part)
    for one in parts:
        yield from _attachments(one)
    shown = part.get_content_maintype() == "image" and part.get("content-id")
    shown = shown and part.get_content_disposition() != "attachment"
    if not parts and not _is_text(part) and not shown:
        yield clean(part.get_filename() or part.get_content_type())[:100]
