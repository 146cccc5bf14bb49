"""One thing the doctor looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` is the command or step that puts right what is wrong."""

    about: str
    wrong: bool
    detail: str
    mend: str | None = None


def some(values: Sequence[object]) -> str:
    """Name the first few of many."""
    return ", ".join(map(str, values[:_SHOWN])) + (", ..." if len(values) > _SHOWN else "")
