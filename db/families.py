"""Families: which articles are near-identical, kept in step with every change of an article.

Two articles are joined where `fingerprints.alike` says so; a family is all that are joined, over
however many steps. It follows from the articles as they stand, not from the order they came in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, select, update

from db import fingerprint_rows as rows
from db.fingerprints import Fingerprint, alike
from db.tables import FamilyQueueRow, FingerprintRow

LARGE: Final = 200
"""Members up to which a family that loses some is joined anew, for these may have held it together."""
_TRIED = 64


def settle(connection: Connection, prints: Mapping[int, Fingerprint]) -> None:
    """Find the families of articles that are new, have other words or were brought back."""
    loose = _take_out(connection, list(prints))
    rows.put_in(connection, prints)
    _join(connection, {**loose, **prints})


def leave(connection: Connection, ids: Sequence[int]) -> None:
    """Take articles out of their families."""
    _join(connection, _take_out(connection, ids))


def fill(connection: Connection, most: int) -> int:
    """Find the families of articles stored before there were any, at most so many; count them."""
    waiting = select(FamilyQueueRow.article_id).order_by(FamilyQueueRow.article_id).limit(most)
    ids = list(connection.scalars(waiting))
    prints = dict(rows.taken(connection, ids))
    rows.put_in(connection, prints)
    _join(connection, prints)
    connection.execute(delete(FamilyQueueRow).where(FamilyQueueRow.article_id.in_(ids)))
    return len(ids)


def _take_out(connection: Connection, ids: Sequence[int]) -> dict[int, Fingerprint]:
    """Forget fingerprints; give those of the articles that have to be joined anew without them."""
    loose: dict[int, Fingerprint] = {}
    for family in sorted(rows.take_out(connection, ids)):
        loose |= _loosen(connection, family)
    return loose


def _loosen(connection: Connection, family: int) -> dict[int, Fingerprint]:
    """Give the members of a family that lost some, now in none; a large one stays together."""
    members = select(FingerprintRow.article_id).where(FingerprintRow.family == family)
    ids = list(connection.scalars(members.order_by(FingerprintRow.article_id).limit(LARGE + 1)))
    if len(ids) > LARGE:
        _name(connection, family, ids[0])
        return {}
    _name(connection, family, None)
    return {number: found.one for number, found in rows.held(connection, ids).items()}


def _join(connection: Connection, prints: Mapping[int, Fingerprint]) -> None:
    """Join articles that are stored and in no family with all that are near-identical."""
    if not prints:
        return
    sharing = rows.sharing(connection, prints)
    others = {other for found in sharing.values() for other in found} - prints.keys()
    held = rows.held(connection, others)
    known = {**prints, **{number: found.one for number, found in held.items()}}
    families = {number: found.family for number, found in held.items()}
    groups = Groups({number: family or number for number, family in families.items()})
    for number, found in sharing.items():
        _try(number, found, known, groups)
    _write(connection, groups, families)


def _try(
    number: int, found: Sequence[int], known: Mapping[int, Fingerprint], groups: Groups
) -> None:
    """Compare an article with those it shares shingles with, as far as they are not in its group."""
    one, tried = known[number], 0
    for other in found:
        if groups.of(number) != groups.of(other):
            tried += 1
            if alike(one, known[other]):
                groups.join(number, other)
            if tried == _TRIED:
                return


class Groups:
    """Articles put together; a group is named by the smallest number of all its members."""

    def __init__(self, names: dict[int, int]) -> None:
        self.names = names
        self.renamed: dict[int, int] = {}

    def of(self, number: int) -> int:
        """Give the name of an article's group."""
        name = self.names.setdefault(number, number)
        while name in self.renamed:
            name = self.renamed[name]
        self.names[number] = name
        return name

    def join(self, one: int, other: int) -> None:
        """Put the groups of two articles together."""
        first, second = sorted((self.of(one), self.of(other)))
        self.renamed[second] = first


def _write(connection: Connection, groups: Groups, families: Mapping[int, int | None]) -> None:
    """Write down what was joined; `families` are those of articles that were in the table before."""
    joined = {groups.of(name) for name in groups.renamed}
    for family in sorted({family for family in families.values() if family in groups.renamed}):
        _name(connection, family, groups.of(family))
    new = [
        (groups.of(number), number)
        for number in sorted(groups.names)
        if families.get(number) is None and groups.of(number) in joined
    ]
    if new:
        name = "UPDATE fingerprints SET family = ? WHERE article_id = ?"
        connection.exec_driver_sql(name, new)


def _name(connection: Connection, family: int, name: int | None) -> None:
    mine = update(FingerprintRow).where(FingerprintRow.family == family)
    connection.execute(mine.values(family=name))
