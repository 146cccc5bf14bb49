"""Where sentences end: at a stop with white space and no small letter behind it.

The stop of an abbreviation ends none where a name or number goes on behind it: after titles and the
like, after one letter alone, and before a number after months, `No.`, `vol.` and others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOP = re.compile(r"[.!?…。！？](?:(?<=[。！？])|[\"'”“’»«)\]]*\s+(?!\s))")
_LONGEST = 6  # letters of an abbreviation below
_LAST = re.compile(r"(?:(?<=[\s.(\[\"“„«])|(?<=\.-)|(?<![\s\S]))[^\W_]+\Z")
_NEXT = re.compile(r"[^\W_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name. Not what is a word of its own too, or mostly ends a sentence, as Jr., Co. or usw.
_BEFORE_NAMES = _words(
    "Mr Mrs Ms Messrs Dr Drs Prof Gov Govs Sen Sens Rep Reps Gen Lt Col Maj Capt Cmdr Adm Sgt Cpl "
    "Pvt Brig Pres Rev Msgr Supt Insp Amb Ft Mt vs MR MRS MS DR PROF GOV SEN REP GEN LT COL "
    "Hr Hrn Frl Dipl bzw vgl sog inkl zzgl evtl ggf MM Mme Mmes Mlle Mgr Ste cf "
    "Sra Srta Sres Dra Gral Lic Ing Sto Sta Cnel Tte Avda Ud Uds EE Srs Profa Exmo Sig Dott Avv "
    "ул св проф акад ген просп вул dhr mevr drs prof ks św ul płk tzw"
)
_EITHER = _words("St ST Sr Mio Mrd Tsd")  # Wall St. may end one, St. Louis does not
_BEFORE_NUMBERS = _words(
    "jan feb mar apr jun jul aug sep sept oct nov dec jän jänn okt dez janv févr avr juil déc ene "
    "abr dic янв февр апр авг сент окт нояб дек "
    "no nos nr pp vol vols fig figs chap Art ca bd kap Abs abb núm pág págs стр гл тел"
)
_MONTHS = _words(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember"
)
# What begins a sentence and no name, so that a letter before it ended one: vitamin C. The ...
_OPENERS = _words(
    "The It In But This These Those They There He She We If When While However "
    "Der Die Er Es Wir Und Aber Il Elle Ils Elles Mais Pero Он Она Они Это Но В На По Об"
)
_VOWELS = frozenset("aeiouyяиоуыэю")  # letters that may be words


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give where each sentence starts and ends; the space behind it is part of it."""
    start = 0
    for stop in _STOP.finditer(text):
        if stop.end() > start and _ends(text, stop.start(), stop.end()):
            yield start, stop.end()
            start = stop.end()
    if start < len(text):
        yield start, len(text)


def _ends(text: str, stop: int, behind: int) -> bool:
    if text[stop] in "。！？":
        return True
    if text[behind : behind + 1].islower():
        return False
    quoted = text[stop + 1] in "\"'”“’»«"
    return text[stop] != "." or quoted or _word_ends(text, stop, behind)


def _word_ends(text: str, stop: int, behind: int) -> bool:
    """Tell whether the word before a stop that white space follows ends a sentence with it."""
    last = _LAST.search(text[max(0, stop - _LONGEST - 2) : stop])
    word = last.group() if last else ""
    if word.isdigit():
        before = text[max(0, stop - len(word) - 1) : stop - len(word)]
        alone = len(word) < 3 and not before.strip()
        return not (alone and _next(text, behind) in _MONTHS)
    if len(word) == 1:
        return _letter_ends(text, word, stop, behind)
    if word in _EITHER:
        return _next(text, behind) in _OPENERS
    numbered = word in _BEFORE_NUMBERS or word.lower() in _BEFORE_NUMBERS
    return not (word in _BEFORE_NAMES or (numbered and text[behind : behind + 1].isdigit()))


def _letter_ends(text: str, letter: str, stop: int, behind: int) -> bool:
    """Tell whether one letter and a stop end a sentence: not an initial, nor one as in z. B."""
    if letter.islower():
        before = text[max(0, stop - 4) : stop - 1].rstrip()[-1:]
        chained = before == "." or text[behind + 1 : behind + 2] == "."
        if before.isdigit() or (letter in _VOWELS and not chained):
            return True  # a unit, or a word
        if not letter.isascii() and letter not in "гсдтпр":
            return True
    return _next(text, behind) in _OPENERS


def _next(text: str, at: int) -> str:
    found = _NEXT.match(text, at)
    return found.group() if found else ""
