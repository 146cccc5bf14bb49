"""PDFs are read as a person reads them: what the article says, in its order, and nothing of the paper."""

from __future__ import annotations

import pytest

from accession import Reason
from article import Article, Author, Kind
from ingest.parsed import Given, Parsed, Unread
from ingest.pdf import pages as pdf_pages
from ingest.pdf.glyphs import opened
from ingest.pdf.reader import parse
from tests.ingest.pdf_writer import ANY, BOLD, SIGNS, Page, Writer, pdf

FIRST = [
    "The old harbour of Lindeby opened on Thursday after nine years of work, and the",
    "first boats came in before noon. Several hundred people stood on the quay, some of",
    "them since dawn.",
]
SECOND = [
    "The town had closed it when the walls began to sink. Nobody was hurt then, but the",
    "fishermen moved to Sund and most of them stayed there.",
]


def read(data: bytes, password: str | None = None) -> Parsed:
    (result,) = parse(Given(data, "x.pdf", password))
    assert isinstance(result, Parsed), result
    return result


def refused(data: bytes, password: str | None = None) -> Unread:
    (result,) = parse(Given(data, "x.pdf", password))
    assert isinstance(result, Unread), result
    return result


def article(*pages: Page, **info: str) -> Article:
    return read(pdf(*pages, **info)).article


def texts(found: Article, kind: Kind = Kind.BODY) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.kind is kind]


def joined(lines: list[str]) -> str:
    return " ".join(lines)


def story(gap: float = 10) -> Page:
    page = Page()
    page.text(50, 780, "The harbour opens again", 20, BOLD)
    page.text(50, 755, "By Ada Brook")
    page.text(50, 743, "4 November 2021")
    y = page.lines(50, 715, FIRST)
    page.lines(50, y - gap, SECOND)
    return page


def test_a_print_without_tags_gives_headline_author_date_and_whole_paragraphs() -> None:
    found = article(story())
    assert found.headline == "The harbour opens again"
    assert found.authors == (Author("Ada Brook"),)
    assert found.published
    assert found.published.date == "2021-11-04"
    assert texts(found) == [joined(FIRST), joined(SECOND)]
    assert found.origins["headline"] == found.origins["authors"] == "text"


FULL = [
    "The old harbour of Lindeby opened on Thursday after nine years of work, and the first",
    "boats came in before noon. Several hundred people stood on the quay in the first light.",
]


def test_paragraphs_are_told_by_indents_where_full_lines_and_no_blank_part_them() -> None:
    page = Page()
    page.text(62, 700, FULL[0]).text(50, 688, FULL[1])
    page.text(62, 676, SECOND[0]).text(50, 664, SECOND[1])
    assert texts(article(page)) == [joined(FULL), joined(SECOND)]


def test_paragraphs_are_told_by_the_space_between_them() -> None:
    page = Page()
    y = page.lines(50, 700, FULL)
    page.lines(50, y - 8, SECOND)
    assert texts(article(page)) == [joined(FULL), joined(SECOND)]


def test_paragraphs_are_told_by_the_room_a_last_line_leaves() -> None:
    first = [*FULL[:1], "boats came in before noon, while several hundred people stood by."]
    page = Page()
    y = page.lines(50, 700, first)
    page.lines(50, y, SECOND)
    assert texts(article(page)) == [joined(first), joined(SECOND)]


def test_columns_are_read_one_after_the_other_below_a_headline_over_both() -> None:
    page = Page().text(50, 780, "A headline that is wide enough to run over both columns", 18, BOLD)
    left = [
        "The left column begins the story and",
        "tells of the boats, the quay and the",
        "people who came. It goes on over",
        "some lines, until it breaks off in the",
    ]
    right = [
        "middle of a sentence at the top of the",
        "right column.",
        "Here a second paragraph begins, which",
        "is all in this column.",
    ]
    page.lines(50, 740, left)
    page.lines(320, 735, right)
    found = article(page)
    assert found.headline == "A headline that is wide enough to run over both columns"
    assert texts(found) == [joined(left + right[:2]), joined(right[2:])]


