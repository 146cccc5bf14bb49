"""Pages of web archives in a library: each capture keeps its place, and is read again as it was read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from accession import Outcome, Recorded
from library.folder import Folder
from library.library import Library
from library.originals import reparse
from tests.db.making import dump
from tests.ingest import webarchive_writer as write
from tests.ingest.webarchive_writer import HOST, answer, page, page_record, record


@pytest.fixture(name="library")
def _library(tmp_path: Path) -> Library:
    return Library(Folder(tmp_path / "library"))


def ingest(library: Library, path: Path) -> list[Recorded]:
    return list(library.ingest([str(path)], io.BytesIO(), force=True))


def test_a_page_is_read_again_with_its_address_and_encoding(
    library: Library, tmp_path: Path
) -> None:
    russian = page("Паром", charset="koi8-r")
    words = "Паром опоздал\n\nПаром пришёл на час позже, и никто его не ждал на причале.\n"
    data = (
        record(f"{HOST}/a", answer(russian, "text/html; charset=koi8-r"))
        + record(f"{HOST}/b", answer(russian + b" ", "text/html; charset=koi8-r"))
        + record(f"{HOST}/c", answer(words.encode("koi8-r"), "text/plain; charset=koi8-r"))
        + record("file:///home/d.html", page("Сад", charset="koi8-r"), "resource",
                 "Content-Type: text/html; charset=koi8-r\r\n")
    )  # fmt: skip
    (tmp_path / "a.warc").write_bytes(data)
    with library:
        assert {one.outcome for one in ingest(library, tmp_path / "a.warc")} == {Outcome.ADDED}
        again = list(reparse(library, None))
        assert [one.outcome for one in again] == [Outcome.UNCHANGED] * 4
        assert [one.item for one in again] == [
            f"{HOST}/a", f"{HOST}/b", f"{HOST}/c", "file:///home/d.html",
        ]  # fmt: skip
        stored = [library.article(number).article for number in range(1, 5)]
    assert [one.headline for one in stored] == ["Паром", "Паром", "Паром опоздал", "Сад"]
    assert [one.url for one in stored] == [f"{HOST}/a", f"{HOST}/b", f"{HOST}/c", None]


def test_the_same_bytes_at_two_addresses_are_read_again_each_with_its_own(
    library: Library, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.warc").write_bytes(record(f"{HOST}/{name}", answer(page("Ferry"))))
    with library:
        ingest(library, tmp_path / "a.warc")
        ingest(library, tmp_path / "b.warc")
        assert [one.outcome for one in reparse(library, None)] == [Outcome.UNCHANGED] * 2
        assert [library.article(n).article.url for n in (1, 2)] == [f"{HOST}/a", f"{HOST}/b"]


def test_a_page_captured_twice_is_revised_once(library: Library, tmp_path: Path) -> None:
    later = page("Ferry").replace(b"an hour late", b"two hours late")
    archive = tmp_path / "a.warc.gz"
    archive.write_bytes(
        write.zipped([page_record("Ferry"), record(f"{HOST}/ferry", answer(later))])
    )
    with library:
        first, second = ingest(library, archive)
        assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.REVISED)
        assert second.item == f"{HOST}/ferry, record 2"
        before = dump(library.folder.database, without=["ingests", "files"])
        assert [one.outcome for one in ingest(library, archive)] == [Outcome.UNCHANGED] * 2
        assert dump(library.folder.database, without=["ingests", "files"]) == before
        (again,) = reparse(library, None)
        assert (again.outcome, again.item) == (Outcome.UNCHANGED, f"{HOST}/ferry, record 2")


def test_pages_of_archives_that_are_packed_again_are_read_again_too(
    library: Library, tmp_path: Path
) -> None:
    packed = write.zipped([page_record("Ferry"), page_record("Quay")])
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as box:
        box.writestr("crawl/a.warc.gz", packed)
    with library:
        items = [one.item for one in ingest(library, tmp_path / "box.zip")]
        assert items == [f"crawl/a.warc.gz, {HOST}/ferry", f"crawl/a.warc.gz, {HOST}/quay"]
        assert [one.outcome for one in reparse(library, None)] == [Outcome.UNCHANGED] * 2
        assert [library.article(n).article.url for n in (1, 2)] == [f"{HOST}/ferry", f"{HOST}/quay"]
