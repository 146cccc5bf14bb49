"""Each folder of samples_feeds holds a feed, and what must come of its entries."""

from __future__ import annotations

import io
import json
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accession import Outcome, Reading, Reason, Refusal
from article import Article
from ingest.again import read_again, result_for
from ingest.feeds import parser
from ingest.parsed import Given, Unread
from ingest.sources import read_all
from ingest.workers import Workers

SAMPLES = Path(__file__).parent / "samples_feeds"
GIVEN = {
    "0001c1-courses2.xml": {Reason.LINK_ONLY: 2},
    "0f980e-opml_1.0_links.xml": {Reason.LINK_ONLY: 40},
    "382ec3-test-rdf.xml": {Reason.LINK_ONLY: 1},
    "3a0c8c-feed_title_crazy.xml": {Reason.EMPTY: 1},
    "53364b-rss1sample.xml": {Reason.LINK_ONLY: 1},
    "8a731f-rss_0.91N.xml": {Reason.LINK_ONLY: 2},
    "8e78e4-personals-atom.xml": {Reason.LINK_ONLY: 2},
    "961805-YahooTopSongs.xml": {None: 10},
    "b863d6-events2base.xml": {Reason.LINK_ONLY: 2},
    "cb0960-v1.xml": {Reason.EMPTY: 13},
    "de2cb4-research2.xml": {Reason.LINK_ONLY: 2},
    "e7a897-rss2.0noNSwithModulesLocalNameClash.xml": {Reason.LINK_ONLY: 1},
    "f4f709-georss_polygon.xml": {Reason.EMPTY: 1},
    "f80331-ep2_v4a.xml": {Reason.EMPTY: 18},
}


def read(path: Path) -> list[Reading | Refusal]:
    return list(read_all([str(path)], io.BytesIO()))


def told(result: Reading | Refusal) -> dict[str, Any]:
    """Write a result in the shape of expected.json."""
    if isinstance(result, Refusal):
        link = result.bookmark and {k: v for k, v in asdict(result.bookmark).items() if v}
        value = {"item": result.item, "reason": result.reason, "bookmark": link}
    else:
        article = {k: v for k, v in asdict(_plain(result.article)).items() if v}
        article["paragraphs"] = [f"{p.kind}: {p.text}" for p in result.article.paragraphs]
        value = {"item": result.source.item, "kind": result.source.kind, **article}
    plain: dict[str, Any] = json.loads(json.dumps(value, default=dict))
    return plain


def _plain(article: Article) -> Article:
    from dataclasses import replace

    return replace(article, origins={})


