"""Tables: columns are guessed, said and told; a damaged row costs itself; nothing goes in silence."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accession import Outcome, Reading, Reason, Refusal
from ingest import decode
from ingest.again import read_again, result_for
from ingest.exports import rows
from ingest.exports.columns import ColumnMissing, columns_of, delimiter_of
from ingest.exports.rows import rows_of
from ingest.sources import read_all
from ingest.workers import Workers

CRANE = "The last crane stopped on Monday."
TWO = f"title,text\nCrane,{CRANE}\nFerry,The ferry is late.\n"


def read(
    path: Path, columns: Mapping[str, str] | None = None, told: list[str] | None = None
) -> list[Reading | Refusal]:
    said = [] if told is None else told
    workers = Workers(columns=columns or {}, notify=said.append)
    return list(read_all([str(path)], io.BytesIO(), workers=workers))


def table(tmp_path: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def headlines(results: list[Reading | Refusal]) -> list[str | None]:
    return [one.article.headline if isinstance(one, Reading) else None for one in results]


def test_what_the_columns_are_taken_for_is_told_before_the_first_row(tmp_path: Path) -> None:
    told: list[str] = []
    path = table(tmp_path, "Title;Body;Page;Date\nCrane;It stopped.;7;2024-05-07\n")
    workers = Workers(notify=told.append)
    results = read_all([str(path)], io.BytesIO(), workers=workers)
    next(results)
    assert told == [
        "Columns of table.csv: headline=Title, text=Body, published=Date; not used: Page"
    ]
    results.close()  # type: ignore[attr-defined]


def test_what_a_person_says_of_columns_comes_first(tmp_path: Path) -> None:
    path = table(tmp_path, "title,Kicker,words,body\nThe crane,Harbour,It stopped.,x\n")
    told: list[str] = []
    (one,) = read(path, {"headline": "kicker", "text": "words"}, told)
    assert isinstance(one, Reading)
    assert one.article.headline == "Harbour"
    assert [paragraph.text for paragraph in one.article.paragraphs] == ["It stopped."]
    assert told == ["Columns of table.csv: headline=Kicker, text=words; not used: title, body"]


def test_a_row_with_columns_that_were_said_is_read_again_by_itself(tmp_path: Path) -> None:
    path = table(tmp_path, "Kicker,words\nHarbour,It stopped.\nSea,It froze.\n")
    _, second = read(path, {"headline": "Kicker", "text": "words"})
    assert isinstance(second, Reading)
    with Workers() as workers:
        assert result_for(second.source, read_again(second.source, workers)) == second


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "no column for a text or an address; its columns are: Name, Place. Say which: --map"),
        ({"text": "Words"}, "no column 'Words'; its columns are: Name, Place"),
    ],
)
def test_a_table_without_text_and_address_names_its_columns(
    columns: Mapping[str, str], said: str, tmp_path: Path
) -> None:
    (one,) = read(table(tmp_path, "Name,Place\nCrane,Ellery\n"), columns)
    assert isinstance(one, Refusal)
    assert one.outcome is Outcome.FAILED
    assert one.detail.startswith(said)


def test_such_a_table_met_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    table(tmp_path, "Name,Place\nCrane,Ellery\n")
    (one,) = read(tmp_path)
    assert isinstance(one, Refusal)
    assert one.outcome is Outcome.SKIPPED


def test_rows_with_too_many_or_too_few_cells_are_told(tmp_path: Path) -> None:
    path = table(tmp_path, "title,text,tags\nA,First.,x,y,z\nB,Second.\nC,Third.,,,\n")
    more, fewer, fitting = read(path)
    assert isinstance(more, Reading)
    assert isinstance(fewer, Reading)
    assert isinstance(fitting, Reading)
    assert more.warnings == ("cells behind the last column, not kept: y, z",)
    assert fewer.warnings == ("the row has 2 cells for 3 columns",)
    assert fitting.warnings == ()


def test_a_quote_that_is_not_closed_costs_its_own_row(tmp_path: Path) -> None:
    rows_ = "".join(f"T{n},Words of {n}.\n" for n in range(50))
    path = table(tmp_path, f'title,text\nA,First.\nB,"not closed\n{rows_}')
    found = read(path)
    assert headlines(found) == ["A", None, *(f"T{n}" for n in range(50))]
    assert isinstance(found[1], Refusal)
    assert (found[1].reason, found[1].item) == (Reason.MALFORMED, "row 3")
    assert found[1].detail == "a quote in it is not closed"


def test_many_quotes_that_are_not_closed_end_in_a_word_about_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_BROKEN", 3)
    broken = 'a"b,"c\n' * 9  # wherever it is read from, a quote stands open at its end
    found = read(table(tmp_path, "title,text\n" + broken))
    assert isinstance(found[-1], Refusal)
    assert found[-1].detail == "too many broken rows; from here on it is not read"


def test_a_row_that_is_too_long_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MAX_BYTES", 1000)
    long = f'title,text\nA,{"x" * 5000}\nB,Second.\nC,"{"y " * 400}\n{"z " * 400}"\nD,Fourth.\n'
    found = read(table(tmp_path, long))
    assert headlines(found)[:2] == [None, "B"]
    assert headlines(found)[-1] == "D"
    assert {one.reason for one in found if isinstance(one, Refusal)} == {Reason.MALFORMED}


def test_a_cell_as_large_as_an_article_may_be_is_read_and_a_nul_is_no_letter(
    tmp_path: Path,
) -> None:
    path = table(tmp_path, f"title,text\nA,{'word ' * 100_000}\nB,A\0B words.\n")
    large, null = read(path)
    assert isinstance(large, Reading)
    assert len(large.article.paragraphs[0].text) == 499_999
    assert isinstance(null, Reading)
    assert null.article.paragraphs[0].text == "AB words."


@pytest.mark.parametrize(
    "data",
    [
        TWO.encode("utf-8-sig"),
        TWO.encode("utf-16"),
        TWO.replace("\n", "\r\n").encode(),
        TWO.replace("\n", "\r").encode(),
        TWO.replace(",", "\t").encode(),
        TWO.replace(",", ";").encode("utf-16-le"),
        TWO.replace("\n", "\n\n").encode(),
    ],
)
def test_marks_line_ends_and_delimiters_are_found_out(data: bytes, tmp_path: Path) -> None:
    assert headlines(read(table(tmp_path, data))) == ["Crane", "Ferry"]


def test_a_stray_byte_far_down_does_not_cost_the_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decode, "OPENING", 1000)
    many = "".join(f"T{n},Words été {n}.\n" for n in range(99)).encode()
    (*_, last) = read(table(tmp_path, b"title,text\n" + many + b"Last,Caf\xe9 words.\n"))
    assert isinstance(last, Reading)
    assert last.article.paragraphs[0].text == "Café words."


@pytest.mark.parametrize("name", ["export", "export.txt", "export.json", "export.html"])
def test_a_table_is_known_by_its_header_whatever_its_name(name: str, tmp_path: Path) -> None:
    path = table(tmp_path, "title,url,time_added,tags,status\nA,https://a.example/x,1,,\n", name)
    (one,) = read(path)
    assert isinstance(one, Refusal)
    assert one.bookmark is not None


@pytest.mark.parametrize(
    "text",
    [
        "Storm, ferry and ice\n\nThe storm came, the ferry went, the ice stayed.\n",
        "Title, text\n\nThese are the words of an article, which has commas.\n",
        "Headline: ferry | text: late\nNothing, more.\n",
    ],
)
def test_a_text_with_commas_in_its_first_line_is_no_table(text: str, tmp_path: Path) -> None:
    (one,) = read(table(tmp_path, text, "note.txt"))
    assert isinstance(one, Reading)
    assert one.source.kind.startswith("text")


def test_what_is_no_table_at_all_says_so(tmp_path: Path) -> None:
    for data, reason in ((b"", Reason.EMPTY), (b"title,text\n", Reason.EMPTY)):
        (one,) = read(table(tmp_path, data))
        assert isinstance(one, Refusal)
        assert one.reason is reason


def test_names_of_columns_are_known_in_several_languages_and_cases() -> None:
    columns = columns_of(["ÜBERSCHRIFT", "corps", "Texte", "Date_de_publication", "Lien"], {})
    assert columns.told() == (
        "headline=ÜBERSCHRIFT, text=Texte, url=Lien, published=Date_de_publication; not used: corps"
    )
    with pytest.raises(ColumnMissing, match="its columns are: Kran"):
        columns_of(["Kran"], {})


def test_a_column_that_was_said_to_be_one_value_is_no_other() -> None:
    assert columns_of(["title", "url"], {"note": "title"}).told() == "url=url, note=title"


def test_a_delimiter_in_a_quoted_name_is_none() -> None:
    assert delimiter_of('"Title, long, and, more";Text\n') == ";"


CELLS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20),
    min_size=2,
    max_size=2,
)


@given(st.lists(CELLS, max_size=9), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_as_csv_is_read_back(
    written: list[list[str]], delimiter: str, line_end: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([["title", "text"], *written])
    found = list(rows_of(io.StringIO(out.getvalue(), newline=""), delimiter))
    told = [cells for cells in written if any(cell.strip() for cell in cells)]
    assert [row.cells for row in found] == [["title", "text"], *told]
    kept = [row.text for row in found]
    assert all(text in out.getvalue() for text in kept)
