"""Each folder of samples_exports holds what a program gives out, and what must come of it."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from article import Outcome, Reading, Reason, Refusal
from ingest.again import read_again, result_for
from ingest.sources import read_all
from ingest.workers import Workers

SAMPLES = Path(__file__).parent / "samples_exports"
CRANE = "https://courier.example/crane"


def read(path: Path) -> list[Reading | Refusal]:
    return list(read_all([str(path)], io.BytesIO()))


def written(tmp_path: Path, name: str, text: str | bytes) -> list[Reading | Refusal]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def told(result: Reading | Refusal) -> dict[str, Any]:
    """Write a result in the shape of expected.json."""
    if isinstance(result, Refusal):
        link = result.bookmark and asdict(result.bookmark)
        told = {"item": result.item, "reason": result.reason.value, "bookmark": link}
        return json.loads(json.dumps(told))  # type: ignore[no-any-return]
    article = result.article
    return {
        "item": result.source.item,
        "kind": result.source.kind,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "url": article.url,
        "site": article.site,
        "language": article.language,
        "section": article.section,
        "authors": [author.name for author in article.authors],
        "tags": list(article.tags),
        "published": article.published and article.published.date,
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
        "warnings": list(result.warnings),
    }


@pytest.mark.parametrize("folder", sorted(path.name for path in SAMPLES.iterdir()))
def test_an_export_gives_what_its_program_kept(folder: str) -> None:
    source = next((SAMPLES / folder).glob("source.*"))
    wanted = json.loads((SAMPLES / folder / "expected.json").read_text("utf-8"))
    found = [told(one) for one in read(source)]
    assert len(found) == len(wanted)
    for one, expected in zip(found, wanted, strict=True):
        assert {name: one.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [
        ("firefox-html", ".json"),
        ("firefox-html", ""),
        ("pocket-html", ".md"),
        ("pinboard", ""),
        ("wallabag-v2", ".html"),
        ("chromium-json", ""),
    ],
)
def test_an_export_of_another_program_than_its_name_says_is_read_as_what_it_is(
    folder: str, suffix: str, tmp_path: Path
) -> None:
    source = next((SAMPLES / folder).glob("source.*"))
    renamed = written(tmp_path, f"export{suffix}", source.read_bytes())
    assert [told(one) for one in renamed] == [told(one) for one in read(source)]


@pytest.mark.parametrize("folder", ["wallabag-v1", "wallabag-v2", "linkwarden"])
def test_an_article_of_an_export_is_read_again_from_its_own_bytes(folder: str) -> None:
    source = next((SAMPLES / folder).glob("source.*"))
    first = next(one for one in read(source) if isinstance(one, Reading))
    with Workers() as workers:
        again = result_for(first.source, read_again(first.source, workers))
    assert again == first


def test_links_alone_are_no_failures() -> None:
    found = read(SAMPLES / "pocket-html" / "source.html")
    assert {one.outcome for one in found if isinstance(one, Refusal)} == {Outcome.SKIPPED}


def test_a_list_that_breaks_off_gives_what_is_whole(tmp_path: Path) -> None:
    whole = (SAMPLES / "wallabag-v2" / "source.json").read_text("utf-8")
    first, link, broken = written(tmp_path, "cut.json", whole[: whole.index('"id": 11')])
    assert isinstance(first, Reading)
    assert isinstance(link, Refusal)
    assert link.reason is Reason.LINK_ONLY
    assert isinstance(broken, Refusal)
    assert (broken.reason, broken.item) == (Reason.MALFORMED, "entry 3")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><DL><p></DL>"),
        ("b.json", '{"bookmarks": [], "recommendations": []}'),
        ("c.json", "[]"),
        ("d.json", '{"roots": {"other": {"type": "folder", "children": []}}}'),
        ("e.json", '[{"is_read": "1", "title": "No address, no words", "url": "", "content": ""}]'),
    ],
)
def test_an_export_with_nothing_in_it_says_so(name: str, text: str, tmp_path: Path) -> None:
    (only,) = written(tmp_path, name, text)
    assert isinstance(only, Refusal)
    assert (only.outcome, only.reason) == (Outcome.FAILED, Reason.EMPTY)


def test_what_an_export_says_beats_what_its_page_says(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Other words | Courier</title>"
        '<link rel="canonical" href="https://other.example/x"></head><body><article><h1>Other words</h1>'
        "<p>By Somebody Else</p><p>The crane stopped on Monday evening, and nobody has said why.</p>"
        "</article></body></html>"
    )
    entry = {"is_archived": 0, "title": "The crane", "url": CRANE, "content": page}
    entry |= {"published_by": ["Ines Calloway"], "published_at": "2024-05-07"}
    (one,) = written(tmp_path, "w.json", json.dumps([entry]))
    assert isinstance(one, Reading)
    assert (one.article.headline, one.article.url) == ("The crane", CRANE)
    assert [author.name for author in one.article.authors] == ["Ines Calloway"]
    assert not {"headline", "url", "authors", "published"} & one.article.origins.keys()


def test_the_day_something_was_saved_is_no_day_of_publication(tmp_path: Path) -> None:
    words = "<p>The crane stopped on Monday evening, and nobody has said what will stand there.</p>"
    entry = {"is_archived": 0, "title": "The crane", "url": CRANE, "content": words}
    (one,) = written(tmp_path, "w.json", json.dumps([{**entry, "created_at": "2024-05-09"}]))
    assert isinstance(one, Reading)
    assert one.article.published is None


def test_a_json_object_with_an_address_and_no_text_is_a_link(tmp_path: Path) -> None:
    (one,) = written(tmp_path, "a.jsonl", f'{{"title": "The crane", "link": "{CRANE}"}}\n')
    assert isinstance(one, Refusal)
    assert one.bookmark is not None
    assert (one.bookmark.url, one.bookmark.headline) == (CRANE, "The crane")


def test_a_headline_that_is_all_there_is_of_an_article_stays_one(tmp_path: Path) -> None:
    ours = f'{{"format": 1, "headline": "Crane stops", "url": "{CRANE}", "paragraphs": []}}'
    found = written(tmp_path, "a.jsonl", f'{ours}\n{{"title": "Crane stops"}}\n')
    assert [isinstance(one, Reading) for one in found] == [True, True]


def test_html_in_a_json_text_is_read_as_html(tmp_path: Path) -> None:
    text = "<p>The crane stopped on Monday.</p><p>Nobody has said what will stand there.</p>"
    (one,) = written(tmp_path, "a.json", json.dumps({"title": "Crane", "content": text}))
    assert isinstance(one, Reading)
    assert [paragraph.text for paragraph in one.article.paragraphs] == [
        "The crane stopped on Monday.",
        "Nobody has said what will stand there.",
    ]
