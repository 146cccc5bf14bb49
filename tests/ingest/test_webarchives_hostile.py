"""What is damaged in a web archive, or lies, costs itself: the pages before and behind it are kept."""

from __future__ import annotations

import errno
import gzip
import io
import tracemalloc
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accession import Reason, Refusal
from ingest.webarchive import codings, packing
from ingest.webarchive.contents import Contents
from ingest.webarchive.page import Page
from ingest.webarchive.record import ENDS
from ingest.webarchive.scan import MOST_DAMAGES
from tests.ingest import webarchive_writer as write
from tests.ingest.webarchive_writer import HOST, answer, page, page_record, record

MB = 1 << 20
NAMES = ["Ferry", "Orchard", "Quay", "Crane", "Tower", "Storm"]
RECORDS = [page_record(name) for name in NAMES]
PACKED = [gzip.compress(one, mtime=0) for one in RECORDS]
ARC = write.arc([(f"{HOST}/{name.lower()}", answer(page(name))) for name in NAMES])
PACKED_ARC = [gzip.compress(one, mtime=0) for one in ARC]
FIRST, LAST = RECORDS[0], RECORDS[1]
ZEROS = bytes(64 * MB)


def contents(data: bytes) -> list[Page | Refusal]:
    return list(Contents(io.BytesIO(data), "a.warc").pages())


def pages(data: bytes) -> list[str]:
    """Give the names of the pages that are there with all their bytes."""
    whole = {page(name): name for name in NAMES}
    found = [one.data for one in contents(data) if isinstance(one, Page)]
    return [whole[data] for data in found if data in whole]


def refusals(data: bytes) -> list[Refusal]:
    return [one for one in contents(data) if isinstance(one, Refusal)]


@pytest.mark.parametrize("length", [1, 50, 600, 1500, 10**6, 10**10, 10**14])
@pytest.mark.parametrize("packed", [False, True])
def test_a_lying_length_costs_its_record_at_most(length: int, packed: bool) -> None:
    records = [FIRST, page_record("Crane", length=length), LAST]
    found = pages(write.zipped(records) if packed else b"".join(records))
    assert [name for name in found if name != "Crane"] == ["Ferry", "Orchard"]
    assert "Crane" in found or length < 600


@pytest.mark.parametrize("length", ["-1", "abc", "", "1e3", "9" * 5000, "٣"])
def test_a_length_that_is_none_costs_its_record(length: str) -> None:
    data = FIRST + page_record("Crane", length=length) + LAST
    assert pages(data) == ["Ferry", "Orchard"]
    (refused,) = refusals(data)
    assert refused.item == f"{HOST}/crane"
    assert refused.detail.startswith("its head says ")


def test_a_length_that_takes_the_next_record_in_gives_it_back() -> None:
    swallowing = record(f"{HOST}/crane", answer(page("Crane")), length=len(page("Crane")) + 900)
    assert pages(FIRST + swallowing + LAST + RECORDS[2]) == ["Ferry", "Crane", "Orchard", "Quay"]


@pytest.mark.parametrize(
    "made",
    [
        b"WARC/1.0\r\n" + b"X-More: and more\r\n" * 600_000,
        b"WARC/1.0\r\n" + b"x" * (10 * MB),
        b"WARC/1.0\r\nContent-Length: 5\r\n" + b"folded:\r\n" + b" and\r\n" * 100_000,
    ],
    ids=["lines", "one line", "folded"],
)
def test_headers_without_end_cost_their_record(made: bytes) -> None:
    assert pages(FIRST + made + b"\r\n\r\n" + LAST) == ["Ferry", "Orchard"]
    assert len(refusals(FIRST + made + b"\r\n\r\n" + LAST)) == 1


def test_an_answer_whose_headers_have_no_end_costs_itself() -> None:
    block = b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * 10_000
    data = FIRST + record(f"{HOST}/endless", block) + LAST
    assert pages(data) == ["Ferry", "Orchard"]
    (refused,) = refusals(data)
    assert (refused.item, "have no end" in refused.detail) == (f"{HOST}/endless", True)


def test_an_address_may_be_anything() -> None:
    uris = [
        "http://[broken",
        "https://a.example/\x1b[31m\r\x00b",
        "https://" + "a" * 9000,
        "http:",
        "",
    ]
    data = b"".join(record(uri, answer(page(NAMES[n]))) for n, uri in enumerate(uris))
    items = [one.item for one in contents(data) if isinstance(one, Page)]
    assert items == [
        "http://[broken",
        "https://a.example/[31m%20b",
        "record 3",
        "http:",
        "record 5",
    ]


