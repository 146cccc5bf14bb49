# mypy: allow-untyped-calls, disable-error-code="attr-defined"
# (Whoosh is typed in part)
"""An index with posting lists of our own is still a Whoosh index, which Whoosh's API reads."""

from __future__ import annotations

import io
import random
import struct
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from whoosh.index import open_dir
from whoosh.query import And, FuzzyTerm, Not, Or, Phrase, Prefix, Query, Term

from article import Article, Paragraph
from search import whoosh_engine
from search.document import Document
from search.engine import IndexDamaged
from search.parser import parse
from search.planner import plan
from search.whoosh_checked import CheckedFile, write_checked
from tests.search.random_news import TODAY, doc, documents
from tests.search.rotting import rot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def held() -> list[Document]:
    return documents(21, 90)


@pytest.fixture(params=["one segment", "many segments"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, held: list[Document]) -> Path:
    """Fill an index; that of many segments has deleted documents, too."""
    folder = tmp_path / "gen"
    engine = whoosh_engine.create(folder)
    if request.param == "many segments":
        for start in range(0, len(held), 10):
            engine.replace(documents(22, 90)[start : start + 15])
            engine.commit()
            engine.replace(held[start : start + 10])
            engine.commit()
    engine.replace(held)
    engine.commit()
    engine.close()
    return folder


def terms(document: Document) -> list[str]:
    return [term for run in document.text for term in run.terms]


def adjoin(document: Document, one: str, other: str) -> bool:
    pairs = [pair for run in document.text for pair in zip(run.terms, run.terms[1:], strict=False)]
    return (one, other) in pairs


def test_whoosh_finds_what_stands_in_the_documents(folder: Path, held: list[Document]) -> None:
    words = {one.id: terms(one) for one in held}
    pair = Counter(
        p for one in held for r in one.text for p in zip(r.terms, r.terms[1:], strict=False)
    )
    one, other = pair.most_common(1)[0][0]
    queries: list[tuple[Query, set[int]]] = [
        (Term("text", "oil"), {n for n, some in words.items() if "oil" in some}),
        (
            Prefix("text", "pre"),
            {n for n, some in words.items() if any(w.startswith("pre") for w in some)},
        ),
        (
            And([Term("text", "oil"), Not(Term("text", "the"))]),
            {n for n, some in words.items() if "oil" in some and "the" not in some},
        ),
        (
            Or([Term("text", "oil"), Term("text", one)]),
            {n for n, some in words.items() if {"oil", one} & set(some)},
        ),
        (Phrase("text", [one, other]), {n.id for n in held if adjoin(n, one, other)}),
        (
            FuzzyTerm("text", "oik"),
            {n for n, some in words.items() if {"oil", "oi", "ok"} & set(some)},
        ),
        (Term("lang", "de"), {one.id for one in held if "de" in one.lang}),
    ]
    with open_dir(str(folder)).searcher() as searcher:
        for query, expected in queries:
            numbers = searcher.docs_for_query(query)
            columns = searcher.reader().column_reader("number")
            assert {columns[number] for number in numbers} == expected, query
            assert len(expected) > 3, query
            assert len(searcher.search(query, limit=5)) == len(expected), query


def test_whoosh_reads_the_posting_lists(folder: Path, held: list[Document]) -> None:
    with open_dir(str(folder)).reader() as reader:
        ids = reader.column_reader("number")
        found = {
            (ids[number], key.decode()): (
                weight,
                reader.schema["text"].format.decode_positions(value),
            )
            for field, key, number, weight, value in reader.iter_postings()
            if field == "text"
        }
        for field, key in reader.all_terms():
            info, matcher = reader.term_info(field, key), reader.postings(field, key)
            assert len(list(matcher.all_ids())) <= info.doc_frequency()
    expected: dict[tuple[int, str], tuple[float, list[int]]] = {}
    for one in held:
        for run in one.text:
            for at, term in enumerate(run.terms, run.start):
                weight, places = expected.get((one.id, term), (0.0, []))
                expected[one.id, term] = (weight + run.weight, [*places, at])
    assert found == expected


def test_a_segment_of_another_writer_is_not_taken_for_ours(folder: Path) -> None:
    open_dir(str(folder)).writer().commit(optimize=True)  # Whoosh reads ours, and writes its own
    with pytest.raises(IndexDamaged, match="another commit"):
        whoosh_engine.open_index(folder)


def test_a_changed_byte_of_words_or_posting_lists_is_noticed(
    tmp_path: Path, held: list[Document]
) -> None:
    engine = whoosh_engine.create(tmp_path / "gen")
    engine.replace(held)
    engine.commit()
    storage = engine._current().segments[0].reader.storage()
    assert storage is not None
    inner = next(name for name in storage.list() if name.endswith(".pst"))
    start, length = storage.a.range(inner)
    engine.close()
    (path,) = (tmp_path / "gen").glob("*.seg")
    whole, chance = path.read_bytes(), random.Random(1)
    for at in (chance.randrange(start, start + length) for _ in range(60)):
        path.write_bytes(whole)
        rot(path, at)
        damaged = whoosh_engine.open_index(tmp_path / "gen")
        with pytest.raises(IndexDamaged):
            damaged.search(plan(parse("oil"), ["en"], TODAY), limit=3)
        damaged.close()


def file_of(content: bytes) -> Any:
    class File:
        def get(self, at: int, length: int) -> bytes:
            return content[max(0, at) : at + length] if length else b""

    return File()


@pytest.mark.parametrize("size", [0, 1, 16_383, 16_384, 16_385, 50_000])
def test_each_byte_of_a_file_is_checked_when_it_is_read(size: int) -> None:
    written, content = io.BytesIO(), random.Random(2).randbytes(size)
    write_checked(written, [content[:10], content[10:]])  # type: ignore[arg-type]
    whole = written.getvalue()
    file = CheckedFile(file_of(whole), len(whole))
    assert file.get(0, size) == content
    with pytest.raises(ValueError, match="too early"):
        file.get(size, 1)
    for at in range(0, len(whole), 997):
        damaged = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(ValueError, match="index"):
            CheckedFile(file_of(damaged), len(whole)).get(0, size)
        with pytest.raises((ValueError, struct.error)):
            CheckedFile(file_of(whole[:at]), at).get(0, size)


def test_numbers_of_all_widths_are_kept(tmp_path: Path) -> None:
    """Hold texts with positions beyond 16 bits, and words 300 and 70,000 times in one text."""
    engine = whoosh_engine.create(tmp_path / "gen")
    for number, times in ((1, 3), (2, 300), (3, 70_000)):
        article = Article(
            (Paragraph("oil " * times + "price rises"), Paragraph("price falls")), headline="oil"
        )
        engine.replace([doc(number, 1, article)])
        if number != 2:
            engine.commit()
    for query, expected in (("price falls", 3), ('"oil price rises"', 3), ("headline:oil", 3)):
        made = plan(parse(query), ["en", None], TODAY)
        assert engine.search(made, limit=9).total == expected, query
    counts = [dict(one.weights("text", b"oil")) for one in engine._current().segments]
    assert sorted(w for some in counts for w in some.values()) == [6, 303, 70_003]
    engine.close()


def test_each_key_is_found_with_its_documents(tmp_path: Path, held: list[Document]) -> None:
    """Look for so many that the first are read one by one, and the others at once."""
    engine = whoosh_engine.create(tmp_path / "gen")
    engine.replace(held)
    engine.commit()
    (segment,) = engine._current().segments
    holding = Counter(term for one in held for term in set(terms(one)))
    keys = sorted(holding, key=lambda key: random.Random(key).random())
    assert len(keys) > 100
    for key in keys:
        assert segment.holding("text", key.encode()) == holding[key]
        assert segment.holding("text", f"{key}\x02".encode()) == 0
        assert segment.holding("url", key.encode()) == 0
    engine.close()


def test_to_find_one_key_of_many_few_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = whoosh_engine.create(tmp_path / "gen")
    words = [f"w{number:05}" for number in range(50_000)]
    engine.replace([doc(1, 1, Article((Paragraph(" ".join(words)),)))])
    engine.commit()
    (segment,) = engine._current().segments
    whole, read = CheckedFile.get, 0

    def get(file: CheckedFile, start: int, count: int) -> bytes:
        nonlocal read
        read += count
        return whole(file, start, count)

    monkeypatch.setattr(CheckedFile, "get", get)
    assert segment.holding("text", b"w31415") == 1
    assert 0 < read < 2_000  # bytes, of more than a million
    engine.close()
