"""The states an index may be in, made of the same documents through an engine."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from tests.search.random_news import documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search.document import Document


class Filled(Protocol):
    """What an engine does to be filled."""

    def replace(self, documents: Iterable[Document]) -> None: ...
    def delete(self, ids: Iterable[int]) -> None: ...
    def commit(self) -> None: ...


@cache
def held() -> tuple[Document, ...]:
    """Give the documents of which all or most are in each state."""
    return tuple(documents(3, 41))


def one_segment(engine: Filled) -> None:
    engine.replace(held())
    engine.commit()


def many_segments(engine: Filled) -> None:
    for start in range(0, len(held()), 14):
        engine.replace(held()[start : start + 14])
        engine.commit()


def deletions(engine: Filled) -> None:
    """Delete documents, all of one segment among them."""
    engine.replace(documents(4, 8))
    engine.commit()
    many_segments(engine)
    engine.delete([12, 13, 30])
    engine.commit()


def merged(engine: Filled) -> None:
    """Write small segments until some are merged, those with deleted documents too."""
    for number in range(0, 56, 2):
        engine.replace(held()[number % 40 : number % 40 + 2])
        if number % 7 == 0:
            engine.delete([number % 29])
        engine.commit()


STATES = [one_segment, many_segments, deletions, merged]
