"""The tables of docs/query-language.md: what they show can be typed."""

import re

import pytest

from search.parser import parse
from tests.transcript import ROOT

PAGE = (ROOT / "docs/query-language.md").read_text("utf-8")


def queries(column: str) -> list[str]:
    """Give the code in the columns of that name."""
    found = []
    for table in re.findall(r"^(\|.*\|)\n\|[-|]+\|\n((?:\|.*\|\n)+)", PAGE, re.MULTILINE):
        names, rows = table[0].split("|"), table[1].splitlines()
        for at, name in enumerate(names):
            if name.strip() == column:
                found += [
                    code for row in rows for code in re.findall("`(.+?)`", row.split("|")[at])
                ]
    return found


READ = [
    query
    for column in ("you write", "example", "reads", "here")
    for query in queries(column)
    if not query.endswith(":")
]


@pytest.mark.parametrize("query", READ)
def test_a_query_of_a_table_can_be_read(query: str) -> None:
    parse(query)


def test_there_are_queries_in_the_tables() -> None:
    assert len(READ) > 60


@pytest.mark.parametrize(
    ("example", "reads"), list(zip(queries("example"), queries("reads"), strict=True))
)
def test_what_binds_first_is_told_rightly(example: str, reads: str) -> None:
    assert parse(example) == parse(reads)
