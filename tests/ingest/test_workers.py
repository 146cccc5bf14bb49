"""A file that crashes its parser, hangs it or swells it costs itself and nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from accession import Reason
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
        (worker,) = workers._idle
        pid = worker._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_an_answer_of_many_megabytes_comes_whole(workers: Workers) -> None:
    (found,) = reads(workers, "long", bytes(30_000_000))
    assert isinstance(found, Parsed)
    assert found.data == bytes(30_000_000)


def test_files_are_read_at_once_each_by_a_process_of_its_own(workers: Workers) -> None:
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda n: reads(workers, "an article", bytes(n)), range(12)))
    assert all(isinstance(one, Parsed) for (one,) in found)
    assert 1 < len(workers._idle) <= 3


def test_closing_ends_what_a_thread_waits_for(workers: Workers) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(reads, workers, "hangs")
        while not workers._busy:
            time.sleep(0.01)
        workers.close()
        (lost,) = waiting.result(timeout=1)
    assert isinstance(lost, Unread)
    assert lost.reason is Reason.KILLED
