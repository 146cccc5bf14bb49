"""Plain text is read for what it is, and no word of it is lost."""

import random
import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article import Article, Kind
from ingest.decode import NotText, decode
from ingest.text import parse


def bodies(text: str) -> list[str]:
    return [paragraph.text for paragraph in parse(text)[0].paragraphs]


def words_of(article: Article) -> Counter[str]:
    values = [article.headline, article.standfirst, article.byline, article.url]
    for paragraph in article.paragraphs:
        values += [paragraph.text, paragraph.credit, paragraph.url]
    values += [link.url for link in article.links]
    if article.published and not article.byline:
        values.append(article.published.date)
    return Counter(re.findall(r"\w+", " ".join(value for value in values if value)))


LINE = st.lists(
    st.sampled_from(
        [
            "the",
            "Harbour",
            "opened",
            "again",
            "on",
            "Monday",
            ".",
            "said,",
            "“We",
            "were”",
            "lucky!",
            "By",
            "Von",
            "Foto:",
            "4",
            "November",
            "2021",
            "anti-",
            "https://example.org/a/b",
            "-",
            "•",
            "港が再開した。",
            "الميناء",
            "Гавань",
            "12",
            "(x)",
            "Jane",
            "Roe",
            "|",
            "2/3",
        ]
    ),
    max_size=14,
).map(" ".join)
TEXTS = st.lists(st.tuples(st.sampled_from(["", "    ", "\t"]), LINE).map("".join), max_size=30)


@given(TEXTS, st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_no_word_of_a_text_is_lost(lines: list[str], newline: str) -> None:
    text = newline.join(lines)
    try:
        article, _ = parse(text)
    except ValueError:
        assert not text.strip()
        return
    kept = words_of(article)
    letters = Counter("".join(kept.elements()))
    wanted = Counter("".join(re.findall(r"\w+", text)))
    labels = Counter("FotoFotoFotoFoto" * text.count("Foto:"))
    date = Counter("4November2021" * text.count("2021"))
    assert not wanted - letters - labels - date


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_empty(text: str) -> None:
    try:
        article, _ = parse(text)
    except ValueError as error:
        assert str(error) == "empty"  # noqa: PT017
        return
    assert all(p.text and p.text == " ".join(p.text.split()) for p in article.paragraphs)


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff", "\f\n\f", "\x00\x07"])
def test_a_text_without_writing_is_empty(text: str) -> None:
    with pytest.raises(ValueError, match=r"^empty$"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "Call Jane about the harbour",
        "4 November 2021",
        "https://example.org/2021/a-b-c",
        "By Jane Roe",
    ],
)
def test_a_one_line_note_is_its_own_body(text: str) -> None:
    assert bodies(text) == [text]


def test_a_list_keeps_its_lines() -> None:
    assert bodies("- milk\n- bread\n- a longer thing that is wanted for Monday\n- butter\n") == [
        "- milk",
        "- bread",
        "- a longer thing that is wanted for Monday",
        "- butter",
    ]


def test_a_chat_is_no_page_furniture() -> None:
    lines = ["8/14/25, 9:53 AM - John: hi", "8/14/25, 9:54 AM - Jane: hello there"]
    assert bodies("\n".join(lines)) == lines


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_every_kind_of_line_end_parts_lines(newline: str) -> None:
    article, kind = parse(newline.join(["A quiet harbour", "", "Ships waited.", "", "They left."]))
    assert (article.headline, kind) == ("A quiet harbour", "text/blocks")
    assert [p.text for p in article.paragraphs] == ["Ships waited.", "They left."]


def test_controls_and_odd_blanks_go_and_words_stay() -> None:
    assert bodies("\ufeffOne\u00a0word,\x00 an\u3000other\x1b and\tcafe\u0301.") == [
        "One word, an other and café."
    ]


def test_page_numbers_beside_form_feeds_are_left_out() -> None:
    text = "A quiet harbour\n\nShips waited.\n\n1\n\fThey left.\n\n2\n\f"
    assert bodies(text) == ["Ships waited.", "They left."]


def test_lines_of_uneven_width_are_joined_by_their_blank_lines() -> None:
    text = (
        "The harbour of Aldmouth opened again on Monday after a week of\n"
        "repairs, and the first ships came in before noon\n"
        "with their lamps still lit and the crews on deck.\n\n"
        "Nobody had expected it so soon, least of all the men who\n"
        "spent the week on the crane and who now looked on\n"
        "from the quay with their hands in their pockets.\n"
    )
    assert [body.split()[0] for body in bodies(text)] == ["The", "Nobody"]


