"""A book is read chapter by chapter; what stands around them is no article and no failure."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from accession import Reason
from article import Article, Author, Kind, Link, Precision
from ingest.office import epub
from ingest.parsed import Given, Parsed, Unread

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
META = (
    '<dc:identifier id="uid">urn:isbn:1</dc:identifier><dc:title>The Haven Year</dc:title>'
    "<dc:creator>Lena Morrow</dc:creator><dc:language>en</dc:language><dc:date>2023-03</dc:date>"
)
PROSE = "<p>The council of Lower Haven voted on Tuesday for a pier that nobody can see.</p>"


def page(body: str, head: str = "", of: str = "") -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head>{head}</head><body {of}>{body}</body></html>'
    )


def book(
    chapters: dict[str, str],
    meta: str = META,
    *,
    toc: str = "",
    guide: str = "",
    spine: str = "",
    more: dict[str, str] | None = None,
) -> bytes:
    """Give a book of these chapters, in this order, by the names of their files."""
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(chapters)
    )
    refs = "".join(f'<itemref idref="i{at}"/>' for at in range(len(chapters)))
    if toc:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="uid"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{meta}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine or refs}</spine><guide>{guide}</guide></package>"
    )
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    files["OEBPS/book.opf"] = package
    files |= {f"OEBPS/{name}": text for name, text in chapters.items() if text}
    files |= {"OEBPS/toc.ncx": f"<ncx><navMap>{toc}</navMap></ncx>"} if toc else {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**files, **(more or {})}.items():
            archive.writestr(name, text)
    return out.getvalue()


def point(label: str, href: str, within: str = "") -> str:
    return f'<navPoint><navLabel><text>{label}</text></navLabel><content src="{href}"/>{within}</navPoint>'


def results(data: bytes) -> list[Parsed | Unread]:
    return list(epub.parse(Given(data, "book.epub")))


def parsed(data: bytes) -> list[Parsed]:
    return [one for one in results(data) if isinstance(one, Parsed)]


def article(body: str, head: str = "") -> Article:
    (only,) = parsed(book({"a.xhtml": page(body, head)}))
    return only.article


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def test_each_chapter_is_an_article_with_what_the_book_says_of_itself() -> None:
    data = book({f"{name}.xhtml": page(f"<h1>{name}</h1>{PROSE}") for name in ("Winter", "Spring")})
    first, second = parsed(data)
    assert (first.kind, first.item, second.item) == ("epub", "chapter 1", "chapter 2")
    assert [one.article.headline for one in (first, second)] == ["Winter", "Spring"]
    found = second.article
    assert (found.site, found.authors) == ("The Haven Year", (Author("Lena Morrow"),))
    assert found.published is not None
    assert (found.published.date, found.published.precision) == ("2023-03", Precision.MONTH)
    assert found.source_id == "urn:isbn:1#OEBPS/Spring.xhtml"
    assert second.claim == "en"
    assert found.origins == {
        "headline": "text",
        "authors": "package",
        "published": "package",
        "site": "package",
    }


def test_a_chapter_s_own_byline_goes_before_the_book_s() -> None:
    found = article(f"<h1>Winter</h1><p>By Tadeo Brill | 2 January 2023</p>{PROSE}")
    assert found.authors == (Author("Tadeo Brill"),)
    assert found.published is not None
    assert found.published.date == "2023-01-02"
    assert found.origins["authors"] == "text"


@pytest.mark.parametrize(
    ("creators", "names"),
    [
        ("<dc:creator>Morrow, Lena</dc:creator>", ["Lena Morrow"]),
        ("<dc:creator>Lena Morrow &amp; Tadeo Brill</dc:creator>", ["Lena Morrow", "Tadeo Brill"]),
        (
            '<dc:creator opf:role="ill">Ines Calloway</dc:creator><dc:creator opf:role="aut">Oona Birch</dc:creator>',
            ["Oona Birch"],
        ),
    ],
)
def test_a_book_s_authors_are_those_who_wrote_it(creators: str, names: list[str]) -> None:
    (only,) = parsed(book({"a.xhtml": page(PROSE)}, creators))
    assert [author.name for author in only.article.authors] == names


def test_the_date_of_publication_goes_before_others() -> None:
    dates = '<dc:date opf:event="modification">2024-01-01</dc:date><dc:date>2020</dc:date>'
    dates += '<dc:date opf:event="publication">2019-05-04T00:00:00+00:00</dc:date>'
    (only,) = parsed(book({"a.xhtml": page(PROSE)}, dates))
    assert only.article.published is not None
    assert only.article.published.date == "2019-05-04"
    assert only.article.published.moment is None


def test_a_page_s_blocks_become_paragraphs_of_their_kinds() -> None:
    found = article(
        "<h1>Winter</h1><p>One<br/>two &mdash; <i>three</i>.</p><h2>Ice</h2><blockquote><p>We waited.</p>"
        "</blockquote><ul><li>bread</li><li><p>salt</p></li></ul><figure><img src='x' alt='no words'/>"
        "<figcaption>The pier. Photo: Ines Calloway</figcaption></figure><pre>first line\n\nsecond</pre>"
        "<table><tr><th>Year</th><th>Cost</th></tr><tr><td><p>2023</p></td><td>4m</td></tr></table>"
        "<div>loose <p>inner</p> words</div><script>no()</script>"
    )
    assert found.headline == "Winter"
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.BODY, "One two — three."),
        (Kind.SUBHEADING, "Ice"),
        (Kind.QUOTE, "We waited."),
        (Kind.LIST, "bread"),
        (Kind.LIST, "salt"),
        (Kind.CAPTION, "The pier."),
        (Kind.BODY, "first line"),
        (Kind.BODY, "second"),
        (Kind.BODY, "Year | Cost"),
        (Kind.BODY, "2023 | 4m"),
        (Kind.BODY, "loose"),
        (Kind.BODY, "inner"),
        (Kind.BODY, "words"),
    ]
    assert found.paragraphs[5].credit == "Ines Calloway"


def test_notes_stand_at_the_end_and_their_marks_in_no_word() -> None:
    found = article(
        "<h1>Winter</h1><p>The vote<a epub:type='noteref' href='#n1'>1</a> was narrow<sup><a href='#n2'>2</a></sup>"
        ", see <a href='b.xhtml#x'>the bill</a> and <a href='https://haven.example/plan'>the plan</a>.</p>"
        "<aside epub:type='footnote' id='n1'><p>By one. <a href='#r1'>↩</a></p></aside><p>The end.</p>"
    )
    assert texts(found) == [
        "The vote was narrow, see the bill and the plan.",
        "The end.",
        "By one.",
    ]
    assert found.links == (Link("outgoing", "https://haven.example/plan", "the plan"),)


def test_what_stands_around_the_chapters_is_passed_over() -> None:
    links = "".join(f"<li><a href='{n}.xhtml'>Chapter {n}</a></li>" for n in range(9))
    chapters = {
        "cover.xhtml": page("<img src='cover.jpg'/>"),
        "title.xhtml": page("<h1>The Haven Year</h1><p>Lena Morrow</p>"),
        "rights.xhtml": page(
            f"<p>All rights reserved.</p>{PROSE}", of="epub:type='copyright-page'"
        ),
        "guide.xhtml": page("<p>For my mother</p>"),
        "toc.xhtml": page(f"<h1>Contents</h1><ol>{links}</ol>"),
        "one.xhtml": page(f"<h1>Winter</h1>{PROSE}"),
        "short.xhtml": page("<h1>Spring</h1><p>It thawed.</p>"),
    }
    found = results(book(chapters, guide='<reference type="title-page" href="guide.xhtml"/>'))
    assert [one.item for one in found] == ["chapter 6", "chapter 7"]
    assert all(isinstance(one, Parsed) for one in found)


def test_a_chapter_cut_into_several_files_is_one_article() -> None:
    chapters = {
        "a.xhtml": page(f"<h1>Winter</h1>{PROSE}"),
        "a2.xhtml": page("<p>The second half. <a href='https://haven.example/'>More</a></p>"),
        "b.xhtml": page(f"<h1>Spring</h1>{PROSE}"),
    }
    toc = point("Winter", "a.xhtml") + point("Spring", "b.xhtml")
    first, second = parsed(book(chapters, toc=toc))
    assert texts(first.article)[-1] == "The second half. More"
    assert [link.url for link in first.article.links] == ["https://haven.example/"]
    assert (second.item, second.article.headline) == ("chapter 3", "Spring")


def test_several_chapters_in_one_file_are_articles_of_their_own() -> None:
    """As a book converted from one long page has them; deeper lines of its contents are sub-headlines."""
    body = (
        f"<h1>The Haven Year</h1><p>Lena Morrow</p><div id='w'><h2>Winter</h2>{PROSE}<h3 id='i'>Ice</h3>"
        f"<p>It <a href='https://haven.example/ice'>froze</a>.</p></div><h2 id='s'>Spring</h2>{PROSE}"
    )
    toc = point("Winter", "a.xhtml#w", point("Ice", "a.xhtml#i")) + point("Spring", "a.xhtml#s")
    first, second = parsed(book({"a.xhtml": page(body)}, toc=toc))
    assert (first.item, first.article.headline) == ("chapter 1, part 2", "Winter")
    assert texts(first.article)[1:] == ["Ice", "It froze."]
    assert (second.item, second.article.headline) == ("chapter 1, part 3", "Spring")
    assert len(texts(second.article)) == 1
    assert first.article.source_id == "urn:isbn:1#OEBPS/a.xhtml#w"
    assert [len(one.article.links) for one in (first, second)] == [1, 0]


def test_the_contents_give_a_section_and_a_headline_where_the_chapter_has_none() -> None:
    chapters = {"a.xhtml": page(f"<h1>Ice on the strait</h1>{PROSE}"), "b.xhtml": page(PROSE)}
    toc = point("World", "", point("Ice", "a.xhtml") + point("The thaw", "b.xhtml#top"))
    first, second = (one.article for one in parsed(book(chapters, toc=toc)))
    assert (first.headline, first.section) == ("Ice on the strait", "World")
    assert (second.headline, second.section) == ("The thaw", "World")
    assert (second.origins["headline"], second.origins["section"]) == ("package", "package")


def test_a_chapter_s_number_above_its_name_belongs_to_the_headline() -> None:
    assert article(f"<h2>Chapter 4</h2><h1>Ice on the strait</h1>{PROSE}").headline == (
        "Chapter 4: Ice on the strait"
    )


def test_markup_that_is_no_xml_is_read_all_the_same() -> None:
    head = "<head><meta charset='latin1'></head>"
    body = f"<body><h1>Wörter<p>One<br>two {PROSE} &nbsp;&copy; mé"
    (only,) = parsed(book({"a.html": f"<html>{head}{body}"}))
    assert only.article.headline == "Wörter"
    assert texts(only.article)[0] == "One two"
    assert texts(only.article)[-1] == "© mé"


def test_an_empty_element_swallows_nothing() -> None:
    """Read as HTML, `<title/>` would hold the whole chapter, and `<a id=…/>` be a link around it."""
    found = article(
        f"<a id='top'/><h1>Winter</h1>{PROSE}<script src='x'/><p>The end.</p>", "<title/>"
    )
    assert texts(found)[-1] == "The end."


def encrypted(algorithm: str, path: str) -> dict[str, str]:
    xml = (
        f'<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod '
        f'Algorithm="{algorithm}"/><e:CipherData><e:CipherReference URI="{path}"/></e:CipherData>'
        "</e:EncryptedData></encryption>"
    )
    return {"META-INF/encryption.xml": xml}


def test_a_book_locked_by_its_seller_is_said_so() -> None:
    more = encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml")
    (only,) = results(book({"a.xhtml": "\x8f\x01\x02"}, more=more))
    assert isinstance(only, Unread)
    assert only.reason is Reason.ENCRYPTED
    assert "DRM" in only.detail


@pytest.mark.parametrize(
    ("algorithm", "path"),
    [
        ("http://www.idpf.org/2008/embedding", "OEBPS/font.otf"),
        ("http://ns.adobe.com/pdf/enc#RC", "OEBPS/font.otf"),
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/film.mp4"),
    ],
)
def test_a_locked_font_or_film_locks_no_chapter(algorithm: str, path: str) -> None:
    data = book({"a.xhtml": page(PROSE)}, more=encrypted(algorithm, path))
    assert len(parsed(data)) == 1


def test_a_missing_chapter_costs_itself() -> None:
    missing, there = results(book({"a.xhtml": "", "b.xhtml": page(PROSE)}))
    assert isinstance(missing, Unread)
    assert (missing.reason, missing.item) == (Reason.MALFORMED, "chapter 1")
    assert "a.xhtml" in missing.detail
    assert isinstance(there, Parsed)


def test_a_chapter_nested_too_deep_is_read_as_far_as_it_goes_and_said_so() -> None:
    body = "<p>Before.</p>" + "<div>" * 100_000 + "deep"
    (only,) = parsed(book({"a.xhtml": f"<html><body>{body}</body></html>"}))
    assert texts(only.article) == ["Before."]
    assert any("truncated" in warning for warning in only.warnings)


def laughing(body: str) -> str:
    return page(body).replace(
        "<!DOCTYPE html>",
        '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hosts">]>',
    )


@pytest.mark.parametrize("entity", ["b", "f"])
def test_entities_of_a_chapter_are_not_opened(entity: str) -> None:
    (only,) = parsed(book({"a.xhtml": laughing(f"<p>Before &{entity}; after.</p>{PROSE}")}))
    assert len(texts(only.article)) == 2
    assert "haha" not in texts(only.article)[0]
    assert "localhost" not in texts(only.article)[0]
    assert texts(only.article)[0].startswith("Before")
    assert texts(only.article)[0].endswith("after.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (book({"a.xhtml": page("")}), Reason.EMPTY),
        (book({}), Reason.EMPTY),
        (book({"a.xhtml": page(PROSE)}, more={"META-INF/container.xml": "<x"}), Reason.MALFORMED),
        (book({"a.xhtml": page(PROSE)}, more={"big": "\0" * (99 << 20)}), Reason.TOO_LARGE),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_holds_no_chapter_says_why(data: bytes, reason: Reason) -> None:
    (only,) = results(data)
    assert isinstance(only, Unread)
    assert only.reason is reason


@pytest.mark.parametrize(
    ("name", "outcomes"),
    [
        ("minimal-v3.epub", ["chapter 1"]),
        ("not_a_zip.epub", [Reason.MALFORMED]),
        ("testbook1.epub", ["chapter 2", "chapter 3", "chapter 4", "chapter 5"]),
        ("wasteland.epub", [f"chapter 1, part {number}" for number in range(1, 8)]),
        ("zero_length_file.epub", [Reason.EMPTY]),
    ],
)
def test_books_of_others_end_in_an_outcome(
    name: str, outcomes: list[str | Reason], shared: Path
) -> None:
    found = results((shared / "data" / "epub" / name).read_bytes())
    assert [one.reason if isinstance(one, Unread) else one.item for one in found] == outcomes
