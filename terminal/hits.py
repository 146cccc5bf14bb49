"""A page of search results."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from terminal.articles import folded
from terminal.safe import safe
from terminal.style import Style

if TYPE_CHECKING:
    from library.searching import Found, Page
    from library.similar import Similar
    from search.passages import Passage

FORMAT = 1
_SNIPPETS = 3
_SNIPPET_WIDTH = 320


def write_page(page: Page, *, every: bool, out: TextIO | None = None) -> None:
    """Write the hits: each with its best passages, or with `every` matching paragraph."""
    out = out or sys.stdout
    style = Style.of(out)
    for found in page.hits:
        _write_found(found, style, every=every, out=out)


def _write_found(found: Found, style: Style, *, every: bool, out: TextIO) -> None:
    from library.searching import best, snippet

    article = found.stored.article
    headline = style.marked(article.headline or "(no headline)", found.headline_marks)
    out.write(f"{style.bold_number(found.stored.id)}  {headline}\n")
    date = article.published.date if article.published else None
    where = [article.site, date, _places(found.passages)]
    out.write("    " + style.dim(" · ".join(filter(None, where))) + "\n")
    chosen = found.passages if every else best(found.passages, _SNIPPETS)
    for passage in chosen:
        shown = passage if every else snippet(passage, _SNIPPET_WIDTH)
        text = style.marked(shown.text, shown.marks)
        out.write("\n".join(folded(text, f"    {passage.ordinal:>3}  ", style)) + "\n")
    out.write("\n")


def _places(passages: Sequence[Passage]) -> str:
    """Name the paragraphs that match."""
    if not passages:
        return ""
    numbers = ", ".join(str(passage.ordinal) for passage in passages)
    return f"paragraph{'s' if len(passages) > 1 else ''} {numbers}"


def receipt(page: Page) -> str:
    """Say what was searched, and what was not."""
    found = f"{page.total:,} found" if page.total else "Nothing found"
    shown = f", {len(page.hits)} shown" if len(page.hits) < page.total else ""
    return f"{found}{shown}; {searched(page)}"


def searched(page: Page | Similar) -> str:
    """Say what was searched, and what still waits."""
    waiting = "none wait" if not page.pending else f"{page.pending:,} still wait"
    line = f"{page.searched:,} articles searched, {waiting} to be indexed."
    if page.pending:
        line += " Index them with: cuttings reindex --pending"
    return line


def as_json(page: Page) -> dict[str, Any]:
    """Give a page as the JSON of docs/json.md."""
    return {
        "format": FORMAT,
        "query": page.query,
        "read_as": page.read_as,
        "total": page.total,
        "searched": page.searched,
        "pending": page.pending,
        "hits": [_hit(found) for found in page.hits],
    }


def json_lines(page: Page, *, every: bool) -> Iterator[str]:
    """Give a line of JSON for each hit, or for `every` matching paragraph."""
    for found in page.hits:
        hit = _hit(found)
        if not every:
            yield json.dumps(hit, ensure_ascii=False)
            continue
        for paragraph in hit.pop("paragraphs"):
            yield json.dumps({**hit, **paragraph}, ensure_ascii=False)


def _hit(found: Found) -> dict[str, Any]:
    article = found.stored.article
    return {
        "id": found.stored.id,
        "headline": article.headline,
        "site": article.site,
        "published": article.published and article.published.date,
        "score": round(found.score, 6),
        "paragraphs": [_paragraph(passage) for passage in found.passages],
    }


def _paragraph(passage: Passage) -> dict[str, Any]:
    return {
        "ordinal": passage.ordinal,
        "kind": str(passage.kind),
        "text": passage.text,
        "marks": [list(mark) for mark in passage.marks],
    }


def notes(page: Page) -> str:
    """Say how the query was read, where that is not what was typed."""
    return "" if page.read_as == page.query else f"read as: {safe(page.read_as)}"