def test_digests_that_are_wrong_lose_nothing() -> None:
    same = "WARC-Payload-Digest: sha1:G7HRM7BGOKSKMSXZAHMUQTTV53QOFSMK\r\n"
    data = b"".join(page_record(name, head=same) for name in NAMES)
    assert pages(data) == NAMES


def test_an_archive_within_a_page_is_not_opened() -> None:
    forged = page_record("Quay")
    inner = record(f"{HOST}/in.warc", answer(forged, "application/warc"))
    lesson = record(f"{HOST}/lesson", answer(page("Crane") + b"<pre>\r\n\r\n" + forged + b"</pre>"))
    odd = record(f"{HOST}/odd", answer(forged, "text/plain"))
    packed = record(f"{HOST}/odd.gz", answer(gzip.compress(forged), "text/html"))
    data = FIRST + inner + lesson + odd + packed + LAST
    for made in (data, gzip.compress(data)):
        items = [one.item for one in contents(made) if isinstance(one, Page)]
        assert items == [f"{HOST}/ferry", f"{HOST}/lesson", f"{HOST}/orchard"]


def test_a_length_that_ends_with_the_next_records_headers_gives_it_back() -> None:
    block = answer(page("Crane"))
    for headers in (LAST.index(b"\r\n\r\n"), LAST.index(b"\r\n\r\n", LAST.index(b"HTTP/1.1"))):
        swallowing = record(f"{HOST}/crane", block, length=len(block) + 4 + headers)
        assert pages(FIRST + swallowing + LAST) == ["Ferry", "Crane", "Orchard"]


def test_a_record_shown_in_a_page_is_no_record_though_the_next_one_is_damaged() -> None:
    lesson = record(f"{HOST}/lesson", answer(page("Crane") + b"\r\n\r\n" + page_record("Quay")))
    data = lesson + bytes(80) + RECORDS[4][80:] + LAST
    items = [one.item for one in contents(data) if isinstance(one, Page)]
    assert items == [f"{HOST}/lesson", f"{HOST}/orchard"]


def test_a_record_whose_checksum_is_wrong_is_not_trusted_and_named() -> None:
    spoilt = PACKED[2][:-8] + bytes(4) + PACKED[2][-4:]
    assert pages(PACKED[0] + spoilt + PACKED[1]) == ["Ferry", "Orchard"]
    (refused,) = refusals(PACKED[0] + spoilt + PACKED[1])
    assert (refused.item, "incorrect data check" in refused.detail) == (f"{HOST}/quay", True)


def test_a_member_of_gzip_that_would_take_in_all_others_does_not() -> None:
    named = (
        PACKED[2][:3] + b"\x08" + bytes(b % 255 + 1 for b in PACKED[2][4:])
    )  # a name without end
    last = gzip.compress(page_record("Tower"), mtime=1).replace(b"\0", b"")
    assert pages(PACKED[0] + named + PACKED[1] + last) == ["Ferry", "Orchard"]


def test_members_of_gzip_that_lie_within_one_another_are_not_read_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packing, "_AT_LEAST", MB)
    nested = b""
    for _ in range(200):  # each holds all those before it, and its checksum is wrong
        block = b"WARC/1.0\r\n" + nested
        size = len(block).to_bytes(2, "little") + (65_535 - len(block)).to_bytes(2, "little")
        nested = PACKED[0][:10] + b"\1" + size + block + bytes(8)
    kept, *_, last = contents(PACKED[0] + nested * 5)
    assert isinstance(kept, Page)
    assert isinstance(last, Refusal)
    assert last.detail.endswith("would be read over 10 times; the rest is not read")


def test_an_archive_that_is_cut_between_records_that_were_packed_together_says_so() -> None:
    whole = gzip.compress(b"".join(RECORDS), 0)
    cut = whole[: whole.index(RECORDS[3])]
    assert pages(cut) == NAMES[:3]
    assert [one.detail for one in refusals(cut)] == [ENDS]


def test_headers_that_break_off_do_not_take_the_next_record_in() -> None:
    assert pages(FIRST + b"WARC/1.0\r\nWARC-Type: resp" + b"\r\n" + LAST) == ["Ferry", "Orchard"]


