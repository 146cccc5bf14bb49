"""What would be stored of a file, with nothing stored; and what became of each of its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from accession import Reading, Refusal
from article import Article

if TYPE_CHECKING:
    from ingest.said import Said

_TELLING = 6  # letters that a line does not share with a name or headline by chance


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file; `place` is the number of the paragraph it went into, or a field's name.

    None where it was left out; "" for a line without letters and digits.
    """

    text: str
    place: int | str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be stored of an input, or why not; `lines` where they were asked for and there are any."""

    result: Reading | Refusal
    lines: tuple[Line, ...] | None = None


def preview(
    path: str,
    standard_input: BinaryIO,
    said: Said | None = None,
    *,
    lines: bool = False,
    notify: Callable[[str], None] = lambda _: None,
) -> Iterator[Preview]:
    """Read what a path stands for and store nothing: a preview an article.

    `said` and `notify` are as in `Library`; a language is not looked at.
    """
    from ingest.fetch.web import Web
    from ingest.raw import raw_lines
    from ingest.said import Said, complete
    from ingest.sources import read_all
    from ingest.workers import Workers

    said = said or Said()
    with Workers(said.password, columns=said.columns, notify=notify) as workers:
        web = Web(private=said.private)
        for read in read_all([path], standard_input, workers, web):
            result = complete(read, said)
            raw = (
                raw_lines(result.source, workers) if lines and isinstance(result, Reading) else None
            )
            if raw is None or isinstance(result, Refusal):
                yield Preview(result)
            else:
                yield Preview(result, tuple(beside(raw, result.article)))


def beside(lines: list[str], article: Article) -> Iterator[Line]:
    """Give each line of a file with the place in the article where its letters and digits stand."""
    places = list(_places(article))
    last, before = 0, ""
    for line in lines:
        letters = _letters(line)
        if not letters:
            yield Line(line, "")
            continue
        found = _place(letters, before, places, last)
        last, before = last if found is None else found, letters
        yield Line(line, None if found is None else places[found][0])


def _place(
    letters: str, before: str, places: Sequence[tuple[int | str, str]], last: int
) -> int | None:
    """Find the place of a line, from that of the line before on; a short one must go on from it."""
    if len(letters) < _TELLING and before + letters in places[last][1]:
        return last
    order = [*range(last, len(places)), *range(last)]
    if len(letters) < _TELLING:
        return next((at for at in order if letters == places[at][1]), None)
    return next((at for at in order if _meet(letters, places[at][1])), None)


def _places(article: Article) -> Iterator[tuple[int | str, str]]:
    """Give the article's parts with their letters, those that stand on top first."""
    published = article.published
    parts = {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline or " ".join(author.name for author in article.authors),
        "date": published and (published.moment or published.date),
        "dateline": article.dateline,
        "section": article.section,
        "address": article.url,
    }
    for name, text in parts.items():
        if text:
            yield name, _letters(text)
    for ordinal, paragraph in enumerate(article.paragraphs, 1):
        yield ordinal, _letters(f"{paragraph.text} {paragraph.credit or ''} {paragraph.url or ''}")
    for link in article.links:
        yield "link", _letters(f"{link.url} {link.text or ''}")


def _meet(line: str, place: str) -> bool:
    """Whether a line is of a place, or says more than what was kept of it: `By Anna Lind`."""
    return line in place or (len(place) >= _TELLING and place in line)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
