"""Names of people and agencies out of what pages print where an author should stand."""

from __future__ import annotations

import re

from ingest.byline import split_names
from ingest.html.json_ld import plain_text

_BY = re.compile(
    r"^(?:(?:view (?:all )?(?:posts|articles|stories)|written|reported|posted|published|reviewed|story|words|text|analysis|opinion|review|report|article|column)"
    r"\s+by|by|von|par|por|di|door|av|af|автор|текст|author|authors|autor|auteur)\b[\s:]*(?=\S)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\s*(?:\b(?:updated|published|posted|last modified|aktualisiert|publié|publicado|обновлено)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d{1,2}, \d{4}"
    r"|\d{1,2}[./:]\d{1,2}|\d{1,2} \w+ \d{4}|\d+ (?:minutes?|hours?|days?) ago).*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)@?[^\s@]+@\S+\.\w+|(?<!\w)@\w+")
_ROLE = re.compile(
    r"\b(?:staff|editors?|reporters?|writers?|correspondents?|columnists?|producers?|contributors?|critics?|hosts?|analysts?"
    r"|journalists?|photographers?|director|chief|senior|deputy|assistant|bureau|desk|freelance|anchors?|intern|fellow"
    r"|redakteur(?:in)?|redaktion|korrespondent(?:in)?|journaliste|rédacteur|redactor|corresponsal|periodista"
    r"|корреспондент|редактор|обозреватель|ph\.?d|m\.?d)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|•·/–—]\s*|\s+-\s+|\s{2,}|\n|\s+(?:and|und|et)\s+by\s+", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s+on$|\s+(?:for|in|at|of|from)\s+(?:the\s+)?[A-Z].*$|\s*\([^()]*\)|\s*\[[^\[\]]*\]|,?\s+(?:is|was)\s+an?\s.*$"
)
_AGENCY_BEHIND = re.compile(
    r"(?<=\w\w)\s+(?:(?:The )?Associated Press|(?:[A-Z]{3,}(?:\s+|$)){1,3})$|\s+(?:MS|MPH|MBA|RDN?|PhD|JD|LD)$"
)
"""An agency, a paper or a degree printed behind a name without a comma."""

_SUFFIX = re.compile(r",\s*(?=(?:jr|sr|ii|iii|iv)\b)", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"^(?:follow|share|view|see|read|more|contact|email|e-mail|subscribe|about|profile|bio|admin|administrator|unknown|none|null"
    r"|author|guest|anonymous|user|editor|editors|staff|the editors|web ?desk|contributed|contributor|contributing|comments?)\b[^A-Z]*$",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_PAPER = re.compile(
    r"\b(?:journal|times|post|tribune|herald|report|today|daily|globe|gazette|star|magazine|insider|sponsored|head of)\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:press|news|media|agency|reuters|afp|service|wire|staff|team|desk)\b", re.IGNORECASE
)


def names_in(text: str) -> list[str]:
    """List the names in a printed or declared author, each once, without words that name nobody."""
    text = _ADDRESS.sub(" ", plain_text(text.replace("\n", " | ")))
    if text.startswith(","):
        return []
    found: list[str] = []
    for part in _PARTS.split(_SUFFIX.sub(" ", text)):
        for author in split_names(_LATER.sub("", _BY.sub("", part.strip()))):
            name = _tidy(author.name)
            if name and name.casefold() not in {one.casefold() for one in found}:
                found.append(name)
    return _without_affiliations(found)


def _without_affiliations(found: list[str]) -> list[str]:
    """Behind a person's name, single words and papers' names say where that person works."""
    if not found or not is_person(found[0]):
        return found
    return [found[0], *(name for name in found[1:] if is_person(name) and not _PAPER.search(name))]


def is_name(text: str) -> bool:
    """Whether a text may be the name of a person or an agency."""
    words = text.split()
    return (
        1 <= len(words) <= _MOST_WORDS
        and 2 < len(text) <= 60
        and not re.search(r"\d{2}|[!?<>{}=#]|://", text)
        and any(word[0].isalpha() and not word[0].islower() for word in words)
        and not _NOT_A_NAME.match(text)
        and text[0].isalnum()
    )


def is_person(name: str) -> bool:
    """Whether a name looks like a person's rather than an agency's."""
    return " " in name and not _AGENCY.search(name)


def _tidy(name: str) -> str | None:
    """Take a role or place from behind a name; a text that is nothing else is no name."""
    name = _BEHIND.sub("", _BY.sub("", name)).strip(" ,:;*'\"|-")
    alone = _AGENCY_BEHIND.sub("", name)
    if " " in alone and not alone.isupper():
        name = alone
    if _ROLE.search(name) and not _AGENCY.search(_ROLE.sub("", name)):
        name = _before_role(name)
    return name if name and is_name(name) else None


def _before_role(name: str) -> str:
    """`Jane Roe Staff Writer` gives `Jane Roe`; `Staff Writer` and `Political Editor` give nothing."""
    words = name.split()
    at = next((i for i, word in enumerate(words) if _ROLE.fullmatch(word.strip(".,"))), len(words))
    return " ".join(words[:at]) if at >= 2 and len(words) > at else ""