@pytest.mark.parametrize("sample", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_a_feeds_entries_are_what_a_reader_of_it_sees(sample: Path) -> None:
    (source,) = sample.glob("source.*")
    expected = json.loads((sample / "expected.json").read_text("utf-8"))
    assert [told(one) for one in read(source)] == expected


@pytest.mark.parametrize("sample", ["rss", "atom", "rss1", "json"])
def test_an_entry_is_read_again_from_its_own_bytes(sample: str) -> None:
    (source,) = (SAMPLES / sample).glob("source.*")
    articles = [one for one in read(source) if isinstance(one, Reading)]
    assert articles
    with Workers() as workers:
        for one in articles:
            assert len(one.source.data) < 2000
            again = result_for(one.source, read_again(one.source, workers))
            assert isinstance(again, Reading)
            assert again.article == one.article


@pytest.mark.parametrize("name", ["feed", "feed.txt", "feed.html", "feed.xml", "feed.rss"])
def test_a_feed_is_known_by_what_it_holds(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((SAMPLES / "rss" / "source.xml").read_bytes())
    assert len(read(path)) == 6


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251", "koi8-r"])
def test_a_feed_is_decoded_as_it_declares(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "feed.xml"
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><item><title>Паром пошёл</title><link>https://v.example/1</link></item></channel></rss>'
    path.write_bytes(text.encode(encoding))
    (one,) = read(path)
    assert isinstance(one, Refusal)
    assert one.bookmark
    assert one.bookmark.headline == "Паром пошёл"


def test_the_count_of_comments_is_no_part_of_an_entry() -> None:
    source = (SAMPLES / "rss" / "source.xml").read_bytes()
    later = source.replace(b">12<", b">13<")
    first, second = (next(parser.parse(Given(data))) for data in (source, later))
    assert source != later
    assert first == second


def test_entities_of_the_feeds_own_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    secret = tmp_path / "secret"
    secret.write_text("secret", "utf-8")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    path.write_text(
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<rss><channel><item><title>&l9; &x; boat</title><link>https://v.example/1</link></item></channel></rss>",
        "utf-8",
    )
    (one,) = read(path)
    assert isinstance(one, Refusal)
    assert one.bookmark
    assert one.bookmark.headline
    assert "secret" not in one.bookmark.headline
    assert len(one.bookmark.headline) < 30


def test_entries_come_one_by_one_however_long_the_feed_is() -> None:
    entry = b"<item><title>T</title><link>https://v.example/%d</link></item>"
    data = b"<rss><channel>" + b"".join(entry % n for n in range(3_000)) + b"</channel></rss>"
    with Workers() as workers:
        results = workers.results("ingest.feeds.parser", Given(data))
        first = next(results)
        assert isinstance(first, Unread)
        assert first.item == "entry 1"
        assert sum(1 for _ in results) == 2_999
        unfinished = workers.results("ingest.feeds.parser", Given(data))
        next(unfinished)
        unfinished.close()
        assert len(workers.parse("ingest.feeds.parser", Given(data[:14] + entry + b"</rss>"))) == 1


def test_a_broken_entry_costs_itself() -> None:
    good = b"<item><title>T</title><link>https://v.example/%d</link></item>"
    broken = (
        b"<item><title>no end<link>https://v.example/x</link>",
        b"<item>]]></b><<<title</item>",
        b"<item><title>x</title><description><![CDATA[</item><item>]]></description></item>",
    )
    data = (
        b"<rss><channel>" + b"".join(one + good % n for n, one in enumerate(broken)) + b"</channel>"
    )
    urls = [
        one.bookmark.url
        for one in parser.parse(Given(data))
        if isinstance(one, Unread) and one.bookmark
    ]
    assert {f"https://v.example/{n}" for n in range(3)} <= set(urls)


@pytest.mark.parametrize("junk", [b"<![CDATA[", b"<!--", b"&", b"<item>", b"<title><b>", b"<rss "])
def test_many_beginnings_without_ends_take_no_time(junk: bytes) -> None:
    begun = time.monotonic()
    data = b"<rss><channel><item>" + junk * (60_000 // len(junk))
    assert sum(1 for _ in parser.parse(Given(data)))
    assert time.monotonic() - begun < 5


PARTS = """<item> </item> <title> </title> <link> </link> http://[ https://v.example/é &lt;p&gt;x <guid> </guid>
<content:encoded> </content:encoded> <![CDATA[ ]]> <dc:creator> </dc:creator> <pubDate> </pubDate> 99999-99-99 \0
&#0; &#xD800; &#57343; <!-- --> <author><name>x</name></author> <feed> <?pi?> <!DOCTYPE </entry> <entry>
<category/> <content> </content>""".split()  # noqa: SIM905
HEADS = ["<rss><channel>", '<feed xmlns="http://www.w3.org/2005/Atom">', ""]


@given(st.sampled_from(HEADS), st.lists(st.sampled_from(PARTS) | st.text(max_size=5), max_size=25))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_feed_every_result_is_an_outcome(head: str, parts: list[str]) -> None:
    data = (head + "".join(parts)).encode("utf-8", "replace")
    assert list(parser.parse(Given(data)))


def test_the_given_feeds_end_in_outcomes_a_person_understands(shared: Path) -> None:
    folder = shared / "data" / "feeds"
    found: dict[str, Counter[Reason | None]] = {}
    for one in read_all([str(folder)], io.BytesIO()):
        location = one.location if isinstance(one, Refusal) else one.source.location
        reason = one.reason if isinstance(one, Refusal) else None
        found.setdefault(Path(location).name, Counter())[reason] += 1
        if reason is Reason.LINK_ONLY:
            assert isinstance(one, Refusal)
            assert one.outcome is Outcome.SKIPPED
            assert one.bookmark or "no address on the web" in one.detail
    assert found == GIVEN


if __name__ == "__main__":
    for sample in map(Path, sys.argv[1:]):
        (source,) = sample.glob("source.*")
        print(json.dumps([told(one) for one in read(source)], ensure_ascii=False, indent=1))
