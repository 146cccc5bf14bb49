"""Fingerprints in the database: put in, taken out, and asked who shares what."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from db.fingerprints import PASSED_OVER, Fingerprint
from db.identity import words
from db.known import chunks
from db.tables import ArticleRow, FingerprintRow, ParagraphRow

OLDEST = 32
"""Articles looked at for each sampled shingle: where more have it, everybody says so, or they are copies,
which the oldest hold together."""
LEAST = 2
"""Sampled shingles in common from which two articles are compared: one is had by chance."""

_ROWS = """SELECT f.article_id, f.family, f.words, a.published FROM fingerprints AS f
JOIN articles AS a ON a.id = f.article_id WHERE f.article_id IN (SELECT value FROM json_each(?))"""
_HOLDERS = f"""SELECT * FROM (SELECT value, (SELECT group_concat(article_id) FROM (
SELECT article_id FROM fingerprint_keys WHERE key = value ORDER BY article_id LIMIT {OLDEST}
)) AS held FROM json_each(?)) WHERE instr(held, ',')"""  # noqa: S608 - a number of ours


class Held(NamedTuple):
    """A stored fingerprint, and the family its article is in."""

    family: int | None
    one: Fingerprint


def held(connection: Connection, ids: Iterable[int]) -> dict[int, Held]:
    """Give the fingerprints that are stored of these articles."""
    found = connection.exec_driver_sql(_ROWS, (json.dumps(list(ids)),)).all()
    return {n: Held(family, Fingerprint.stored(data, day)) for n, family, data, day in found}


def put_in(connection: Connection, prints: Mapping[int, Fingerprint]) -> None:
    """Store fingerprints, in no family yet."""
    rows = [(number, one.data) for number, one in prints.items()]
    keys = [(key, number) for number, one in prints.items() for key in one.keys]
    for sql, values in (
        ("INSERT INTO fingerprints (article_id, words) VALUES (?, ?)", rows),
        (
            "INSERT INTO fingerprint_keys (key, article_id) VALUES (?, ?)",
            sorted(keys, key=itemgetter(0)),
        ),
        ("DELETE FROM family_queue WHERE article_id = ?", [(number,) for number in prints]),
    ):
        if values:
            connection.exec_driver_sql(sql, values)


def take_out(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Forget fingerprints; give the families they were in."""
    found = held(connection, ids)
    keys = [(key, number) for number, gone in found.items() for key in gone.one.keys]
    if keys:
        sql = "DELETE FROM fingerprint_keys WHERE key = ? AND article_id = ?"
        connection.exec_driver_sql(sql, keys)
    for some in chunks(list(found)):
        connection.execute(delete(FingerprintRow).where(FingerprintRow.article_id.in_(some)))
    return {gone.family for gone in found.values() if gone.family is not None}


def taken(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Fingerprint]]:
    """Take the fingerprints of stored articles, except those that are removed."""
    dates = select(ArticleRow.id, ArticleRow.published).where(ArticleRow.removed_at.is_(None))
    texts = select(ParagraphRow.article_id, ParagraphRow.text).where(
        ParagraphRow.kind.not_in([kind.value for kind in PASSED_OVER])
    )
    for some in chunks(ids):
        found = defaultdict[int, list[str]](list)
        mine = texts.where(ParagraphRow.article_id.in_(some)).order_by(ParagraphRow.ordinal)
        for number, text in connection.execute(mine):
            found[number].append(text)
        for number, published in connection.execute(dates.where(ArticleRow.id.in_(some))):
            yield number, Fingerprint.of_words(words(found[number]), published)


def sharing(connection: Connection, prints: Mapping[int, Fingerprint]) -> dict[int, list[int]]:
    """Give for each article the others that share some of its sampled shingles, most first."""
    keys = {key for one in prints.values() for key in one.keys}
    found = connection.exec_driver_sql(_HOLDERS, (json.dumps(list(keys)),)).all()
    holders = {key: list(map(int, numbers.split(","))) for key, numbers in found}
    return {number: _others(number, one.keys, holders) for number, one in prints.items()}


def _others(number: int, keys: Iterable[int], holders: Mapping[int, Sequence[int]]) -> list[int]:
    shared = Counter(other for key in keys if key in holders for other in holders[key])
    some = [other for other, count in shared.items() if count >= LEAST and other != number]
    return sorted(some, key=lambda other: (-shared[other], other))
