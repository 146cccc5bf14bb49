"""What two sequences have in common, in the order of both; bounded in time and memory."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, NamedTuple

_FINE: Final = 20_000**2
"""Items of one times items of the other up to which the most in common is found: 50 MB, 0.2 s."""
_COARSE: Final = 150_000**2
"""Up to which much in common is found, in little memory: some seconds."""


class Run(NamedTuple):
    """So many items that two sequences share, and where it begins in each."""

    old: int
    new: int
    size: int


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Give what two sequences share, in order, and an empty run at the end of both."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    inner = _inner(old[start : len(old) - end], new[start : len(new) - end])
    runs = [
        Run(0, 0, start),
        *(Run(one.old + start, one.new + start, one.size) for one in inner),
        Run(len(old) - end, len(new) - end, end),
    ]
    return [*_joined(runs), Run(len(old), len(new), 0)]


def _alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Count the items two sequences begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (ours, theirs) in pairs if ours != theirs), min(len(one), len(other)))


def _inner(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    size = len(old) * len(new)
    if not size or size > _COARSE:
        return []
    from rapidfuzz.distance import Indel, Levenshtein  # compiled: difflib takes hours for the worst

    numbers: dict[Hashable, int] = {}
    ours, theirs = ([numbers.setdefault(one, len(numbers)) for one in all_] for all_ in (old, new))
    ops = Indel.opcodes(ours, theirs) if size <= _FINE else Levenshtein.opcodes(ours, theirs)
    return [Run(block.a, block.b, block.size) for block in ops.as_matching_blocks()]


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join runs that follow one another in both, and leave out empty ones."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else Run(0, 0, 0)
        if run.size and found and (last.old + last.size, last.new + last.size) == run[:2]:
            found[-1] = Run(last.old, last.new, last.size + run.size)
        elif run.size:
            found.append(run)
    return found
