"""What holds of a library whatever was done to it: the checks that follow every fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from library.asking import read
from library.errors import DatabaseDamaged, DatabaseMissing
from library.folder import Folder
from library.library import Library
from library.searching import search


def problems(
    folder: Path,
    stored: Mapping[int, str],
    gone: frozenset[int] = frozenset(),
    *,
    rebuilt: bool = False,
) -> str:
    """Open a library as the next command does; give what is wrong with it then, empty if nothing.

    `stored` are the articles that were acknowledged, with the words of their headlines; those in
    `gone` may have been removed since. That an index had to be built anew is wrong too, unless it may
    be `rebuilt`.
    """
    said = list[str]()
    with Library(Folder(folder), said.append) as library:
        try:
            library.indexing.drain()
            library.find_families()
        except DatabaseMissing:
            return f"there is no library, and {len(stored)} articles were stored" if stored else ""
        except DatabaseDamaged as error:
            return str(error)
        found = [
            *_lost(library, stored, gone),
            *_unsound(library),
            *_out_of_step(library),
            *_families(library),
            *_restless(library),
            *(text for text in said if "built anew" in text and not rebuilt),
        ]
    return "; ".join(found)


def _lost(library: Library, stored: Mapping[int, str], gone: frozenset[int]) -> Iterator[str]:
    """Name what was acknowledged and is not there, or not found by its own word."""
    known = library.reader.articles(list(stored))
    for number, headline in stored.items():
        one = known.get(number)
        if one is None or one.article.headline != headline:
            yield f"article {number} is lost"
        elif one.removed_at is None:
            found = search(library, read(library, f'"{headline}"'), limit=3)
            if [hit.stored.id for hit in found.hits] != [number]:
                yield f"article {number} is not found"
        elif number not in gone:
            yield f"article {number} was removed"


def _unsound(library: Library) -> Iterator[str]:
    rows = library.reader.select("PRAGMA integrity_check")
    if [row["integrity_check"] for row in rows] != ["ok"]:
        yield f"integrity_check: {[tuple(row) for row in rows]}"
    if strays := library.reader.select("PRAGMA foreign_key_check"):
        yield f"{len(strays)} rows refer to nothing"


def _out_of_step(library: Library) -> Iterator[str]:
    """Hold ids and revisions of the index against those of the database."""
    if library.reader.pending():
        yield f"{library.reader.pending()} articles wait after all was indexed"
    if not library.folder.index.exists() and not library.reader.last_seq():
        return
    listed = list(library.indexing.ready().revisions())
    if len(dict(listed)) != len(listed):
        yield "an article stands in the index twice"
    held, known = dict(listed), dict(library.reader.revisions())
    if held != known:
        yield f"index and database differ: {sorted(set(held.items()) ^ set(known.items()))[:5]}"


_STRAY = {
    "fingerprints of no live article": "SELECT article_id FROM fingerprints EXCEPT"
    " SELECT id FROM articles WHERE removed_at IS NULL",
    "live articles without fingerprint": "SELECT id FROM articles WHERE removed_at IS NULL EXCEPT"
    " SELECT article_id FROM fingerprints",
    "keys of no fingerprint": "SELECT article_id FROM fingerprint_keys EXCEPT"
    " SELECT article_id FROM fingerprints",
    "families of one, or named by no member": "SELECT family FROM fingerprints"
    " WHERE family IS NOT NULL GROUP BY family HAVING count(*) < 2 OR min(article_id) <> family",
    "articles whose family waits": "SELECT article_id FROM family_queue",
}


def _families(library: Library) -> Iterator[str]:
    for what, sql in _STRAY.items():
        if rows := library.reader.select(sql):
            yield f"{what}: {[tuple(row) for row in rows][:5]}"


def _restless(library: Library) -> Iterator[str]:
    """Do it all once more: nothing is left to do."""
    before = _seen(library)
    library.indexing.drain()
    library.find_families()
    if _seen(library) != before:
        yield "a second sync changed something"


def _seen(library: Library) -> object:
    files = sorted(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for path in library.folder.index.rglob("*")
    )
    return library.reader.last_seq(), files