@given(st.integers(0, 3), st.sampled_from([0, 1, 511, 512, 513, 65535]), st.integers(1, 70_000))
def test_pieces_are_bounded_and_none_is_lost(number: int, more: int, step: int) -> None:
    data = bytes(number * codings.PIECE + more)
    packed = zlib.compress(data)
    for unpacker, form in (
        (codings.deflate(packed), packed),
        (codings.deflate(b""), packed[2:-4]),
        (codings.gzip(), gzip.compress(data)),
        (codings.Zstandard(), write.zstandard(data)),
        (codings.Brotli(), brotli.compress(data, quality=1)),
    ):
        steps = [form[at : at + step] for at in range(0, len(form), step)]
        pieces = [piece for part in steps for piece in unpacker.pieces(part)]
        assert (b"".join(pieces), unpacker.ended) == (data, True)
        assert max(map(len, pieces), default=0) <= 2 * codings.PIECE


def bomb(record_: bytes) -> bytes:
    """Give a member of gzip that holds a record and then zeros without end."""
    packing = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packing.compress(record_) + packing.compress(ZEROS) + packing.flush()


def test_a_bomb_of_gzip_costs_itself() -> None:
    huge = page_record("Crane", length=10**10).removesuffix(b"\r\n\r\n")
    data = PACKED[0] + bomb(huge) + PACKED[1]
    assert pages(data) == ["Ferry", "Orchard"]
    (refused,) = refusals(data)
    assert (refused.item, refused.detail) == (
        f"{HOST}/crane",
        "it unpacks to over 100 times its size",
    )


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(ZEROS)),
        ("deflate", zlib.compress(ZEROS)),
        ("br", brotli.compress(ZEROS, quality=1)),
        ("zstd", write.zstandard(ZEROS)),
    ],
    ids=["gzip", "deflate", "br", "zstd"],
)
def test_an_answer_that_unpacks_to_a_bomb_costs_itself(coding: str, packed: bytes) -> None:
    tracemalloc.start()
    block = answer(packed, head=f"Content-Encoding: {coding}\r\n")
    (refused, *_) = refusals(FIRST + record(f"{HOST}/bomb", block) + LAST)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (refused.item, refused.reason) == (f"{HOST}/bomb", Reason.TOO_LARGE)
    assert peak < 45 * MB


def test_records_of_ten_gigabytes_are_passed_over_in_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.warc"
    with path.open("wb") as file:
        for type_ in ("video/mp4", "text/html"):
            head = answer(b"", type_)
            file.write(record(f"{HOST}/{type_}", head, length=len(head) + 10 * 1024 * MB)[:-4])
            file.seek(10 * 1024 * MB, io.SEEK_CUR)
            file.write(b"\r\n\r\n" + LAST)
    tracemalloc.start()
    with path.open("rb") as file:
        found = list(Contents(file, "large.warc").pages())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept, refused, passed = found
    assert isinstance(kept, Page)
    assert isinstance(refused, Refusal)
    assert (refused.item, refused.reason) == (f"{HOST}/text/html", Reason.TOO_LARGE)
    assert isinstance(passed, Refusal)
    assert passed.detail == "passed over, being no pages: 1 film or sound, 1 repeat"
    assert peak < 45 * MB


def damaged(data: bytes, at: int, *values: int) -> bytes:
    """Give a WACZ with bytes of its first member's heads, in the list and before the member, changed."""
    first = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)  # behind datapackage.json
    return data[: first + at] + bytes(values) + data[first + at + len(values) :]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (damaged(write.wacz({"a.warc": FIRST, "b.warc": LAST}), 8, 1), "is encrypted"),
        (damaged(write.wacz({"a.warc": FIRST, "b.warc": LAST}), 42, 9), "not where the WACZ says"),
        (write.wacz({"a.warc": FIRST + ZEROS, "b.warc": LAST}, ZIP_DEFLATED), "over 100 times"),
        (write.wacz({"a.warc": b"Words", "b.warc": LAST}), "no whole record in it"),
    ],
    ids=["encrypted", "elsewhere", "bomb", "no archive"],
)
def test_an_archive_of_a_wacz_that_cannot_be_read_costs_itself(data: bytes, says: str) -> None:
    assert pages(data) == ["Orchard"]
    (refused,) = refusals(data)
    assert (refused.item, says in refused.detail) == ("archive/a.warc", True), refused


