"""Every page of a web archive is an article, whatever the archive's form, and all else is one line."""

from __future__ import annotations

import gzip
import io
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import brotli
import pytest

from accession import Outcome, Reading, Reason, Refusal
from ingest import registry
from ingest.parsed import Given, Parsed, Unread
from ingest.registry import ending
from ingest.signs import recognise
from ingest.sources import read_all
from ingest.webarchive import reader
from ingest.webarchive.http import joined
from ingest.workers import Workers
from tests.ingest import webarchive_writer as write
from tests.ingest.pdf_writer import Page, pdf
from tests.ingest.webarchive_writer import GALLERY, HOST, answer, page, page_record, record

NAMES = ["Ferry", "Orchard", "Quay"]
RECORDS = [page_record(name) for name in NAMES]
ANSWERS = [(f"{HOST}/{name.lower()}", answer(page(name))) for name in NAMES]


@pytest.fixture(name="workers", scope="module")
def _workers() -> Iterator[Workers]:
    with Workers() as workers:
        yield workers


def read(data: bytes, workers: Workers) -> list[Reading | Refusal]:
    return list(reader.read(io.BytesIO(data), "a.warc", workers))


def readings(data: bytes, workers: Workers) -> list[Reading]:
    found = read(data, workers)
    assert all(isinstance(one, Reading) for one in found), found
    return [one for one in found if isinstance(one, Reading)]


def one(block: bytes, workers: Workers, uri: str = f"{HOST}/ferry") -> Reading:
    (found,) = readings(record(uri, block), workers)
    return found


@pytest.mark.parametrize(
    "made",
    [
        lambda: b"".join(RECORDS),
        lambda: b"\r\n\r\n".join(RECORDS),
        lambda: b"".join(page_record(name, version="0.17") for name in NAMES),
        lambda: b"".join(page_record(name, version="1.1") for name in NAMES),
        lambda: write.zipped(RECORDS),
        lambda: write.zipped(RECORDS) + bytes(512),
        lambda: gzip.compress(b"".join(RECORDS)),
        lambda: write.pieces(RECORDS),
        lambda: b"".join(map(write.zstandard, RECORDS)),
        lambda: write.zstandard(b"".join(RECORDS)),
        lambda: write.with_dictionary(RECORDS),
        lambda: b"".join(map(write.zstandard, RECORDS)) + b"\x5e\x2a\x4d\x18\x03\0\0\0end",
        lambda: b"".join(write.arc(ANSWERS)),
        lambda: b"".join(write.arc(ANSWERS, 2)),
        lambda: write.zipped(write.arc(ANSWERS)),
        lambda: write.wacz({"a.warc.gz": write.zipped(RECORDS)}),
        lambda: write.wacz({"a.warc": b"".join(RECORDS[:2]), "b.warc.gz": write.zipped(RECORDS[2:])}),
        lambda: write.wacz({"a.warc": b"".join(RECORDS)}, zipfile.ZIP_DEFLATED),
    ],
    ids=[
        "plain", "wide", "0.17", "1.1", "gzip", "zeros behind", "gzip as a whole", "gzip in pieces", "zstd",
        "zstd as a whole", "zstd with a dictionary", "zstd with a table", "arc", "arc 2", "arc.gz", "wacz", "wacz of two",
        "wacz packed twice",
    ],
)  # fmt: skip
def test_each_form_of_archive_gives_its_pages(made: Callable[[], bytes], workers: Workers) -> None:
    data = made()
    assert recognise(io.BytesIO(data), "") is registry.WEB_ARCHIVE
    found = readings(data, workers)
    assert [one.article.headline for one in found] == NAMES
    assert [one.article.url for one in found] == [uri for uri, _ in ANSWERS]
    assert [one.source.item for one in found] == [uri for uri, _ in ANSWERS]
    assert [one.source.data for one in found] == [page(name) for name in NAMES]
    assert {one.source.kind for one in found} == {"html/warc"}
    assert {one.warnings for one in found} == {()}


def test_a_page_bears_the_address_it_names_itself_else_that_of_its_record(workers: Workers) -> None:
    named = one(answer(page("Ferry", '<link rel="canonical" href="/2024/ferry">')), workers)
    assert named.article.url == f"{HOST}/2024/ferry"
    related = b'<p>Read more: <a href="../quay">The quay</a></p></article>'
    body = page("Ferry").replace(b"</article>", related)
    bare = one(answer(body), workers, "http://Straitgazette.example/news/ferry?id=7")
    assert bare.article.url == "http://Straitgazette.example/news/ferry?id=7"
    assert bare.article.site == "straitgazette.example"
    assert "http://Straitgazette.example/quay" in [link.url for link in bare.article.links]