def test_a_paragraph_is_joined_over_a_page_and_what_stands_at_the_edges_is_left_out() -> None:
    pages = []
    for number, lines in enumerate((FIRST[:2], FIRST[2:], SECOND), 1):
        page = Page().text(50, 825, "The Lindeby Herald").text(500, 825, "4 November 2021")
        page.text(300, 15, f"Page {number}")
        page.lines(50, 700, lines)
        pages.append(page)
    found = article(*pages)
    assert texts(found) == [joined(FIRST), joined(SECOND)]
    assert found.headline is None


def browser(page: Page, number: int, url: str = "https://herald.test/2021/harbour-opens") -> Page:
    page.text(30, 825, "11/5/21, 9:12 AM", 8).text(
        200, 825, "The harbour opens again - The Herald", 8
    )
    return page.text(30, 15, url, 8).text(560, 15, f"{number}/2", 8)


def test_the_address_a_browser_prints_is_the_articles_and_not_its_text() -> None:
    found = article(
        browser(story(), 1), browser(Page().text(50, 700, "The end is near, he said."), 2)
    )
    assert found.url == "https://herald.test/2021/harbour-opens"
    assert found.site == "herald.test"
    assert texts(found)[-1] == "The end is near, he said."
    assert found.published
    assert found.published.date == "2021-11-04", "the day of printing is not the article's"


def test_a_day_in_the_address_is_taken_where_none_is_printed() -> None:
    page = Page()
    page.lines(50, 700, FIRST)
    found = article(browser(page, 1, "https://herald.test/2021/11/04/harbour-opens"))
    assert found.published
    assert (found.published.date, found.origins["published"]) == ("2021-11-04", "url")


def test_without_large_type_the_headline_is_the_running_title_without_the_site() -> None:
    page = Page()
    page.lines(50, 700, FIRST)
    found = article(browser(page, 1))
    assert found.headline == "The harbour opens again"
    assert found.origins["headline"] == "running head"


def test_an_address_cut_at_the_edge_is_made_whole_by_a_link_on_the_page() -> None:
    page = browser(story(), 1, "https://herald.test/2021/harb…")
    page.text(50, 500, "Share").link(50, 500, 40, "https://herald.test/2021/harbour-opens-again")
    assert article(page).url == "https://herald.test/2021/harbour-opens-again"


def test_words_parted_by_hyphens_are_whole_again_and_compounds_keep_theirs() -> None:
    lines = [
        "Nobody in the town had ex-",
        "pected the restora-",
        "tion of the long-term",
        "plan to take this long, for the com-",
        "mittee had promised a well-",
        "known builder. A restoration ends.",
    ]
    page = Page()
    page.lines(50, 700, lines)
    text = texts(article(page))[0]
    assert "expected the restoration of" in text
    assert "committee had" in text
    compound = Page()
    compound.lines(
        50, 700, ["The plan of the town was long-", "term and nobody knew when it would end."]
    )
    assert texts(article(compound)) == [
        "The plan of the town was long-term and nobody knew when it would end."
    ]


def test_tags_tell_paragraphs_that_the_print_does_not() -> None:
    page = Page().text(50, 780, "The harbour opens again", 20, BOLD, tag="H1")
    page.text(50, 760, "Ada Brook", tag="Div").text(50, 748, "2021-11-04", tag="Div")
    page.text(50, 730, "The walls are dry and every boat has found its old place again.", tag="P")
    page.text(
        50, 718, "People came from far away, and some of them had waited since dawn.", tag="P"
    )
    page.text(50, 700, "What comes next", 14, BOLD, tag="H2")
    page.text(
        50, 680, "Two more quays will be built, said the town, if the money is there.", tag="P"
    )
    page.text(50, 660, "a new crane on the northern quay", tag="L/LI")
    page.text(50, 640, "We waited nine years for this day, and it was worth it.", tag="BlockQuote")
    page.text(50, 620, "The quay at noon. (Nora Lind/Herald)", 8, tag="Figure/Caption")
    page.text(50, 600, "Nobody would say when that may be, or who is to pay for it all.", tag="P")
    found = article(page)
    assert found.headline == "The harbour opens again"
    assert found.authors == (Author("Ada Brook"),)
    assert [(p.kind.value, p.text[:12]) for p in found.paragraphs] == [
        ("body", "The walls ar"),
        ("body", "People came "),
        ("subheading", "What comes n"),
        ("body", "Two more qua"),
        ("list", "a new crane "),
        ("quote", "We waited ni"),
        ("caption", "The quay at "),
        ("body", "Nobody would"),
    ]
    caption = next(p for p in found.paragraphs if p.kind is Kind.CAPTION)
    assert (caption.text, caption.credit) == ("The quay at noon.", "Nora Lind/Herald")


