"""A mail that was sent on: whose it was and when stands in the lines above its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr, parsedate_to_datetime

from article import Published
from ingest.clean import clean
from ingest.dates import parse_date

_PREFIX = re.compile(
    r"\s*(?:(?:fwd?|wg|tr|rv|re|aw|sv|vs|antw|rif|odp|пересл|отв|fs|i|r)\s*(?:\[\d+\])?\s*:\s*)+",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|пересл|fs)\s*:", re.IGNORECASE)
_FIELDS = {
    "from": "from|von|de|da|от|od|van|från|fra",
    "date": "date|sent|datum|gesendet|envoyé|fecha|enviado|data|дата|отправлено|skickat",
    "subject": "subject|betreff|objet|asunto|oggetto|assunto|тема|temat|onderwerp|ämne|emne",
    "other": "to|an|à|para|a|cc|кому|do|aan|till|til|reply-to",
}
_LINE = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS.items())
    + r")\s*:\s*(?P<value>.+)",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"[-_ ]*(?:[\w ]{0,40}(?:message|nachricht|mensaje|messaggio|сообщение|bericht)[\w ]{0,40}:?)?[-_ ]*",
    re.IGNORECASE,
)
_DATE_WORDS = 12
_HIGHEST = 12
"""A forwarded head begins within so many lines; above it stands the note of who sent it on."""


@dataclass(slots=True)
class Forwarded:
    """What the lines above a forwarded text say; it takes up the lines from `start` to `end`."""

    start: int = 0
    end: int = 0
    name: str = ""
    domain: str = ""
    subject: str = ""
    published: Published | None = None


def bare(subject: str) -> str:
    """Give a subject without `Fwd:`, `Re:` and what they are called elsewhere."""
    return _PREFIX.sub("", subject, count=1) if _PREFIX.match(subject) else subject


def is_forwarded(subject: str) -> bool:
    """Whether a subject says that the mail was sent on."""
    return bool(_FORWARD.match(subject))


def find_head(lines: list[str]) -> Forwarded | None:
    """Find the head of a forwarded mail: two of its lines or more, one of them the sender's."""
    for start in range(min(len(lines), _HIGHEST)):
        if _LINE.fullmatch(lines[start].strip()):
            return _read(lines, start)
    return None


def _read(lines: list[str], start: int) -> Forwarded | None:
    found, end = Forwarded(start), start
    while end < len(lines) and (line := _LINE.fullmatch(lines[end].strip())):
        _take(found, line)
        end += 1
    found.end = end
    while found.start and _RULE.fullmatch(lines[found.start - 1].strip()):
        found.start -= 1
    return found if end - start >= 2 and (found.name or found.domain) else None


def _take(found: Forwarded, line: re.Match[str]) -> None:
    value = clean(line["value"].replace("*", ""))
    if line["from"]:
        name, address = parseaddr(value)
        found.name = name or value.partition("<")[0].strip()
        found.domain = address.rpartition("@")[2] if "@" in address else ""
    elif line["date"]:
        found.published = _published(value)
    elif line["subject"]:
        found.subject = bare(value)


def _published(value: str) -> Published | None:
    """Read the day as it was printed, whatever stands around it."""
    words = re.sub(r"\bat\b|\bum\b|\bà\b|[,]", " ", value).split()[:_DATE_WORDS]
    for count in range(len(words), 2, -1):
        for first in range(len(words) - count + 1):
            if found := parse_date(" ".join(words[first : first + count])):
                return found
    try:
        return Published(parsedate_to_datetime(value).date().isoformat())
    except (ValueError, TypeError):
        return None