@pytest.mark.parametrize("uri", ["<https://strait.example/a b>", "https://strait.example/a b"])
def test_an_address_is_kept_without_what_programs_put_around_it(uri: str, workers: Workers) -> None:
    assert one(answer(page("Ferry")), workers, uri).article.url == "https://strait.example/a%20b"


def test_the_servers_encoding_is_respected(workers: Workers) -> None:
    body = page("Паром", charset="koi8-r")
    found = one(answer(body, "text/html; charset=KOI8-R"), workers)
    assert found.article.headline == "Паром"
    assert found.source.kind == "html/warc; charset=KOI8-R"
    assert (
        one(answer(page("Паром"), "text/html; charset=latin-1"), workers).article.headline
        == "Паром"
    )
    odd = one(answer(page("Fähre", charset="cp1252"), "text/html; charset=no-such-thing"), workers)
    assert odd.article.headline == "Fähre"


def test_plain_text_and_pdf_are_read_as_what_their_type_says(workers: Workers) -> None:
    words = "Паром опоздал\n\nПаром пришёл на час позже, и никто его не ждал на причале.\n"
    text = one(answer(words.encode("koi8-r"), "text/plain; charset=koi8-r"), workers)
    assert text.article.headline == "Паром опоздал"
    assert (text.article.url, text.article.site) == (f"{HOST}/ferry", "straitgazette.example")
    assert text.article.origins["url"] == "web archive"
    printed = pdf(
        Page().text(60, 750, "The ferry is late", 22).text(60, 700, "Nobody was there.", 10)
    )
    report = one(answer(printed, "application/pdf"), workers)
    assert report.source.kind == "pdf"
    assert report.article.url == f"{HOST}/ferry"


def test_what_is_no_text_is_none_whatever_its_server_says(workers: Workers) -> None:
    (refused,) = read(
        record(f"{HOST}/a", answer(bytes(range(32)) * 50 + b"\xff", "text/plain; charset=latin-1")),
        workers,
    )
    assert isinstance(refused, Refusal)
    assert refused.reason is Reason.NOT_TEXT


def test_a_resource_and_an_answer_without_a_type_are_pages_too(workers: Workers) -> None:
    kept = record(f"{HOST}/ferry", page("Ferry"), "resource")
    untyped = record(f"{HOST}/quay", answer(page("Quay"), ""))
    spoken = record(f"{HOST}/orchard", page("Orchard"), head="Content-Type: text/html\r\n")
    found = readings(kept + untyped + spoken, workers)
    assert [one.article.headline for one in found] == ["Ferry", "Quay", "Orchard"]


def bare_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


CODINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", bare_deflate),
    ("br", brotli.compress),
    ("zstd", write.zstandard),
    ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
    ("identity", bytes),
    ("gzip", bytes),  # which the crawler had undone
    ("br", bytes),
]


@pytest.mark.parametrize(("name", "packed"), CODINGS)
@pytest.mark.parametrize("chunked", [False, True])
def test_what_packs_an_answer_is_undone(
    name: str, packed: Callable[[bytes], bytes], chunked: bool, workers: Workers
) -> None:
    body, head = packed(page("Ferry")), f"Content-Encoding: {name}\r\n"
    if chunked:
        body = b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in cut(body, 97))
        body, head = body + b"0\r\n\r\n", f"{head}Transfer-Encoding: chunked\r\n"
    found = one(answer(body, head=head), workers)
    assert (found.source.data, found.warnings) == (page("Ferry"), ())


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"<html> no chunks", (b"<html> no chunks", True)),
        (b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", (b"abcde", True)),
        (b"3\nabc\n0\n\n", (b"abc", True)),
        (b"3\r\nabc\r\n9\r\nde", (b"abcde", False)),
        (b"3\r\nabc\r\nrest of it", (b"abcrest of it", False)),
        (b"ffffffff\r\nabc", (b"abc", False)),
    ],
)
def test_chunks_are_joined_as_far_as_they_go(body: bytes, whole: tuple[bytes, bool]) -> None:
    assert joined(body) == whole


