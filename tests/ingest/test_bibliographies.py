"""References: what damage costs, and that what is written in RIS is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accession import Reason
from ingest.exports import bibtex, ris
from ingest.exports.references import first_name_first
from ingest.parsed import Given, Parsed, Unread

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=9)
VALUE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TAGS = st.sampled_from(["TI", "AU", "KW", "N2", "UR", "T2", "PY"])


@given(st.lists(st.lists(st.tuples(TAGS, VALUE), max_size=9), max_size=5), st.booleans())
def test_what_is_written_in_ris_is_read_back(
    written: list[list[tuple[str, str]]], ended: bool
) -> None:
    end = "ER  - \r\n" if ended else ""
    text = "".join(
        "TY  - NEWS\r\n" + "".join(f"{tag}  - {value}\r\n" for tag, value in fields) + end
        for fields in written
    )
    found = [
        {tag: [" ".join(lines) for lines in values] for tag, values in one.items()}
        for one in ris.records(text)
    ]
    for record, fields in zip(found, written, strict=True):
        assert record.pop("TY") == ["NEWS"]
        record.pop("ER", None)
        assert record == {
            tag: [value for other, value in fields if other == tag] for tag, _ in fields
        }


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Lind, Anna", "Anna Lind"),
        ("Lind, Karl, Jr.", "Karl Lind Jr."),
        ("Lind, Jr, Karl", "Karl Lind Jr"),
        ("Anna Lind", "Anna Lind"),
        ("Reuters,", "Reuters"),
        ("", ""),
    ],
)
def test_a_name_is_given_as_it_is_spoken(name: str, spoken: str) -> None:
    assert first_name_first(name) == spoken


def results(text: str) -> list[Parsed | Unread]:
    return list(bibtex.parse(Given(text.encode())))


def test_a_value_nested_too_deep_costs_no_other_reference() -> None:
    deep = "@misc{a, title = {" + "{" * 5000 + "Ice" + "}" * 5000 + "}, url = {http://x.example/a}}"
    first, second = results(deep + "\n@misc{b, title = {Sea}, url = {http://x.example/b}}")
    assert isinstance(first, Unread)
    assert first.bookmark is not None
    assert first.bookmark.headline == "Ice"
    assert isinstance(second, Unread)
    assert second.bookmark is not None


@pytest.mark.parametrize("parse", [ris.parse, bibtex.parse])
@pytest.mark.parametrize("data", [b"", b"Words and no reference.", b"@", b"ER  - \n"])
def test_a_file_without_references_says_so(parse: object, data: bytes) -> None:
    (only,) = parse(Given(data))  # type: ignore[operator]
    assert isinstance(only, Unread)
    assert only.reason is Reason.EMPTY
