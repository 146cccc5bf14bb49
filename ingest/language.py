"""The language a text is written in."""

from __future__ import annotations

_SAMPLE = 4_000
_FEWEST_LETTERS = 20


def detect(text: str) -> str | None:
    """Give the ISO 639-1 code of a text's language, or None where it is too short or unclear.

    Compact Language Detector 2 on the first 4,000 characters: about 50 microseconds.
    """
    sample = "".join(c if c.isprintable() else " " for c in text[:_SAMPLE])
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    import pycld2

    try:
        _, _, found = pycld2.detect(sample.encode("utf-8", "ignore"), bestEffort=True)
    except pycld2.error:
        return None
    code: str = found[0][1].partition("-")[0].lower()
    return None if code == "un" else code