@pytest.mark.parametrize(
    ("name", "body", "reason", "says"),
    [
        ("dcb", b"\xff\x44\x43\x42", Reason.UNKNOWN_FORMAT, "in a way that is not read: 'dcb'"),
        ("gzip", b"\x1f\x8b\x08 no more", Reason.MALFORMED, "packed with gzip, and damaged"),
        ("br", bytes(100) + b"\xff", Reason.MALFORMED, "packed with br, and damaged"),
        ("gzip,br,gzip,br,gzip", b"x", Reason.MALFORMED, "over 4 times"),
    ],
)
def test_what_cannot_be_unpacked_is_said_of_its_page(
    name: str, body: bytes, reason: Reason, says: str, workers: Workers
) -> None:
    refused, kept = read(
        record(f"{HOST}/a", answer(body, head=f"Content-Encoding: {name}\r\n")) + RECORDS[0],
        workers,
    )
    assert isinstance(refused, Refusal)
    assert (refused.outcome, refused.reason, refused.item) == (Outcome.FAILED, reason, f"{HOST}/a")
    assert says in refused.detail
    assert isinstance(kept, Reading)


def test_all_that_is_no_page_is_one_line(workers: Workers) -> None:
    records = [
        record("", b"software: Lower Haven\r\n", "warcinfo"),
        RECORDS[0],
        record(f"{HOST}/ferry", b"GET /ferry HTTP/1.1\r\n\r\n", "request"),
        record(f"{HOST}/ferry", b"via: x\r\n", "metadata"),
        record("metadata://haven.example/crawl.log", b"all went well", "resource"),
        record("dns:haven.example", b"10.0.0.1", head="Content-Type: text/dns\r\n"),
        *(record(f"{HOST}/{n}.png", answer(GALLERY, "image/png")) for n in range(1200)),
        record(f"{HOST}/a.mp4", answer(GALLERY, "video/mp4")),
        record(f"{HOST}/a.js", answer(b"let a = 1", "application/javascript")),
        record(f"{HOST}/a.json", answer(b'{"a": 1}', "application/json")),
        record(f"{HOST}/a", answer(b'{"a": 1}', "text/html")),
        record(f"{HOST}/robots.txt", answer(b"User-agent: *\n", "text/plain")),
        record(f"{HOST}/a.xlsx", answer(b"PK", "application/vnd.ms-excel")),
        record(f"{HOST}/old", answer(page("Old"), status="404 Not Found")),
        record(f"{HOST}/new", answer(b"", status="301 Moved")),
        record(f"{HOST}/empty", answer(b" \n")),
        record(f"{HOST}/ferry?again", answer(page("Ferry"))),
        record(f"{HOST}/ferry", b"HTTP/1.1 200 OK\r\n\r\n", "revisit"),
    ]
    kept, rest = read(write.zipped(records), workers)
    assert isinstance(kept, Reading)
    assert rest == Refusal(
        "a.warc",
        Outcome.SKIPPED,
        Reason.UNKNOWN_FORMAT,
        "passed over, being no pages: 1,200 images, 1 film or sound, 2 scripts, styles and data files, "
        "3 files of other types, 2 answers of another status than 200, 2 repeats, 1 empty answer",
    )


def test_an_archive_without_a_page_says_so(workers: Workers) -> None:
    (refused,) = read(record(f"{HOST}/a.png", answer(GALLERY, "image/png")), workers)
    assert isinstance(refused, Refusal)
    assert refused.detail == "there is no page in it; passed over: 1 image"


def test_a_page_without_an_article_is_no_failure(workers: Workers) -> None:
    frame = record(f"{HOST}/frame", answer(b"<html><body><div></div></body></html>"))
    skipped, kept = read(frame + RECORDS[0], workers)
    assert isinstance(skipped, Refusal)
    assert (skipped.outcome, skipped.item) == (Outcome.SKIPPED, f"{HOST}/frame")
    assert isinstance(kept, Reading)


def test_the_second_capture_of_an_address_is_told_from_the_first(workers: Workers) -> None:
    later = record(f"{HOST}/ferry", answer(page("Ferries")))
    found = readings(write.wacz({"a.warc": RECORDS[0], "b.warc": RECORDS[1] + later}), workers)
    places = [one.source.item for one in found]
    assert places == [f"{HOST}/ferry", f"{HOST}/orchard", f"{HOST}/ferry, archive/b.warc, record 2"]
    assert [one.article.url for one in found] == [
        f"{HOST}/{n}" for n in ("ferry", "orchard", "ferry")
    ]


@pytest.mark.parametrize(
    ("name", "data", "headlines"),
    [
        ("page.html", b"".join(RECORDS), NAMES),
        ("page.html", write.zipped(RECORDS), NAMES),
        ("crawl.warc", page("Ferry"), ["Ferry"]),
        ("crawl.warc.gz", gzip.compress(page("Ferry")), ["Ferry"]),
        ("crawl", write.wacz({"a.warc": RECORDS[0]}), ["Ferry"]),
    ],
)
def test_an_archive_is_what_it_holds(
    name: str, data: bytes, headlines: Sequence[str], workers: Workers
) -> None:
    format_ = recognise(io.BytesIO(data), ending(name))
    assert format_
    found = format_.read(io.BytesIO(data), name, workers)
    assert [one.article.headline for one in found if isinstance(one, Reading)] == headlines


