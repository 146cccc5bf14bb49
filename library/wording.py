"""Two wordings compared, paragraph by paragraph: what stayed, changed, came, went and moved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from operator import attrgetter
from typing import Final

from library.common import Run, common
from library.difference import ALIKE, Fate, Piece, counted, difference, shared

_TELLING, _COMMON = 8, 100
"""So many of a paragraph's rarest words tell which it became; not one that more paragraphs have."""
_TRIED: Final = 4
"""Paragraphs that are compared with one that went, to find the one it became."""
_ALIKE, _REWORDED = 10, 9
"""What a paragraph weighs among those that may have stayed in place."""


class Became(StrEnum):
    """What became of a paragraph; one that moved may have changed too."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph of either wording or both; places count from 0, None where it does not stand."""

    became: Became
    old: int | None
    new: int | None
    pieces: tuple[Piece, ...]


def compare(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Give every paragraph of two wordings once, in the order of the new one.

    One that went comes where it stood. The pieces of those that have a place in `new`, joined but for
    what went, are the paragraphs of `new`.
    """
    runs = common(old, new)
    before = {run.new + n: run.old + n for run in runs for n in range(run.size)}
    before |= _moved(old, new, before)
    alike = set(before)
    before |= _reworded(old, new, before, runs)
    stayed = _in_order(before, alike)
    places = _places(len(old), len(new), before, stayed)
    return [_change(old, new, was, now, moved=now not in stayed) for was, now in places]


def _moved(old: Sequence[str], new: Sequence[str], before: Mapping[int, int]) -> dict[int, int]:
    """Find paragraphs that stand word for word in another place."""
    places: dict[str, list[int]] = defaultdict(list)
    for n in reversed(_left(old, before.values())):
        places[old[n]].append(n)
    return {n: places[new[n]].pop() for n in _left(new, before) if places[new[n]]}


def _reworded(
    old: Sequence[str], new: Sequence[str], before: Mapping[int, int], runs: Sequence[Run]
) -> dict[int, int]:
    """Find paragraphs that have other words now: the most alike are the same one."""
    gone, came = _left(old, before.values()), _left(new, before)
    found: dict[int, int] = {}
    taken = set[int]()
    for _, _, was, now in sorted(_likely(old, new, gone, came, runs)):
        if now not in found and was not in taken:
            found[now] = was
            taken.add(was)
    return found


def _likely(
    old: Sequence[str],
    new: Sequence[str],
    gone: Sequence[int],
    came: Sequence[int],
    runs: Sequence[Run],
) -> Iterator[tuple[float, int, int, int]]:
    """Give pairs that may be one paragraph: how unlike, how far apart, old place, new place."""
    counts = {now: counted(new[now]) for now in came}
    having: dict[str, list[int]] = defaultdict(list)
    for now, words in counts.items():
        for word in words:
            having[word].append(now)
    for was in gone:
        words, opposite = counted(old[was]), _opposite(was, runs)
        for now in _tried(words, having) | ({opposite} & counts.keys()):
            likeness = shared(words, counts[now])
            if likeness >= ALIKE:
                yield 1 - likeness, abs(now - opposite), was, now


def _tried(words: Counter[str], having: Mapping[str, Sequence[int]]) -> set[int]:
    """Choose the paragraphs that share the most of one's rarest words."""
    there = (having[word] for word in words if word in having)
    rarest = nsmallest(_TELLING, there, key=len)
    near = Counter(n for places in rarest if len(places) <= _COMMON for n in places)
    return {n for n, _ in near.most_common(_TRIED)}


def _opposite(place: int, runs: Sequence[Run]) -> int:
    """Give the place in the new wording that is as far from what stayed before it."""
    following = bisect_left(runs, place, key=attrgetter("old"))
    last = runs[following - 1] if following else Run(0, 0, 0)
    return place - last.old + last.new


def _left(texts: Sequence[object], taken: Collection[int]) -> list[int]:
    found = set(taken)
    return [n for n in range(len(texts)) if n not in found]


def _in_order(before: Mapping[int, int], alike: Collection[int]) -> set[int]:
    """Choose as many places of the new wording as possible whose old places are in order too.

    Of as many, those that are word for word alike. It is the heaviest increasing subsequence: the three
    lists are the best ends so far, by old place, with the weight of what leads there.
    """
    olds, weights, places = list[int](), list[int](), list[int]()
    leading: dict[int, int | None] = {}
    for now, was in sorted(before.items()):
        at = bisect_left(olds, was)
        leading[now] = places[at - 1] if at else None
        weight = (weights[at - 1] if at else 0) + (_ALIKE if now in alike else _REWORDED)
        end = bisect_right(weights, weight, lo=at)
        olds[at:end], weights[at:end], places[at:end] = [was], [weight], [now]
    found = set[int]()
    last = places[-1] if places else None
    while last is not None:
        found.add(last)
        last = leading[last]
    return found


def _places(
    old: int, new: int, before: Mapping[int, int], stayed: Collection[int]
) -> Iterator[tuple[int | None, int | None]]:
    """Give each paragraph's old and new place, in the order of the new wording."""
    gone = deque(_left(range(old), before.values()))
    ahead = deque([*(before[n] for n in sorted(stayed)), old])
    for n in range(-1, new):
        if n >= 0:
            yield before.get(n), n
        if n < 0 or n in stayed:
            end = ahead.popleft()
            while gone and gone[0] < end:
                yield gone.popleft(), None


def _change(
    old: Sequence[str], new: Sequence[str], was: int | None, now: int | None, *, moved: bool
) -> Change:
    if was is None or now is None:
        if now is not None:
            return Change(Became.ADDED, was, now, ((Fate.NEW, new[now]),))
        assert was is not None  # noqa: S101 - it stands in one of them
        return Change(Became.REMOVED, was, now, ((Fate.GONE, old[was]),))
    same = old[was] == new[now]
    pieces = ((Fate.SAME, new[now]),) if same else tuple(difference(old[was], new[now]))
    became = Became.SAME if same else Became.CHANGED
    return Change(Became.MOVED if moved else became, was, now, pieces)
