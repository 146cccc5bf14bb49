"""What a page says of itself in `meta`, `link` and microdata."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from ingest.html.json_ld import Node, address, article_of, bare, nodes_of, plain_text
from ingest.html.tree import Element


@dataclass
class Page:
    """A page's tree and all that it says of itself; `article` is its JSON-LD's article, or {}."""

    root: Element
    location: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    article: Node = field(default_factory=dict)
    under: list[str] | None = None
    """The short lines under the headline, once they have been looked for."""

    def meta(self, *names: str) -> str | None:
        """Give the first of these `meta` names, properties or itemprops that has a value."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    @cached_property
    def url(self) -> tuple[str | None, str]:
        """Give the article's address and where it was found."""
        links = self.root.xpath('//link[@rel="canonical"]/@href')
        found = (
            (_absolute(next(iter(links), None), self.base), "canonical link"),
            (_absolute(self.meta("og:url", "twitter:url"), self.base), "og"),
            (address(self.article.get("url") or self.article.get("mainEntityOfPage")), "json-ld"),
        )
        named = next(((url, origin) for url, origin in found if url and _is_of_one(url)), None)
        return named or (self.location, "saved page")

    @cached_property
    def base(self) -> str:
        """Give the address that the page's relative addresses start from."""
        bases = self.root.xpath("//base/@href")
        named = self.location or self.meta("og:url", "twitter:url") or address(self.article) or ""
        return urljoin(named, str(bases[0])) if bases else named


def page_of(root: Element, location: str | None = None) -> Page:
    """Read what a page says of itself; `location` is the address it was saved from."""
    page = Page(root, location, _metas(root), nodes_of(root))
    canonical = root.xpath('//link[@rel="canonical"]/@href')
    urls = [*canonical, page.meta("og:url") or "", location or ""]
    page.article = article_of(page.nodes, frozenset(bare(url) for url in urls if url))
    return page


def prop(page: Page, *names: str) -> str | None:
    """Give the value of the first microdata property that stands outside `meta`."""
    for name in names:
        for element in page.root.xpath(f'//*[@itemprop="{name}"][not(self::meta)]'):
            value = element.get("content") or element.get("datetime") or element.text_content()
            if plain := plain_text(value or ""):
                return plain
    return None


def _metas(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        value = plain_text(element.get("content") or element.get("value") or "")
        if value:
            for kind in ("name", "property", "itemprop", "http-equiv"):
                name = (element.get(kind) or "").strip().lower()
                if name:
                    found.setdefault(name, []).append(value)
    return found


def _absolute(url: str | None, base: str) -> str | None:
    if not url:
        return None
    try:
        joined = urljoin(base, url.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


def _is_of_one(url: str) -> bool:
    """Whether an address may be one article's: a home page is nobody's."""
    return bool(bare(url).partition("/")[2]) or "?" in url
