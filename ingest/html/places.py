"""Where in the page a text stands: in a box that is no part of the article, a caption, a standfirst."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.html.headline import key
from ingest.html.tree import Element
from ingest.links import is_related

_BOXES = re.compile(
    r"(?:^|[\s_-])(?:news-?letters?|sign-?up|signin|log-?in|reg-?wall|register|subscri(?:be|ption|ptions)|pay-?wall-?(?:prompt|box|cta)"
    r"|comments?|comment-?(?:list|section|thread|form|area)|disqus\w*|replies"
    r"|author-?(?:bio|box|info|card|description|about)|about-(?:the-)?author|bio|biography"
    r"|related\w*|recommend(?:ed|ations?)|read-?(?:more|next)|more-(?:from|on|stories|news)|also-?read|up-?next|see-?also"
    r"|trending|most-?(?:popular|read|viewed)|you-may-(?:also-)?like|teasers?|outbrain|taboola"
    r"|share(?:bar|-?buttons?|-?tools?|-?links?)?|sharing|social(?:-\w+)?|cookies?(?:-?\w+)?|consent|gdpr"
    r"|advert\w*|ad-(?:slot|container|wrapper|unit)|promo(?:tion|box)?|breadcrumbs?|disclaimer|disclosure"
    r"|tags|topics|skip-link|screen-reader-text|visually-hidden|sr-only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_STANDFIRST = re.compile(
    r"standfirst|sub-?(?:title|head|headline)|(?:^|[\s_-])(?:dek|deck|chapo|summary|excerpt)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|credit|legende|bildunterschrift|pie-de-foto", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TAGS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "div", "span", "figcaption")
_WRAPS = (
    "div",
    "section",
    "aside",
    "ul",
    "ol",
    "p",
    "span",
    "form",
    "footer",
    "dialog",
    "details",
    "nav",
)
_MOST = 0.3
"""A box with a larger share of the page's prose is the article itself, whatever its name."""

_LONGEST = 1500
_OPENING = 60
_NEAR = 3
_MOST_CHILDREN = 8


@dataclass(slots=True)
class Places:
    """The elements that hold a page's texts, by the texts' keys, and which of them are in boxes."""

    elements: dict[str, Element] = field(default_factory=dict)
    boxed: set[str] = field(default_factory=set)
    order: dict[str, int] = field(default_factory=dict)
    captions: list[tuple[int, Element]] = field(default_factory=list)
    """Captions outside of boxes, with their order."""
    related: list[tuple[int, Element]] = field(default_factory=list)
    """Elements that begin as a link to another article does, with their order."""

    def is_caption(self, text: str) -> bool:
        """Whether a text stands in a figure's caption or credit."""
        element = self.elements.get(text)
        return element is not None and any(
            one.tag == "figcaption" or _CAPTION.search(_named(one)) for one in _around(element)
        )

    def is_standfirst(self, text: str, around: int = 2) -> bool:
        """Whether a text stands in an element that its publisher calls a standfirst."""
        element = self.elements.get(text)
        places = [] if element is None else _around(element)[:around]
        return any(_STANDFIRST.search(_named(one)) for one in places)

    def parent(self, text: str) -> Element | None:
        """Give the element around the one that holds a text."""
        element = self.elements.get(text)
        return None if element is None else element.getparent()


def places_of(root: Element) -> Places:
    """Look once over the page for all texts that may be paragraphs."""
    inside = {one for box in _boxes(root) for one in box.iter()}
    places = Places()
    outside: set[str] = set()
    for place, element in enumerate(root.iter(*_TAGS)):
        text = _short_text(element)
        if not text:
            continue
        if element.tag == "figcaption" and element not in inside:
            places.captions.append((place, element))
        if is_related(text.lstrip()[:_OPENING]):
            places.related.append((place, element))
        own = key(text)
        (places.boxed if element in inside else outside).add(own)
        places.elements.setdefault(own, element)
        places.order.setdefault(own, place)
    places.boxed -= outside
    return places


def main_parent(places: Places, keys: list[str]) -> Element | None:
    """Give the element that most of the text stands in directly."""
    sizes: Counter[Element] = Counter()
    for one in keys:
        parent = places.parent(one)
        if parent is not None:
            sizes[parent] += len(one)
    return max(sizes, key=lambda parent: sizes[parent], default=None)


def _boxes(root: Element) -> list[Element]:
    whole = sum(len(p.text_content()) for p in root.iter("p"))
    return [
        element
        for element in root.iter(*_WRAPS)
        if _BOXES.search(_CAMEL.sub("-", _named(element))) and _is_box(element, whole)
    ]


def _is_box(element: Element, whole: int) -> bool:
    prose = sum(len(p.text_content()) for p in element.iter("p"))
    return prose <= _MOST * whole and element.find(".//h1") is None


def _named(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _around(element: Element) -> list[Element]:
    around = [element]
    for parent in element.iterancestors():
        if len(around) > _NEAR or parent.tag in {"article", "main", "body"}:
            break
        around.append(parent)
    return around


def _short_text(element: Element) -> str:
    """Give an element's text, empty where it is too long for one paragraph."""
    if element.tag not in {"div", "span"}:
        return "".join(element.itertext())
    if len(element) > _MOST_CHILDREN or (
        element.tag == "div" and element.find("div/div") is not None
    ):
        return ""
    text = "".join(element.itertext())
    return text if len(text) <= _LONGEST else ""
