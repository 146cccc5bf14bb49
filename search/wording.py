"""A whole query said in a plain sentence: "Articles with oil and price, in any form, ..."."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.explain import (
    ANY_FORM,
    PLACES,
    VALUES,
    about,
    closeness,
    counted,
    form,
    is_text,
    lacking,
    times,
)
from search.printing import to_text
from search.query import (
    And,
    AtLeast,
    Every,
    Exists,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    parts,
    sides,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

MOST_NODES = 40  # of a larger tree no sentence is plainer than the tree


@dataclass(frozen=True, slots=True)
class _Said:
    """Some words. `several`: they need parentheses in a larger group.

    `plain`: they are words as they were typed, and that any form of them will do is yet to be said.
    """

    text: str
    several: bool = False
    plain: bool = False

    def whole(self) -> _Said:
        """Give it with all that is to be said of it."""
        if not self.plain:
            return self
        return _Said(f"{self.text}{',' if self.several else ''} {ANY_FORM}", self.several)

    def inside(self) -> str:
        """Give it as one of several."""
        return f"({self.text})" if self.several else self.text

    def but(self, more: str) -> _Said:
        """Give it with something added that is true of all of it."""
        whole = self.whole()
        return _Said(f"{whole.text}{',' if self.several else ''} {more}", several=True)


def sentence(tree: Node, today: dt.date) -> str:
    """Say which articles a query asks for."""
    if _size(tree) > MOST_NODES:
        return "Articles that fulfil the following."
    return f"Articles {_Speaker(today).articles(tree).text}."


def _size(tree: Node) -> int:
    count, waiting = 0, [tree]
    while waiting:
        count += 1
        waiting += parts(waiting.pop())
    return count


class _Speaker:
    """Says the nodes of a tree: as words that articles have, or as what articles are."""

    def __init__(self, today: dt.date) -> None:
        self._today = today

    def articles(self, node: Node, field: str | None = None) -> _Said:  # noqa: PLR0911 - one for each kind
        """Say a node in words to stand behind "articles"."""
        if (words := _words(node, field)) is not None:
            whole = words.whole()
            return _Said(f"with {whole.text}", whole.several)
        match node:
            case And(nodes):
                return self._all(nodes, field)
            case Or(nodes):
                return _listed([self.articles(inner, field) for inner in nodes], "or")
            case Not(inner):
                return self._without(inner, field)
            case Field(name, inner) if name in PLACES:
                return _Said(f"{self.articles(inner, name).inside()} {PLACES[name]}")
            case Field(name, inner):
                return self.articles(inner, name)
            case Range() | Exists() | Every():
                return _Said(about(node, field, self._today))
            case _:
                return _Said(f"{VALUES[str(field)]} {to_text(node)}")

    def _all(self, nodes: Sequence[Node], field: str | None) -> _Said:
        """Say first which words articles have, then what else is true of them."""
        found = [(node, _words(node, field)) for node in nodes]
        worded = [words for _, words in found if words is not None]
        said = [f"with {_listed(worded, 'and').whole().text}"] if worded else []
        said += [self.articles(node, field).inside() for node, words in found if words is None]
        return _Said(", ".join(said), several=True)

    def _without(self, inner: Node, field: str | None) -> _Said:
        words = _words(inner, field)
        if words is not None:
            return _Said(f"without {words.whole().inside()}")
        return _Said(f"not {self.articles(inner, field).inside()}")


def _words(node: Node, field: str | None) -> _Said | None:  # noqa: PLR0911 - one for each kind
    """Say a node as words that articles have; None if it asks for anything else."""
    match node:
        case Not() | Range() | Exists() | Every():
            return None
        case And(nodes):
            return _all_words(nodes, field, "and")
        case Or(nodes):
            return _all_words(nodes, field, "or")
        case Field(name, inner):
            words = _words(inner, name) if name in PLACES else None
            return words and words.but(PLACES[name])
        case Near():
            return _near(node, field)
        case AtLeast(count, inner):
            words = _words(inner, field)
            return words and words.but(f"{times(count)} or more")
        case _:
            return None if field in VALUES else _leaf(node, field)


def _all_words(nodes: Sequence[Node], field: str | None, joint: str) -> _Said | None:
    found = [_words(node, field) for node in nodes]
    some = [words for words in found if words is not None]
    return _listed(some, joint) if len(some) == len(found) else None


def _listed(found: Sequence[_Said], joint: str) -> _Said:
    """Join words; what can be said of all of them is left to be said once."""
    if len(found) == 1:
        return found[0]
    plain = all(words.plain for words in found)
    said = [(words if plain else words.whole()).inside() for words in found]
    return _Said(f"{', '.join(said[:-1])} {joint} {said[-1]}", several=True, plain=plain)


def _near(near: Near, field: str | None) -> _Said | None:
    left, right = [_words(side, field) for side in sides(near)]
    if left is None or right is None:
        return None
    joint = "without" if lacking(near) else "before" if near.ordered else "and"
    return _listed([left, right], joint).but(closeness(near))


def _leaf(leaf: Node, field: str | None) -> _Said:
    match leaf:
        case Prefix(text):
            return _Said(f"words that begin with {text}")
        case Fuzzy(text):
            return _Said(f"words nearly like {text}")
        case Wildcard(text):
            return _Said(f"words like {text}")
        case Phrase(text, int(slop)):
            return _Said(f'the words "{text}" within {counted(slop, "word")}')
    how, text = form(leaf, field), to_text(leaf).removeprefix("=")
    if how in {"", ANY_FORM} or not is_text(field):
        return _Said(text, plain=how == ANY_FORM)
    return _Said(f"{text} {how}", several="," in how)
