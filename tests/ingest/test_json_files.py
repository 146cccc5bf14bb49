"""JSON files are read for what they are: lines, a list or one object."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accession import Reading, Reason, Refusal
from article import Author, Paragraph, Precision, Published
from ingest import jsonl
from ingest.clean import clean
from ingest.workers import Workers


def read(data: bytes) -> list[Reading | Refusal]:
    with Workers() as workers:
        return list(jsonl.read(io.BytesIO(data), "a.jsonl", workers))


def headlines(data: bytes) -> list[str | None]:
    return [one.article.headline for one in read(data) if isinstance(one, Reading)]


TWO = b'{"title": "One", "text": "First."}\n{"title": "Two", "text": "Second."}\n'


@pytest.mark.parametrize(
    "data",
    [
        TWO,
        TWO.replace(b"\n", b"\r\n"),
        b"\n\n" + TWO.replace(b"\n", b"\n\n"),
        b"\xef\xbb\xbf" + TWO,
        b"[" + TWO.strip().replace(b"\n", b",\n") + b"]",
        b'[{"title": "One",\n "text": "First."},\n\n {"title": "Two", "body": ["Second."]}]',
    ],
)
def test_lines_and_lists_give_each_article(data: bytes) -> None:
    assert headlines(data) == ["One", "Two"]


def test_an_object_laid_out_over_lines_is_one_article() -> None:
    assert headlines(b'{\n  "title": "One",\n  "text": "First."\n}\n') == ["One"]


def test_each_line_keeps_its_own_bytes_and_number() -> None:
    first, second = read(b"\n" + TWO)
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.source.item, second.source.item) == ("line 2", "line 3")
    assert second.source.data == b'{"title": "Two", "text": "Second."}'


def test_a_broken_first_line_costs_only_itself() -> None:
    broken, good = read(b'{"title": "cut\n{"title": "Two", "text": "Second."}\n')
    assert isinstance(broken, Refusal)
    assert broken.reason is Reason.MALFORMED
    assert isinstance(good, Reading)


@pytest.mark.parametrize("first", [b"[1]", b"[broken", b'{"title": "cut off",'])
def test_a_strange_first_line_does_not_cost_the_lines_below_it(first: bytes) -> None:
    assert headlines(first + b"\n" + TWO) == ["One", "Two"]


def test_a_list_with_an_object_a_line_is_a_list() -> None:
    assert headlines(b'[\n{"title": "One", "text": "First."}\n]\n') == ["One"]


def test_the_usual_other_names_are_understood() -> None:
    line = (
        b'{"name": "Ice", "content": "One.\\n\\nTwo.", "pubDate": "Thu, 12 Jan 2023 08:00:00 +0100",'
        b' "author": {"name": "Lena Morrow"}, "link": "https://www.strait.example/ice",'
        b' "keywords": ["weather"], "guid": 7, "category": "News"}'
    )
    (one,) = read(line)
    assert isinstance(one, Reading)
    article = one.article
    assert [p.text for p in article.paragraphs] == ["One.", "Two."]
    assert article.authors == (Author("Lena Morrow"),)
    assert article.published is not None
    assert article.published.moment == "2023-01-12T08:00:00+01:00"
    assert (article.site, article.section, article.source_id) == ("strait.example", "News", "7")
    assert article.tags == ("weather",)


def test_a_date_with_marks_behind_it_keeps_its_day_and_a_strange_one_is_said_so() -> None:
    (marked,) = read(b'{"text": "Words.", "date": "27-MAR-1987 14:04:26.14F A"}')
    (strange,) = read(b'{"text": "Words.", "date": "the day before"}')
    assert isinstance(marked, Reading)
    assert isinstance(strange, Reading)
    assert marked.article.published is not None
    assert marked.article.published.date == "1987-03-27"
    assert strange.article.published is None
    assert "the day before" in strange.warnings[0]


def test_a_kind_or_precision_that_is_no_word_costs_nothing_else() -> None:
    data = b'{"paragraphs": [{"text": "First.", "kind": ["body"]}], "published": "1987", "published_precision": {}}'
    [one] = read(data)
    assert isinstance(one, Reading)
    assert one.article.paragraphs == (Paragraph("First."),)
    assert one.article.published == Published("1987", Precision.YEAR)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_cleaned_like_any_other(text: str) -> None:
    assert clean(f"x{text}x") == clean(f"é{text}é").replace("é", "x")


@pytest.mark.parametrize("day", ["2021-13", "2021-02-30", "0000"])
def test_a_day_that_there_is_not_is_told_and_not_stored(day: str) -> None:
    said = f'"published": "{day}", "published_precision": "day"'
    (found,) = read(f'{{"headline": "Ferry", "text": "It was late.", {said}}}'.encode())
    assert isinstance(found, Reading)
    assert found.article.published is None
    assert found.warnings == (f"the date {day!r} could not be read",)


@pytest.mark.parametrize(
    "start",
    [
        '{"a":',
        '{"text": ["a", ',
        "[",
        '[{"title": "a", "text": "b"}, [',
        '{\n"a":[[',
        '\n\n{"a": {"b": ',
    ],
)
@pytest.mark.parametrize("depth", [300, 900, 980, 5_000, 100_000])
def test_a_file_nested_too_deep_is_refused_in_words(start: str, depth: int) -> None:
    for ends in ("", "1" + "}" * depth, "1" + "]" * depth):
        data = (start * depth + ends).encode()
        found = list(jsonl.read(io.BytesIO(data), "deep.json", Workers()))
        assert found
