"""Files that were read before, and what failed: the reading side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from accession import FileState, Outcome, Reason, Recorded
from db.reader import Reader

COLUMNS: Final = ("location", "item", "reason", "detail", "failed_at")
"""What is known of each failure."""

_BATCH = 500


def is_known(
    reader: Reader, now: FileState, said: str, program: str, *, named: bool = False
) -> bool:
    """Say whether a file is as it was when it was read to its end, and nothing else is said of it.

    What another version of the program could not read, or passed over, is to be read again; and
    what was passed over whole in its folder, where the person names it now, or did and it failed.
    """
    sql = "SELECT size, modified, said, program, articles, skipped FROM files WHERE location = ?"
    for row in reader.select(sql, [now.location]):
        if (row["size"], row["modified"], row["said"]) != (now.size, now.modified, said):
            return False
        passed_over = row["skipped"] == 1 and not row["articles"]
        if passed_over and (named or has_failed(reader, now.location)):
            return False
        return row["program"] == program or not (row["skipped"] or has_failed(reader, now.location))
    return False


def has_failed(reader: Reader, location: str) -> bool:
    """Say whether something of a file could not be read when it was last tried."""
    return bool(reader.select("SELECT 1 FROM failures WHERE location = ? LIMIT 1", [location]))


def recorded(reader: Reader, states: Sequence[FileState]) -> Iterator[Recorded]:
    """Give again how files ended that were read before: each failure, the rest of a file together."""
    for start in range(0, len(states), _BATCH):
        locations = [one.location for one in states[start : start + _BATCH]]
        marks = ", ".join("?" * len(locations))
        files = reader.select(f"SELECT * FROM files WHERE location IN ({marks})", locations)  # noqa: S608 - marks
        found = reader.select(
            f"SELECT * FROM failures WHERE location IN ({marks}) ORDER BY location, item",  # noqa: S608 - marks
            locations,
        )
        failed = defaultdict[str, list[Mapping[str, Any]]](list)
        for row in found:
            failed[row["location"]].append(row)
        by_location = {row["location"]: row for row in files}
        for location in locations:
            if location in by_location:
                yield from _recorded(by_location[location], failed[location])
            else:  # another process has just forgotten it
                yield Recorded(location, Outcome.UNCHANGED, before=1)


def _recorded(file: Mapping[str, Any], failures: Sequence[Mapping[str, Any]]) -> Iterator[Recorded]:
    location = file["location"]
    if file["articles"]:
        yield Recorded(location, Outcome.UNCHANGED, before=file["articles"])
    if file["skipped"]:
        yield Recorded(location, Outcome.SKIPPED, before=file["skipped"])
    for row in failures:
        yield Recorded(
            location,
            Outcome.FAILED,
            row["item"] or None,
            reason=Reason(row["reason"]),
            detail=row["detail"],
            before=1,
        )


def failures(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Give what could not be read when it was last tried, by place."""
    yield from reader.select("SELECT * FROM failures ORDER BY location, item")
