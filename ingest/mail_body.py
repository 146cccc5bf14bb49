"""The words of a mail: its HTML without what stands around a newsletter, or its plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import islice
from urllib.parse import urlsplit

from article import Link
from ingest.blocks import Block
from ingest.clean import clean
from ingest.decode import NotText, decode
from ingest.xhtml_blocks import read_page

_AROUND = re.compile(
    r"\bunsubscrib|\bopt[- ]out\b|(?:view|read|open|see)\b.{0,30}\b(?:in|on)\b.{0,12}\b(?:browser|the app|app|web)\b"
    r"|\bview (?:it )?online\b|(?:manage|update|change|edit) (?:your )?(?:email |e-mail |newsletter )?(?:preferences|settings"
    r"|subscription)|you(?:['’]re| are)? (?:are )?(?:receiv(?:ed|ing)|getting|got) this (?:e-?mail|newsletter|message)"
    r"|this (?:e-?mail|newsletter) was sent (?:to|by)|was this (?:e-?mail|newsletter) forwarded|forward(?:ed)? (?:this |it )?"
    r"to a friend|add us to your address book|^share (?:this|on)|^follow us|sent to \S+@\S+"
    r"|^(?:privacy policy|terms (?:of (?:use|service)|and conditions)|all rights reserved)|^(?:copyright )?(?:©|\(c\)) ?\d{4}"
    r"|\babbestellen|\babmelden|newsletter abbestell|im browser (?:an|lesen|öffnen|ansehen)|online(?:version| lesen)"
    r"|se désinscrire|se désabonner|désabonn|dans (?:votre|le) navigateur|darse de baja|cancelar (?:la |su )?suscripción"
    r"|en (?:su|el|tu) navegador|annulla (?:l['’])?iscrizione|disiscri|nel browser|uitschrijven|afmelden|in je browser"
    r"|cancelar (?:a )?(?:inscrição|assinatura)|no (?:seu )?navegador|отписаться|в браузере|wypisz|w przeglądarce",
    re.IGNORECASE,
)
"""What a sender's program puts around every issue: how to leave, where to read it, whose rights."""

_LONGEST_AROUND = 300
_SHARING = frozenset(
    [
        "share",
        "tweet",
        "forward",
        "like",
        "facebook",
        "twitter",
        "x",
        "instagram",
        "linkedin",
        "youtube",
        "bluesky",
        "mastodon",
        "threads",
        "whatsapp",
        "telegram",
        "email",
        "print",
        "reply",
        "comment",
        "restack",
        "subscribe",
        "website",
    ]
)
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
    """Read a mail's HTML, or its plain text where it has none with words."""
    attached = tuple(islice(_attachments(message), _MOST_NAMED))
    html = message.get_body(("html",))
    found = _read_html(_decoded(html)) if isinstance(html, EmailMessage) else MailBody()
    plain = message.get_body(("plain",))
    if not found.blocks and isinstance(plain, EmailMessage):
        found.text = _plain(plain)
    found.attached = attached
    return found


def is_around(text: str) -> bool:
    """Whether a paragraph is what the sender's program puts around every issue."""
    if len(text) > _LONGEST_AROUND:
        return False
    words = [word.lower() for word in re.findall(r"[^\W_]+", text)]
    return bool(_AROUND.search(text)) or _SHARING.issuperset(words)


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


def _attachments(message: EmailMessage) -> Iterator[str]:
    """Name what hangs on a mail; pictures shown within it are no attachments."""
    for part in message.iter_attachments() if message.is_multipart() else ():
        inline = part.get_content_maintype() == "image" and part.get("content-id")
        if not inline or part.get_content_disposition() == "attachment":
            yield clean(part.get_filename() or part.get_content_type())[:100]
