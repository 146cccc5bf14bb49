"""Files that hold files are unpacked within bounds, whatever they say of themselves."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterable

import pytest

from accession import Reason
from ingest import containers, zips
from ingest.containers import Member, members, unpack_gzip
from ingest.parsed import Unread
from ingest.zips import Refused, open_document, read_member

MB = 1 << 20
TEXT = b"The ferry sailed at dawn.\n"


def packed(files: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def walked(data: bytes) -> list[Member | Unread]:
    return list(members(io.BytesIO(data)))


def declared(data: bytes, name: bytes, size: int, check: int) -> bytes:
    """Give a zip file whose list says that a member unpacks to `size` bytes of checksum `check`."""
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    return (
        data[: at + 16]
        + struct.pack("<I", check)
        + data[at + 20 : at + 24]
        + struct.pack("<I", size)
        + data[at + 28 :]
    )


def test_files_come_in_order_and_folders_and_hidden_ones_do_not() -> None:
    names = ["b.txt", "folder/", "folder/a.txt", ".hidden", "x/.git/config", "__MACOSX/b.txt"]
    found = walked(packed((name, TEXT if name[-1] != "/" else b"") for name in names))
    assert [one.name for one in found if isinstance(one, Member)] == ["b.txt", "folder/a.txt"]
    assert len(found) == 2
    assert all(isinstance(one, Member) and one.data == TEXT for one in found)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("/etc/passwd", "etc/passwd"),
        ("../../home/a.txt", "home/a.txt"),
        ("a/../b.txt", "a/b.txt"),
        ("..\\c.txt", "c.txt"),
        ("one\x1b[31m.txt", "one[31m.txt"),
        ("..", "a member without a name"),
    ],
)
def test_a_name_is_a_label_and_leads_nowhere(name: str, label: str) -> None:
    assert walked(packed([(name, TEXT)])) == [Member(label, TEXT)]


def test_a_name_in_unmarked_utf8_keeps_its_letters() -> None:
    data = packed([("f\u00e4hre.txt", TEXT)])
    flag = data.rindex(b"PK\x01\x02") + 8
    local = data.index(b"PK\x03\x04") + 6
    unmarked = bytearray(data)
    unmarked[flag : flag + 2] = unmarked[local : local + 2] = b"\0\0"
    assert walked(bytes(unmarked)) == [Member("f\u00e4hre.txt", TEXT)]


def test_a_zip_within_a_zip_is_refused_and_a_document_within_is_not() -> None:
    inner = packed([("a.txt", TEXT)])
    document = packed([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")])
    refused, kept = walked(packed([("in.zip", inner), ("a.docx", document)]))
    assert isinstance(refused, Unread)
    assert (refused.reason, refused.item) == (Reason.UNKNOWN_FORMAT, "in.zip")
    assert "unpack it first" in refused.detail
    assert kept == Member("a.docx", document)


def test_a_bomb_costs_itself_and_what_follows_is_read() -> None:
    bomb, after = walked(packed([("bomb.txt", bytes(300 * MB)), ("after.txt", TEXT)]))
    assert isinstance(bomb, Unread)
    assert (bomb.reason, bomb.item) == (Reason.TOO_LARGE, "bomb.txt")
    assert "100 times" in bomb.detail
    assert after == Member("after.txt", TEXT)


def test_all_members_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_BYTES", 100)
    found = walked(packed((f"{number}.txt", TEXT) for number in range(9)))
    assert [type(one) for one in found] == [Member, Member, Member, Unread]
    assert isinstance(found[-1], Unread)
    assert found[-1].reason is Reason.TOO_LARGE
    assert "the rest is not read" in found[-1].detail


def test_refused_members_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_BYTES", 10 * MB)
    found = walked(packed((f"{number}.bin", bytes(30 * MB)) for number in range(9)))
    assert 1 < len(found) < 5


def test_a_zip_of_too_many_files_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_MEMBERS", 3)
    (only,) = walked(packed((f"{number}", TEXT) for number in range(4)))
    assert isinstance(only, Unread)
    assert only.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("size", [0, 5])
def test_a_size_declared_too_small_hides_nothing(size: int) -> None:
    data = declared(packed([("a.txt", TEXT)]), b"a.txt", size, zlib.crc32(TEXT[:size]))
    (only,) = walked(data)
    assert isinstance(only, Unread)
    assert only.reason is Reason.MALFORMED


def test_a_document_that_hides_its_size_is_refused_before_a_library_sees_it() -> None:
    """A library would unpack all of it, and only then throw away what goes beyond the size."""
    bomb = packed([("word/document.xml", bytes(50 * MB))])
    data = declared(bomb, b"word/document.xml", 4, zlib.crc32(bytes(4)))
    with pytest.raises(Refused) as refused:
        open_document(data, "Word document")
    assert refused.value.reason in (Reason.TOO_LARGE, Reason.MALFORMED)


def test_a_document_may_unpack_to_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed([("a", TEXT), ("b", TEXT)])
    with open_document(data, "document") as archive:
        assert read_member(archive, "b") == TEXT
    monkeypatch.setattr(zips, "MOST_BYTES", len(TEXT) + 1)
    with pytest.raises(Refused) as refused:
        open_document(data, "document")
    assert refused.value.reason is Reason.TOO_LARGE


def test_an_encrypted_member_is_said_so() -> None:
    data = bytearray(packed([("secret.txt", TEXT)]))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    (only,) = walked(bytes(data))
    assert isinstance(only, Unread)
    assert (only.reason, only.item) == (Reason.ENCRYPTED, "secret.txt")


def test_members_that_lie_over_each_other_are_refused() -> None:
    data = packed([("a.txt", bytes(range(256)) * 40), ("b.txt", TEXT)])
    at = data.rindex(b"PK\x01\x02") + 20
    over = data[:at] + struct.pack("<I", len(data)) + data[at + 4 :]
    (only,) = walked(over)
    assert isinstance(only, Unread)
    assert only.reason is Reason.MALFORMED


@pytest.mark.parametrize("data", [b"", b"no zip", packed([("a.txt", TEXT)])[:40]])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    (only,) = walked(data)
    assert isinstance(only, Unread)
    assert only.reason is Reason.MALFORMED


def test_a_damaged_member_costs_itself() -> None:
    data = bytearray(packed([("a.txt", TEXT * 9), ("b.txt", TEXT)]))
    data[40] ^= 0xFF
    damaged, whole = walked(bytes(data))
    assert isinstance(damaged, Unread)
    assert (damaged.reason, damaged.item) == (Reason.MALFORMED, "a.txt")
    assert whole == Member("b.txt", TEXT)


def test_an_empty_zip_says_so() -> None:
    (only,) = walked(packed([("folder/", b"")]))
    assert isinstance(only, Unread)
    assert only.reason is Reason.EMPTY


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["[Content_Types].xml", "word/document.xml"], "docx"),
        (["[Content_Types].xml", "word/document2.xml"], "docx"),
        (["mimetype", "META-INF/container.xml", "OEBPS/content.opf"], "epub"),
        (["mimetype", "content.xml", "META-INF/manifest.xml"], "odt"),
        (["[Content_Types].xml", "xl/workbook.xml"], None),
        (["a.txt"], None),
    ],
)
def test_a_document_is_known_by_its_members(names: list[str], kind: str | None) -> None:
    with zips.open_zip(io.BytesIO(packed((name, TEXT) for name in names))) as archive:
        assert containers.document_in(archive) == kind


def unpacked(data: bytes, limit: int) -> bytes:
    target = io.BytesIO()
    unpack_gzip(io.BytesIO(data), target, limit)
    return target.getvalue()


def test_gzip_of_several_parts_is_one_file_and_zeros_after_it_are_none() -> None:
    data = gzip.compress(TEXT) + gzip.compress(b"It came back at dusk.\n") + bytes(512)
    assert unpacked(data, MB) == TEXT + b"It came back at dusk.\n"


def test_gzip_is_unpacked_to_its_limit_and_no_further() -> None:
    data = gzip.compress(random.Random(1).randbytes(3 * MB))
    assert len(unpacked(data, 3 * MB)) == 3 * MB
    with pytest.raises(Refused) as refused:
        unpacked(data, 3 * MB - 1)
    assert refused.value.reason is Reason.TOO_LARGE


def test_gzip_that_grows_more_than_a_hundredfold_is_refused() -> None:
    with pytest.raises(Refused, match="100 times its size"):
        unpacked(gzip.compress(bytes(9 * MB)), 99 * MB)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_whose_length_cannot_be_counted_while_it_unpacks_is_refused(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr("a.txt", bytes(9 * MB))
    (only,) = members(out)
    assert isinstance(only, Unread)
    assert "packed in a way that is not read" in only.detail


@pytest.mark.parametrize("data", [b"", b"no gzip", gzip.compress(TEXT * 99)[:-9]])
def test_damaged_gzip_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        unpacked(data, MB)
    assert refused.value.reason is Reason.MALFORMED


def test_a_member_without_a_name_costs_only_itself() -> None:
    data = packed([("n", TEXT), ("two.txt", TEXT)])
    start = data.index(b"PK\x01\x02")  # of the list, where a name's length stands at 28
    unnamed = data[start + 46 : start + 47]
    assert unnamed == b"n"
    listed = data[start : start + 28] + b"\0\0" + data[start + 30 : start + 46] + data[start + 47 :]
    at = listed.index(b"PK\x05\x06") + 12
    size = int.from_bytes(listed[at : at + 4], "little") - 1
    mended = listed[:at] + size.to_bytes(4, "little") + listed[at + 4 :]
    found = list(members(io.BytesIO(data[:start] + mended)))
    assert found[1:] == [Member("two.txt", TEXT)]
