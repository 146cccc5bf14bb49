"""Articles about the same as another one, on the screen and as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

from terminal.articles import folded
from terminal.hits import FORMAT
from terminal.receipts import searched
from terminal.safe import safe
from terminal.style import Style

if TYPE_CHECKING:
    from library.similar import Alike, Similar

_WORDS = 8  # shown of those that two articles share


def write_similar(found: Similar, out: TextIO | None = None) -> None:
    """Write the articles, each with the words it shares that matter most."""
    out = out or sys.stdout
    style = Style.of(out)
    for hit in found.hits:
        article = hit.stored.article
        date = article.published.date if article.published else None
        headline = style.bold(article.headline or "(no headline)")
        out.write(f"{style.bold_number(hit.stored.id)}  {headline}\n")
        if where := " · ".join(filter(None, [article.site, date])):
            out.write(f"    {style.dim(where)}\n")
        words = safe(", ".join(hit.shared.words[:_WORDS]))
        out.write("\n".join(folded(words, "    shares  ", style)) + "\n\n")


def receipt(found: Similar) -> str:
    """Say by which words it was sought, and what was searched."""
    if found.words:
        words = f"Sought by: {safe(', '.join(found.words))}"
    elif found.stored.word_count or found.stored.article.headline:
        words = f"No telling word of article {found.stored.id} stands in another article."
    else:
        words = f"Article {found.stored.id} has no words to go by."
    shown = f"{len(found.hits):,} shown" if found.hits else "Nothing found"
    return f"{words}\n{shown}; {searched(found.searched, found.pending)}"


def as_json(found: Similar) -> dict[str, Any]:
    """Give the answer as the JSON of docs/json.md."""
    return {
        "format": FORMAT,
        "id": found.stored.id,
        "words": list(found.words),
        "searched": found.searched,
        "pending": found.pending,
        "hits": [_hit(hit) for hit in found.hits],
    }


def _hit(hit: Alike) -> dict[str, Any]:
    article = hit.stored.article
    return {
        "id": hit.stored.id,
        "headline": article.headline,
        "site": article.site,
        "published": article.published and article.published.date,
        "score": round(hit.shared.score, 6),
        "words": list(hit.shared.words),
    }
