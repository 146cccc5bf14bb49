"""A disk that keeps, when the power fails, only what was synced: made from what strace wrote down.

A file keeps what it held at its last fsync; what was written since is there or not, in whole writes,
or as zeros. A folder keeps the names it had at its own last fsync, and perhaps the first few changes
since. That is less than any journaling file system keeps.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Write = tuple[int, bytes | None]  # offset and data; None cuts the file off there
Change = tuple[str, "Node | None"]  # a name, and what bears it now


@dataclass(slots=True, eq=False)
class File:
    """What is in a file, what of it is synced, and what was written since."""

    now: bytearray = field(default_factory=bytearray)
    safe: bytes = b""
    since: list[Write] = field(default_factory=list)

    def write(self, one: Write) -> None:
        """Write, or cut off."""
        _apply(self.now, one)
        self.since.append(one)

    def sync(self) -> None:
        """Keep what is there."""
        self.safe, self.since = bytes(self.now), []

    def after_crash(self, chance: random.Random, share: float) -> bytes:
        """Give what a power cut leaves."""
        left = bytearray(self.safe)
        for offset, data in self.since:
            if chance.random() < share:
                lost = data is not None and share < 1 and chance.random() < 0.3
                _apply(left, (offset, bytes(len(data)) if lost and data is not None else data))
        return bytes(left)


@dataclass(slots=True, eq=False)
class Names:
    """The names in a folder, those that are synced, and what was changed since, in steps."""

    now: dict[str, Node] = field(default_factory=dict)
    safe: dict[str, Node] = field(default_factory=dict)
    since: list[Sequence[Change]] = field(default_factory=list)

    def change(self, *changes: Change) -> None:
        """Change names in one step."""
        _rename(self.now, changes)
        self.since.append(changes)

    def sync(self) -> None:
        """Keep the names that are there."""
        self.safe, self.since = dict(self.now), []

    def after_crash(self, chance: random.Random, share: float) -> dict[str, Node]:
        """Give the names that a power cut leaves."""
        left = dict(self.safe)
        kept = len(self.since) if share == 1 else chance.randint(0, len(self.since)) * (share > 0)
        for changes in self.since[:kept]:
            _rename(left, changes)
        return left


Node = File | Names


def _apply(data: bytearray, one: Write) -> None:
    offset, new = one
    if new is None:
        del data[offset:]
        data.extend(bytes(offset - len(data)))
    elif new:
        data.extend(bytes(max(offset - len(data), 0)))
        data[offset : offset + len(new)] = new


def _rename(names: dict[str, Node], changes: Iterable[Change]) -> None:
    for name, node in changes:
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


class Disk:
    """What is below `root`, as the system calls of one process leave it; `told` is its output."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.top = _loaded(root)
        self.told = bytearray()
        self._open: dict[int, Node | None] = {}
        self._at: dict[int, int] = {}

    def play(self, call: str, text: str) -> None:
        """Do what a system call did."""
        ended = re.search(r" = (-?\d+)[^=]*$", text)
        if ended is not None and int(ended[1]) >= 0 and (done := getattr(self, f"_{call}", None)):
            done(text, _strings(text), int(ended[1]))

    def crashed(self, to: Path, seed: int) -> None:
        """Write down under `to` what a power cut now would leave; all chance is the seed's."""
        chance = random.Random(seed)
        share = chance.choice([0.0, 0.5, 1.0])
        _put_down(self.top, to, chance, share)

    def _find(self, written: bytes) -> tuple[Names, str] | None:
        """Give the folder a path is in, and its name there; None outside."""
        path = written.decode()
        if not path.startswith(f"{self.root}/"):
            return None
        *folders, name = path[len(str(self.root)) + 1 :].split("/")
        node: Node = self.top
        for one in folders:
            assert isinstance(node, Names)
            node = node.now[one]
        assert isinstance(node, Names)
        return node, name

    def _openat(self, text: str, strings: list[bytes], descriptor: int) -> None:
        self._at[descriptor] = 0
        found = self._find(strings[0])
        if found is None:
            self._open[descriptor] = self.top if strings[0].decode() == str(self.root) else None
            return
        names, name = found
        if name not in names.now:
            names.change((name, File()))
        node = self._open[descriptor] = names.now[name]
        if "O_TRUNC" in text and isinstance(node, File):
            node.write((0, None))
        assert "O_APPEND" not in text

    def _close(self, text: str, _: list[bytes], __: int) -> None:
        self._open.pop(_descriptor(text), None)

    def _lseek(self, text: str, _: list[bytes], offset: int) -> None:
        self._at[_descriptor(text)] = offset

    def _write(self, text: str, strings: list[bytes], count: int) -> None:
        descriptor = _descriptor(text)
        data = strings[0][:count]
        if descriptor == 1:
            self.told += data
        elif isinstance(node := self._open.get(descriptor), File):
            node.write((self._at[descriptor], data))
            self._at[descriptor] += count

    def _pwrite64(self, text: str, strings: list[bytes], count: int) -> None:
        if isinstance(node := self._open.get(_descriptor(text)), File):
            offset = int(text[: text.rindex(") =")].rpartition(", ")[2])
            node.write((offset, strings[0][:count]))

    def _ftruncate(self, text: str, _: list[bytes], __: int) -> None:
        if isinstance(node := self._open.get(_descriptor(text)), File):
            node.write((int(text[: text.rindex(")")].rpartition(", ")[2]), None))

    def _fsync(self, text: str, _: list[bytes], __: int) -> None:
        node = self._open.get(_descriptor(text))
        if node is not None:
            node.sync()

    _fdatasync = _fsync

    def _rename(self, _: str, strings: list[bytes], __: int) -> None:
        old, new = map(self._find, strings)
        if old is not None and new is not None:
            assert old[0] is new[0], "names move within a folder only"
            old[0].change((old[1], None), (new[1], old[0].now[old[1]]))

    def _mkdir(self, _: str, strings: list[bytes], __: int) -> None:
        if (found := self._find(strings[0])) is not None:
            found[0].change((found[1], Names()))

    def _unlink(self, _: str, strings: list[bytes], __: int) -> None:
        if (found := self._find(strings[0])) is not None:
            found[0].change((found[1], None))

    _rmdir = _unlink

    def _unlinkat(self, text: str, strings: list[bytes], _: int) -> None:
        node = self._open.get(_descriptor(text)) if not text.startswith("AT_FDCWD") else None
        if isinstance(node, Names):
            node.change((strings[0].decode(), None))
        elif node is None and text.startswith("AT_FDCWD"):
            self._unlink(text, strings, 0)


