"""Web pages are read for what their publishers say and print, and nothing around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from accession import Reason
from article import Article, Kind, Link
from ingest.html import mhtml
from ingest.html import reader as html
from ingest.parsed import Given, Parsed, Unread

SAMPLES = Path(__file__).parent / "samples_html"
NAMES = sorted(folder.name for folder in SAMPLES.iterdir())
PROSE = (
    "The harbour council met on Tuesday to vote on next year's budget, and agreed to it after six"
    " hours of talk, which nobody in the hall had thought possible before the soup was served."
)
MORE = (
    "Its clerk read out the count twice because the stove was roaring, and then the members went"
    " home over the ice, each of them by another way, as they do after every vote of the kind."
)


def read(text: str | bytes) -> Parsed:
    data = text.encode() if isinstance(text, str) else text
    (one,) = html.parse(Given(data, "page.html"))
    assert isinstance(one, Parsed)
    return one


def refused(data: bytes) -> Unread:
    (one,) = html.parse(Given(data))
    assert isinstance(one, Unread)
    return one


def page(body: str, head: str = "") -> str:
    return f"<html lang=en><head><title>Council agrees on the budget</title>{head}</head><body>{body}</body></html>"


def texts(article: Article, kind: Kind = Kind.BODY) -> list[str]:
    return [one.text for one in article.paragraphs if one.kind is kind]


def described(one: Parsed) -> dict[str, Any]:
    article = one.article
    published = article.published
    return {
        "kind": one.kind,
        "claim": one.claim,
        "warnings": list(one.warnings),
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "authors": [[author.name, author.url] for author in article.authors],
        "published": published and [published.date, str(published.precision), published.moment],
        "section": article.section,
        "site": article.site,
        "url": article.url,
        "tags": list(article.tags),
        "links": [[link.rel, link.url, link.text] for link in article.links],
        "origins": dict(article.origins),
        "paragraphs": [[str(p.kind), p.text, p.credit, p.url] for p in article.paragraphs],
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_page_is_read_as_expected(name: str) -> None:
    expected = json.loads((SAMPLES / name / "expected.json").read_text("utf-8"))
    assert described(read((SAMPLES / name / "page.html").read_bytes())) == expected


def test_the_headline_and_the_byline_are_not_said_again_in_the_body() -> None:
    one = read(
        page(
            f"<h1>Council agrees on the budget</h1><div><p>Council agrees on the budget</p>"
            f"<p>By Lena Morrow</p><p>14 March 2023</p><p>{PROSE}</p><p>{MORE}</p></div>",
        )
    )
    assert texts(one.article) == [PROSE, MORE]


def test_the_site_is_no_part_of_a_headline_that_only_the_title_has() -> None:
    head = '<meta property="og:site_name" content="The Gazette">'
    text = page(f"<p>{PROSE}</p><p>{MORE}</p>", head).replace(
        "budget</title>", "budget | The Gazette</title>"
    )
    assert read(text).article.headline == "Council agrees on the budget"


def test_a_section_name_in_the_heading_is_no_headline() -> None:
    head = '<meta property="og:title" content="Council agrees on the budget">'
    one = read(page(f"<h1>Politics</h1><p>{PROSE}</p><p>{MORE}</p>", head))
    assert one.article.headline == "Council agrees on the budget"


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By Lena Morrow and Tadeo Brill", ["Lena Morrow", "Tadeo Brill"]),
        ("By Lena Morrow, Political Editor | Updated 4 March 2023", ["Lena Morrow"]),
        ("By LENA MORROW for The Gazette", ["LENA MORROW"]),
        ("Von Lena Morrow", ["Lena Morrow"]),
        ("By Lena Morrow lena@gazette.example @lena", ["Lena Morrow"]),
        ("By The Associated Press", ["The Associated Press"]),
        ("By Martin Luther Jr., Oona Birch", ["Martin Luther Jr.", "Oona Birch"]),
    ],
)
def test_a_byline_gives_names_and_nothing_else(printed: str, names: list[str]) -> None:
    one = read(
        page(
            f"<h1>Council agrees on the budget</h1><div>{printed}</div><p>{PROSE}</p><p>{MORE}</p>"
        )
    )
    assert [author.name for author in one.article.authors] == names


def test_the_site_is_the_author_only_where_nobody_else_is_named() -> None:
    head = (
        '<meta property="og:site_name" content="The Gazette">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "The Gazette"}}</script>'
    )
    body = "<h1>Council agrees on the budget</h1>%s<p>" + PROSE + "</p><p>" + MORE + "</p>"
    alone, signed = read(page(body % "", head)), read(page(body % "<div>By Oona Birch</div>", head))
    assert [author.name for author in alone.article.authors] == ["The Gazette"]
    assert [author.name for author in signed.article.authors] == ["Oona Birch"]


def test_a_time_in_utc_does_not_move_the_day_that_the_address_names() -> None:
    head = (
        '<link rel="canonical" href="https://gazette.example/2023/03/14/budget">'
        '<meta property="article:published_time" content="2023-03-15T03:10:00Z">'
    )
    published = read(page(f"<p>{PROSE}</p><p>{MORE}</p>", head)).article.published
    assert published is not None
    assert (published.date, published.moment) == ("2023-03-14", "2023-03-15T03:10:00+00:00")


def test_a_date_of_an_update_is_not_the_date_of_publication() -> None:
    head = '<meta property="article:published_time" content="2023-03-14">'
    body = f"<h1>Council agrees on the budget</h1><div>Updated 20 March 2023</div><p>{PROSE}</p><p>{MORE}</p>"
    published = read(page(body, head)).article.published
    assert published is not None
    assert published.date == "2023-03-14"


def test_a_teaser_that_is_declared_as_the_text_does_not_cut_it() -> None:
    teaser = json.dumps({"@type": "NewsArticle", "articleBody": PROSE})
    head = f'<script type="application/ld+json">{teaser}</script>'
    paragraphs = [PROSE, MORE, *(f"{MORE} It was the vote of number {n}." for n in range(6))]
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    assert texts(read(page(body, head)).article) == paragraphs


def test_json_ld_that_is_broken_costs_only_itself() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2023-03-14",}</script>'
    )
    published = read(page(f"<p>{PROSE}</p><p>{MORE}</p>", head)).article.published
    assert published is not None
    assert published.date == "2023-03-14"


def test_a_box_named_after_sharing_that_holds_the_article_is_read() -> None:
    one = read(page(f'<div class="share social related"><p>{PROSE}</p><p>{MORE}</p></div>'))
    assert texts(one.article) == [PROSE, MORE]


def test_a_short_line_said_twice_stays() -> None:
    lines = [PROSE, "Nobody answered.", MORE, "Nobody answered.", f"{MORE[:-1]} ever."]
    body = "<article>" + "".join(f"<p>{line}</p>" for line in lines) + "</article>"
    assert texts(read(page(body)).article).count("Nobody answered.") == 2


@pytest.mark.parametrize(
    ("encoding", "declared", "warns"),
    [
        ("windows-1251", "utf-8", True),
        ("windows-1251", "windows-1251", False),
        ("utf-8", "windows-1251", False),
        ("utf-16-le", "utf-8", True),
        ("utf-16", "", False),
        ("koi8-r", "koi8-r", False),
    ],
)
def test_a_page_is_decoded_whatever_it_declares(encoding: str, declared: str, warns: bool) -> None:
    sentence = (
        "После трёх лет ремонта паром снова пошёл в Каменку, сообщила администрация района жителям."
    )
    text = f"<html><head><meta charset='{declared}'></head><body><p>{sentence}</p><p>{sentence[:-1]} и всем.</p></body></html>"
    one = read(text.encode(encoding))
    assert texts(one.article)[0] == sentence
    assert any(warning.startswith("read as") for warning in one.warnings) is warns


def test_strays_of_another_encoding_do_not_spoil_a_page() -> None:
    data = page(f"<p>{PROSE} Café.</p><p>{MORE}</p>").encode() + b"<p>caf\xe9 au lait</p>"
    one = read(data)
    assert "Café." in texts(one.article)[0]
    assert one.warnings == ("read as utf-8 with windows-1252, by its bytes",)


def test_nothing_is_lost_below_a_hundred_thousand_nested_tags() -> None:
    deep = "<div>" * 100_000 + f"<p>{PROSE}</p>" + "</div>" * 100_000
    one = read(page(f"{deep}<p>{MORE}</p>"))
    assert texts(one.article) == [PROSE, MORE]
    assert one.warnings == ("the page is nested too deeply: its divisions were left out",)


def test_a_page_that_is_cut_by_its_nesting_says_so() -> None:
    one = read(page(f"<p>{PROSE}</p><p>{MORE}</p>" + "<ul><li>" * 100_000))
    assert texts(one.article) == [PROSE, MORE]
    assert [warning.split(":")[0] for warning in one.warnings] == ["truncated"]


def test_a_text_of_eleven_megabytes_is_kept_whole() -> None:
    one = read(page(f"<p>{'word ' * 2_200_000}</p><p>{PROSE}</p>"))
    assert sum(len(text.split()) for text in texts(one.article)) == 2_200_000 + len(PROSE.split())


def test_a_table_that_claims_billions_of_cells_is_read_at_once() -> None:
    rows = "".join(
        f"<tr><td colspan=99999999 rowspan=99999999>{n}</td><td>due</td></tr>" for n in range(500)
    )
    one = read(page(f"<p>{PROSE}</p><table>{rows}</table><p>{MORE}</p>"))
    assert texts(one.article, Kind.LIST)[:2] == ["0 | due", "1 | due"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"<html><head><title>App</title></head><body><div id=root></div><script>a=1</script></body></html>", Reason.EMPTY),
        (b"<!-- nothing -->", Reason.EMPTY),
        (bytes(range(256)) * 40, Reason.NOT_TEXT),
        (b"x" * (html.MAX_BYTES + 1), Reason.TOO_LARGE),
    ],
    ids=["no bytes", "an app's shell", "a comment", "binary", "too large"],
)  # fmt: skip
def test_what_holds_no_article_is_refused_with_a_reason(data: bytes, reason: Reason) -> None:
    assert refused(data).reason is reason


MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/2023/03/14/budget\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----Part--x1y2z3w4"\r\n\r\n'
    "------Part--x1y2z3w4\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    f'<html lang=3D"en"><head><title>Budget</title></head><body><h1>Council agrees on the budget</h1><p>{PROSE}</p><p>{MORE} Caf=C3=A9.</p></body></html>\r\n'
    "------Part--x1y2z3w4\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n------Part--x1y2z3w4--\r\n"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ('; boundary="----Part--x1y2z3w4"', ""),
        ("------Part--x1y2z3w4--\r\n", ""),
        ("\r\n\r\n------Part--x1y2z3w4\r\nContent-Type: text/html; charset=utf-8", "\r\n\r\n"),
    ],
    ids=["whole", "boundary not named", "no end", "no parts"],
)
def test_mhtml_is_read_even_if_it_is_damaged(old: str, new: str) -> None:
    (one,) = mhtml.parse(Given(MHTML.replace(old, new, 1).encode() if old else MHTML.encode()))
    assert isinstance(one, Parsed)
    assert one.kind == "html/mhtml"
    assert texts(one.article) == [PROSE, f"{MORE} Café."]


def test_mhtml_gives_the_address_it_was_saved_from_and_says_if_it_is_cut() -> None:
    (whole,) = mhtml.parse(Given(MHTML.encode()))
    (cut,) = mhtml.parse(Given(MHTML[: MHTML.rindex("------Part")].encode()))
    assert isinstance(whole, Parsed)
    assert isinstance(cut, Parsed)
    assert whole.article.url == "https://gazette.example/2023/03/14/budget"
    assert whole.warnings == ()
    assert cut.warnings == ("truncated: the saved page has no end",)


@pytest.mark.parametrize(
    "data", [b"", b"MIME-Version: 1.0\r\n\r\n", b"From: x\r\n\r\nno page here"]
)
def test_mhtml_without_a_page_is_refused(data: bytes) -> None:
    (one,) = mhtml.parse(Given(data))
    assert isinstance(one, Unread)
    assert one.reason is Reason.MALFORMED
    assert "save it again" in one.detail


def test_a_related_article_named_between_paragraphs_is_kept_in_its_place_with_its_address() -> None:
    related = '<p class="related">Read more: <a href="/quay">Quay for sale</a></p>'
    one = read(
        page(
            f"<article><h1>Council agrees on the budget</h1><p>{PROSE}</p>{related}<p>{MORE}</p></article>",
            '<link rel="canonical" href="https://a.example/budget">',
        )
    )
    kinds = [paragraph.kind for paragraph in one.article.paragraphs]
    assert kinds == [Kind.BODY, Kind.RELATED, Kind.BODY]
    assert one.article.paragraphs[1].text == "Quay for sale"
    assert one.article.paragraphs[1].url == "https://a.example/quay"
    assert Link("related", "https://a.example/quay", "Quay for sale") in one.article.links


def test_other_articles_beside_the_text_are_not_related() -> None:
    aside = '<aside><p>Read more: <a href="/quay">Quay for sale</a></p></aside>'
    one = read(page(f"<article><p>{PROSE}</p><p>{MORE}</p></article>{aside}"))
    assert texts(one.article, Kind.RELATED) == []


@pytest.mark.parametrize(
    "year", ["Copyright 2003-2019 The Courier", "The old pier was built in 1998."]
)
def test_no_day_is_made_of_a_year_that_the_page_happens_to_name(year: str) -> None:
    one = read(page(f"<article><p>{PROSE}</p><p>{MORE}</p><p>{year}</p></article>"))
    assert one.article.published is None


def test_a_page_that_only_asks_for_javascript_holds_no_article() -> None:
    notice = "<noscript>You need to enable JavaScript to run this app.</noscript>"
    assert "open in a browser" in refused(page(f"<div id=root></div>{notice}").encode()).detail
