"""Counts for people."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TextIO

from terminal.safe import safe


def write_facts(facts: Mapping[str, Any], out: TextIO | None = None) -> None:
    """Write what `stats` counted, a line a fact."""
    out = out or sys.stdout
    span = f"{facts['first']} to {facts['last']}" if facts["first"] else "none dated"
    lines = {
        "library": facts["library"],
        "articles": f"{facts['articles']:,}",
        "paragraphs": f"{facts['paragraphs']:,}",
        "words": f"{facts['words']:,}",
        "published": f"{span}; {facts['undated']:,} undated",
        "languages": _counts(facts["languages"]),
        "sites": _counts(facts["sites"]),
        "copies": f"{facts['copies']:,}",
        "earlier wordings": f"{facts['revisions']:,}",
        "removed": f"{facts['removed']:,}",
        "wait to be indexed": f"{facts['pending']:,}",
        "size": f"database {_megabytes(facts['database_bytes'])}, index {_megabytes(facts['index_bytes'])}",
    }
    for name, value in lines.items():
        out.write(f"{name + ':':<20}{safe(value)}\n")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items()) or "none"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
