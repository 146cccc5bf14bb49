"""Files as they may be found after an accident or an attack, and reading them within the limits of a reader.

As a program: `python -m tests.reliability.fuzzing SEED COUNT [FOLDER]` reads so many in this process and
writes a line of JSON before each of them and one at the end; FOLDER holds real files to damage, too.
"""

from __future__ import annotations

import io
import json
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from accession import Reading, Refusal
from ingest import signs, worker
from ingest.parsed import Given, Parsed, Unread
from ingest.registry import ending
from ingest.workers import Workers

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 45
MEMORY = 1024 * 1024 * 1024
_LARGEST = 120_000
"""Bytes of a real file that is damaged: reading it takes a few hundredths of a second."""
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (
    b"0",
    b"-1",
    b"255",
    b"65536",
    b"2147483647",
    b"4294967296",
    b"99999999999999999999",
    b"1e999",
)
_NESTS = (b"[", b"{", b"(", b"<div>", b"{\\b ", b"<a><b>", b"> ", b"- ", b'{"a":', b"[[", b"BEGIN", b"<!--", b"\n\n", b"=?utf-8?q?", b" ", b". ", b'"', b"a@")  # fmt: skip
_DEPTHS = (3, 3, 300, 300, 300, 3_000, 30_000)
_SIGNS = (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[2J", b"\xed\xa0\x80", b"<", b"&#x110000;", b"]]>", b'"', b"\r", b"%PDF", b"PK\3\4", b"\x1f\x8b", b"WARC/1.0\r\n")  # fmt: skip


class Here:
    """Reads in this process what workers read in theirs."""

    password: str | None = None
    columns: Mapping[str, str] = MappingProxyType({})
    processes = 1

    def notify(self, line: str) -> None:
        """Hear how a file is going to be read."""

    def close(self) -> None:
        """End nothing: there is none but this process."""

    def parse(self, module: str, given: Given) -> list[Parsed | Unread]:
        """Read a file."""
        return list(worker.parsed(module, given))

    def results(self, module: str, given: Given) -> Iterator[Parsed | Unread]:
        """Read a file, a result at a time."""
        return worker.parsed(module, given)


def samples(real: Path | None = None) -> list[tuple[str, bytes]]:
    """Give files that are whole by name: the project's own, and those in a folder of real ones."""
    folders = ("docs/formats", "docs/sample", "examples", "tests/ingest")
    own = [path for folder in folders for path in sorted((ROOT / folder).rglob("*"))]
    kept = [path for path in own if path.suffix not in {".py", ".pyc", ".tsv", ".pem"}]
    kept = [path for path in kept if path.is_file() and not path.name.startswith("expected")]
    found = sorted((real / "data").rglob("*")) if real else []
    kept += [
        one
        for one in found
        if one.is_file() and one.stat().st_size < _LARGEST and "gold" not in one.name
    ]
    return [(path.name, path.read_bytes()) for path in kept]


def by_format(files: list[tuple[str, bytes]]) -> dict[str, list[tuple[str, bytes]]]:
    """Sort files by the format that they are seen to have."""
    sorted_: dict[str, list[tuple[str, bytes]]] = {}
    for name, data in files:
        format_ = signs.recognise(io.BytesIO(data), ending(name))
        sorted_.setdefault(format_.name if format_ else "", []).append((name, data))
    return sorted_


def damaged(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Give a file after a few accidents; `other` is what may get into it."""
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        data = _accident(chance, data, other)[: 4 << 20]
    return data


def _accident(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Let one thing happen to a file between two places in it."""
    at, to = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    start = chance.randrange(len(other) + 1)
    return chance.choice((
        lambda: _flipped(chance, data),
        lambda: data[:at],
        lambda: data[:at] + data[to:],
        lambda: data[:to] + data[at:to] * chance.choice((1, 2, 20)) + data[to:],
        lambda: data[:at] + other[start : start + chance.randrange(400)] + data[at:],
        lambda: data[:at] + other[:start],
        lambda: _other_number(chance, data),
        lambda: data[:at] + chance.choice(_NESTS) * chance.choice(_DEPTHS) + data[at:],
        lambda: data[:at] + chance.choice(_SIGNS) + data[at:],
        lambda: data[:at] + data[at:to][::-1] + data[to:],
    ))()  # fmt: skip


def _flipped(chance: random.Random, data: bytes) -> bytes:
    flipped = bytearray(data)
    for _ in range(min(chance.randrange(1, 30), len(data))):
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _other_number(chance: random.Random, data: bytes) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(_NUMBERS) + data[one.end() :]


def inputs(
    seed: int, count: int, files: dict[str, list[tuple[str, bytes]]]
) -> Iterator[tuple[str, bytes]]:
    """Give so many damaged files, each format's as often as another's, a tenth under a wrong name."""
    chance, formats = random.Random(seed), sorted(files)
    for number in range(count):
        name, data = chance.choice(files[formats[number % len(formats)]])
        other_name, other = chance.choice(files[chance.choice(formats)])
        wrong = chance.random() < 0.1
        yield other_name if wrong else name, damaged(chance, data, other)


def read(name: str, data: bytes, workers: Workers) -> list[str]:
    """Read a file as ingest does; give how each of its articles ended."""
    format_ = signs.recognise(io.BytesIO(data), ending(name))
    if format_ is None:
        return ["no format"]
    ends = []
    for result in format_.read(io.BytesIO(data), name, workers):
        assert isinstance(result, Reading | Refusal), type(result)
        ends.append("read" if isinstance(result, Reading) else result.reason.value)
    return ends


class Late(BaseException):
    """A file has had its time; no parser catches it."""


def _late(*_: object) -> None:
    raise Late


def main() -> None:
    """Read damaged files in this process, and tell which."""
    seed, count, *folder = sys.argv[1:]
    files = by_format(samples(Path(folder[0]) if folder else None))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, _late)
    ends, slowest = Counter[str](), (0.0, 0)
    for number, (name, data) in enumerate(inputs(int(seed), int(count), files)):
        _tell({"input": number, "name": name, "size": len(data)})
        begun = time.monotonic()
        signal.alarm(SECONDS)
        try:
            ends.update(read(name, data, cast("Workers", Here())))
        except Late:
            _tell({"late": SECONDS, "input": number, "name": name})
        except Exception:
            _tell({"escaped": traceback.format_exc()[-1500:], "input": number, "name": name})
        finally:
            signal.alarm(0)
        slowest = max(slowest, (time.monotonic() - begun, number))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _tell({"ends": dict(ends), "slowest": slowest, "formats": sorted(files), "peak_mb": peak})


def _tell(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
