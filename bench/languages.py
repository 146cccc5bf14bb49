"""Measure language detectors beside each other: `python -m bench.languages` writes their page.

Reads `$CUTTINGS_SHARED/data` and the sample sentences of the tests. Detectors that are not
installed are passed over with a line; only Cuttings' own is needed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from article import Article
from bench.detectors import CANDIDATES, Candidate, Detect, plain
from bench.language_texts import SETS, Labelled, newswire, pieces
from bench.machine import RESULTS, apart, described, peak_mb, run_step

PAGE = RESULTS / "languages.md"
SIZES = (250, 500, 1_000, 2_000, 4_000)
LENGTHS = (15, 25, 40, 60, 100, 200)
_SHARE_OF = 3_000
_CUT = 2_000
_CLAIMED = 40


def judge(detect: Detect, texts: Iterable[Labelled]) -> dict[str, float]:
    """Give the shares of texts whose language is found rightly, and wrongly."""
    return shares(judged(language, detect(text)) for language, text in texts)


def judged(language: str, found: str | None) -> str:
    """Call an answer right, wrong or none; Nynorsk is Norwegian."""
    found = plain(found)
    same = found == language or {found, language} == {"no", "nn"}
    return "right" if same else "wrong" if found else "none"


def shares(judgements: Iterable[str]) -> dict[str, float]:
    """Give the shares of right and wrong answers."""
    seen = Counter(judgements)
    return {name: seen[name] / seen.total() for name in ("right", "wrong")}


def weigh(name: str) -> dict[str, Any]:
    """Give what a detector takes to load, and to know all the languages of the samples."""
    texts = list(SETS["samples"]())
    before, start = peak_mb(), time.perf_counter()
    detect = _made(name)
    detect("A first sentence, so that whatever is loaded late is loaded now.")
    loading = time.perf_counter() - start
    judge(detect, texts)
    return {"load_seconds": loading, "added_mb": peak_mb() - before}


def measure(name: str) -> dict[str, Any]:
    """Measure one detector on every set of texts."""
    sets = {title: [(code, text[:_CUT]) for code, text in texts()] for title, texts in SETS.items()}
    detect = _made(name)
    judge(detect, sets["samples"])  # so that whatever is loaded late is loaded now
    return {
        "sets": {title: judge(detect, texts) for title, texts in sets.items()},
        "article_us": microseconds(detect, sets["newswire"]),
        "sentence_us": microseconds(detect, sets["sentences"]),
    }


def _made(name: str) -> Detect:
    return next(one for one in CANDIDATES if one.name == name).make()


def microseconds(detect: Detect, texts: list[Labelled]) -> float:
    """Give the time a text takes, in microseconds: the best of three rounds over up to 500 texts."""
    rounds = []
    some = texts[:: max(1, len(texts) // 500)]
    for _ in range(3):
        start = time.perf_counter()
        for _, text in some:
            detect(text)
        rounds.append((time.perf_counter() - start) / len(some) * 1e6)
    return min(rounds)


def hinted() -> dict[str, Any]:
    """Measure our own detector on short texts whose page claims nothing, the truth, or another language."""
    from ingest.language import Hints, detect

    claims: dict[str, Callable[[str], str]] = {
        "nothing": lambda _: "",
        "the truth": lambda code: code,
        "English; German of English": lambda code: "de" if code == "en" else "en",
    }
    texts = list(pieces(_CLAIMED))
    return {
        title: shares(judged(code, detect(text, Hints(claim=claim(code)))) for code, text in texts)
        for title, claim in claims.items()
    }


def sizes() -> dict[str, Any]:
    """Measure our own detector by how much of an article it looks at, and by a text's length."""
    from ingest import language

    whole, usual = list(SETS["articles"]()), language.SAMPLE
    by_size = {}
    for size in SIZES:
        language.SAMPLE = size
        by_size[size] = judge(language.detect, whole) | {"us": microseconds(language.detect, whole)}
    language.SAMPLE = usual
    by_length = {length: judge(language.detect, pieces(length)) for length in LENGTHS}
    return {"by_size": by_size, "by_length": by_length, "claims": hinted()}


def share() -> dict[str, Any]:
    """Store and index newswire articles and time the detection within."""
    from ingest import language
    from library.folder import Folder
    from library.library import Library

    spent, real = 0.0, language.of_article

    def timed(article: Article, claim: str = "") -> str | None:
        nonlocal spent
        start = time.perf_counter()
        found = real(article, claim)
        spent += time.perf_counter() - start
        return found

    language.of_article = timed
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "newswire.jsonl"
        source.write_bytes(b"\n".join(newswire(_SHARE_OF)))
        start = time.perf_counter()
        with Library(Folder(Path(folder) / "library")) as opened, source.open("rb") as nothing:
            stored = sum(1 for _ in opened.ingest([str(source)], nothing))
            reading = time.perf_counter() - start
            opened.indexing.drain()
    whole = time.perf_counter() - start
    return {"articles": stored, "spent": spent, "storing": reading, "whole": whole}


