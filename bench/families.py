"""Measure families: precision and recall on made pairs, and what they cost an ingest.

`python -m bench.families` writes the results' page. Needs `$CUTTINGS_SHARED/data`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

from accession import Outcome, Reading, Source
from article import Article
from bench.articles import lines
from bench.family_pairs import Report, reports, variants, words
from bench.machine import RESULTS, apart, cpu_seconds, described, one_core, run_step
from db.portions import portions

REPEATED = 0.7
"""Share of the shorter one's words, in order, from which two given articles repeat each other."""
_TURNS = 5
_AT_ONCE = 500
_SEED = 20_260


@dataclass(slots=True)
class Measured:
    """Pairs made and found by kind and share, and the pairs in families by what they are."""

    made: Counter[tuple[str, float]] = field(default_factory=Counter)
    found: Counter[tuple[str, float]] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)

    def recall(self, wanted: Iterable[tuple[str, float]] | None = None) -> float:
        """Give the share of made pairs that are in one family."""
        keys = list(self.made if wanted is None else wanted)
        return sum(self.found[key] for key in keys) / sum(self.made[key] for key in keys)

    def precision(self) -> float:
        """Give the share of pairs in families that are of one report, or given articles that repeat."""
        return 1 - self.pairs["of strangers"] / self.pairs.total()


def measure(some: Sequence[Report], others: Sequence[Report], seed: int = _SEED) -> Measured:
    """Store reports and what was made of them, and see which are families."""
    made = list(variants(some, others, seed))
    all_ = [(one.key, one.article) for one in some] + [(one.key, one.article) for one in made]
    order = list(range(len(all_)))
    Random(seed).shuffle(order)
    family = dict(zip(order, _stored([all_[n][1] for n in order]), strict=True))
    measured = Measured()
    numbers = {one.key: n for n, one in enumerate(some)}
    for n, variant in enumerate(made, len(some)):
        measured.made[variant.kind, variant.share] += 1
        mine = family[n] is not None and family[n] == family[numbers[variant.key]]
        measured.found[variant.kind, variant.share] += mine
    keyed = ((all_[n][0], name) for n, name in family.items())
    _judge(measured, {one.key: one.article for one in some}, keyed)
    return measured


def _stored(articles: Sequence[Article]) -> list[int | None]:
    """Store articles; give the family of each, None for one that is in none or was there already."""
    from db import kin
    from db.reader import Reader
    from db.store import Store

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cuttings.db"
        store = Store(path, Path(folder) / "lock")
        inputs = [Reading(Source(f"{n}", "text", b"%d" % n), one) for n, one in enumerate(articles)]
        recorded = [
            one
            for some in portions(inputs, lambda _: 1, most=500, size=500)
            for one in store.record(some)
        ]
        reader = Reader(path)
        ids = sorted(number for number, _ in reader.revisions())
        for start in range(0, len(ids), _AT_ONCE):
            store.settle(list(reader.each(ids[start : start + _AT_ONCE])), reader.last_seq())
        store.close()
        found = kin.families(reader)
        reader.close()
    added = [one.article_id if one.outcome is Outcome.ADDED else None for one in recorded]
    return [None if number is None else found.get(number) for number in added]


def _judge(
    measured: Measured, reports: dict[str, Article], family: Iterable[tuple[str, int | None]]
) -> None:
    """Say of every pair in a family whether both are of one report, or of two that repeat each other."""
    members = defaultdict[int, list[str]](list)
    for key, name in family:
        if name is not None:
            members[name].append(key)
    judged: dict[tuple[str, str], str] = {}
    for some in members.values():
        for pair in itertools.combinations(sorted(some), 2):
            if pair not in judged:
                judged[pair] = _judged(*pair, reports)
            measured.pairs[judged[pair]] += 1


def _judged(one: str, other: str, reports: dict[str, Article]) -> str:
    if one == other:
        return "of one report"
    repeat = _in_order(reports[one], reports[other]) >= REPEATED
    return "of given articles that repeat each other" if repeat else "of strangers"


def _in_order(one: Article, other: Article) -> float:
    """Give the share of the shorter one's words that stand in the other in their order."""
    from rapidfuzz.distance import LCSseq

    numbers: dict[str, int] = {}
    texts = [
        [numbers.setdefault(w.casefold(), len(numbers)) for w in words(a)] for a in (one, other)
    ]
    return LCSseq.similarity(*texts) / max(min(map(len, texts)), 1)


