"""What a person says of the files that are read, beside their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of all inputs of an ingest.

    `language` is the code of the language they are in, `password` opens what is encrypted, `columns`
    says which column of a table is which value, and `processes` how many files are read at once: as
    many as there are cores where it is None. `private` lets what is on the web be fetched from this
    machine and from private networks too.
    """

    language: str | None = None
    password: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    processes: int | None = None
    private: bool = False