def accuracy(measured: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Write the shares of each set as a Markdown table."""
    counts = {title: sum(1 for _ in texts()) for title, texts in SETS.items()}
    yield "| detector | " + " | ".join(f"{title} ({counts[title]:,})" for title in SETS) + " |"
    yield "|---|" + "---|" * len(SETS)
    for name, one in measured.items():
        cells = (one["sets"][title] for title in SETS)
        shares = (f"{cell['right']:.1%} / {cell['wrong']:.1%}" for cell in cells)
        yield f"| {name} | " + " | ".join(shares) + " |"


def costs(measured: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Write what each detector takes as a Markdown table."""
    yield "| detector | version | released | licence | on disk, MB | to load, s | memory, MB | µs an article | µs a sentence |"
    yield "|---|---|---|---|---|---|---|---|---|"
    known = {one.name: one for one in CANDIDATES}
    for name, one in measured.items():
        it = known[name]
        facts = [name, str(it.version()), it.released, it.licence, f"{it.megabytes():.0f}"]
        facts += [f"{one['load_seconds']:.2f}", f"{one['added_mb']:.0f}"]
        facts += [f"{one['article_us']:,.0f}", f"{one['sentence_us']:,.0f}"]
        yield "| " + " | ".join(facts) + " |"


def ours(by: dict[str, Any], part: dict[str, Any]) -> Iterator[str]:
    """Write what our own detector does with more and less text, and what it costs an ingest."""
    yield "| characters looked at of an article | right | wrong | µs |"
    yield "|---|---|---|---|"
    for size, one in by["by_size"].items():
        yield f"| {int(size):,} | {one['right']:.2%} | {one['wrong']:.2%} | {one['us']:.0f} |"
    yield ""
    yield "| characters there are | right | wrong | none |"
    yield "|---|---|---|---|"
    for length, one in by["by_length"].items():
        none = 1 - one["right"] - one["wrong"]
        yield f"| {length} | {one['right']:.1%} | {one['wrong']:.1%} | {none:.1%} |"
    yield ""
    yield f"| what a page claims of {_CLAIMED} characters | right | wrong | none |"
    yield "|---|---|---|---|"
    for claim, one in by["claims"].items():
        none = 1 - one["right"] - one["wrong"]
        yield f"| {claim} | {one['right']:.1%} | {one['wrong']:.1%} | {none:.1%} |"
    yield ""
    spent, storing, whole = part["spent"], part["storing"], part["whole"]
    yield (
        f"Ingest of {part['articles']:,} newswire articles: {whole:.2f} s, {storing:.2f} s of it until they "
        f"are stored. Detection takes {spent:.2f} s: {spent / whole:.1%} of all, {spent / storing:.1%} of storing."
    )


def report(
    measured: dict[str, dict[str, Any]], by: dict[str, Any], part: dict[str, Any]
) -> Iterator[str]:
    """Write the page."""
    yield from ("# Languages", "")
    yield "Written by `python -m bench.languages`; the sets of texts are described in `bench/language_texts.py`."
    yield f"{described()}. Each text is cut at {_CUT:,} characters for all."
    yield from ("", "## Right and wrong", "")
    yield "The rest is left open. `pycld2` is the detector that Cuttings asks, without our rules."
    yield from ("", *accuracy(measured), "", "## Cost", "")
    yield "On disk: the package and what it needs for its model; memory: what the process grew by."
    yield from ("", *costs(measured), "", "## Ours", "", *ours(by, part))


def installed() -> Iterator[Candidate]:
    """Yield the detectors that can be measured here."""
    for one in CANDIDATES:
        if one.version():
            yield one
        else:
            print(f"passed over: {one.name} ({one.package} is not installed)", file=sys.stderr)


def main() -> int:
    """Measure, print, and write the page."""
    run = partial(apart, "bench.languages")
    measured = {one.name: run("measure", one.name) | run("weigh", one.name) for one in installed()}
    page = "\n".join(report(measured, run("sizes"), run("share"))) + "\n"
    PAGE.write_text(page, encoding="utf-8")
    print(page, end="")
    return 0


if __name__ == "__main__":
    if not run_step({"measure": measure, "weigh": weigh, "sizes": sizes, "share": share}):
        sys.exit(main())
