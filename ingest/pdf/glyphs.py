"""Characters as a printer leaves them: ligatures opened, Arabic letter forms undone, bidi marks out."""

from __future__ import annotations

import re
import unicodedata

_FORMS = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdff\ufe70-\ufefc]+")
"""Ligatures (ﬁ) and the shapes a letter takes within a word; other compatibility forms mean something."""

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def opened(text: str) -> str:
    """Give a text as its writer would have typed it."""
    if text.isascii():
        return text
    text = _BIDI.sub("", text)
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
