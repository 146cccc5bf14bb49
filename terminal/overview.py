"""An answer as a whole: by site, author, tag and the like, and over time."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import typer

from terminal.articles import folded
from terminal.safe import safe
from terminal.style import Style

if TYPE_CHECKING:
    from library.asking import Question
    from library.library import Library
    from library.overview import Facet, Overview, Timeline, Wanted
    from library.periods import Unit

_TOP = 10
_NONE = "(none)"


def wanted(names: str | None, unit: Unit | None, *, jsonl: bool) -> Wanted | None:
    """Read what overview is wanted, None if there is none; refuse it beside lines of JSON."""
    if names is None and unit is None:
        return None
    if jsonl:
        raise typer.BadParameter(
            "--jsonl gives the hits alone; for --facets and --timeline: --json"
        )
    from library.overview import Wanted, read_names

    return Wanted(None if names is None else read_names(names), unit)


def of(library: Library, question: Question, wanted: Wanted | None) -> Overview | None:
    """Give the overview that is wanted of all that matches, if any is."""
    if wanted is None:
        return None
    from library.overview import overview

    return overview(library, question, wanted)


def write_overview(overview: Overview | None, out: TextIO | None = None) -> None:
    """Write an overview; nothing of one that is not wanted, or of nothing."""
    if overview and overview.facets and overview.articles:
        write_facets(overview.facets, out)
    if overview and overview.timeline and overview.timeline.periods:
        from terminal.timeline import write_timeline  # a chart is seldom asked for

        write_timeline(overview.timeline, out)


def write_facets(facets: Sequence[Facet], out: TextIO | None = None) -> None:
    """Write the first values of each facet with their counts: a block each, or lines of tabs."""
    out = out or sys.stdout
    style = Style.of(out)
    if not style.terminal:
        out.write("facet\tvalue\tarticles\n")
    for facet in facets:
        lines = _block(facet, style) if style.terminal else _tabbed(facet)
        out.writelines(line + "\n" for line in lines)
    if not style.terminal:
        out.write("\n")


def _tabbed(facet: Facet) -> Iterator[str]:
    for value, count in _rows(facet):
        yield f"{facet.name}\t{safe(value)}\t{count}"


def _block(facet: Facet, style: Style) -> Iterator[str]:
    """Give a facet's lines, counts in front: there no name of any length or script moves them."""
    rows = _rows(facet)
    width = max((len(f"{count:,}") for _, count in rows), default=0)
    yield style.bold(facet.name)
    for place, (value, count) in enumerate(rows):
        if place == len(_shown(facet)):
            yield from _more(facet, width, style)
        yield from folded(safe(value), f"  {count:>{width},}  ", style)
    if not facet.without:
        yield from _more(facet, width, style)
    yield ""


def _more(facet: Facet, width: int, style: Style) -> Iterator[str]:
    if hidden := _hidden(facet):
        yield style.dim(f"{'':{width + 4}}and {hidden}")


def _rows(facet: Facet) -> list[tuple[str, int]]:
    none = [(_NONE, facet.without)] if facet.without else []
    return [*_shown(facet), *none]


def _shown(facet: Facet) -> Sequence[tuple[str, int]]:
    """Give the values there is room for: the most frequent, but of the years the latest."""
    return facet.values[-_TOP:] if facet.name == "year" else facet.values[:_TOP]


def _hidden(facet: Facet) -> str:
    hidden = len(facet.values) - len(_shown(facet))
    return f"{hidden:,} {'earlier' if facet.name == 'year' else 'more'}" if hidden else ""


def remarks(overview: Overview | None, *, as_json: bool = False) -> Iterator[str]:
    """Say what an overview that was written to standard output does not show there."""
    if overview is None:
        return
    if not overview.articles:
        yield "No overview: nothing was found."
    hidden = [f"{one.name} {_hidden(one)}" for one in overview.facets or () if _hidden(one)]
    if hidden and not as_json and not Style.of(sys.stdout).terminal:
        yield f"Not shown: {', '.join(hidden)}; all of them: --json"
    if overview.timeline and (left_out := _left_out(overview.timeline)):
        yield f"Left out of the timeline: {left_out}."


def _left_out(timeline: Timeline) -> str:
    """Name the articles that are in no period, and why."""
    coarser = "year" if timeline.unit == "month" else "month or year"
    counts = {f"dated only to the {coarser}": timeline.imprecise, "undated": timeline.undated}
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)


def as_json(overview: Overview | None) -> dict[str, Any]:
    """Give the fields that docs/json.md adds to an answer, for what is wanted of them."""
    fields: dict[str, Any] = {}
    if overview and overview.facets is not None:
        fields["facets"] = {facet.name: _facet_json(facet) for facet in overview.facets}
    if overview and overview.timeline:
        fields["timeline"] = _timeline_json(overview.timeline)
    return fields


def _facet_json(facet: Facet) -> list[dict[str, Any]]:
    none = [(None, facet.without)] if facet.without else []
    return [{"value": value, "count": count} for value, count in [*facet.values, *none]]


def _timeline_json(timeline: Timeline) -> dict[str, Any]:
    return {
        "unit": timeline.unit,
        "periods": [
            {
                "period": one.period,
                "count": one.count,
                "all": one.all,
                "share": None if one.share is None else round(one.share, 6),
            }
            for one in timeline.periods
        ],
        "undated": timeline.undated,
        "imprecise": timeline.imprecise,
    }
