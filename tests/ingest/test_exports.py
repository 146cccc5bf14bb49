"""Each folder of samples_exports holds what a program gives out, and what must come of it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from accession import Outcome, Reading, Reason, Refusal
from ingest.again import read_again, result_for
from ingest.exports import omnivore_zip
from ingest.sources import read_all
from ingest.workers import Workers

SAMPLES = Path(__file__).parent / "samples_exports"
CRANE = "https://courier.example/crane"
LEAD = "The last crane of Ellery harbour stopped on Monday evening, and nobody has said why."
OMNIVORE = [
    {"slug": "crane-1", "title": "The crane", "url": CRANE, "savedAt": "2024-05-09T08:00:00Z"},
    {"slug": "ferry-2", "title": "Ferry", "url": "https://s.example/f", "savedAt": "2024-05-09"},
    {"slug": "../../secret", "title": "Out", "url": "https://s.example/o", "savedAt": "2024-05-09"},
]
PAGES = {
    "metadata_0_to_20.json": json.dumps(OMNIVORE),
    "content/crane-1.html": f"<div><h1>The crane | Courier</h1><p>{LEAD}</p></div>",
    "highlights/crane-1.md": "> nobody has said why",
    "content/stray.html": f"<html><body><h1>A stray page</h1><p>{LEAD}</p></body></html>",
}


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
        ("pocket-html", ".csv"),
        ("pinboard", ".csv"),
        ("ris", ".bib"),
        ("bibtex", ".txt"),
        ("zotero-rdf", ".xml"),
        ("csl-json", ".ris"),
        ("zotero-csv", ".json"),
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


def test_a_day_that_stands_somewhere_in_a_saved_text_is_no_day_of_publication(
    tmp_path: Path,
) -> None:
    words = f"<p>{LEAD}</p><p>Last edited on 2016-02-13 by the clerk.</p>"
    entry = {"is_archived": 0, "title": "The crane", "url": CRANE, "content": words}
    (one,) = written(tmp_path, "w.json", json.dumps([entry]))
    assert isinstance(one, Reading)
    assert one.article.published is None


def test_a_summary_that_repeats_the_opening_is_no_standfirst(tmp_path: Path) -> None:
    entry = {**OMNIVORE[0], "content": f"<p>{LEAD}</p>", "description": f"{LEAD[:60]}…"}
    own = {**entry, "description": "What became of a crane."}
    first, second = written(tmp_path, "o.json", json.dumps([entry, own]))
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert first.article.standfirst is None
    assert second.article.standfirst == "What became of a crane."


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


def packed(files: dict[str, str], folder: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(folder + name, text)
    return out.getvalue()


@pytest.mark.parametrize("folder", ["", "omnivore-export/"])
def test_a_zip_of_omnivore_gives_each_page_with_what_its_list_says(
    folder: str, tmp_path: Path
) -> None:
    found = written(tmp_path, "export.zip", packed(PAGES, folder))
    crane, marks, stray, ferry, out = found
    assert isinstance(crane, Reading)
    assert crane.source.item == f"{folder}metadata_0_to_20.json, entry 1"
    assert (crane.article.headline, crane.article.url) == ("The crane", CRANE)
    assert [paragraph.text for paragraph in crane.article.paragraphs] == [LEAD]
    assert isinstance(marks, Refusal)
    assert (marks.outcome, marks.item) == (Outcome.SKIPPED, f"{folder}highlights/crane-1.md")
    assert isinstance(stray, Reading)
    assert stray.article.headline == "A stray page"
    assert [one.reason for one in (ferry, out) if isinstance(one, Refusal)] == [
        Reason.LINK_ONLY,
        Reason.LINK_ONLY,
    ]


def test_a_folder_of_omnivore_gives_the_same_and_no_file_outside_it(tmp_path: Path) -> None:
    for name, text in PAGES.items():
        path = tmp_path / "box" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "secret.html").write_text("<p>No words of this file may come in.</p>")
    found = read(tmp_path / "box")
    assert [told(one) for one in found if isinstance(one, Reading)] == [
        {**told(read_zip(tmp_path)), "item": "entry 1"}
    ]
    passed = [one.location for one in found if isinstance(one, Refusal) and not one.bookmark]
    assert passed == [str(tmp_path / "box" / name) for name in ("content", "highlights")]
    links = [one.bookmark.headline for one in found if isinstance(one, Refusal) and one.bookmark]
    assert links == ["Ferry", "Out"]


def read_zip(tmp_path: Path) -> Reading:
    first = written(tmp_path, "export.zip", packed(PAGES))[0]
    assert isinstance(first, Reading)
    return first


def test_an_article_of_omnivore_is_read_again_with_its_page(tmp_path: Path) -> None:
    first = read_zip(tmp_path)
    with Workers() as workers:
        assert result_for(first.source, read_again(first.source, workers)) == first


def test_a_broken_list_of_omnivore_costs_itself_and_its_pages_are_read(tmp_path: Path) -> None:
    lists = {"metadata_0_to_20.json": '[{"slug": "crane-1", "title'}
    broken, page = written(
        tmp_path,
        "export.zip",
        packed({**lists, "content/crane-1.html": PAGES["content/crane-1.html"]}),
    )
    assert isinstance(broken, Refusal)
    assert (broken.reason, broken.item) == (Reason.MALFORMED, "metadata_0_to_20.json")
    assert isinstance(page, Reading)


def test_lists_of_omnivore_are_bounded_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(omnivore_zip, "MOST_LISTED", 10)
    first, *_ = written(tmp_path, "export.zip", packed(PAGES))
    assert isinstance(first, Refusal)
    assert first.reason is Reason.TOO_LARGE


FEED = {"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://g.example/news/"}
LINK = {"url": "https://g.example/ferry", "createdAt": "2024-05-09", "collectionId": 1}


@pytest.mark.parametrize(
    "export",
    [
        {**FEED, "items": ["lost", {"id": "1", "url": "https://g.example/ferry"}]},
        {"bookmarks": ["lost", {"article__url": "https://g.example/ferry"}], "recommendations": []},
        {"items": [5, {"itemType": "webpage", "title": "Ferry", "url": "https://g.example/ferry"}]},
        {"collections": [{"id": 1, "links": [None, LINK]}]},
    ],
    ids=["feed", "readability", "zotero", "linkwarden"],
)
def test_what_is_no_entry_is_told_like_every_other(export: Any, tmp_path: Path) -> None:
    found = written(tmp_path, "a.json", json.dumps(export))
    assert [one.reason for one in found if isinstance(one, Refusal)] == [
        Reason.EMPTY,
        Reason.LINK_ONLY,
    ]


def test_an_address_in_a_json_feed_is_made_whole(tmp_path: Path) -> None:
    entry = {"id": "1", "url": "../ferry", "title": "Ferry", "content_text": LEAD}
    (found,) = written(tmp_path, "a.json", json.dumps({**FEED, "items": [entry]}))
    assert isinstance(found, Reading)
    assert (found.article.url, found.article.site) == ("https://g.example/ferry", "g.example")


def test_figures_without_end_cost_no_more_than_a_date(tmp_path: Path) -> None:
    date = {"date-parts": [["2021", "1" * 5000]]}
    entry = {"type": "webpage", "title": "Ferry", "URL": "https://g.example/1", "issued": date}
    (found,) = written(tmp_path, "a.json", json.dumps([entry]))
    assert found.bookmark.url == "https://g.example/1"  # type: ignore[union-attr]
    lines = f"TY  - NEWS\nUR  - https://g.example/1\nDA  - 2021/{'1' * 5000}\nER  - \n"
    found_in_ris = written(tmp_path, "a.ris", lines * 2)
    assert [one.reason for one in found_in_ris if isinstance(one, Refusal)] == [
        Reason.LINK_ONLY
    ] * 2


def test_a_reference_that_lost_its_first_line_is_read(tmp_path: Path) -> None:
    first = "TY  - NEWS\nTI  - Ferry\nUR  - https://g.example/1\nER  - \n"
    found = written(tmp_path, "a.ris", first + "\nTI  - Crane\nUR  - https://g.example/2\nER  - \n")
    links = [one.bookmark for one in found if isinstance(one, Refusal) and one.bookmark]
    assert [(link.headline, link.url) for link in links] == [
        ("Ferry", "https://g.example/1"),
        ("Crane", "https://g.example/2"),
    ]


def test_a_note_on_an_article_is_told_where_it_is_not_kept(tmp_path: Path) -> None:
    table = f'title,url,text,notes\nCrane,{CRANE},"{LEAD}",ask the board\n'
    marked = f"<p>{LEAD}</p><p>Who moved it is not known.</p>"
    noted = [{"quote": "the last crane", "text": "ask the board"}]
    entry = {"url": CRANE, "title": "Crane", "is_archived": 0, "content": marked}
    wallabag = json.dumps([{**entry, "annotations": noted}])
    says = "the note on it is kept in the original alone: "
    (plain,) = written(tmp_path, "a.csv", table)
    (page,) = written(tmp_path, "a.json", wallabag)
    assert isinstance(plain, Reading)
    assert isinstance(page, Reading)
    assert plain.warnings == (f"{says}ask the board",)
    assert page.warnings == (f"{says}the last crane · ask the board",)


BOOKMARKS = (
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"
    + "".join(f'<DT><A HREF="https://g.example/{n}">{n}</A>\n' for n in range(3))
    + "</DL><p>\n"
)
OPML = (
    '<opml version="2.0"><body>'
    + "".join(f'<outline text="{n}" url="https://g.example/{n}"/>' for n in range(3))
    + "</body></opml>"
)


@pytest.mark.parametrize(("name", "whole"), [("a.html", BOOKMARKS), ("a.opml", OPML)])
def test_a_list_that_breaks_off_says_so_behind_what_is_whole(
    name: str, whole: str, tmp_path: Path
) -> None:
    read_whole = [one.reason for one in written(tmp_path, name, whole) if isinstance(one, Refusal)]
    cut = whole[: whole.index("example/2")]
    found = [one for one in written(tmp_path, name, cut) if isinstance(one, Refusal)]
    assert read_whole == [Reason.LINK_ONLY] * 3
    assert [one.reason for one in found] == [Reason.LINK_ONLY] * 2 + [Reason.MALFORMED]
    assert found[-1].item == "link 3"
