"""Who sends a mail: a person is an author, a newspaper or its newsletter is the site.

`Lena Morrow at The Strait Gazette` is both. Where the name tells no publication, a newsletter's site
is its domain; a private mail has none, for a mailbox's provider publishes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage

from article import Author
from ingest.clean import clean

_AT = re.compile(
    r"\s+(?:at|from|@|via|bei|von|chez|de|of)\s+|\s*[|,·•(]\s*|\s+[–—-]\s+", re.IGNORECASE
)
_HOUSE = re.compile(
    r"(?i:\b(?:news\w*|times|post|gazette|herald|tribune|journal|daily|weekly|press|magazine|media|chronicle|observer"
    r"|guardian|review|report|briefing|brief|digest|bulletin|letter|team|editors?|redaktion|zeitung|nachrichten"
    r"|tagblatt|presse|courier|mail|mirror|sentinel|telegraph|today|online|network|agency|foundation|institute"
    r"|university|council|office|club|community|insider|wire|radio|tv|podcast|alerts?|updates?|info|support)\b)"
    r"|^(?i:the|die|der|das|le|la|el|il)\s|[\d.@&]"
)
_MAILBOXES = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud|me|mac|aol|gmx|web|proton(?:mail)?|mail|yandex|posteo"
    r"|t-online|freenet|fastmail|zoho|qq|163|126|orange|wanadoo|laposte|libero|ukr)\.[a-z.]{2,6}"
)
_SENDING = re.compile(
    r"^(?:www|e?mails?|news(?:letters?)?|e|m|mg|mx|send|list|lists|info|updates|em\d*|link|go)\."
)
_LISTED = ("list-id", "list-unsubscribe", "list-post")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a mail is from, as its article's authors and site."""

    authors: tuple[Author, ...] = ()
    site: str | None = None


def sender_of(message: EmailMessage) -> Sender:
    """Read the sender from a mail's own header."""
    listed = any(message.get(name) for name in _LISTED)
    listed = listed or str(message.get("precedence", "")).strip().lower() in ("bulk", "list")
    addresses = getattr(message.get("from"), "addresses", ())
    if not addresses:
        return Sender()
    return read_sender(clean(addresses[0].display_name), addresses[0].domain, listed)


def read_sender(name: str, domain: str, listed: bool) -> Sender:
    """Part a sender's name into person and publication; `listed` says the mail went to many."""
    parts = [part.strip(" )\"'") for part in _AT.split(name)]
    parts = [part for part in parts if part]
    people = tuple(Author(part) for part in parts[:1] if _is_person(part))
    houses = parts[1:] if people else [name] if name and (listed or _HOUSE.search(name)) else []
    site = next(iter(houses), None) or (_site(domain) if listed else None)
    if not people and not site and name and "@" not in name:
        people = (Author(name),)
    return Sender(people, site)


def _is_person(name: str) -> bool:
    """Whether a name is one of two to four words with capitals, none of them a publication's."""
    words = name.split()
    capital = sum(not word[0].islower() for word in words)
    return 2 <= len(words) <= 4 and capital >= 2 and not _HOUSE.search(name)


def _site(domain: str) -> str | None:
    domain = domain.lower()
    if _MAILBOXES.fullmatch(domain):
        return None
    while (shorter := _SENDING.sub("", domain)) != domain and "." in shorter:
        domain = shorter
    return domain or None
