"""A preview on the screen: what would be stored, where each value was found, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TextIO

from accession import Bookmark, Reading, Refusal
from article import Article
from terminal.articles import write_paragraph
from terminal.safe import safe
from terminal.style import Style

if TYPE_CHECKING:
    from library.previewing import Line, Preview

_WIDTH = 11

Fact = tuple[str, str, str]
"""A value's name, the value, and where it was found."""


def write_preview(preview: Preview, out: TextIO | None = None) -> None:
    """Write what would be stored of an input; what would not be goes to standard error."""
    out = out or sys.stdout
    result = preview.result
    if isinstance(result, Refusal) and result.bookmark:
        _write_facts(link_facts(result.bookmark, result.item), Style.of(out), out)
        return
    if isinstance(result, Refusal):
        place = f"{result.location}, {result.item}" if result.item else result.location
        print(f"{result.outcome}: {safe(place)}: {safe(result.detail)}", file=sys.stderr)
        return
    style = Style.of(out)
    _write_facts(facts(result), style, out)
    if preview.lines is None:
        for ordinal, paragraph in enumerate(result.article.paragraphs, 1):
            out.write("\n")
            write_paragraph(ordinal, paragraph, style, out)
    else:
        _write_lines(preview.lines, out)
    for warning in result.warnings:
        print(f"  note: {safe(warning)}", file=sys.stderr)


def facts(reading: Reading) -> Iterator[Fact]:
    """Give (name, value, where it was found) of all that is known of an article."""
    article, published = reading.article, reading.article.published
    values = {
        "read as": reading.source.kind,
        "item": reading.source.item,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "authors": ", ".join(author.name for author in article.authors),
        "published": published and (published.moment or published.date),
        "dateline": article.dateline,
        "section": article.section,
        "language": article.language,
        "site": article.site,
        "url": article.url,
        "tags": ", ".join(article.tags),
        "links": _counted(article),
    }
    for name, value in values.items():
        if value:
            yield name, value, article.origins.get(name, "")


def link_facts(link: Bookmark, item: str | None) -> Iterator[Fact]:
    """Give what would be kept of a saved link, as `facts` does of an article."""
    values = {
        "read as": "link",
        "item": item,
        "headline": link.headline,
        "url": link.url,
        "tags": ", ".join(link.tags),
        "saved": link.saved_at,
        "note": link.note,
    }
    for name, value in values.items():
        if value:
            yield name, value, ""


def _write_facts(found: Iterable[Fact], style: Style, out: TextIO) -> None:
    for name, value, origin in found:
        at = style.dim(f"  ({safe(origin)})") if origin else ""
        out.write(f"{name:<{_WIDTH}} {safe(value)}{at}\n")


def as_json(result: Reading | Refusal) -> dict[str, Any] | None:
    """Give a preview as JSON-ready values (docs/json.md): as `show`, without what a library adds.

    None where nothing would be kept.
    """
    from library.exporting import FORMAT, unstored

    if isinstance(result, Refusal):
        link = result.bookmark
        return {"format": FORMAT, "bookmark": asdict(link), "item": result.item} if link else None
    return {
        "format": FORMAT,
        "article": unstored(result.article),
        "read_as": result.source.kind,
        "item": result.source.item,
        "warnings": list(result.warnings),
    }


def is_kept(result: Reading | Refusal) -> bool:
    """Whether anything would be kept of an input: an article or a link."""
    return isinstance(result, Reading) or result.bookmark is not None


def _counted(article: Article) -> str:
    kinds = dict.fromkeys(link.rel for link in article.links)
    counts = {kind: sum(link.rel == kind for link in article.links) for kind in kinds}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _write_lines(lines: tuple[Line, ...], out: TextIO) -> None:
    """Write the lines of a file, each behind its paragraph's number or what else it became."""
    out.write("\n")
    for line in lines:
        place = "left out" if line.place is None else str(line.place)
        out.write(f"{place:>9} │ {safe(line.text)}".rstrip() + "\n")
