"""Whatever a file holds, reading it ends in an outcome, in time and within its memory."""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from article import Reference
from ingest.dates import parse_date
from ingest.registry import FORMATS
from ingest.workers import Workers
from library.errors import ReferenceWrong
from library.passage import parse_reference
from search.parser import parse
from search.printing import to_text
from search.query import QueryError
from tests.reliability.conftest import trials
from tests.reliability.fuzzing import ROOT, SECONDS, by_format, inputs, read, samples
from tests.search.soup import some_query

BATCH = 500
"""So many inputs are read by one process: what is lost with one is told from the others."""


def batch(seed: int, count: int, shared: Path) -> list[dict[str, Any]]:
    """Read damaged files in a process of their own; give what it told."""
    program = [
        sys.executable,
        "-m",
        "tests.reliability.fuzzing",
        str(seed),
        str(count),
        str(shared),
    ]
    done = subprocess.run(
        program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode:
        told.append(
            {"lost": done.returncode, "input": told[-1]["input"], "said": done.stderr[-500:]}
        )
    return told


def test_whatever_a_file_holds_reading_it_ends_in_an_outcome(shared: Path) -> None:
    """Parsers are read in one process here, without the limits of workers."""
    lost: list[tuple[int, dict[str, Any]]] = []
    ends, formats = Counter[str](), set[str]()
    for seed in range(trials(2_000, 100_000 * len(FORMATS)) // BATCH):
        for line in batch(seed, BATCH, shared):
            if line.keys() & {"escaped", "lost", "late"}:
                lost.append((seed, line))
            ends.update(line.get("ends", {}))
            formats.update(line.get("formats", ()))
    print(dict(ends))
    for seed, line in lost:
        assert "escaped" not in line, (seed, line)
        assert_an_outcome(seed, line["input"], shared)
    assert {one.name for one in FORMATS} - formats <= {"Omnivore"}  # a zip, until it is looked into


def assert_an_outcome(seed: int, number: int, shared: Path) -> None:
    """Read what a parser crashed or hung on as people do: it costs a worker, and is told."""
    *_, (name, data) = inputs(seed, number + 1, by_format(samples(shared)))
    begun = time.monotonic()
    with Workers(processes=1) as workers:
        assert read(name, data, workers), (seed, number)
    assert time.monotonic() - begun < SECONDS * 3


def test_workers_give_an_outcome_for_every_file(shared: Path) -> None:
    files = by_format(samples(shared))
    with Workers(processes=1) as workers:
        for name, data in inputs(999, trials(60, 5_000), files):
            begun = time.monotonic()
            assert read(name, data, workers), name
            assert time.monotonic() - begun < SECONDS * 3, name
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_100_000


def test_a_query_is_a_tree_or_a_mistake() -> None:
    chance = random.Random(20)
    for _ in range(trials(20_000, 200_000)):
        text = some_query(chance) if chance.random() < 0.5 else noise(chance)
        with suppress(QueryError):
            tree = parse(text)
            assert parse(to_text(tree)) == tree, text


NOISE = [
    *"ab\"'()*?~=-+:/\\[]. \t\n#@^|&!<>{}“”«»—…éßıПа石ا\u0301\u200b\u202e\x00\x1b\ud800😀",
    "AND", "OR", "NOT", "NEAR/", "date:", "headline:", "ATLEAST/", "TO", "..", "2021", "99999999999999",
]  # fmt: skip


def noise(chance: random.Random) -> str:
    return "".join(chance.choice(NOISE) for _ in range(chance.randrange(60)))


def test_a_reference_is_read_or_refused() -> None:
    chance = random.Random(21)
    parts = [*"0123456789#@abcdefx -+\u0661٣\x00", "42#7@9f3c21ab", "9" * 400, "#1", "@", "²"]
    for _ in range(trials(20_000, 200_000)):
        text = "".join(chance.choice(parts) for _ in range(chance.randrange(12)))
        with suppress(ReferenceWrong):
            assert isinstance(parse_reference(text), Reference)


def test_a_date_is_read_or_none() -> None:
    chance = random.Random(22)
    parts = [
        *"0123456789-/.,: TZ+年月日",
        "November",
        "ноября",
        "2021",
        "13",
        "99",
        "of",
        "1.º",
        "Sept",
        "+25:99",
        "\u0661",
        "0000",
    ]
    for _ in range(trials(20_000, 200_000)):
        text = "".join(chance.choice(parts) for _ in range(chance.randrange(14)))
        found = parse_date(text)
        assert found is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", found.date), text
