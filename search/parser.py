"""Reads a query into a tree: NOT binds first, then NEAR, /s and /p, then AND (a space), then OR."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from search import mistakes, proximity, spaceless
from search.lexer import pieces
from search.query import And, AtLeast, Field, Near, Node, Not, Or, QueryError
from search.values import scans, value

if TYPE_CHECKING:
    from search.lexer import Piece

MAX_LENGTH = 20_000  # code points
MAX_WORDS = 1_000
MAX_NESTING = 100
MAX_NEARS = 30  # each looks through all places of its words, and may deepen the tree by one
MAX_SCANS = 10  # fuzzy words and words that begin with * or ?: each is held against all words

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
    for piece in pieces(query):
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
    waiting: list[Piece] = field(default_factory=list)  # NOT and ATLEAST before the next node
    near: Piece | None = None  # NEAR, /s or /p before the next node
    operator: Piece | None = None  # the last one, as long as no word follows it

    def add(self, node: Node) -> None:
        """Take a node in, with what was written before it."""
        for piece in reversed(self.waiting):
            node = _applied(piece, node, self.name)
        nodes = self.alternatives[-1]
        if self.near is not None:
            node = _joined(self.near, nodes.pop(), node, self.name)
        nodes.append(node)
        self.waiting, self.near, self.operator = [], None, None


class _Reader:
    """The groups that are open, innermost last. There is no recursion: depth is data."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._groups = [_Group(0)]
        self._words = self._nears = self._scans = 0

    def read(self, piece: Piece) -> None:
        match piece.kind:
            case "(":
                self._open(piece)
            case ")":
                self._close(piece)
            case "AND" | "OR" | "NEAR":
                self._join(piece)
            case "NOT" | "ATLEAST":
                self._groups[-1].waiting.append(piece)
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
            self._count(piece, node)
            group.add(_in_field(piece.field, node))
        elif group.waiting or group.near:
            raise QueryError(f"{piece.text} holds no letter or digit", piece.at)

    def _count(self, piece: Piece, node: Node) -> None:
        self._words += 1
        if self._words > MAX_WORDS:
            raise QueryError(f"a query has at most {MAX_WORDS:,} words and phrases", piece.at)
        self._scans += scans(node)
        if self._scans > MAX_SCANS:
            message = f"a query has at most {MAX_SCANS} words with ~ or with * or ? in front"
            raise QueryError(message, piece.at)

    def _open(self, piece: Piece) -> None:
        group = self._groups[-1]
        _check(group, piece, deeper=1)
        inner = _Group(
            at=piece.at,
            depth=group.depth + len(group.waiting) + 1,
            name=piece.field or group.name,
            names=piece.field is not None,
        )
        self._groups.append(inner)

    def _close(self, piece: Piece) -> None:
        if len(self._groups) == 1:
            message = "this parenthesis was never opened"
            raise mistakes.left_out(message, self._query, piece.at, piece.end)
        group = self._groups.pop()
        node = self._content(group)
        self._groups[-1].add(_in_field(group.name if group.names else None, node))

    def _join(self, piece: Piece) -> None:
        group = self._groups[-1]
        if not group.alternatives[-1] or group.operator:
            message = f"{piece.text} needs a word on its left"
            raise mistakes.left_out(message, self._query, piece.at, piece.end)
        group.operator = piece
        if piece.kind == "OR":
            group.alternatives.append([])
        elif piece.kind == "NEAR":
            self._nears += 1
            if self._nears > MAX_NEARS:
                message = f"a query has at most {MAX_NEARS} NEAR, ONEAR, /s and /p"
                raise QueryError(message, piece.at)
            group.near = piece

    def _content(self, group: _Group) -> Node:
        if group.operator:
            last = group.operator
            message = f"{last.text} needs a word on its right"
            raise mistakes.left_out(message, self._query, last.at, last.end)
        if not group.alternatives[0]:
            raise QueryError("there is no word to look for", group.at)
        choices = [_one(And, tuple(nodes)) for nodes in group.alternatives]
        if len(choices) > 1:
            choices = list(spaceless.alternatives(choices, group.name))
            if len(choices) > MAX_WORDS:
                raise QueryError(f"a query has at most {MAX_WORDS:,} words", group.at)
        return _one(Or, tuple(choices))


def _in_field(name: str | None, node: Node) -> Node:
    """Put a node into the field written before it; what an article has says so itself."""
    return node if name in {None, "is", "has"} else Field(str(name), node)


def _applied(piece: Piece, node: Node, field: str | None) -> Node:
    if piece.kind == "NOT":
        return Not(node)
    proximity.check_field(piece, field)
    proximity.check(piece.text, piece.at, node)
    return AtLeast(piece.number or 1, node)


def _joined(piece: Piece, left: Node, right: Node, field: str | None) -> Node:
    proximity.check_field(piece, field)
    proximity.check_pair(piece.text, piece.at, left, right)
    return Near(left, right, piece.unit, piece.number or 0, piece.ordered)


def _one(kind: type[And | Or], nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else kind(nodes)


def _check(group: _Group, piece: Piece, deeper: int = 0) -> None:
    if piece.field and group.name:
        raise QueryError(f"{piece.field}: cannot stand inside {group.name}:(...)", piece.at)
    if group.depth + len(group.waiting) + deeper > MAX_NESTING:
        raise QueryError(f"parentheses and NOTs nest at most {MAX_NESTING} deep", piece.at)
