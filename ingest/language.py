"""The language a text is written in, found by Compact Language Detector 2.

A wrong language costs more than none: the article's words are stemmed by rules that do not fit
them, `lang:` misses it, and every query is stemmed for one language more. So a text that is too
short or unclear has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from article import Article
from ingest.codes import canonical

SAMPLE = 2_000
"""Characters that are looked at; twice as many find no more (bench/results/languages.md)."""

_FEWEST_LETTERS = 20
_SHORT_LETTERS = 40
"""Below this the detector's doubt counts: at 30 letters its guesses are wrong twice as often."""

_SHORT_BYTES = 3 * _SHORT_LETTERS
_SHORT_BODY = 300
"""Characters; a body that is shorter is looked at together with its headline."""

_LEAST_SHARE = 25
"""Percent of a text its language must fill; names that are strange to it may fill the rest."""

# What the detector refuses: control characters and code points that are no characters.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(last - 1) + chr(last) for last in range(0xFFFF, 0x110000, 0x10000))
    + "]"
)
# Letters that are neither Latin nor Cyrillic: few languages share their scripts, and so each tells
# as much as three others.
_TELLING = re.compile("[^\\W\\d_\u0041-\u024f\u0400-\u052f\u1e00-\u1eff]")


@dataclass(frozen=True, slots=True)
class Hints:
    """What tips the scale where a text is unclear: a top-level domain, a claimed language.

    The truth as a claim takes most wrong answers away, something else adds few
    (bench/results/languages.md).
    """

    domain: str = ""
    claim: str = ""


NO_HINTS = Hints()


def of_article(article: Article, claim: str = "") -> str | None:
    """Give the code of the language of an article: of its paragraphs, else of its headline.

    `claim` is the language the page says it is in, often wrong; with the top-level domain of the
    article's address it is a weak hint.
    """
    hints = Hints(_domain(article.url), claim.partition("-")[0])
    head = sample_of([article.headline, article.standfirst])
    body = sample_of(paragraph.text for paragraph in article.paragraphs)
    words = body if len(body) >= _SHORT_BODY else f"{head}\n{body}"
    return detect(words, hints) or detect(head, hints)


def detect(text: str, hints: Hints = NO_HINTS) -> str | None:
    """Give the code of a text's language, or None where it is too short or unclear.

    The code is that of ISO 639-1 where the language has one.
    """
    sample = text[:SAMPLE]
    size, found = _ask(sample, hints, guess=True)
    if size >= _SHORT_BYTES:
        return found
    letters = sum(map(str.isalpha, sample)) + 2 * len(_TELLING.findall(sample))
    if letters < _FEWEST_LETTERS:
        return None
    return found if letters >= _SHORT_LETTERS else _ask(sample, hints, guess=False)[1]


def sample_of(texts: Iterable[str | None]) -> str:
    """Join texts until there are enough of them to find a language by."""
    taken: list[str] = []
    wanted = SAMPLE
    for text in filter(None, texts):
        taken.append(text[:wanted])
        wanted -= len(taken[-1])
        if wanted <= 0:
            break
    return "\n".join(taken)


def _ask(text: str, hints: Hints, *, guess: bool) -> tuple[int, str | None]:
    """Give how many bytes of words the detector saw, and the language that most of them are in."""
    import pycld2  # here, since a file that names its language needs no detector

    ask = partial(
        pycld2.detect,
        isPlainText=True,
        bestEffort=guess,
        hintTopLevelDomain=hints.domain,
        hintLanguageHTTPHeaders=hints.claim,
    )
    try:
        _, size, shares = ask(text.encode("utf-8", "replace"))
    except pycld2.error:  # only now, since to look for what it refuses takes as long as detecting
        _, size, shares = ask(_REFUSED.sub(" ", text).encode("utf-8", "replace"))
    for _, code, percent, _ in shares:
        if code != "un":
            return size, canonical(code.partition("-")[0]) if percent >= _LEAST_SHARE else None
    return size, None


def _domain(url: str | None) -> str:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # no address after all
        return ""
    last = host.rpartition(".")[2]
    return last if last.isascii() and last.isalpha() else ""
