"""Putting right what the doctor found: permissions, the database, the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.errors import translating
from db.salvage import Salvaged, Span, salvage
from db.swapping import whole
from db.vetting import vet
from library import checks_files, checks_index
from library.checks_database import REPAIR
from library.finding import Finding, some
from library.library import Library
from library.rebuilding import Progress
from library.restoring import take_place
from library.workshop import workshop


def repair(library: Library, findings: Sequence[Finding], progress: Progress) -> Iterator[str]:
    """Put right what is wrong by `findings`, as far as that can be done; give a line on each thing.

    A damaged database is left as it is, under another name; see `db.salvage`.
    """
    mends = {finding.mend for finding in findings if finding.wrong}
    if any(finding.about == "permissions" for finding in findings if finding.wrong):
        yield _close(library)
    if REPAIR in mends:
        yield from _salvage(library)
    if {REPAIR, checks_index.REBUILD} & mends:
        library.indexing.rebuild(progress)
        library.find_families()
        yield f"The index was built anew: {library.indexing.engine().count():,} articles."


def _close(library: Library) -> str:
    found = [p for p in checks_files.files(library.folder) if checks_files.is_open_to_others(p)]
    for path in found:
        path.chmod(path.stat().st_mode & ~0o077)
    return f"{len(found):,} files were closed to other users."


def _salvage(library: Library) -> Iterator[str]:
    from db.store import Store

    folder = library.folder
    library.close()
    with translating(folder.database), workshop(folder.beside) as place:
        made = place / "cuttings.db"
        Store(made, place / "write.lock").close()
        found = salvage(folder.database, made)
        Store(made, place / "write.lock").close()
        whole(made)
        held = vet(made, folder.database)
        kept = take_place(folder, made, "damaged")
    yield f"{held.articles:,} articles were saved. The damaged database is kept as {kept}"
    yield from lost(found)


def lost(found: Salvaged) -> Iterator[str]:
    """Say what could not be read."""
    for table, spans in found.unread.items():
        yield f"Not readable in {table}: rows {some([_words(span) for span in spans])}"
    for table, count in found.unfit.items():
        yield f"No longer sound in {table}, and left out: {count:,} rows"
    for table, count in found.broken.items():
        yield f"Not whole in {table}: {count:,} rows; \N{REPLACEMENT CHARACTER} stands where bytes are damaged"
    if found.stubs:
        yield f"Only their paragraphs could be read: articles {some(found.stubs)}"
    if found.bare:
        yield f"Paragraphs are missing: articles {some(found.bare)}"
    if not (found.unread or found.unfit or found.broken or found.stubs or found.bare):
        yield "Nothing was lost."


def _words(span: Span) -> str:
    first, last = span
    if last is None:
        return f"{first:,} and after" if first else "in the middle"
    return f"{first:,}" if first == last else f"{first:,} to {last:,}"
