"""What a web archive holds: pages, and for what could not be read of it a refusal, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from accession import Outcome, Reason, Refusal
from ingest.containers import label as name_of_member
from ingest.single import refuse
from ingest.webarchive import wacz
from ingest.webarchive.choosing import Choosing
from ingest.webarchive.page import Page
from ingest.webarchive.record import Damage, Record
from ingest.webarchive.scan import scan
from ingest.zips import Refused, looks_like_zip

Found = Iterator[Page | Refusal]


class Contents:
    """Looks through one file, a record at a time."""

    def __init__(self, file: BinaryIO, location: str) -> None:
        self._file = file
        self._location = location
        self._choosing = Choosing()
        self._something = False

    def pages(self) -> Found:
        """Give the pages and the refusals, last of them one that counts what is passed over."""
        try:
            for one in self._all():
                self._something = True
                yield one
        except Refused as error:
            yield self._refused(error)
        except OSError as error:  # what came before it is kept
            told = f"it cannot be read on: {error.strerror or error}"
            yield refuse(self._location, Reason.UNREADABLE, told)
        else:
            yield from self._passed_over()

    def _all(self) -> Found:
        """Give what there is in an archive, or in all those of a WACZ."""
        self._file.seek(0)
        if not looks_like_zip(self._file.read(4)):
            yield from self._archive(self._file)
            return
        opened, members = wacz.archives(self._file)
        with opened:
            for info in members:
                name = name_of_member(info)
                try:
                    with wacz.member(opened, info, self._file) as file:
                        yield from self._archive(file, name)
                except Refused as error:
                    yield self._refused(error, name)

    def _archive(self, file: BinaryIO, name: str = "") -> Found:
        for one in scan(file):
            label = f"{name}, record {one.number}" if name else f"record {one.number}"
            if isinstance(one, Damage):
                yield self._flawed(self._choosing.item(one.uri, label), one.detail)
            elif found := self._chosen(one, label):
                yield self._flawed(found.item, one.flaw) if one.flaw else found

    def _chosen(self, record: Record, label: str) -> Page | Refusal | None:
        try:
            return self._choosing.page(record, label)
        except Refused as error:
            return self._refused(error, self._choosing.item(record.uri, label))

    def _flawed(self, item: str | None, detail: str) -> Refusal:
        return refuse(self._location, Reason.MALFORMED, detail, item)

    def _refused(self, error: Refused, item: str | None = None) -> Refusal:
        return refuse(self._location, error.reason, error.detail, item)

    def _passed_over(self) -> Found:
        """Say what is no page; of an archive without a single one, that too."""
        passed = str(self._choosing.passed)
        if not self._something:
            detail = "there is no page in it" + (passed and f"; passed over: {passed}")
            yield refuse(self._location, Reason.UNKNOWN_FORMAT, detail)
        elif passed:
            detail = f"passed over, being no pages: {passed}"
            yield Refusal(self._location, Outcome.SKIPPED, Reason.UNKNOWN_FORMAT, detail)
