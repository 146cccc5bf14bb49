"""XML of unknown origin: no entity of its own is opened, nothing is fetched."""

from __future__ import annotations

from typing import Any

from lxml import etree

from accession import Reason
from ingest.zips import Refused

Element = Any
"""An element of lxml, which has no types of its own."""


def parse_xml(data: bytes, what: str) -> Element:
    """Give the root of an XML document; raises `Refused`, naming it as `what`.

    A document that declares entities is refused: office documents have none, and to leave them
    unopened would leave words out.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Reason.MALFORMED, f"{what} is damaged: {str(error)[:100]}") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise Refused(Reason.MALFORMED, f"{what} declares entities of its own, which are not read")
    return root


def local(element: Element) -> str:
    """Give an element's name without its namespace; a comment's or an entity's is empty."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Give an attribute by its name without namespace, empty where it has none."""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next(
        (str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), ""
    )


def child(element: Element, *path: str) -> Element | None:
    """Give the first child, and its first child, by names without namespace."""
    for name in path:
        element = next((one for one in element if local(one) == name), None)
        if element is None:
            return None
    return element
