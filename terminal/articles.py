"""An article on the screen, and a list of many."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

from article import Article, Kind, Paragraph, Stored
from terminal.safe import safe
from terminal.style import Style
from terminal.wrap import wrap

_WIDEST = 100


def write_article(stored: Stored, out: TextIO | None = None) -> None:
    """Write an article: headline, what is known of it, numbered paragraphs."""
    out = out or sys.stdout
    style = Style.of(out)
    article = stored.article
    out.write(style.bold(article.headline or "(no headline)") + "\n")
    if article.standfirst:
        out.write(safe(article.standfirst) + "\n")
    out.write(style.dim(" · ".join(facts(article, stored))) + "\n")
    if article.url:
        out.write(style.dim(article.url) + "\n")
    for ordinal, paragraph in enumerate(article.paragraphs, 1):
        out.write("\n")
        write_paragraph(ordinal, paragraph, style, out)


def write_one(ordinal: int, paragraph: Paragraph, out: TextIO | None = None) -> None:
    """Write one paragraph alone."""
    out = out or sys.stdout
    write_paragraph(ordinal, paragraph, Style.of(out), out)


def facts(article: Article, stored: Stored) -> Sequence[str]:
    """Give what is known of an article, in the order a reader asks for it."""
    names = ", ".join(author.name for author in article.authors)
    published = article.published
    known = [
        article.site,
        published and (published.moment or published.date),
        names and f"by {names}",
        article.section,
        article.language,
        f"{stored.word_count} words",
        ", ".join(f"#{tag}" for tag in article.tags),
        f"revision {stored.revision}" if stored.revision > 1 else None,
        f"article {stored.id}",
    ]
    return [fact for fact in known if fact]


def write_paragraph(ordinal: int, paragraph: Paragraph, style: Style, out: TextIO) -> None:
    """Write one paragraph behind its number; what is no body text says what it is."""
    kind = "" if paragraph.kind is Kind.BODY else f"[{paragraph.kind}] "
    text = kind + safe(paragraph.text)
    if paragraph.credit:
        text += f" ({safe(paragraph.credit)})"
    if paragraph.url:
        text += f" <{safe(paragraph.url)}>"
    number = f"{ordinal:>3}  "
    out.write("\n".join(folded(text, number, style)) + "\n")


def folded(text: str, opening: str, style: Style) -> Sequence[str]:
    """Give a text as lines that fit the terminal, set in under its opening; one line elsewhere."""
    if not style.terminal:
        return [opening + text]
    width = max(min(style.width, _WIDEST), len(opening) + 20)
    return wrap(text, width, opening)
