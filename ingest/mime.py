"""Take a message apart, which is the form of mails and of saved pages, whatever its headers hold."""

from __future__ import annotations

import email
from contextlib import suppress
from email import policy
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from functools import lru_cache

BROKEN = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the standard library makes of headers and parts that are not what they say."""

_LONGEST_HEADER = 5_000
"""Characters of a header that is taken apart; the time for it grows with their square, at worst."""

_REGISTRY = HeaderRegistry()


def message_of(data: bytes) -> EmailMessage:
    """Take a message apart; a header that cannot be is a `str`, without a header's attributes."""
    return email.message_from_bytes(data, _class=EmailMessage, policy=_POLICY)


@lru_cache(64)
def _header_of(name: str, value: str) -> str:
    """Take a header apart once: it is asked for again and again, which would be half of a mail's time."""
    if len(value) <= _LONGEST_HEADER:
        with suppress(*BROKEN):
            return _REGISTRY(name, value)
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


_POLICY = policy.default.clone(header_factory=_header_of)
