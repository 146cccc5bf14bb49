"""Read a mail as an article, a newsletter's above all: subject, sender, date, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage

from accession import Reason
from article import Article, Kind, Link, Paragraph, Precision, Published
from ingest import text
from ingest.clean import clean
from ingest.lines import fold
from ingest.mail.body import MailBody, read_body
from ingest.mail.forwarded import Forwarded, bare, find_head, is_forwarded
from ingest.mail.senders import Sender, read_sender, sender_of
from ingest.mime import BROKEN, message_of
from ingest.office.blocks import Role
from ingest.office.compose import compose, with_properties
from ingest.office.ole import refuse_ole
from ingest.office.properties import Properties
from ingest.parsed import Given, Parsed, Unread
from ingest.slug import site_of
from ingest.zips import Refused

_SECRET = frozenset(["multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"])
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a mail."""
    try:
        refuse_ole(given.data)
        yield read_mail(given.data, "eml")
    except Refused as error:
        yield error.unread()


def read_mail(data: bytes, kind: str) -> Parsed:
    """Read one mail's bytes; raises `Refused`."""
    if not data.strip():
        raise Refused(Reason.EMPTY, "it is empty")
    message = message_of(data.lstrip())
    if not any(_header(message, name) for name in ("from", "subject", "date", "message-id")):
        raise Refused(Reason.MALFORMED, "no mail: it has neither a sender, a subject nor a date")
    if any(part.get_content_type() in _SECRET for part in message.walk()):
        raise Refused(Reason.ENCRYPTED, "it is an encrypted mail; decrypt and save it first")
    body = _body(message)
    if "-----BEGIN PGP MESSAGE-----" in body.text:
        raise Refused(Reason.ENCRYPTED, "it is an encrypted mail; decrypt and save it first")
    if not body.blocks and not body.text.strip():
        others = f"; not read, attached to it: {', '.join(body.attached)}" if body.attached else ""
        raise Refused(Reason.EMPTY, f"it holds no text{others}")
    article, warnings = _article(message, body)
    return Parsed(article, kind, warnings, clean(_header(message, "content-language"))[:35])


def _body(message: EmailMessage) -> MailBody:
    try:
        return read_body(message)
    except BROKEN as error:
        raise Refused(Reason.MALFORMED, f"its parts are damaged: {str(error)[:100]}") from error


def _article(message: EmailMessage, body: MailBody) -> tuple[Article, tuple[str, ...]]:
    subject = clean(_header(message, "subject"))
    forwarded = _taken_off(body) if is_forwarded(subject) else None
    published, warnings = _published(message)
    sender = _sender(message)
    if forwarded:
        sender = read_sender(forwarded.name, forwarded.domain, listed=True)
        published = forwarded.published or published
    url = _address(message) or body.address
    properties = Properties(
        authors=sender.authors,
        published=published,
        site=sender.site or (site_of(url) if url else None),
        source_id=clean(_header(message, "message-id")).strip("<> ") or None,
        origin="mail",
    )
    article = _composed(bare(subject), body, properties)
    if url and not article.url:
        article = replace(article, url=url, links=(Link("canonical", url), *article.links))
    attached = [f"attachment not read: {name}" for name in body.attached]
    return article, (*warnings, *attached, *body.warnings)


def _composed(subject: str, body: MailBody, properties: Properties) -> Article:
    """Put the article together; its headline is the subject, its date the mail's own."""
    if body.blocks:
        article = compose(body.blocks, replace(properties, title=subject or None), body.links)
    else:
        article = with_properties(text.parse(body.text)[0], properties)
    origins = {**article.origins, "headline": "mail"} if subject else {**article.origins}
    paragraphs = article.paragraphs
    if subject and article.headline and fold(article.headline).casefold() != subject.casefold():
        headed = any(block.role in (Role.TITLE, Role.HEADING) for block in body.blocks)
        kind = Kind.SUBHEADING if headed else Kind.BODY
        paragraphs = (Paragraph(article.headline, kind), *paragraphs)
    if properties.published:
        article = replace(article, published=properties.published)
        origins["published"] = "mail"
    return replace(
        article, headline=subject or article.headline, paragraphs=paragraphs, origins=origins
    )


def _taken_off(body: MailBody) -> Forwarded | None:
    """Find the head of a forwarded mail and take its lines out of the body."""
    if body.blocks:
        lines = [(at, line) for at, one in enumerate(body.blocks) for line in one.text.split("\n")]
    else:
        lines = list(enumerate(body.text.split("\n")))
    head = find_head([line for _, line in lines])
    if head and body.blocks:
        gone = {at for at, _ in lines[head.start : head.end]}
        body.blocks = [one for at, one in enumerate(body.blocks) if at not in gone]
    elif head:
        body.text = "\n".join(line for _, line in (*lines[: head.start], *lines[head.end :]))
    return head


def _sender(message: EmailMessage) -> Sender:
    try:
        return sender_of(message)
    except BROKEN:
        return Sender()


def _published(message: EmailMessage) -> tuple[Published | None, tuple[str, ...]]:
    """Read the date in the sender's own calendar, with its offset."""
    value = _header(message, "date")
    moment = getattr(message.get("date"), "datetime", None)
    if not isinstance(moment, datetime):
        return None, (f"the date {clean(value)[:40]!r} could not be read",) if value else ()
    return Published(moment.date().isoformat(), Precision.TIME, moment.isoformat()), ()


def _address(message: EmailMessage) -> str | None:
    """Give the address the mail is archived under, the one that is clear beyond doubt (RFC 5064)."""
    found = _ADDRESS.search(_header(message, "archived-at"))
    return found[1] if found else None


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name) or "")
