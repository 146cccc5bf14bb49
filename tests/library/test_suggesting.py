"""Words of the library's own for a word that stands in no article, and nothing for one that does."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from library.asking import read
from library.folder import Folder
from library.library import Library
from library.searching import search
from library.suggesting import Suggestion, like, suggestions

TEXTS = [
    "Migrants came to the border. The migrants met Vladimir Putin of NATO.",
    "Putin spoke. The lifeboat and the rescue boat left the airport of Nord Stream.",
    "Putin was putting it off; grants were given. Information on information.",
    "The government gave grants for the orchard's school. PUTIN SPOKE. A granteeship.",
    "Борис видел: Москва ждёт. Приветы из Москвы и привет из города.",
    "Die Straße nach Köln; auf der Straße.",
    "渡轮公司的渡轮每天往返。",
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    lines = [
        {"title": f"Report {n}", "text": text, "author": "Lena Morrow", "site": "strait.example"}
        for n, text in enumerate(TEXTS)
    ]
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    with Library(Folder(tmp_path_factory.mktemp("words") / "library")) as library:
        assert len(list(library.ingest(["-"], io.BytesIO(data)))) == len(TEXTS)
        library.indexing.drain()
        yield library


def suggested(library: Library, query: str) -> list[Suggestion]:
    return suggestions(library, read(library, query))


def first(library: Library, query: str) -> tuple[str, str | None]:
    (one, *_) = suggested(library, query)
    return one.instead[0].word, one.query


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("putin near3 border", []),
        ("putin adj/3 border", []),
        ("putin W/S border", []),
        ("atleast3 putin", []),
        ("hlead(putin)", []),
        ("putin oder nato", ["oder"]),
        ("putin adj3 (brder)", ["brder"]),
        ("adj3 putin", ["adj3"]),
        ("putin !brder", ["brder"]),
        ("migrnt! putin", ["migrnt"]),
        ("putin or border", []),
        ("putin and not border", []),
    ],
)
def test_nothing_is_suggested_for_an_operator_that_a_hint_names(
    filled: Library, query: str, words: list[str]
) -> None:
    assert [one.word for one in suggested(filled, query)] == words


@pytest.mark.parametrize(
    "query",
    ["migrants", "MIGRANT border", "Putin OR nato", "lifeboat*", "migrnts~", '"rescue boat"',
     "anti-migrants OR the", "渡轮", "飞机", "date:2023", "id:99", "1987", "has:caption",
     "=migrnts", "*", "U.S.", "headline:migrants"],
)  # fmt: skip
def test_nothing_is_suggested_for_what_stands_in_an_article_or_is_no_plain_word(
    filled: Library, query: str
) -> None:
    expected = ["anti"] if "anti" in query else []
    assert [one.word for one in suggested(filled, query)] == expected


@pytest.mark.parametrize(
    ("query", "word", "corrected"),
    [
        ("migrnts border", "migrants", "migrants AND border"),
        ("puttin", "Putin", "Putin"),
        ("Puitn", "Putin", "Putin"),
        ("nsto", "NATO", "NATO"),
        ("strasze", "Straße", "Straße"),
        ("goverment", "government", "government"),
        ("informatio", "information", "information"),
        ("ghbdtn", "привет", "привет"),
        (",jhbc", "Борис", "Борис"),
        ("Mосквa", "Москва", "Москва"),
        ("ьшпкфтеы", "migrants", "migrants"),
        ("nordstream", "Nord Stream", '"Nord Stream"'),
        ("life boat", "lifeboat", "lifeboat"),
        ("air-port", "airport", "airport"),
        ("'air port'", "airport", "airport"),
        ('"the migrnts met"', "migrants", '"the migrants met"'),
        ("putin -migrnts", "migrants", "putin AND NOT migrants"),
        ("headline:(reprot OR putin)", "Report", "headline:(Report OR putin)"),
        ("author:morow", "Morrow", "author:Morrow"),
        ("site:strait.exmple", "strait.example", "site:strait.example"),
    ],
)
def test_what_was_meant_is_offered_as_the_library_writes_it(
    filled: Library, query: str, word: str, corrected: str
) -> None:
    assert first(filled, query) == (word, corrected)
    assert search(filled, read(filled, corrected)).total


def test_words_are_counted_by_what_a_search_for_them_finds(filled: Library) -> None:
    for one in suggested(filled, "migrnts OR grnts OR Puitn"):
        for other in one.instead:
            assert other.articles == search(filled, read(filled, other.word)).total > 0


def test_each_stem_is_offered_once_nearest_first_then_most_frequent(filled: Library) -> None:
    (found,) = like(filled, ["puttin"])
    assert [(one.word, one.articles) for one in found.words[:2]] == [("Putin", 4), ("putting", 1)]
    (found,) = like(filled, ["привету"])
    assert [one.word for one in found.words] in [["привет"], ["Приветы"]]


def test_a_word_that_begins_so_comes_before_one_with_two_mistakes(filled: Library) -> None:
    (found,) = like(filled, ["grantee"])
    assert [one.word for one in found.words] == ["granteeship", "grants"]


def test_two_unknown_neighbours_that_are_one_word_are_suggested_once(filled: Library) -> None:
    assert [one.word for one in suggested(filled, "air port")] == ["air port"]


def test_neighbours_that_are_one_word_are_found(filled: Library) -> None:
    found = {
        one.typed: [other.word for other in one.words] for one in like(filled, ["air", "port"])
    }
    assert found["air port"] == ["airport"]


def test_all_words_that_are_not_found_are_corrected_in_one_query(filled: Library) -> None:
    found = suggested(filled, "migrnts goverment xyzzyq")
    assert [one.word for one in found] == ["migrnts", "goverment", "xyzzyq"]
    assert {one.query for one in found} == {"migrants AND government AND xyzzyq"}
    assert found[2].instead == ()


def test_a_query_full_of_unknown_words_is_not_looked_at_to_the_end(filled: Library) -> None:
    query = " OR ".join(f"xq{chr(97 + n % 26)}{chr(97 + n // 26)}zz" for n in range(300))
    assert len(suggested(filled, query)) == 5


def test_an_answer_carries_its_suggestions(filled: Library) -> None:
    page = search(filled, read(filled, "putin OR migrnts"))
    assert page.total == 4
    assert [one.word for one in page.suggestions] == ["migrnts"]
    assert search(filled, read(filled, "putin")).suggestions == []
