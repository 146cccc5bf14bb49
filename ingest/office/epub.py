"""Read a book in EPUB: a chapter an article, in the order of reading.

The chapter's headline is its own heading. The book is to its chapters what a newspaper is to its
articles, so that its title is their `site`; the part that a chapter stands under is its `section`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from zipfile import ZipFile

from accession import Reason
from ingest.clean import clean
from ingest.office.blocks import Block, Role, paragraphs_of
from ingest.office.compose import compose
from ingest.office.ole import refuse_ole
from ingest.office.opf import Entry, Package, Spine, locked, read_package
from ingest.office.properties import Properties
from ingest.office.xhtml_blocks import Page, read_page
from ingest.parsed import Given, Parsed, Unread
from ingest.zips import Refused, open_document, read_member

_AROUND = frozenset(
    [
        "cover",
        "titlepage",
        "halftitlepage",
        "toc",
        "landmarks",
        "loi",
        "lot",
        "copyright-page",
        "colophon",
        "imprint",
    ]
)
"""What a document of the book says it is, where it is no chapter."""

_TITLE_WORDS = 40
_LINKED = 0.8
"""A document of which so many words are links is a table of contents."""


@dataclass(slots=True)
class _Chapter:
    """A chapter, put together from the documents it is cut into."""

    item: str
    place: str
    page: Page
    entry: Entry | None
    warnings: list[str] = field(default_factory=list)


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a book; a chapter's `item` is its document's place in the order of reading."""
    try:
        refuse_ole(given.data)
        with open_document(given.data, "e-book") as archive:
            package = read_package(archive)
            encrypted = locked(archive)
            yield from _results(archive, package, encrypted)
    except Refused as error:
        yield error.unread()


def _results(
    archive: ZipFile, package: Package, encrypted: frozenset[str]
) -> Iterator[Parsed | Unread]:
    if encrypted & {one.path for one in package.spine}:
        detail = "its text is locked by its seller (DRM); get a copy without it"
        raise Refused(Reason.ENCRYPTED, detail)
    some = False
    for chapter in _chapters(archive, package):
        some = True
        yield chapter if isinstance(chapter, Unread) else _parsed(chapter, package)
    if not some:
        yield Unread(Reason.EMPTY, "it holds no chapter with words")


def _chapters(archive: ZipFile, package: Package) -> Iterator[_Chapter | Unread]:
    """Give the chapters; a document that goes on with the one before it is added to that."""
    last: _Chapter | None = None
    for number, spine in enumerate(package.spine, 1):
        for read in _read(archive, package, spine, f"chapter {number}"):
            if isinstance(read, _Chapter) and last and _goes_on(read, package):
                last.page.add(read.page)
                last.warnings += read.warnings
                continue
            if last:
                yield last
            last = read if isinstance(read, _Chapter) else None
            if isinstance(read, Unread):
                yield read
    if last:
        yield last


def _read(
    archive: ZipFile, package: Package, spine: Spine, item: str
) -> Iterator[_Chapter | Unread]:
    """Read a document of the book: mostly one chapter, or none, or as many as its contents name."""
    if spine.media.startswith("image/") or "nav" in spine.properties.split():
        return
    try:
        data = read_member(archive, spine.path)
    except Refused as error:
        yield error.unread(item)
        return
    if data is None:
        yield Unread(Reason.MALFORMED, f"{spine.path[-60:]!r} is missing from the book", item)
        return
    page = read_page(data)
    if not _is_around(page, package, spine):
        for chapter in _parted(page, package.contents.get(spine.path, []), spine.path, item):
            if not _is_around(chapter.page, package, spine):
                yield chapter


def _parted(page: Page, entries: list[Entry], path: str, item: str) -> Iterator[_Chapter]:
    """Part a document at the places that the table of contents names, those of its highest level."""
    highest = min((entry.depth for entry in entries), default=0)
    starts: dict[int, Entry | None] = {}
    for entry in entries:
        at = page.places.get(entry.place, 0 if not entry.place else None)
        if at is not None and entry.depth == highest:
            starts.setdefault(at, entry)
    if len(starts) < 2:
        yield _Chapter(item, path, page, next(iter(entries), None), list(page.warnings))
        return
    starts.setdefault(0, None)
    ends = [*sorted(starts)[1:], len(page.blocks)]
    for number, (start, end) in enumerate(zip(sorted(starts), ends, strict=True), 1):
        named = starts[start]
        place = f"{path}#{named.place}" if named and named.place else path
        part = page.part(start, end)
        yield _Chapter(f"{item}, part {number}", place, part, named, list(page.warnings))


def _is_around(page: Page, package: Package, spine: Spine) -> bool:
    """Whether a document is the book's cover, title page or table of contents, or has no words."""
    words = [word for block in page.blocks for word in clean(block.text).split()]
    if not words or _AROUND & page.types or _linked(page) > _LINKED * len(words):
        return True
    if len(words) > _TITLE_WORDS:
        return False
    first = clean(page.blocks[0].text).casefold()
    named_so = bool(package.title) and first == (package.title or "").casefold()
    prose = any(len(block.text) > 60 for block in page.blocks)
    return not prose and (spine.path in package.passed or named_so)


def _linked(page: Page) -> int:
    return sum(len(words.split()) for _, _, words in page.found)


def _goes_on(chapter: _Chapter, package: Package) -> bool:
    """Whether a document begins in the midst of a chapter: programs cut long ones into several."""
    headed = any(block.role in (Role.HEADING, Role.TITLE) for block in chapter.page.blocks[:3])
    new = chapter.entry is not None or ", part " in chapter.item
    return bool(package.contents) and not new and not headed


def _parsed(chapter: _Chapter, package: Package) -> Parsed | Unread:
    properties = _properties(chapter, package)
    blocks, links = chapter.page.blocks, chapter.page.links
    try:
        article = compose(_headed(blocks), properties, links)
    except Refused as error:
        return error.unread(chapter.item)
    claim = chapter.page.language or package.language
    return Parsed(article, "epub", tuple(chapter.warnings), claim, chapter.item)


def _headed(blocks: list[Block]) -> list[Block]:
    """Put a heading in two lines together: `Chapter 4` above the chapter's own name."""
    if len(blocks) > 2 and blocks[0].role is blocks[1].role is Role.HEADING:
        text = ": ".join(one.text for block in blocks[:2] for one in paragraphs_of(block))
        if len(clean(blocks[0].text).split()) <= 2:
            return [replace(blocks[0], text=text), *blocks[2:]]
    return blocks


def _properties(chapter: _Chapter, package: Package) -> Properties:
    page, entry = chapter.page, chapter.entry
    title = entry.label if entry else clean(page.title)
    own = title if title and title != package.title else None
    return Properties(
        title=own,
        authors=package.authors,
        published=package.published,
        tags=package.tags,
        site=package.title,
        section=entry.section if entry else None,
        source_id=f"{package.identifier}#{chapter.place}" if package.identifier else None,
        origin="package",
    )
