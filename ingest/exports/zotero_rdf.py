"""Zotero's RDF: an element for each item, publications and notes beside them."""

from __future__ import annotations

from collections.abc import Iterator

from accession import Reason
from ingest.exports.references import reference
from ingest.exports.saved import Saved, is_web, plain_result
from ingest.office.safe_xml import Element, attribute, child, local, parse_xml
from ingest.parsed import Given, Parsed, Unread
from ingest.zips import Refused

KIND = "rdf/zotero"


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a library or a collection."""
    try:
        root = parse_xml(given.data, "this RDF")
    except Refused as error:
        yield error.unread()
        return
    named = {name: one for one in root if (name := attribute(one, "about"))}
    number = 0
    for item in root:
        if child(item, "itemType") is not None and local(item) != "Attachment":
            number += 1
            yield plain_result(_saved(item, named), f"reference {number}")
    if not number:
        yield Unread(Reason.EMPTY, "no reference is in it")


def _saved(item: Element, named: dict[str, Element]) -> Saved:
    identifiers = [_text(one) for one in item if local(one) == "identifier"]
    addresses = [*identifiers, attribute(item, "about")]
    said = {
        "title": _text(child(item, "title")),
        "url": next(filter(is_web, addresses), None),
        "authors": _authors(item),
        "date": _text(child(item, "date")),
        "site": _publication(item, named) or _text(child(item, "publisher")),
        "language": _text(child(item, "language")),
        "abstract": _text(child(item, "abstract")),
        "tags": [_text(one) for one in item if local(one) == "subject"],
    }
    notes = [
        named.get(attribute(one, "resource")) for one in item if local(one) == "isReferencedBy"
    ]
    return reference(
        said,
        KIND,
        doi=next((one for one in identifiers if "10." in one), ""),
        saved_at=_text(child(item, "dateSubmitted")),
        notes=[_text(child(note, "value")) for note in notes if note is not None],
    )


def _authors(item: Element) -> list[str]:
    authors = child(item, "authors")
    people = [] if authors is None else [one for one in authors.iter() if local(one) == "Person"]
    parts = ([_text(child(one, name)) for name in ("givenName", "surname")] for one in people)
    return [" ".join(filter(None, names)) for names in parts]


def _publication(item: Element, named: dict[str, Element]) -> str:
    """Give the name of what an item is part of: in the item, or an element of its own."""
    part = child(item, "isPartOf")
    if part is None:
        return ""
    inner = next(iter(part), None)
    whole = named.get(attribute(part, "resource")) if inner is None else inner
    return "" if whole is None else _text(child(whole, "title"))


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