def test_a_headline_needs_no_blank_line_below() -> None:
    article, _ = parse(
        "Harbour opens again\nBy Jane Roe\n4 November 2021\n"
        "The harbour of Aldmouth opened again on Monday after a week of repairs, the port said.\n"
        "Ships had been waiting outside.\n"
    )
    assert article.headline == "Harbour opens again"
    assert [author.name for author in article.authors] == ["Jane Roe"]
    assert article.published is not None
    assert article.published.date == "2021-11-04"
    assert len(article.paragraphs) == 2


def test_a_standfirst_stands_between_headline_and_byline() -> None:
    article, _ = parse(
        "Harbour opens again\n\nShips had waited for a week.\n\nBy Jane Roe | 4 November 2021\n\n"
        "It opened.\n\nThey came.\n"
    )
    assert (article.headline, article.standfirst) == (
        "Harbour opens again",
        "Ships had waited for a week.",
    )


def test_a_second_date_stays_to_be_read() -> None:
    article, _ = parse(
        "A harbour\n\nBy Jane Roe | 4 May 2021\n\nUpdated 5 May 2021\n\nIt opened.\n"
    )
    assert [p.text for p in article.paragraphs] == ["Updated 5 May 2021", "It opened."]


def test_a_date_of_printing_is_not_the_article_s() -> None:
    article, _ = parse(
        "8/14/25, 9:53 AM   Harbour opens again\n\nHarbour opens again\n\nIt opened on Monday.\n\n"
        "https://example.org/news/harbour   1/1\n"
    )
    assert article.published is None
    assert article.headline == "Harbour opens again"
    assert article.url == "https://example.org/news/harbour"


def test_an_address_the_printer_cut_is_not_taken_for_the_article_s() -> None:
    article, _ = parse("It opened on Monday.\n\nhttps://example.org/news/harb…   1/1\n")
    assert article.url is None


def test_a_headline_that_begins_like_a_byline_is_none() -> None:
    article, _ = parse(
        "Von München bis Aachen: Im Netz der Häfen\n\nBy Till Beispiel | 2026-05-21\n\nEs begann.\n\nEs ging."
    )
    assert article.headline == "Von München bis Aachen: Im Netz der Häfen"
    assert [author.name for author in article.authors] == ["Till Beispiel"]


def test_a_related_headline_without_its_address_keeps_its_label() -> None:
    article, _ = parse("One thing happened.\n\nRelated: Another thing\n\nA third thing happened.\n")
    assert (article.paragraphs[1].kind, article.paragraphs[1].text) == (
        Kind.RELATED,
        "Related: Another thing",
    )


def test_addresses_within_the_text_become_links() -> None:
    article, _ = parse("See https://example.org/a, and then\n\nnothing more.")
    assert [(link.rel, link.url) for link in article.links] == [
        ("outgoing", "https://example.org/a")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "harbour " * 400_000,
        "a" * 3_000_000,
        "\n".join(f"line {number}" for number in range(100_000)),
        "\n\n".join(f"https://example.org/a/b-{number}" for number in range(10_000)),
        "\n\n".join(
            [f"https://example.org/a/b-c-{number}" for number in range(9_000)]
            + ["Related: a thing"] * 9_000
        ),
        "A full line of words that ends a sentence just here.\n" * 30_000,
        "By " + "A, " * 100_000,
        "Photo: " * 100_000 + "\n\nx",
    ],
    ids=[
        "one line",
        "one word",
        "short lines",
        "addresses",
        "related",
        "sentences",
        "names",
        "labels",
    ],
)
def test_large_inputs_take_seconds_at_most(text: str) -> None:
    start = time.perf_counter()
    parse(text)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Паром ходит шесть раз в день, и билет стоит столько же, сколько раньше. " * 3,
        "渡轮每天往返六次，票价与维修前相同。学生们是第一批乘客。\n" * 4,
        "تبحر العبارة ست مرات في اليوم، وثمن التذكرة كما كان من قبل. " * 3,
    ],
)
def test_utf_16_without_a_mark_is_read_in_any_script(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_bytes_at_random_are_no_text() -> None:
    noise = random.Random(7)
    for size in (64, 1000, 8192):
        with pytest.raises(NotText):
            decode(noise.randbytes(size))