def test_a_tagged_paragraph_is_joined_over_a_page() -> None:
    one = Page().text(50, 700, FIRST[0], tag="P")
    two = Page().text(50, 700, FIRST[1], tag="+").text(50, 680, SECOND[0], tag="P")
    assert texts(article(one, two)) == [joined(FIRST[:2]), SECOND[0]]


def test_a_banner_that_is_printed_over_every_page_is_kept_once_and_parts_nothing() -> None:
    banner = "This article is free to read for everybody in town, thanks to you."
    one = Page().text(50, 780, banner, tag="P").text(50, 700, FIRST[0], tag="P")
    two = Page().text(50, 780, banner, tag="P#1").text(50, 700, FIRST[1], tag="P#2")
    assert texts(article(one, two)) == [banner, joined(FIRST[:2])]


def test_a_bold_standfirst_is_no_paragraph() -> None:
    page = Page().text(50, 780, "The harbour opens again", 20, BOLD, tag="H1")
    page.text(
        50, 750, "Nine years, two mayors and a flood later the boats are back.", 10, BOLD, tag="P"
    )
    page.text(50, 730, FIRST[0], tag="P").text(50, 710, SECOND[0], tag="P")
    found = article(page)
    assert found.standfirst == "Nine years, two mayors and a flood later the boats are back."
    assert texts(found) == [FIRST[0], SECOND[0]]


def test_a_caption_is_told_by_its_credit_and_a_link_to_read_on_by_its_words() -> None:
    page = Page().text(50, 780, "The harbour opens again", 20, BOLD, tag="H1")
    page.text(50, 750, FIRST[0], tag="P").text(50, 730, SECOND[0], tag="P")
    page.text(50, 710, "The quay at noon on Thursday. Photo: Nora Lind", tag="P")
    page.text(50, 690, "Read also: Sund builds a new school", tag="P")
    page.link(50, 690, 300, "https://herald.test/school")
    page.text(50, 670, FIRST[1], tag="P")
    found = article(page)
    (caption,) = (p for p in found.paragraphs if p.kind is Kind.CAPTION)
    assert (caption.text, caption.credit) == ("The quay at noon on Thursday.", "Nora Lind")
    (related,) = (p for p in found.paragraphs if p.kind is Kind.RELATED)
    assert related.url == "https://herald.test/school"


def test_of_a_web_page_only_the_article_is_kept() -> None:
    page = Page()
    for at, name in enumerate(("Home", "Politics", "Sport")):
        page.text(50, 800 - 12 * at, name, tag="Div/L/LI/Link")
        page.link(50, 800 - 12 * at, 50, f"https://herald.test/{name}")
    page.text(50, 750, "The harbour opens again", 20, BOLD, tag="H1")
    for at, line in enumerate([*FIRST[:2], *SECOND]):
        page.text(50, 720 - 12 * at, line, tag="P")
    page.text(50, 640, "Subscribe to our newsletter", tag="P")
    page.text(50, 620, "More from The Herald", 14, BOLD, tag="H2")
    page.text(50, 600, "Sund gets a new school, and a very long teaser for it", tag="P").link(
        50, 600, 300, "https://herald.test/2"
    )
    found = article(page)
    assert texts(found) == [*FIRST[:2], *SECOND]
    assert [p.kind for p in found.paragraphs] == [Kind.BODY] * 4