def test_a_name_helps_where_the_beginning_is_damaged(workers: Workers) -> None:
    data = bytearray(write.zipped(RECORDS))
    data[10:40] = b"\xff" * 30
    assert recognise(io.BytesIO(data), ending("crawl.warc.gz")) is registry.WEB_ARCHIVE
    lost, *kept = read(bytes(data), workers)
    assert isinstance(lost, Refusal)
    assert lost.item == "record 1"
    assert [one.article.headline for one in kept if isinstance(one, Reading)] == NAMES[1:]


@pytest.mark.parametrize(
    ("name", "data", "reason", "says"),
    [
        ("a.warc", b"Words and no more", Reason.MALFORMED, "no whole record in it"),
        ("a.warc", b"", Reason.EMPTY, "it is empty"),
        ("a.arc", bytes(5000), Reason.MALFORMED, "no whole record in it"),
        ("a.wacz", write.wacz({"a.txt": b"Words"}), Reason.MALFORMED, "no archive/*.warc.gz in it"),
        ("a.wacz", b"PK\x03\x04 broken", Reason.MALFORMED, "damaged zip file"),
    ],
)
def test_a_file_that_only_its_name_calls_an_archive_says_so(
    name: str, data: bytes, reason: Reason, says: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    (refused,) = read_all([str(tmp_path / name)], io.BytesIO())
    assert isinstance(refused, Refusal)
    assert (refused.reason, says in refused.detail) == (reason, True), refused


class InPairs(Workers):
    """Reads nothing until two are read at once."""

    def __init__(self) -> None:
        super().__init__(processes=2)
        self.barrier = threading.Barrier(2, timeout=20)

    def parse(self, module: str, given: Given) -> list[Parsed | Unread]:
        self.barrier.wait()
        return [Unread(Reason.NOT_TEXT, given.url or "")]


def test_pages_are_read_side_by_side_and_come_in_their_order() -> None:
    names = [f"Ferry{number}" for number in range(40)]
    found = read(write.zipped([page_record(name) for name in names]), InPairs())
    assert [one.detail for one in found if isinstance(one, Refusal)] == [
        f"{HOST}/{name.lower()}" for name in names
    ]


def captured(name: str, body: bytes, day: str) -> bytes:
    made = record(f"{HOST}/{name}", answer(body))
    return made.replace(b"WARC-Date: 2024-05-07", f"WARC-Date: {day}".encode())


def test_a_page_that_reads_again_as_it_did_at_first_is_a_capture_of_its_own(
    workers: Workers,
) -> None:
    first, second = page("Ferry"), page("Quay")
    captures = [
        captured("a", first, "2024-05-01"),
        captured("a", second, "2024-05-02"),
        captured("a", first, "2024-05-03"),
    ]
    found = [one for one in read(b"".join(captures), workers) if isinstance(one, Reading)]
    assert [one.source.data for one in found] == [first, second, first]
    twice = read(b"".join(captures[:2] * 2), workers)  # an archive that was put behind itself
    assert len([one for one in twice if isinstance(one, Reading)]) == 2
    assert isinstance(twice[-1], Refusal)
    assert twice[-1].detail == "passed over, being no pages: 2 repeats"


def test_a_capture_that_stands_below_a_newer_one_says_so(workers: Workers) -> None:
    newer, older = (captured("a", page(n), day) for n, day in NEWER_FIRST)
    elsewhere = captured("b", page("Crane"), "2019-01-01")
    found = read(newer + older + elsewhere, workers)
    told = [one.warnings for one in found if isinstance(one, Reading)]
    says = "captured on 2023-01-02, before one that the archive has above it; its words count as the newer"
    assert told == [(), (says,), ()]


NEWER_FIRST = [("Ferry", "2024-05-01"), ("Quay", "2023-01-02")]


@pytest.mark.parametrize("uri", ["", "htvp://www.straitgazette.example/a"])
def test_a_page_whose_address_is_lost_is_kept_without_one(uri: str, workers: Workers) -> None:
    found = read(record(uri, answer(page("Ferry"))) + RECORDS[1], workers)
    assert [one.source.item for one in found if isinstance(one, Reading)] == [
        uri or "record 1",
        f"{HOST}/orchard",
    ]
