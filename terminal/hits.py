"""A page of search results."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TextIO

from article import Reference
from terminal.articles import folded
from terminal.style import Style
from terminal.suggesting import suggestion_json
from terminal.table import json_text

if TYPE_CHECKING:
    from library.searching import Found, Page
    from search.passages import Passage

FORMAT = 1
_SNIPPETS = 3
_SNIPPET_WIDTH = 320
_MOST_PLACES = 12
"""So many paragraphs are named by their numbers; a long report may have thousands."""


def write_page(page: Page, out: TextIO | None = None) -> None:
    """Write the hits: each with its best passages, or a paragraph each where those were asked for."""
    out = out or sys.stdout
    style = Style.of(out)
    for found in page.hits:
        if page.paragraphs is None:
            _write_article(found, style, out)
        else:
            _write_paragraph(found, style, out)
        out.write("\n")


def _write_article(found: Found, style: Style, out: TextIO) -> None:
    from library.searching import best, snippet

    out.write(f"{style.bold_number(found.stored.id)}  {_headline(found, style)}\n")
    where = [*_source(found), _places(found.passages), _family(found)]
    out.write("    " + style.dim(" · ".join(filter(None, where))) + "\n")
    for passage in best(found.passages, _SNIPPETS):
        shown = snippet(passage, _SNIPPET_WIDTH)
        _write_passage(shown, f"    {passage.ordinal:>3}  ", style, out)


def _write_paragraph(found: Found, style: Style, out: TextIO) -> None:
    (passage,) = found.passages
    reference = Reference(found.stored.id, passage.ordinal)
    _write_passage(passage, f"{style.bold(str(reference))}  ", style, out)
    where = [_headline(found, style), *map(style.dim, _source(found))]
    out.write("    " + style.dim(" · ").join(where) + "\n")


def _write_passage(passage: Passage, opening: str, style: Style, out: TextIO) -> None:
    text = style.marked(passage.text, passage.marks)
    if passage.credit_marks:
        text += f" ({style.marked(passage.credit or '', passage.credit_marks)})"
    out.write("\n".join(folded(text, opening, style)) + "\n")


def _headline(found: Found, style: Style) -> str:
    return style.marked(found.stored.article.headline or "(no headline)", found.headline_marks)


def _source(found: Found) -> list[str]:
    article = found.stored.article
    return [fact for fact in (article.site, article.published and article.published.date) if fact]


def _places(passages: Sequence[Passage]) -> str:
    """Name the paragraphs that match."""
    if not passages:
        return ""
    numbers = ", ".join(str(passage.ordinal) for passage in passages[:_MOST_PLACES])
    more = f" and {len(passages) - _MOST_PLACES:,} more" if len(passages) > _MOST_PLACES else ""
    return f"paragraph{'s' if len(passages) > 1 else ''} {numbers}{more}"


def _family(found: Found) -> str:
    """Say in how many other places the same was printed."""
    if found.family is None:
        return ""
    others = found.family.others
    return f"and in {others:,} other place{'' if others == 1 else 's'}"


def as_json(page: Page) -> dict[str, Any]:
    """Give a page as the JSON of docs/json.md."""
    return {
        "format": FORMAT,
        "query": page.query,
        "read_as": page.read_as,
        "total": page.total,
        **({} if page.paragraphs is None else {"total_paragraphs": page.paragraphs}),
        **({} if page.once in {None, page.total} else {"total_once": page.once}),
        "searched": page.searched,
        "pending": page.pending,
        "undated": page.undated,
        "imprecise": page.imprecise,
        "hints": [{"message": hint.message, "query": hint.query} for hint in page.hints],
        "suggestions": [suggestion_json(one) for one in page.suggestions],
        "hits": [_hit(found) for found in page.hits],
    }


def json_lines(page: Page) -> Iterator[str]:
    """Give a line of JSON for each hit, or for each paragraph where those were asked for."""
    for found in page.hits:
        hit = _hit(found)
        if page.paragraphs is None:
            yield json_text(hit)
            continue
        for paragraph in hit.pop("paragraphs"):
            yield json_text({**hit, **paragraph})


def _hit(found: Found) -> dict[str, Any]:
    article = found.stored.article
    return {
        "id": found.stored.id,
        "headline": article.headline,
        "site": article.site,
        "published": article.published and article.published.date,
        "score": round(found.score, 6),
        **({"family": asdict(found.family)} if found.family else {}),
        "paragraphs": [_paragraph(found.stored.id, passage) for passage in found.passages],
    }


def _paragraph(article_id: int, passage: Passage) -> dict[str, Any]:
    return {
        "ordinal": passage.ordinal,
        "kind": str(passage.kind),
        "ref": str(Reference.of(article_id, passage.ordinal, passage.text)),
        "text": passage.text,
        "marks": [list(mark) for mark in passage.marks],
        "credit": passage.credit,
        "credit_marks": [list(mark) for mark in passage.credit_marks],
    }
