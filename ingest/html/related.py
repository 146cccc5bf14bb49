"""Related articles that a page names between its paragraphs: `Read more: …`."""

from __future__ import annotations

from dataclasses import replace

from article import Kind
from ingest.html.blocks import Block
from ingest.html.body import Body
from ingest.html.headline import key
from ingest.html.json_ld import plain_text
from ingest.html.places import main_parent
from ingest.html.tree import Element

_AWAY = frozenset({"aside", "nav", "footer"})


def with_related(body: Body) -> Body:
    """Give the body with the related links that the extractor took for furniture, in their places."""
    order = body.places.order
    own = [order[block.key] for block in body.blocks if block.key in order]
    if not own:
        return body
    parent = main_parent(body.places, [block.key for block in body.blocks])
    known = {key(words) for block in body.blocks for _, words in block.links}
    blocks = list(body.blocks)
    for place, element in body.places.related:
        inside = min(own) <= place <= max(own) or element.getparent() is parent
        block = _block(element) if inside and not _away(element) else None
        if block and block.key not in known:
            known.add(block.key)
            behind = (n for n, one in enumerate(blocks) if order.get(one.key, -1) > place)
            blocks.insert(next(behind, len(blocks)), block)
    return replace(body, blocks=blocks)


def _block(element: Element) -> Block | None:
    """Make a block of an element that holds one link."""
    links = list(element.iter("a"))
    words = plain_text("".join(links[0].itertext())) if len(links) == 1 else ""
    target = links[0].get("href") if words else None
    return Block(words, Kind.RELATED, [(target, words)], key(words)) if target else None


def _away(element: Element) -> bool:
    return any(parent.tag in _AWAY for parent in element.iterancestors())
