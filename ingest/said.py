"""What a person says of the files that are read, beside their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from accession import Reading, Refusal
from article import Article, Published

_GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of all inputs of an ingest.

    `language` is the code of the language they are in, `password` opens what is encrypted, `columns`
    says which column of a table is which value, and `processes` how many files are read at once: as
    many as there are cores where it is None. `private` lets what is on the web be fetched from this
    machine and from private networks too.
    """

    language: str | None = None
    password: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    processes: int | None = None
    tags: tuple[str, ...] = ()
    site: str | None = None
    published: Published | None = None
    private: bool = False


def complete(result: Reading | Refusal, said: Said) -> Reading | Refusal:
    """Give a result with what is said of all inputs and this one does not say itself."""
    if not (said.tags or said.site or said.published):
        return result
    if isinstance(result, Reading):
        return replace(result, article=_completed(result.article, said))
    if result.bookmark is None:
        return result
    tags = _joined(result.bookmark.tags, said.tags)
    return replace(result, bookmark=replace(result.bookmark, tags=tags))


def _completed(article: Article, said: Said) -> Article:
    site = article.site or said.site
    published = article.published or said.published
    new = {"site": site is not article.site, "published": published is not article.published}
    given = dict.fromkeys((name for name, is_new in new.items() if is_new), _GIVEN)
    return replace(
        article,
        tags=_joined(article.tags, said.tags),
        site=site,
        published=published,
        origins={**article.origins, **given},
    )


def _joined(tags: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*tags, *more)))
