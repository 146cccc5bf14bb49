"""Attacks on `cuttings sql`, a statement a line, and the state of a library before and after them."""

from __future__ import annotations

import hashlib
from pathlib import Path

_NESTED = 1000
SPELT = {
    "{newline}": "\n",
    "{tab}": "\t",
    "{nul}": "\0",
    "{bom}": "\ufeff",
    "{surrogate}": "\ud800",
    "{wide}": "DROP TABLE articles".encode("utf-16-le").decode("latin-1"),
    "{unions}": " UNION ".join(["SELECT 1"] * 300),
    "{plus}": "1 + " * _NESTED,
    "{parentheses}": "(" * _NESTED + "1" + ")" * _NESTED,
    "{nots}": "NOT " * _NESTED,
    "{numbers}": ",".join(map(str, range(200_000))),
    "{long}": f"'{'a' * 2_000_000}'",
    "{selects}": "(SELECT 1 FROM " * 300 + "articles" + ")" * 300,
    "{cases}": "CASE WHEN 1 THEN " * _NESTED + "1" + " END" * _NESTED,
}
"""What would not stand well in a line."""


def attacks(name: str) -> list[str]:
    """Give the statements that are `refused`, `endless` or harmlessly `answered`, as they are listed."""
    return Path(__file__).with_name(f"{name}.sql").read_text("utf-8").splitlines()


def spelt(attack: str, folder: Path) -> str:
    """Give a statement as it is put to the library in a folder."""
    for written, meant in {**SPELT, "{folder}": str(folder)}.items():
        attack = attack.replace(written, meant)
    return attack


def state(folder: Path) -> dict[str, str]:
    """Give the folder's files with what is in them; WAL's shared memory is a lock, not content."""
    files = {one.name: one for one in sorted(folder.iterdir())}
    return {
        name: "" if name.endswith("-shm") else hashlib.sha256(one.read_bytes()).hexdigest()
        for name, one in files.items()
    }