_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def _strings(text: str) -> list[bytes]:
    return [bytes.fromhex(one.replace("\\x", "")) for one in _QUOTED.findall(text)]


def _descriptor(text: str) -> int:
    found = re.match(r"\d+", text)
    assert found is not None, text[:80]
    return int(found[0])


def _loaded(root: Path) -> Names:
    """Give what is there already, all of it synced."""
    names = Names()
    for path in root.iterdir():
        if path.is_dir():
            names.now[path.name] = _loaded(path)
        else:
            data = path.read_bytes()
            names.now[path.name] = File(bytearray(data), data)
    names.sync()
    return names


def _put_down(names: Names, to: Path, chance: random.Random, share: float) -> None:
    to.mkdir(mode=0o700)
    for name, node in sorted(names.after_crash(chance, share).items()):
        if isinstance(node, Names):
            _put_down(node, to / name, chance, share)
        elif not name.endswith("-shm"):  # which is memory, made anew by whoever comes first
            (to / name).touch(mode=0o600)
            (to / name).write_bytes(node.after_crash(chance, share))


def cuts(
    disk: Disk, calls: Sequence[tuple[str, str]], count: int, seed: int
) -> Iterator[Mapping[str, int]]:
    """Play calls up to so many points at random, in order; give the number of each, and a seed.

    Where more are wanted than there are, points come again, and others of the last writes are lost there.
    """
    chance = random.Random(seed)
    points = range(len(calls) + 1)
    times = [-(-count // len(points))] * len(points)
    chosen = sorted(chance.sample(points, count, counts=times))
    played = 0
    for cut in chosen:
        for call, text in calls[played:cut]:
            disk.play(call, text)
        played = cut
        yield {"cut": cut, "seed": chance.randrange(2**31)}
