"""What a person says of the files that are read, such as the columns of a table: `headline=Title`."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.said import Said
from library import values
from library.errors import MappingWrong

__all__ = ["Said", "columns", "said"]


def said(  # noqa: PLR0913 - one for each thing that a person can say
    *,
    language: str | None = None,
    password: str | None = None,
    mapped: Sequence[str] = (),
    processes: int | None = None,
    tags: Sequence[str] = (),
    site: str | None = None,
    date: str | None = None,
    private: bool = False,
) -> Said:
    """Give what is said as it was written; raise `MappingWrong` or `EditWrong`."""
    return Said(
        language,
        password,
        columns(mapped),
        processes,
        tuple(dict.fromkeys(map(values.tag, tags))),
        None if site is None else values.host(site),
        None if date is None else values.published(date),
        private,
    )


def columns(written: Sequence[str]) -> dict[str, str]:
    """Give the column that each named value stands in; raise `MappingWrong` where one cannot be meant."""
    from ingest.exports.columns import FIELDS, field_of

    found: dict[str, str] = {}
    for text in written:
        name, equals, column = (part.strip() for part in text.partition("="))
        field = field_of(name)
        if field is None or not equals or not column:
            known = ", ".join(FIELDS)
            raise MappingWrong(f"{text!r} is not VALUE=COLUMN; the values are: {known}")
        if field in found:
            raise MappingWrong(f"{field} is said to be two columns: {found[field]} and {column}")
        found[field] = column
    return found