def fill(folder: str, source: str, turn: str, families: str) -> dict[str, Any]:
    """Fill a library through the command, with families or without; give the CPU seconds."""
    import cli
    from db.store import Store

    if families == "without":
        setattr(Store, "settle", lambda *_: None)  # noqa: B010 - it is a method, for good reason
    one_core()
    library = Path(folder) / f"{families}-{turn}"
    sys.argv = ["cuttings", "ingest", source, "--library", str(library)]
    before = cpu_seconds()
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()), suppress(SystemExit):
        cli.main()
    size = (library / "cuttings.db").stat().st_size / 1e6
    return {"cpu": cpu_seconds() - before, "mb": size}


def _cost() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reuters.jsonl"
        source.write_bytes(lines())
        taken = defaultdict[str, list[dict[str, Any]]](list)
        for turn in range(_TURNS):
            for families in ("without", "with"):
                measured = apart("bench.families", "fill", folder, str(source), str(turn), families)
                taken[families].append(measured)
                print(families, measured, file=sys.stderr)
    cpu = {name: [one["cpu"] for one in some] for name, some in taken.items()}
    less, more = (statistics.median(cpu[name]) for name in ("without", "with"))
    shares = sorted(1 - one / other for one, other in zip(cpu["without"], cpu["with"], strict=True))
    size = {name: some[0]["mb"] for name, some in taken.items()}
    yield "## What they cost"
    yield (
        "19,043 newswire articles as JSON Lines, stored and indexed by `cuttings ingest` on one core, "
        f"{_TURNS} times without families and, right after it, with them. The median is {more:.1f} s of CPU "
        f"time with families and {less:.1f} without. In a turn, families take "
        f"**{statistics.median(shares):.1%} of the ingest's time** (median; {shares[0]:.1%} to "
        f"{shares[-1]:.1%}). The database has {size['with']:.1f} MB instead of {size['without']:.1f}."
    )


def _table(measured: Measured) -> Iterator[str]:
    kinds = list(dict.fromkeys(kind for kind, _ in measured.made))
    shares = sorted({share for _, share in measured.made}, reverse=True)
    yield "| made | " + " | ".join(f"{share:.0%}" for share in shares) + " |"
    yield "|---" * (len(shares) + 1) + "|"
    for kind in kinds:
        cells = (f"{measured.recall([(kind, share)]):.3f}" for share in shares)
        yield f"| {kind} | " + " | ".join(cells) + " |"
    cells = (f"{measured.recall([(kind, share) for kind in kinds]):.3f}" for share in shares)
    yield "| **all** | " + " | ".join(cells) + " |"


def _page(measured: dict[str, Measured]) -> Iterator[str]:
    yield "# Families"
    yield (
        f"{dt.datetime.now(tz=dt.UTC).date()}. {described()}. Written by `python -m bench.families`; "
        "`docs/decisions/families.md` tells what was made of it."
    )
    yield (
        "A variant is made of each newswire article of 60 words or more, and of each wrapped text in 22 "
        "languages, with a fixed seed: another headline, another site, up to two days later. Reports and "
        "variants are stored in random order. Constants were chosen on the development half."
    )
    for half, one in measured.items():
        yield f"## The {half} half"
        high = [key for key in one.made if key[1] >= 0.8]
        yield (
            f"{one.made.total():,} variants. Recall from 80 % of words shared on: **{one.recall(high):.3f}**; "
            f"precision over all pairs in families: **{one.precision():.3f}**. Pairs: "
            + ", ".join(f"{count:,} {what}" for what, count in one.pairs.most_common())
            + ". Given articles repeat where 70 % of the shorter one's words stand in the other in their order."
        )
        yield "\n".join(_table(one))


def main() -> None:
    """Measure both halves, then the cost."""
    halves = defaultdict[str, list[Report]](list)
    for report in reports():
        halves[report.half].append(report)
    one, other = sorted(halves)
    measured = {
        one: measure(halves[one], halves[other]),
        other: measure(halves[other], halves[one]),
    }
    text = "\n\n".join([*_page(measured), *_cost()]) + "\n"
    (RESULTS / "families.md").write_text(text)
    print(text)


if __name__ == "__main__" and not run_step({"fill": fill}):
    main()