def test_a_list_of_links_within_the_article_is_left_out() -> None:
    page = Page().text(50, 780, "The harbour opens again", 20, BOLD, tag="H1")
    page.text(50, 750, FIRST[0], tag="P").text(50, 730, SECOND[0], tag="P")
    page.text(
        50, 700, "Sund builds a new school for the children of the fishermen", tag="L/LI/Link"
    )
    page.text(50, 680, FIRST[1], tag="P")
    assert [p.text for p in article(page).paragraphs] == [FIRST[0], SECOND[0], FIRST[1]]


def test_a_first_paragraph_that_names_a_day_stays_one() -> None:
    page = Page().text(50, 780, "The harbour opens again", 20, BOLD, tag="H1")
    page.text(
        50, 750, "On 4 November 2021 the harbour of Lindeby opened, and boats came in.", tag="P"
    )
    page.text(50, 730, SECOND[0], tag="P")
    assert len(texts(article(page))) == 2


def test_arabic_and_hebrew_are_in_the_order_they_are_read() -> None:
    lines = ["افتتح الميناء القديم يوم الخميس بعد", "تسع سنوات من العمل في المدينة."]
    page = Page()
    for at, line in enumerate(lines):
        page.text(100, 700 - 14 * at, line[::-1], 12, ANY)
    assert texts(article(page)) == [joined(lines)]
    hebrew = "הנמל הישן נפתח ביום חמישי אחרי תשע שנים."
    assert texts(article(Page().text(100, 700, hebrew[::-1], 12, ANY))) == [hebrew]


def test_ligatures_are_opened_and_other_signs_stay() -> None:
    line = "The ﬁrst oﬃcer found ½ of the 40 m² ﬂoor diﬀerent.\u200f"
    assert texts(article(Page().text(50, 700, line, 12, ANY))) == [
        "The first officer found ½ of the 40 m² floor different."
    ]


def test_letters_in_the_shape_they_take_within_a_word_are_plain_letters_again() -> None:
    assert opened("\ufee3\ufeae\ufea3\ufe92\ufe8e ﬃ ² ½ …") == "مرحبا ffi ² ½ …"


def test_what_the_file_says_of_itself_comes_last() -> None:
    info = {"Title": "Some title", "Author": "Nora Lind", "CreationDate": "D:20200305120000Z"}
    told = article(story(), **info)
    assert (told.headline, told.authors[0].name) == ("The harbour opens again", "Ada Brook")
    page = Page()
    page.lines(50, 700, FIRST)
    found = article(page, **info)
    assert (found.headline, found.authors, found.published.date if found.published else None) == (
        "Some title",
        (Author("Nora Lind"),),
        "2020-03-05",
    )
    assert set(found.origins.values()) == {"pdf metadata"}


def test_the_day_of_printing_and_a_file_name_as_title_are_not_believed() -> None:
    page = Page()
    page.lines(50, 700, FIRST)
    found = article(
        page, Title="scan0004.docx", Producer="Skia/PDF m120", CreationDate="D:20200305120000Z"
    )
    assert (found.headline, found.published) == (None, None)


def test_links_within_the_text_and_of_its_author_are_kept() -> None:
    page = story()
    page.link(50, 755, 80, "https://herald.test/author/ada-brook")
    page.link(50, 715, 60, "https://sund.test/walls")
    links = {(link.rel, link.url) for link in article(page).links}
    assert ("outgoing", "https://sund.test/walls") in links
    assert ("author", "https://herald.test/author/ada-brook") in links


def test_a_page_that_is_turned_is_read_as_it_is_shown() -> None:
    page = story()
    page.turned = 90
    page.content = [b"q 0 1 -1 0 595 0 cm " + part + b" Q" for part in page.content]
    found = article(page)
    assert found.headline == "The harbour opens again"
    assert texts(found) == [joined(FIRST), joined(SECOND)]


