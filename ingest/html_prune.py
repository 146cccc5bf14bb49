"""Take out of a tree what is no part of the article, by what publishers name such boxes."""

from __future__ import annotations

import re

from ingest.html_tree import Element

_BOXES = re.compile(
    r"(?:^|[\s_-])(?:news-?letters?|sign-?up|signin|log-?in|reg-?wall|register|subscri(?:be|ption|ptions)|pay-?wall-?(?:prompt|box|cta)"
    r"|comments?|comment-?(?:list|section|thread|form|area)|disqus\w*|replies"
    r"|author-?(?:bio|box|info|card|description|about)|about-(?:the-)?author|bio|biography"
    r"|related\w*|recommend(?:ed|ations?)|read-?(?:more|next)|more-(?:from|on|stories|news)|also-?read|up-?next|see-?also"
    r"|trending|most-?(?:popular|read|viewed)|you-may-(?:also-)?like|teasers?|outbrain|taboola"
    r"|share(?:bar|-?buttons?|-?tools?|-?links?)?|sharing|social(?:-\w+)?|cookies?(?:-?\w+)?|consent|gdpr"
    r"|advert\w*|ad-(?:slot|container|wrapper|unit)|promo(?:tion|box)?|print-only|correction-form|breadcrumbs?"
    r"|tags|topics|skip-link|screen-reader-text|visually-hidden|sr-only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TAGS = ("div", "section", "aside", "ul", "ol", "p", "span", "form", "footer", "dialog", "details", "nav")
_MOST = 0.3
"""A box with a larger share of the page's prose is the article itself, whatever its name."""


def prune(root: Element) -> None:
    """Drop boxes named after newsletters, comments, sharing and the like, if little prose is in them."""
    whole = _prose(root)
    for element in list(root.iter(*_TAGS)):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if named != " " and _BOXES.search(_CAMEL.sub("-", named)) and _may_go(element, whole):
            _drop(element)


def _may_go(element: Element, whole: int) -> bool:
    if element.getparent() is None or element.find(".//h1") is not None:
        return False
    return _prose(element) <= _MOST * whole


def _prose(element: Element) -> int:
    """Count the characters of an element's paragraphs."""
    own = len(element.text_content()) if element.tag == "p" else 0
    return own + sum(len(p.text_content()) for p in element.iter("p") if p is not element)


def _drop(element: Element) -> None:
    """Take an element out, the text behind it kept in its place."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
