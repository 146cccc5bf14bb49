"""A book's package: what it says of itself, its chapters in reading order, its table of contents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from accession import Reason
from article import Author, Published
from ingest.byline import split_names
from ingest.clean import clean
from ingest.dates import parse_date
from ingest.office.safe_xml import Element, attribute, child, local, parse_xml
from ingest.zips import Refused, read_member


@dataclass(frozen=True, slots=True)
class Spine:
    """A document of the reading order; `path` is its member's name."""

    path: str
    media: str
    linear: bool = True
    properties: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents, the line it stands under, and the place it leads to."""

    label: str
    section: str | None = None
    place: str = ""
    depth: int = 0


@dataclass(slots=True)
class Package:
    """A book as its package describes it."""

    spine: list[Spine] = field(default_factory=list)
    title: str | None = None
    authors: tuple[Author, ...] = ()
    published: Published | None = None
    language: str = ""
    identifier: str | None = None
    tags: tuple[str, ...] = ()
    contents: dict[str, list[Entry]] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    """Documents that the book's guide calls its cover, title page or table of contents."""


def read_package(archive: ZipFile) -> Package:
    """Read the package of a book; raises `Refused`."""
    container = parse_xml(_member(archive, "META-INF/container.xml"), "META-INF/container.xml")
    path = next((attribute(one, "full-path") for one in _named(container, "rootfile")), "")
    root = parse_xml(_member(archive, path), f"its package {path!r}")
    meta = child(root, "metadata")
    folder = posixpath.dirname(path)
    items = {attribute(one, "id"): one for one in _named(root, "item")}
    package = _described([] if meta is None else list(meta.iter()), root)
    package.spine = [
        _spine(one, items[attribute(one, "idref")], folder)
        for one in _named(root, "itemref")
        if attribute(one, "idref") in items
    ]
    package.passed = frozenset(
        resolve(folder, attribute(one, "href"))
        for one in _named(root, "reference")
        if attribute(one, "type") in {"cover", "title-page", "toc", "copyright-page"}
    )
    package.contents = _contents(archive, folder, list(items.values()))
    return package


def locked(archive: ZipFile) -> frozenset[str]:
    """Give the members that are encrypted, fonts among them mostly; raises `Refused`."""
    data = read_member(archive, "META-INF/encryption.xml")
    root = None if data is None else parse_xml(data, "META-INF/encryption.xml")
    found = () if root is None else _named(root, "CipherReference")
    return frozenset(unquote(attribute(one, "URI")) for one in found)


def resolve(folder: str, href: str) -> str:
    """Give the member that an address within the book leads to; a name, never a path of ours."""
    path = unquote(urlsplit(href).path)
    return posixpath.normpath(posixpath.join(folder, path)) if path else ""


def _member(archive: ZipFile, name: str) -> bytes:
    data = read_member(archive, name)
    if data is None:
        raise Refused(Reason.MALFORMED, f"no e-book: {name or 'its package'!r} is missing from it")
    return data


def _named(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if local(one) == name)


def _spine(reference: Element, item: Element, folder: str) -> Spine:
    return Spine(
        resolve(folder, attribute(item, "href")),
        attribute(item, "media-type"),
        attribute(reference, "linear") != "no",
        attribute(item, "properties"),
    )


def _described(meta: list[Element], root: Element) -> Package:
    def texts(name: str) -> list[str]:
        found = (clean("".join(one.itertext())) for one in meta if local(one) == name)
        return [text for text in found if text]

    wanted = attribute(root, "unique-identifier")
    unique = [one for one in meta if local(one) == "identifier" and attribute(one, "id") == wanted]
    people = [
        one for one in meta if local(one) == "creator" and attribute(one, "role") in ("", "aut")
    ]
    names = (clean("".join(one.itertext())) for one in people)
    return Package(
        title=next(iter(texts("title")), None),
        authors=tuple(author for name in names for author in _people(name)),
        published=_published([one for one in meta if local(one) == "date"]),
        language=next(iter(texts("language")), ""),
        identifier=clean("".join(unique[0].itertext())) if unique else None,
        tags=tuple(dict.fromkeys(texts("subject"))),
    )


def _people(name: str) -> tuple[Author, ...]:
    """Take `Roe, Jane` for one person; programs write several names with `&` or `;` between them."""
    last, comma, first = name.partition(", ")
    if comma and " " not in last and "," not in first and len(first.split()) == 1:
        return (Author(f"{first} {last}"),)
    return split_names(re.sub(r"\s*&\s*", "; ", name))


def _published(dates: list[Element]) -> Published | None:
    """Read the date of publication; where none is called so, the first that is no change's."""
    events = [(attribute(one, "event"), clean(one.text or "")) for one in dates]
    told = [text for event, text in events if event == "publication"]
    told += [text for event, text in events if event in ("", "creation", "original-publication")]
    days = (re.sub(r"T00:00:00.*", "", text) for text in told)
    read = (parse_date(day) for day in days if not day.startswith("0101"))
    return next(filter(None, read), None)


def _contents(archive: ZipFile, folder: str, items: list[Element]) -> dict[str, list[Entry]]:
    """Read the table of contents; a damaged one is a loss of section names, not of chapters."""
    for item in items:
        nav = "nav" in attribute(item, "properties").split()
        if nav or attribute(item, "media-type") == "application/x-dtbncx+xml":
            path = resolve(folder, attribute(item, "href"))
            try:
                root = parse_xml(_member(archive, path), path)
            except Refused:
                continue
            if found := _entries(root, posixpath.dirname(path), "li" if nav else "navPoint"):
                return found
    return {}


def _entries(root: Element, folder: str, name: str) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for point in _named(root, name):
        label, href = _label(point, name)
        above = [one for one in point.iterancestors() if local(one) == name]
        section = _label(above[0], name)[0] if above else ""
        path = resolve(folder, href) if label and href else ""
        if path:
            entry = Entry(label, section or None, unquote(urlsplit(href).fragment), len(above))
            found.setdefault(path, []).append(entry)
    return found


def _label(point: Element, name: str) -> tuple[str, str]:
    if name == "navPoint":
        text, content = child(point, "navLabel", "text"), child(point, "content")
        words = "" if text is None else "".join(text.itertext())
        return clean(words), "" if content is None else attribute(content, "src")
    line = next((one for one in point if local(one) in ("a", "span")), None)
    return ("", "") if line is None else (clean("".join(line.itertext())), attribute(line, "href"))
