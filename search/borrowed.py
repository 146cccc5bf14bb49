"""Operators of other search services, which are text here: what each would be in this language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search.lexer import FARTHEST, FIELDS
from search.mistakes import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search.lexer import Piece

_BETWEEN = (
    (re.compile(r"(?i:near/?|n/|/)([0-9]{1,4})|NEAR"), "NEAR/{}"),
    (re.compile(r"(?i:onear/?|pre/?|adj/?|p/)([0-9]{1,4})|ONEAR"), "ONEAR/{}"),
    (re.compile(r"(?i:w/s(?:ent)?)"), "/s"),
    (re.compile(r"(?i:w/p(?:ara)?)|SAME"), "/p"),
    (re.compile(r"\|\|?"), "OR"),
)
_USUAL_DISTANCE = "5"
_ATLEAST = re.compile(r"(?i:atleast)([0-9]{1,4})")
_WITHOUT = re.compile(r"!([^\W_].*)")
_CUT = re.compile(r"([^\W_]{3,})[!$]")
_EQUALS = re.compile(r"([^\W\d_]+)=(.*)")


_OPERATOR = re.compile(r"(?:O?NEAR|ATLEAST)/[0-9]+|/[sp]|OR|[a-z]+:")


def is_operator(ours: str) -> bool:
    """Tell whether what a piece would be here is an operator or field alone, without a word."""
    return _OPERATOR.fullmatch(ours) is not None


def borrowed(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, str]]:
    """Give the pieces that look like operators of other services, and what each would be here."""
    for at, piece in enumerate(pieces):
        if piece.kind == "word" and not piece.field and not piece.exact:
            behind = pieces[at + 1] if at + 1 < len(pieces) else None
            if ours := _ours(piece, behind, first=at == 0):
                yield piece, ours


def _ours(piece: Piece, behind: Piece | None, *, first: bool) -> str | None:
    text = piece.text
    if without := _WITHOUT.fullmatch(text):
        return f"NOT {without[1]}"
    if (equals := _EQUALS.fullmatch(text)) and (field := _field_named(equals[1])):
        return f"{field}:{equals[2]}"
    if behind is not None and (ours := _before(piece, behind)):
        return ours
    if behind is not None and not first and (ours := _between(text)):
        return ours
    cut = _CUT.fullmatch(text)  # behind the last of several words a ! only exclaims
    return f"{cut[1]}*" if cut and (first or behind is not None) else None


def _before(piece: Piece, behind: Piece) -> str | None:
    if atleast := _ATLEAST.fullmatch(piece.text):
        return f"ATLEAST/{atleast[1]}"
    glued = behind.kind == "(" and behind.at == piece.end and not behind.field
    field = _field_named(piece.text) if glued else None
    return f"{field}:" if field else None


def _between(text: str) -> str | None:
    for pattern, ours in _BETWEEN:
        if found := pattern.fullmatch(text):
            number = (found.re.groups and found[1]) or _USUAL_DISTANCE
            return ours.format(max(1, min(int(number), FARTHEST)))
    return None


def _field_named(name: str) -> str | None:
    """Give the field of ours that has this name, here or elsewhere."""
    return FIELDS.get(name.lower()) or USUAL.get(name.lower())
