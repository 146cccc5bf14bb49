"""Reads a query into a tree: NOT binds first, then AND (a space means AND), then OR."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from search.lexer import pieces
from search.query import And, Field, Node, Not, Or, QueryError
from search.values import value

if TYPE_CHECKING:
    from search.lexer import Piece

MAX_LENGTH = 20_000  # code points
MAX_WORDS = 1_000
MAX_NESTING = 100


_CORRECTIONS = 5  # a corrected query may need correcting again, but not for ever


def parse(query: str) -> Node:
    """Read a query. Raises QueryError, whose suggestion can itself be read."""
    try:
        return _parse(query)
    except QueryError as error:
        error.suggestion = _readable(error.suggestion)
        raise


def _readable(suggestion: str | None) -> str | None:
    """Follow a suggestion's own suggestions to one that can be read."""
    for _ in range(_CORRECTIONS):
        if suggestion is None:
            break
        try:
            _parse(suggestion)
        except QueryError as error:
            suggestion = error.suggestion
        else:
            return suggestion
    return None


def _parse(query: str) -> Node:
    if len(query) > MAX_LENGTH:
        raise QueryError(f"a query has at most {MAX_LENGTH:,} characters", MAX_LENGTH)
    reader = _Reader(query)
    for count, piece in enumerate(pieces(query)):
        if count >= 2 * MAX_WORDS:
            raise QueryError(f"a query has at most {MAX_WORDS:,} words", piece.at)
        reader.read(piece)
    return reader.finish()


@dataclass(slots=True)
class _Group:
    """What stands between two parentheses, or all of the query."""

    at: int
    depth: int = 0
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])
    name: str | None = None  # the field in force here
    names: bool = False  # whether it was written before this group
    nots: int = 0
    operator: Piece | None = None  # the last one, as long as no word follows it

    def add(self, node: Node) -> None:
        for _ in range(self.nots):
            node = Not(node)
        self.nots = 0
        self.operator = None
        self.alternatives[-1].append(node)


class _Reader:
    """The groups that are open, innermost last. There is no recursion: depth is data."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._groups = [_Group(0)]

    def read(self, piece: Piece) -> None:
        match piece.kind:
            case "(":
                self._open(piece)
            case ")":
                self._close(piece)
            case "AND" | "OR":
                self._join(piece)
            case "NOT":
                self._groups[-1].nots += 1
                self._groups[-1].operator = piece
            case _:
                self._leaf(piece)

    def finish(self) -> Node:
        if len(self._groups) > 1:
            corrected = self._query.rstrip() + ")" * (len(self._groups) - 1)
            raise QueryError("this parenthesis is not closed", self._groups[-1].at, corrected)
        return self._content(self._groups[0])

    def _leaf(self, piece: Piece) -> None:
        group = self._groups[-1]
        _check(group, piece)
        node = value(self._query, piece, piece.field or group.name)
        if node is not None:
            group.add(Field(piece.field, node) if piece.field else node)
        elif group.nots:
            raise QueryError(f"{piece.text} holds no letter or digit", piece.at)

    def _open(self, piece: Piece) -> None:
        group = self._groups[-1]
        _check(group, piece)
        inner = _Group(
            at=piece.at,
            depth=group.depth + group.nots + 1,
            name=piece.field or group.name,
            names=piece.field is not None,
        )
        self._groups.append(inner)

    def _close(self, piece: Piece) -> None:
        if len(self._groups) == 1:
            corrected = _without(self._query, piece)
            raise QueryError("this parenthesis was never opened", piece.at, corrected)
        group = self._groups.pop()
        node = self._content(group)
        name = group.name if group.names else None
        self._groups[-1].add(Field(name, node) if name else node)

    def _join(self, piece: Piece) -> None:
        group = self._groups[-1]
        if not group.alternatives[-1] or group.operator:
            corrected = _without(self._query, piece)
            raise QueryError(f"{piece.text} needs a word on its left", piece.at, corrected)
        group.operator = piece
        if piece.kind == "OR":
            group.alternatives.append([])

    def _content(self, group: _Group) -> Node:
        if group.operator:
            at, text = group.operator.at, group.operator.text
            corrected = _without(self._query, group.operator)
            raise QueryError(f"{text} needs a word on its right", at, corrected)
        if not group.alternatives[0]:
            raise QueryError("there is no word to look for", group.at)
        choices = [_one(And, tuple(nodes)) for nodes in group.alternatives]
        return _one(Or, tuple(choices))


def _one(kind: type[And | Or], nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else kind(nodes)


def _check(group: _Group, piece: Piece) -> None:
    if piece.field and group.name:
        raise QueryError(f"{piece.field}: cannot stand inside {group.name}:(...)", piece.at)
    if group.depth + group.nots >= MAX_NESTING:
        raise QueryError(f"parentheses and NOTs nest at most {MAX_NESTING} deep", piece.at)


def _without(query: str, piece: Piece) -> str | None:
    before, after = query[: piece.at].rstrip(), query[piece.at + len(piece.text) :].lstrip()
    return f"{before} {after}".strip() or None
