"""What may have been meant by words that stand in no article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from terminal.safe import safe

if TYPE_CHECKING:
    from library.suggesting import Instead, Like, Suggestion
    from terminal.table import Row

COLUMNS = ("typed", "word", "articles")


def meant(suggestions: Sequence[Suggestion], query: str) -> Iterator[str]:
    """Say which words of a query stand in no article, and what may be meant; the last with a command."""
    for one in suggestions:
        if one.instead:
            line = f"{one.word} is in no article. Did you mean {_choice(one.instead)}?"
            if one is _last_with_choice(suggestions):
                line += f"  {_command(one.query or '')}"
            yield safe(line)
        elif one.word != query:  # of a query's only word it is said already
            yield safe(f"{one.word} is in no article.")


def _command(query: str) -> str:
    from shlex import quote  # few answers end in a command

    return f"cuttings search {quote(query)}"


def _last_with_choice(suggestions: Sequence[Suggestion]) -> Suggestion:
    return [one for one in suggestions if one.instead][-1]


def _choice(words: Sequence[Instead]) -> str:
    named = [f"{one.word} ({one.articles:,})" for one in words]
    return " or ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def suggestion_json(one: Suggestion) -> dict[str, Any]:
    """Give a suggestion as the JSON of docs/json.md."""
    instead = [{"word": other.word, "articles": other.articles} for other in one.instead]
    return {"word": one.word, "instead": instead, "query": one.query}


def rows(found: Iterable[Like]) -> list[Row]:
    """Give words that are alike as rows."""
    return [
        {"typed": one.typed, "word": other.word, "articles": other.articles}
        for one in found
        for other in one.words
    ]
