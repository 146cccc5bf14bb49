"""Rich Text is read by its styles, in its own charsets, and without what its writer took out."""

from __future__ import annotations

import pytest

from accession import Reason
from article import Article, Author, Kind, Link
from ingest.office import rtf
from ingest.parsed import Given, Parsed, Unread

FONTS = r"{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset204 Arial Cyr;}{\f2\fcharset128 Gothic;}}"
STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\s2\sbasedon1 House head;}{\s3 caption;}"
    r"{\s4 Quote;}{\s5 heading 2;}{\*\cs9 Strong;}}"
)
HEADLINE = r"\pard\s1 A vote on the pier\par\pard "


def result(source: str | bytes) -> Parsed | Unread:
    data = source if isinstance(source, bytes) else source.encode("latin-1")
    (only,) = rtf.parse(Given(data, "a.rtf"))
    return only


def parsed(body: str) -> Parsed:
    found = result(r"{\rtf1\ansi\ansicpg1252\deff0\uc1" + FONTS + STYLES + body + "}")
    assert isinstance(found, Parsed), found
    return found


def article(body: str) -> Article:
    return parsed(HEADLINE + body).article


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def test_styles_tell_what_each_paragraph_is() -> None:
    found = article(
        r"By Lena Morrow\par 14 March 2023\par The vote was narrow.\par"
        r"\pard\s5 What it costs\par\pard\s4 We have waited for years.\par"
        r"\pard\s3 The pier at dusk. Photo: Ines Calloway\par"
        r"\pard{\listtext\tab 1.\tab}\ls1 Four million for the pier\par\pard The end.\par"
    )
    assert found.headline == "A vote on the pier"
    assert found.authors == (Author("Lena Morrow"),)
    assert found.published is not None
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.BODY, "The vote was narrow."),
        (Kind.SUBHEADING, "What it costs"),
        (Kind.QUOTE, "We have waited for years."),
        (Kind.CAPTION, "The pier at dusk."),
        (Kind.LIST, "Four million for the pier"),
        (Kind.BODY, "The end."),
    ]
    assert found.paragraphs[3].credit == "Ines Calloway"


def test_a_style_that_is_based_on_a_heading_is_one() -> None:
    found = parsed(r"\pard\s2 A vote on the pier\par\pard The vote was narrow.\par").article
    assert found.headline == "A vote on the pier"


def test_without_styles_it_is_read_as_text() -> None:
    long = (
        "The council of Lower Haven voted on Tuesday for a pier that will cost four million. " * 2
    )
    found = parsed(rf"A vote on the pier\par By Lena Morrow\par {long}\par {long}\par").article
    assert (found.headline, found.authors) == ("A vote on the pier", (Author("Lena Morrow"),))
    assert texts(found) == [long.strip()] * 2


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"caf\'e9 \'84so\'93", "café „so“"),
        ("caf\xe9", "café"),
        (r"{\f1 \'cc\'ee\'f1\'f2} f\'fcr", "Мост für"),
        (r"{\f2 \'93\'8c" "\n" r"\'8b\'9e}", "東京"),
        (r"{\f2 \'8d" "\n" r"\'60}", "港"),
        (r"\u1052?\u1086?\u1089?\u1090?", "Мост"),
        (r"\uc2\u1052\'cc\'cc\uc1 ost", "Мost"),
        (r"\uc0\u1052 ost", "Мost"),
        (r"{\uc2\u1052 xx}\u1086 x", "Мо"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u-10179? lone", "\ufffd lone"),
        (r"a\{b\}\\c\~d", r"a{b}\c d"),
        (r"har\-bour co\_op", "harbour co-op"),
        (r"one\tab two\line three", "one two three"),
        (r"one\emdash two \lquote three\rquote", "one—two ‘three’"),
    ],
)
def test_characters_are_what_they_stand_for(source: str, text: str) -> None:
    assert texts(article(source + r"\par")) == [text]


def test_deleted_and_hidden_words_are_left_out_and_inserted_ones_kept() -> None:
    found = article(
        r"The vote was {\deleted wide}{\revised narrow}{\v hidden}\v more\v0 .\par"
        r"{\*\atnid LM}{\*\annotation a remark}The end.\par"
    )
    assert texts(found) == ["The vote was narrow.", "The end."]


