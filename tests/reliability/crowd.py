"""One of many who use a library at once, as a process that stays: a writer or a reader.

    python -m tests.reliability.crowd writer FOLDER SECONDS NUMBER

At the end it prints a JSON object: what it did, what went wrong, its memory and files early and late.
"""

from __future__ import annotations

import io
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from library.asking import read
from library.errors import ArticleMissing
from library.folder import Folder
from library.library import Library
from library.searching import search
from library.tagging import tag
from search import whoosh_writer  # noqa: F401 - as for `library.store` below
from tests.reliability.making import line

BATCH = 5
_WARM = 0.3
"""The share of the time after which memory and files are first looked at."""


@dataclass(slots=True)
class Report:
    """What one of them did: articles by id, and their headlines; `removed` ids; turns; complaints."""

    stored: dict[int, str] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    turns: int = 0
    errors: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)


def _ingest(library: Library, report: Report, lines: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(one) + "\n" for one in lines)
    for one in library.ingest(["-"], io.BytesIO(text.encode())):
        assert one.article_id is not None, one
        assert one.outcome.value == "added", one
        report.stored[one.article_id] = one.headline or ""
    library.indexing.drain()


def write(library: Library, report: Report, number: int) -> None:
    """Take in a few articles that nobody else has; now and then tag some, or remove one again."""
    first = (number + 1) * 1_000_000 + report.turns * BATCH
    before = set(report.stored)
    _ingest(library, report, [line(first + more) for more in range(BATCH)])
    new = sorted(report.stored.keys() - before)
    if report.turns % 2:
        tag(library, new[:2], f"by{number}")
    if report.turns % 3 == 0:
        report.removed += library.remove(new[-1:])
    library.indexing.drain()


def look(library: Library, report: Report, number: int) -> None:
    """Search, show, list and count; whatever is found must be what was asked for."""
    newest = library.reader.newest(20)
    if not newest:
        return
    one = random.choice(newest)
    headline = one["headline"]
    found = search(library, read(library, f'"{headline}"'))
    for hit in found.hits:
        assert hit.stored.article.headline == headline, (headline, hit.stored.article.headline)
    try:
        library.article(one["id"])
    except ArticleMissing:  # removed meanwhile
        pass
    else:
        assert found.hits or found.pending, f"{headline} is not found, and nothing waits"
    rows = library.reader.select("SELECT count(*) AS n FROM current_articles")
    assert rows[0]["n"] >= 0


def _resources(library: Library) -> tuple[int, int]:
    """Give the kilobytes in memory and the number of open files, after the index was let go.

    Else it holds the files of one state of the index, which are more or less, and gone by now or not.
    """
    library.indexing.close()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024, len(list(Path("/proc/self/fd").iterdir()))


def stay(
    turn: Callable[[Library, Report, int], None], folder: Path, seconds: float, n: int
) -> Report:
    """Take turns until the time is over."""
    report, begin = Report(), time.monotonic()
    early: tuple[int, int] | None = None
    with Library(Folder(folder)) as library:
        _ = library.store  # a reader that comes to index what waits needs all of it, early or late
        while time.monotonic() < begin + seconds:
            try:
                turn(library, report, n)
            except Exception as error:  # whatever a user would see
                report.errors.append(f"{type(error).__name__}: {error}")
            report.turns += 1
            if early is None and time.monotonic() >= begin + seconds * _WARM:
                early = _resources(library)
            time.sleep(0.01)
        late = _resources(library)
    report.memory, report.files = map(list, zip(early or late, late, strict=True))
    return report


if __name__ == "__main__":
    turns = {"writer": write, "reader": look}
    kind, place, lasting, number = sys.argv[1:]
    done = stay(turns[kind], Path(place), float(lasting), int(number))
    print(json.dumps(asdict(done)))