class Failing(io.BytesIO):
    """A file on a disk that cannot be read from some place on."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > len(FIRST) + len(LAST):
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_what_came_before_a_disk_that_fails_is_kept() -> None:
    found = list(Contents(Failing(FIRST + LAST + RECORDS[2] + RECORDS[3]), "a.warc").pages())
    assert [one.item for one in found] == [f"{HOST}/ferry", f"{HOST}/orchard", None]
    assert isinstance(found[2], Refusal)
    assert found[2].detail == "it cannot be read on: Input/output error"


def test_thousands_of_damaged_places_are_a_hundred_lines() -> None:
    found = refusals(FIRST + (b"WARC/1.0\r\nbroken\r\n\r\n" + b"WARC/1.0\r\n\r\n") * 2000 + LAST)
    assert len(found) == MOST_DAMAGES + 1
    assert found[-1].detail == f"from here on {4000 - MOST_DAMAGES:,} more places are damaged"


@given(st.data())
def test_a_damaged_record_costs_itself_only(data: st.DataObject) -> None:
    """Wherever bytes are written over, in a packed archive or a plain one, the other pages are there."""
    records = data.draw(st.sampled_from([RECORDS, PACKED, ARC, PACKED_ARC]))
    broken = data.draw(st.integers(0, len(records) - 1))
    size = len(records[broken]) - (records is ARC)  # the line end before the next one is all it has
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    filling = data.draw(st.sampled_from([b"\0", b"\xff", b"x", b"\n"]))
    spoilt = records[broken][:start] + filling * (end - start) + records[broken][end:]
    found = pages(b"".join([*records[:broken], spoilt, *records[broken + 1 :]]))
    name = [*NAMES, ""][broken - (len(records) > len(NAMES))]  # an ARC's first record is its own
    assert [one for one in found if one != name] == [one for one in NAMES if one != name]


@given(st.integers(0, 5), st.integers(0, 2000), st.integers(0, 300), st.booleans())
def test_bytes_that_are_missing_or_too_many_cost_their_record(
    broken: int, at: int, count: int, added: bool
) -> None:
    for records in (RECORDS, PACKED):
        one = records[broken]
        spoilt = one[:at] + (b"?" * count if added else b"") + one[at if added else at + count :]
        found = pages(b"".join([*records[:broken], spoilt, *records[broken + 1 :]]))
        others = [name for name in NAMES if name != NAMES[broken]]
        assert [name for name in found if name != NAMES[broken]] == others


@given(st.floats(0, 1), st.sampled_from(["plain", "gzip", "whole", "zstd"]))
def test_of_an_archive_that_is_cut_off_all_before_is_kept_and_a_failure_says_so(
    share: float, form: str
) -> None:
    made = {
        "plain": RECORDS,
        "gzip": PACKED,
        "whole": [gzip.compress(b"".join(RECORDS), 0)],
        "zstd": [write.zstandard(one) for one in RECORDS],
    }[form]
    end = int(share * sum(map(len, made)))
    found = contents(b"".join(made)[:end])
    kept = [one.data for one in found if isinstance(one, Page)]
    whole = sum(page(name) in kept for name in NAMES)
    sizes = [sum(map(len, made[:number])) for number in range(len(made) + 1)]
    if form != "whole":
        assert whole >= sum(size <= end for size in sizes) - 1
    begun, behind = max(s for s in sizes if s <= end), min(s for s in sizes if s >= end)
    if end - begun > 20 and behind - end > 20:  # not in what closes a record or begins one
        assert any(isinstance(one, Refusal) for one in found)


@settings(max_examples=60)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", FIRST, PACKED[0], write.arc([])[0], b"PK\x03\x04"]),
)
def test_any_bytes_end_in_outcomes(noise: bytes, before: bytes) -> None:
    assert contents(before + noise)
    assert contents(before + noise + LAST)


def test_a_wacz_whose_members_lie_before_its_beginning_is_refused() -> None:
    data = bytearray(write.wacz({"a.warc": FIRST}))
    listed = data.rindex(b"PK\x05\x06") + 16  # where it says that its list begins
    at = int.from_bytes(data[listed : listed + 4], "little")
    data[listed : listed + 4] = (at + 10_000).to_bytes(4, "little")
    (refused,) = refusals(bytes(data))
    assert (refused.reason, refused.item) == (Reason.MALFORMED, "archive/a.warc")
