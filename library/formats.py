"""The formats that are read, for those who ask."""

from __future__ import annotations

from ingest.registry import FORMATS

COLUMNS = ("format", "endings", "keeps")


def rows() -> list[dict[str, str]]:
    """Give a row for each format: its name, the endings it goes by, what is kept of it."""
    return [
        {
            "format": one.name,
            "endings": " ".join(sorted(one.suffixes - {""})),
            "keeps": one.keeps,
        }
        for one in FORMATS
    ]
