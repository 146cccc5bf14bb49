"""Part a picture's caption from the credit of who made it."""

from __future__ import annotations

import re

_LABELS = (
    re.compile(
        r"\b(?:photo |image |picture )?credits?\s?(?::|\.{3}|…)\s*|\bphotos?\s?(?::|\.{3}|…)\s*",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:foto(?:s|grafie|grafía)?|fotocredit|bild|image|picture|pictures|photograph|crédit(?: photo)?"
        r"|crédito|photo credit|źródło|фото|снимок|fot|kredit|quelle)\s?(?::|\.{3}|…)\s*",
        re.IGNORECASE,
    ),
)
_AGENCIES = (
    r"AFP|AP|Reuters|REUTERS|TASS|ТАСС|dpa|DPA|APA|EPA|EFE|ANSA|RIA|Getty(?: Images)?|Imago|IMAGO|imago|Keystone|KEYSTONE"
    r"|Xinhua|Bloomberg|Shutterstock|Alamy|PA|ANP|TT|NTB|Ritzau|Scanpix|CTK|ČTK|PAP|Kyodo|Handout|HANDOUT"
    r"|picture alliance|ZUMA|SIPA|Sipa|UPI|Interfax|Sputnik|Коммерсантъ|Ukrinform"
)
_SIGNED = re.compile(
    rf"(?<=[.!?…\"”»)])\s+(?P<credit>(?:[^.!?]{{0,60}}?[\s/])?(?:(?<!\w)(?:{_AGENCIES})(?!\w))(?:\s?/[^.!?]{{1,40}})?"
    r"|[^\s.!?/]+(?: [^\s.!?/]+){0,3} / [^.!?/]{2,40})$"
)
"""After the caption's last sentence, a name and an agency: `Mikhail Metzel / TASS`."""

_PHOTO = re.compile(
    rf"(?<!\w)(?:{_AGENCIES})(?!\w)|photo|foto|image|getty|courtesy|bild:|фото", re.IGNORECASE
)
_BRACKETS = {"(": ")", "[": "]"}
LONGEST_CAPTION = 500
_BRACKETED = re.compile(r"(?P<caption>.*\S)\s*\((?P<credit>[^()]{2,80})\)")


def split_credit(text: str) -> tuple[str, str | None]:
    """Give a caption's own text and its credit, None where it names nobody.

    The last label counts (`Photo by X Credit: X`), and `Credit:` before weaker ones (`Bild:`).
    """
    for label in _LABELS:
        *_, last = [None, *label.finditer(text)]
        if last and last.end() < len(text) and re.search(r"\w", text[: last.start()]):
            parted = _without_brackets(text[: last.start()].rstrip(), text[last.end() :])
            if parted:
                return parted
    signed = _SIGNED.search(text)
    if signed and _capitalised(signed["credit"]):
        return text[: signed.start()], signed["credit"]
    return text, None


def _without_brackets(caption: str, credit: str) -> tuple[str, str] | None:
    """Take off the brackets in which a label and its credit stand; None where a sentence goes on behind them."""
    closing = _BRACKETS.get(caption[-1:])
    if closing is None:
        return caption, credit
    end = _end(credit, caption[-1], closing)
    if credit[end + 1 :].strip(" ."):
        return None
    return caption[:-1].rstrip(), credit[:end].rstrip()


def _end(text: str, opening: str, closing: str) -> int:
    """Give where a bracket is closed that was opened before a text; its end, if it is not."""
    depth = 1
    for place, character in enumerate(text):
        depth += (character == opening) - (character == closing)
        if not depth:
            return place
    return len(text)


def split_bracketed_credit(text: str) -> tuple[str, str | None]:
    """Part what is known to be a caption from its credit, which may stand in brackets at its end."""
    caption, credit = split_credit(text)
    found = None if credit else _BRACKETED.fullmatch(text)
    if found and _capitalised(found["credit"]):
        return found["caption"], found["credit"]
    return caption, credit


def is_caption(text: str) -> bool:
    """Whether a paragraph is a caption, told by its credit: labelled, or an agency's in brackets."""
    if len(text) > LONGEST_CAPTION:
        return False
    credit = split_credit(text)[1]
    if credit:
        return len(credit) < 0.6 * len(text)
    found = _BRACKETED.fullmatch(text)
    return found is not None and _PHOTO.search(found["credit"]) is not None


def has_label(text: str) -> bool:
    """Whether a text names a credit by a label that says so beyond doubt."""
    return any(found.start() for found in _LABELS[0].finditer(text))


def _capitalised(credit: str) -> bool:
    words = [word for word in re.split(r"[\s/]+", credit) if word]
    return sum(not word[0].islower() for word in words) * 2 > len(words)
