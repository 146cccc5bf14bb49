"""What `doctor` looks at: the database, its files, the index, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterator

from library import checks_database, checks_files, checks_index
from library.errors import DatabaseDamaged, DatabaseError
from library.finding import Finding
from library.library import Library


def check(library: Library, *, deep: bool = False) -> list[Finding]:
    """Look a library over without changing it; a database that cannot be read ends it.

    `deep` reads everything there is: every original, every paragraph, the full text.
    """
    found: list[Finding] = []
    try:
        for one in _all(library, deep):
            found.append(one)  # noqa: PERF402 - what was found before an error is kept
    except DatabaseDamaged as error:
        found.append(Finding("database", True, str(error), checks_database.REPAIR))
    except DatabaseError as error:
        found.append(Finding("database", True, str(error), "put right what it says"))
    return found


def _all(library: Library, deep: bool) -> Iterator[Finding]:
    yield from checks_files.look(library.folder)
    yield from checks_database.look(library, deep)
    yield from checks_index.look(library, deep)
