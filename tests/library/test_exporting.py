"""What is exported comes back without loss."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accession import Reading, Source
from article import Article, Author, Kind, Link, Paragraph, Precision, Published, Stored
from ingest import json_article
from library.exporting import as_json, export_all
from library.folder import Folder
from library.library import Library

WORDS = st.text(
    st.characters(categories=["L", "N", "P"], max_codepoint=0x4FFF), min_size=1, max_size=12
).map(lambda text: " ".join(__import__("unicodedata").normalize("NFC", text).split()) or "x")
MAYBE = st.none() | WORDS
DATES = st.dates().filter(lambda day: day.year >= 1600).map(str)
PUBLISHED = (
    st.builds(Published, DATES)
    | st.builds(Published, DATES.map(lambda d: d[:7]), st.just(Precision.MONTH))
    | st.builds(Published, DATES.map(lambda d: d[:4]), st.just(Precision.YEAR))
    | DATES.map(lambda d: Published(d, Precision.TIME, f"{d}T23:30:00+05:30"))
)
ARTICLES = st.builds(
    Article,
    paragraphs=st.lists(
        st.builds(Paragraph, WORDS, st.sampled_from(Kind), MAYBE, MAYBE), min_size=1, max_size=4
    ).map(tuple),
    headline=MAYBE,
    standfirst=MAYBE,
    byline=MAYBE,
    dateline=MAYBE,
    authors=st.lists(st.builds(Author, WORDS, MAYBE), max_size=3).map(tuple),
    published=st.none() | PUBLISHED,
    section=MAYBE,
    language=st.just("en"),
    site=MAYBE,
    url=st.just("https://a.example/1"),
    tags=st.lists(WORDS, unique=True, max_size=3).map(sorted).map(tuple),
    links=st.lists(
        st.builds(
            Link, st.sampled_from(["related", "author"]), st.just("https://b.example"), MAYBE
        ),
        max_size=2,
    ).map(tuple),
    origins=st.dictionaries(st.sampled_from(["headline", "url"]), st.just("url")).map(
        MappingProxyType
    ),
)


@given(ARTICLES)
def test_an_exported_article_reads_back_as_the_same(article: Article) -> None:
    exported = as_json(Stored(1, 1, article, 3, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
    back, warnings = json_article.parse(json.loads(json.dumps({"format": 1, **exported})))
    assert warnings == ()
    site = article.site or "a.example"
    assert replace(back, source_id=None) == replace(article, site=site)


def test_an_export_fills_another_library_and_adds_nothing_to_its_own(library: Library) -> None:
    lines = b'{"title": "One", "text": "First.\\n\\nMore."}\n{"title": "Two", "text": "Second.", "id": 4, "url": "http://x.example/2"}\n'
    assert len(list(library.ingest(["-"], io.BytesIO(lines)))) == 2
    exported = "".join(json.dumps(line) + "\n" for line in export_all(library)).encode()
    outcomes = [one.outcome for one in library.ingest(["-"], io.BytesIO(exported))]
    assert outcomes == ["duplicate", "duplicate"]
    assert library.reader.count() == 2


def exported(library: Library) -> list[dict[str, Any]]:
    """Give the lines of an export without what is the library's own, not the articles'."""
    own = {"id", "revision", "added_at", "changed_at"}
    lines = [{k: v for k, v in line.items() if k not in own} for line in export_all(library)]
    for line in lines:
        for paragraph in line["paragraphs"]:
            del paragraph["ref"]
    return lines


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ARTICLES, min_size=1, max_size=6))
def test_an_export_ingested_into_a_new_library_and_exported_again_gives_the_same(
    articles: list[Article],
) -> None:
    with TemporaryDirectory() as place:
        with Library(Folder(Path(place) / "first")) as first:
            first.store.record(
                [
                    Reading(Source(f"/{n}.txt", "text", str(n).encode()), varied(one, n))
                    for n, one in enumerate(articles)
                ]
            )
            lines = "".join(json.dumps(line) + "\n" for line in export_all(first)).encode()
            before = exported(first)
        with Library(Folder(Path(place) / "second")) as second:
            assert {one.outcome for one in second.ingest(["-"], io.BytesIO(lines))} == {"added"}
            assert exported(second) == before


def varied(article: Article, number: int) -> Article:
    """Give an article another address than the others, so that none is another's copy; or none."""
    if number % 3 == 2:
        return replace(article, url=None)
    return replace(article, url=f"https://a.example/{number}", site=article.site or "a.example")
