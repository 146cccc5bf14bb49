"""A file that crashes its parser, hangs it or swells it costs itself and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from article import Reason
from ingest.parsed import Given, Parsed, Unread
from ingest.workers import Workers
from tests.ingest.misbehaving import WHOLE

MODULE = "tests.ingest.misbehaving"


@pytest.fixture(name="workers")
def _workers() -> Iterator[Workers]:
    with Workers(seconds=1) as workers:
        yield workers


def reads(workers: Workers, name: str, data: bytes = b"") -> list[Parsed | Unread]:
    return workers.parse(MODULE, Given(data, name, "secret"))


def still_reads(workers: Workers) -> bool:
    (found,) = reads(workers, "an article")
    return isinstance(found, Parsed) and found.article.paragraphs[0].text == "an article"


def test_an_article_comes_through_as_it_was_read(workers: Workers) -> None:
    article, refused = reads(workers, "whole", bytes(3_000_000))
    assert article == Parsed(WHOLE, "odd", ("a warning",), "sv", "chapter 1", b"\x00\xff")
    assert refused == Unread(Reason.ENCRYPTED, "3000000 secret", "chapter 2")
    assert still_reads(workers)


@pytest.mark.parametrize(
    ("name", "reason", "says"),
    [
        ("hangs", Reason.TIMEOUT, "more than 1 seconds"),
        ("swells", Reason.KILLED, "more than 1 GB of memory"),
        ("raises", Reason.MALFORMED, "LookupError: no such thing"),
    ],
)
def test_a_file_that_misbehaves_costs_itself(
    workers: Workers, name: str, reason: Reason, says: str
) -> None:
    (lost,) = reads(workers, name)
    assert isinstance(lost, Unread)
    assert lost.reason is reason
    assert says in lost.detail
    assert still_reads(workers)


def test_what_was_read_before_a_crash_is_kept(workers: Workers) -> None:
    found, lost = reads(workers, "crashes", bytes(200_000))
    assert found == Parsed(WHOLE, "odd")
    assert isinstance(lost, Unread)
    assert lost.reason is Reason.KILLED
    assert still_reads(workers)


def test_a_process_that_has_grown_large_makes_way(workers: Workers) -> None:
    assert len(reads(workers, "swells and frees")) == 1
    assert still_reads(workers)


def test_an_interrupted_reading_is_not_taken_for_the_next(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert still_reads(workers)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("ingest.workers.select.select", interrupted)
        with pytest.raises(KeyboardInterrupt):
            reads(workers, "whole")
    assert still_reads(workers)


def test_no_process_outlives_its_end() -> None:
    with Workers() as workers:
        assert still_reads(workers)
        assert workers._worker
        pid = workers._worker._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_an_answer_of_many_megabytes_comes_whole(workers: Workers) -> None:
    (found,) = reads(workers, "long", bytes(30_000_000))
    assert isinstance(found, Parsed)
    assert found.data == bytes(30_000_000)