def test_a_scan_names_the_tool_that_reads_it() -> None:
    result = refused(pdf(Page().picture(), Page().picture()))
    assert result.reason is Reason.NEEDS_OCR
    assert "ocrmypdf in.pdf out.pdf" in result.detail


def test_pages_without_text_are_counted_and_blank_ones_are_none() -> None:
    (warning,) = read(pdf(story(), Page().picture(), Page())).warnings
    assert warning.startswith("1 of 3 pages have no text")


def test_a_password_opens_and_a_missing_or_wrong_one_is_said() -> None:
    data = Writer([story()]).write(user="secret")
    missing, wrong = refused(data), refused(data, "guess")
    assert missing.reason is wrong.reason is Reason.ENCRYPTED
    assert "--password" in missing.detail
    assert "does not open" in wrong.detail
    assert read(data, "secret").article.headline == "The harbour opens again"


def test_a_file_that_only_forbids_changes_opens_without_a_password() -> None:
    assert read(Writer([story()]).write(user="")).article.headline == "The harbour opens again"


def test_a_file_that_was_cut_gives_what_is_left_and_says_so() -> None:
    data = pdf(story(), story())
    result = read(
        data[: data.index(b"/Type/Catalog")] if b"/Type/Catalog" in data[-900:] else data[:-400]
    )
    assert texts(result.article)[0] == joined(FIRST)
    assert any(warning.startswith("truncated:") for warning in result.warnings)


def test_a_file_cut_before_its_list_of_pages_is_mended() -> None:
    data = pdf(story())
    head, tail = data[: data.index(b"1 0 obj")], data[data.index(b"3 0 obj") : data.index(b"xref")]
    result = read(head + tail)
    assert texts(result.article) == [joined(FIRST), joined(SECOND)]
    assert any(warning.startswith("truncated:") for warning in result.warnings)


def test_junk_before_the_header_and_a_broken_table_of_contents_do_no_harm() -> None:
    data = pdf(story())
    junk = read(b"HTTP/1.1 200 OK\r\n\r\n" + data)
    assert junk.article.headline == "The harbour opens again"
    assert "before the PDF's header" in junk.warnings[0]
    at = data.rindex(b"startxref")
    broken = data[:at] + b"startxref\n99999999\n%%EOF\n"
    assert read(broken).article.headline == "The harbour opens again"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"%PDF-1.7 and nothing else", b"no PDF"])
def test_what_is_no_pdf_is_refused_with_a_reason(data: bytes) -> None:
    assert refused(data).reason is Reason.MALFORMED


def test_letters_that_a_font_does_not_tell_are_no_text() -> None:
    page = Page()
    for at in range(5):
        page.text(50, 700 - 12 * at, "\x03\x04\x05 \x06\x07 of signs that say nothing", 10, SIGNS)
    result = refused(pdf(page))
    assert result.reason is Reason.NEEDS_OCR
    assert "--force-ocr" in result.detail


def test_a_few_such_letters_are_left_out_and_counted() -> None:
    result = read(pdf(story().text(50, 600, "\x11bc and no more of it.", 10, SIGNS)))
    assert texts(result.article) == [joined(FIRST), joined(SECOND)]
    assert "letters in a font" in result.warnings[0]


@pytest.mark.parametrize("limit", ["MOST_PAGES", "MOST_LETTERS"])
def test_more_pages_than_are_read_is_said(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, limit, 1)
    result = read(pdf(story(), Page().text(50, 700, "The second page is not read at all.")))
    assert result.warnings == ("truncated: the first 1 of 2 pages were read",)
    assert "second page" not in joined(texts(result.article))


def test_text_that_stands_sideways_is_counted_and_never_lost_without_a_word() -> None:
    turned = Page().text(
        60, 700, "A long line that stands sideways on the page as it is shown to us"
    )
    turned.turned = 90
    assert "stands sideways" in refused(pdf(turned)).detail
    assert any("sideways" in one for one in read(pdf(story(), turned)).warnings)
