"""Where an input came from, as short as it can be said from here."""

from __future__ import annotations

import os


def place(location: str, item: str | None = None) -> str:
    """Name a file or pipe, and the article's place in it."""
    shown = "standard input" if location == "-" else location
    if shown.startswith("/"):
        shown = min(shown, os.path.relpath(shown), key=len)
    return f"{shown}, {item}" if item else shown
