"""Libraries to damage, ways to damage a file, and questions whose answers must stay right."""

from __future__ import annotations

import io
import json
import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.asking import read
from library.folder import Folder
from library.library import Library
from library.searching import search
from terminal.exits import Exit, code_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_TEXTS = {
    "en": "the harbour council said that oil prices rise and borders stay closed to ferries",
    "de": "der Hafen und die Grenze sowie der Preis für Öl und eine neue Straße am Wasser",
    "es": "la frontera y el precio del petróleo que sube en los puertos de la región",
    "ru": "граница и порт где цена на нефть растёт а паром стоит у берега",
}
QUERIES = (
    "oil",
    "harbour",
    '"oil prices"',
    "Öl OR petróleo OR нефть",
    "price*",
    "unique1?",
    "-oil",
    "date:2021",
    "headline:report",
    "oil NEAR/4 borders",
    "граница /s паром",
    "unique7",
    "unique30 OR unique5",
    "*",
)

Answer = tuple[int, int, int, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all questions: their answers, or the error that ended them; what was said."""

    answers: tuple[Answer, ...] | None
    code: Exit | None
    said: tuple[str, ...]


def make(folder: Path, engine: str) -> None:
    """Make a library of several segments; some articles are revised, some removed."""
    with Library(Folder(folder)) as library:
        for start in range(0, 40, 8):
            _ingest(library, [_line(number) for number in range(start, start + 8)])
            library.indexing.drain()
            if start == 0:
                library.indexing.rebuild(engine=engine)
        _ingest(library, [_line(number, "It was said again.") for number in (3, 12, 25)])
        library.remove([6, 18, 19])
        library.indexing.drain()


def _ingest(library: Library, lines: Sequence[dict[str, object]]) -> None:
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    assert all(one.article_id for one in library.ingest(["-"], io.BytesIO(data)))


def _line(number: int, more: str = "") -> dict[str, object]:
    language = list(_TEXTS)[number % 4]
    words = _TEXTS[language].split()
    turned = words[number % len(words) :] + words[: number % len(words)]
    return {
        "id": number,
        "title": f"Report unique{number}",
        "text": f"{' '.join(turned)} unique{number}.\n\n{' '.join(words)}. {more}",
        "date": f"202{number % 3}-0{number % 9 + 1}-1{number % 7}",
        "language": language,
    }


def ask(folder: Path) -> Outcome:
    """Open a library and put all questions to it."""
    said = list[str]()
    try:
        with Library(Folder(folder), said.append) as library:
            answers = tuple(_answer(library, query) for query in QUERIES)
    except Exception as error:
        code = code_of(error)
        if code is None:  # a defect of ours
            raise
        return Outcome(None, code, (*said, str(error)))
    return Outcome(answers, None, tuple(said))


def _answer(library: Library, query: str) -> Answer:
    """Give all of an answer but the scores: those of a segment with deleted documents differ."""
    page = search(library, read(library, query), limit=100, sort="date")
    hits = [
        (
            hit.stored.id,
            hit.stored.article.headline,
            [(one.ordinal, one.text, one.marks) for one in hit.passages],
        )
        for hit in page.hits
    ]
    return page.total, page.searched, page.pending, hits


def flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def zero(data: bytearray, chance: random.Random) -> None:
    start, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    data[start : end + 1] = bytes(end + 1 - start)


def damage(path: Path, chance: random.Random) -> tuple[str, bool]:
    """Damage a file, its time of writing kept at times; give how, and whether it is another now."""
    status, before = path.stat(), path.read_bytes()
    how = chance.choice(["flip", "flip", "flip", "truncate", "zero", "delete", "empty"])
    if how == "delete":
        path.unlink()
        return how, True
    after = bytearray(before)
    if how == "empty":
        after.clear()
    elif before:
        {"flip": flip, "truncate": truncate, "zero": zero}[how](after, chance)
    with path.open("r+b") as file:
        file.write(after)
        file.truncate()
    if chance.random() < 0.5:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return how, after != before


def copies(made: Path, work: Path, count: int) -> Iterator[Path]:
    """Give fresh copies of a library whose index was read through before, long enough ago."""
    for _ in range(count):
        shutil.copytree(made, work)
        with Library(Folder(work)) as library:
            library.indexing.engine()
        time.sleep(0.02)
        yield work
        shutil.rmtree(work)
