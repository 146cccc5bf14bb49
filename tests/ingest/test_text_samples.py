"""Each folder of samples holds a text as people paste it and what must be read from it."""

import json
from pathlib import Path
from typing import Any

import pytest

from article import Article
from ingest import markdown, text

SAMPLES = Path(__file__).parent / "samples"


def told(article: Article, kind: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Write an article in the shape of expected.json, with the values that it names."""
    found = {
        "kind": kind,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "authors": [author.name for author in article.authors],
        "published": article.published.date if article.published else None,
        "url": article.url,
        "site": article.site,
        "paragraphs": [
            {"kind": p.kind.value, "text": p.text} | ({"credit": p.credit} if p.credit else {})
            for p in article.paragraphs
        ],
    }
    return {name: found[name] for name in wanted}


@pytest.mark.parametrize("folder", sorted(path.name for path in SAMPLES.iterdir()))
def test_sample_is_read_as_a_person_reads_it(folder: str) -> None:
    source = next((SAMPLES / folder).glob("source.*"))
    wanted = json.loads((SAMPLES / folder / "expected.json").read_text(encoding="utf-8"))
    parse = markdown.parse if source.suffix == ".md" else text.parse
    article, kind = parse(source.read_bytes().decode("utf-8"))
    assert told(article, kind, wanted) == wanted


def test_seed_article_is_read_field_by_field(shared: Path) -> None:
    article, kind = text.parse((shared / "seed" / "article.txt").read_text(encoding="utf-8"))
    wanted = json.loads((shared / "seed" / "expected.json").read_text(encoding="utf-8"))
    assert kind == "text/wrapped-blocks"
    assert article.url == wanted["url"]
    assert article.site == wanted["site"]
    assert article.headline == wanted["headline"]["value"]
    assert [(a.name, a.url) for a in article.authors] == [
        (author["value"], author["url"]) for author in wanted["authors"]
    ]
    assert article.published is not None
    assert article.published.date == wanted["published"]["value"]
    assert article.published.precision == wanted["published"]["precision"]
    assert article.origins == {
        "headline": wanted["headline"]["origin"],
        "authors": wanted["authors"][0]["origin"],
        "published": wanted["published"]["origin"],
    }
    keys = ("kind", "text", "credit", "url")
    assert [
        {"ordinal": ordinal} | {key: getattr(p, key) for key in keys if getattr(p, key)}
        for ordinal, p in enumerate(article.paragraphs, 1)
    ] == wanted["paragraphs"]
    related = wanted["paragraphs"][6]
    assert [(link.rel, link.url, link.text) for link in article.links] == [
        ("canonical", wanted["url"], None),
        ("author", wanted["authors"][0]["url"], None),
        ("related", related["url"], related["text"]),
    ]