def test_footnotes_stand_at_the_end_and_not_in_the_sentence() -> None:
    found = article(
        r"The vote{\super\chftn}{\footnote\pard\s4 {\super\chftn} By \i one\i0 .\par} was narrow.\par The end.\par"
    )
    assert texts(found) == ["The vote was narrow.", "The end.", "[1] By one."]


def test_a_text_box_stands_after_the_paragraph_it_is_fixed_to() -> None:
    found = article(
        r"\pard\s5{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt\pard\s4 In a box.\par And more.\par}}"
        r"{\shprslt older form}}What it costs\par\pard The end.\par"
    )
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.SUBHEADING, "What it costs"),
        (Kind.BODY, "In a box."),
        (Kind.BODY, "And more."),
        (Kind.BODY, "The end."),
    ]


def test_a_field_that_is_a_link_gives_its_words_and_its_address() -> None:
    found = article(
        r'See {\field{\*\fldinst{ HYPERLINK "https://haven.example/plan" }}{\fldrslt{\ul the \b plan}}} now,'
        r" page {\field{\*\fldinst PAGE}{\fldrslt 4}}.\par"
    )
    assert texts(found) == ["See the plan now, page 4."]
    assert found.links == (Link("outgoing", "https://haven.example/plan", "the plan"),)


def test_tables_are_read_row_by_row() -> None:
    found = article(
        r"\trowd\intbl Year\cell Cost\par in all\cell\row\trowd\pard\intbl 2023\cell\cell\row\pard The end.\par"
    )
    assert texts(found) == ["Year | Cost in all", "2023", "The end."]


def test_pictures_and_other_data_are_no_words() -> None:
    raw = b"}}\\\x00" * 3
    body = rb"\pard\s1 A vote\par\pard Before {\nonshppict older form}{\pict\pngblip 89504e47"
    data = b"{\\rtf1" + STYLES.encode() + body + rb"\bin12 " + raw + rb"} after.\par}"
    found = result(data)
    assert isinstance(found, Parsed)
    assert texts(found.article) == ["Before after."]


def test_properties_fill_what_the_text_leaves_open() -> None:
    found = parsed(
        r"{\info{\title Quarrel about a pier}{\author Lena Morrow}{\keywords harbour; council}"
        r"{\creatim\yr2023\mo3\dy4\hr23}}" + HEADLINE + r"The vote was narrow.\par"
    ).article
    assert found.headline == "A vote on the pier"
    assert found.authors == (Author("Lena Morrow"),)
    assert found.published is not None
    assert found.published.date == "2023-03-04"
    assert found.tags == ("harbour", "council")
    assert (found.origins["headline"], found.origins["published"]) == ("text", "properties")


def test_a_group_s_end_restores_what_it_changed() -> None:
    found = article(r"{\pard\s4 We waited.\par}\pard The {\f1\deleted vote}council.\par")
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.QUOTE, "We waited."),
        (Kind.BODY, "The council."),
    ]


def test_a_file_that_breaks_off_is_read_and_said_so() -> None:
    found = result(r"{\rtf1{\stylesheet{\s1 heading 1;}}\s1 A vote\par\pard The {\b vote was")
    assert isinstance(found, Parsed)
    assert texts(found.article) == ["The vote was"]
    assert found.warnings == ("truncated: it ends in the midst of its text",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (rb"{\rtf1\ansi {\fonttbl{\f0 Times;}}\par}", Reason.EMPTY),
        (b"plain words", Reason.MALFORMED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), Reason.UNKNOWN_FORMAT),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: Reason) -> None:
    found = result(data)
    assert isinstance(found, Unread)
    assert found.reason is reason


@pytest.mark.parametrize(
    "body",
    [
        "{" * 50_000 + "a",
        "}" * 9,
        r"\u",
        r"\uc99999\u1",
        r"\bin99999999 a",
        r"\'",
        r"{\*\*\*}",
        "\\",
    ],
)
def test_broken_markup_breaks_nothing(body: str) -> None:
    found = result(r"{\rtf1 The vote was narrow.\par " + body)
    assert isinstance(found, Parsed)
    assert "The vote was narrow." in (found.article.headline, *texts(found.article))
