"""The ways by which one article is linked to come to one spelling, and other articles' do not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.addresses import normal_url

SAME = {
    "strait.example/2023/ferry": [
        "https://strait.example/2023/ferry",
        "http://www.strait.example:80/2023/ferry/",
        "HTTPS://reader:secret@WWW.Strait.Example:443//2023/Ferry#comments",
        "https://m.strait.example/2023/ferry?utm_source=mail&fbclid=x",
        "https://amp.strait.example/2023/ferry/amp/",
        "https://www.strait.example/amp/2023/ferry?amp=1",
        "https://strait.example/2023/ferry.amp",
        "https://strait.example/2023/ferry/index.html",
        "https://strait.example/2023/ferry?ref=home&mod=latest&srnd=premium",
        "https://www.google.com/amp/s/www.strait.example/2023/ferry",
        "https://strait-example.cdn.ampproject.org/c/s/strait.example/2023/ferry?outputType=amp",
        " //strait.example/2023/ferry ",
    ],
    "strait.example/story?id=7&page=2": [
        "https://strait.example/story?id=7&page=2",
        "https://strait.example/story?page=2&utm_medium=rss&id=7",
    ],
    "xn--fhre-loa.example/z%c3%bcrich": [
        "https://fähre.example/zürich",
        "https://xn--fhre-loa.example/z%C3%BCrich",
    ],
    "strait.example:8080/a": ["http://strait.example:8080/a/"],
    "strait.example#!/story/7": ["https://www.strait.example/#!/story/7"],
}


@pytest.mark.parametrize(("normal", "ways"), SAME.items(), ids=list(SAME))
def test_the_ways_to_an_article_are_one_address(normal: str, ways: list[str]) -> None:
    assert {normal_url(one) for one in ways} == {normal}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://strait.example/story?id=7", "https://strait.example/story?id=8"),
        ("https://strait.example/watch?v=aB", "https://strait.example/watch?v=Ab"),
        ("https://news.strait.example/a", "https://strait.example/a"),
        ("https://strait.example:8080/a", "https://strait.example/a"),
        ("https://strait.example/campaign", "https://strait.example/camp"),
        ("https://strait.example/?amphora=1", "https://strait.example/"),
        ("https://m.example/a", "https://example/a"),
        ("https://strait.example/#!/a", "https://strait.example/#!/b"),
    ],
)
def test_other_articles_have_other_addresses(one: str, other: str) -> None:
    assert normal_url(one) != normal_url(other)


@pytest.mark.parametrize("text", ["", "urn:isbn:1", "file:///notes/a.txt", "https://[x/a", "ab"])
def test_what_is_no_address_of_the_web_stays_as_it_is(text: str) -> None:
    assert normal_url(text) == text


@given(
    st.builds(
        lambda host, path, query: f"https://{host}/{path}?{query}",
        st.from_regex(r"(www\.|m\.|amp\.){0,3}[a-z]{1,5}(\.[a-z]{2,5}){1,2}", fullmatch=True),
        st.text(alphabet="aAmp/.%2é index.html", max_size=20),
        st.text(alphabet="abref=&utm_ x", max_size=20),
    )
)
@example("https://a.aa/? &")
def test_a_spelling_is_its_own(url: str) -> None:
    normal = normal_url(url)
    assert normal_url(f"http://{normal}") == normal
