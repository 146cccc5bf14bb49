"""A search shows a family once, on exactly one page; a family shows what each outlet made of it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from random import Random

import pytest

from db import kin
from db.reader import Reader
from library.asking import read
from library.errors import ArticleMissing
from library.family import family
from library.library import Library
from library.searching import Page, search, search_families, search_paragraphs
from library.wording import Became

RANDOM = Random(3)
SIZES = (7, 1, 1, 4, 1, 2, 1, 1, 12, 1, 1, 1)
"""Articles of each report; that they match shows in no other order."""


def sentence(count: int = 20) -> str:
    """Give words that stand in no other sentence."""
    return " ".join(f"u{RANDOM.randrange(10**9):x}".strip("0123456789") + "z" for _ in range(count))


def lines() -> list[dict[str, str]]:
    """Give reports that several sites print, cut and lengthened, in random order."""
    found = list[dict[str, str]]()
    for report, size in enumerate(SIZES):
        texts = [sentence() for _ in range(4)]
        for outlet in range(size):
            harbours = "harbour " * RANDOM.randrange(1, 9)
            day = f"2024-0{1 + report % 9}-{10 + outlet % 3}"
            mine = [*texts[: 3 + outlet % 2], sentence(3), harbours]
            found.append(
                {
                    "id": f"{report}-{outlet}",
                    "title": f"Report {report}",
                    "date": day,
                    "text": "\n\n".join(mine),
                }
            )
    RANDOM.shuffle(found)
    return found


@pytest.fixture
def filled(library: Library) -> Library:
    store(library, lines())
    return library


def store(library: Library, some: Sequence[dict[str, str]]) -> None:
    data = "".join(json.dumps(line) + "\n" for line in some).encode()
    assert len(list(library.ingest(["-"], io.BytesIO(data)))) == len(some)
    library.indexing.drain()


def pages(library: Library, limit: int, **options: str) -> list[Page]:
    """Turn the pages until an empty one."""
    question, found = read(library, "harbour"), list[Page]()
    while not found or found[-1].hits:
        offset = limit * len(found)
        found.append(search_families(library, question, limit=limit, offset=offset, **options))  # type: ignore[arg-type]
    return found[:-1]


@pytest.mark.parametrize("sort", ["relevance", "date"])
@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
def test_all_pages_together_show_each_family_once_by_its_first_hit(
    filled: Library, limit: int, sort: str
) -> None:
    whole = search(filled, read(filled, "harbour"), limit=100, sort=sort)  # type: ignore[arg-type]
    first = {hit.stored.article.headline: hit.stored.id for hit in reversed(whole.hits)}
    order = [
        hit.stored.id for hit in whole.hits if first[hit.stored.article.headline] == hit.stored.id
    ]
    turned = pages(filled, limit, sort=sort)
    assert [hit.stored.id for page in turned for hit in page.hits] == order
    assert {(page.total, page.once) for page in turned} == {(sum(SIZES), len(SIZES))}
    assert all(len(page.hits) == limit for page in turned[:-1])


def test_a_hit_says_how_many_others_there_are_also_such_as_do_not_match(filled: Library) -> None:
    others = {
        hit.stored.article.headline: hit.family and hit.family.others
        for page in pages(filled, 5)
        for hit in page.hits
    }
    expected = {f"Report {n}": size - 1 if size > 1 else None for n, size in enumerate(SIZES)}
    assert others == expected
    one = search(filled, read(filled, "headline:'report 8' OR harbour"), limit=1).hits[0].stored.id
    (hit,) = search_families(filled, read(filled, f"id:{one}")).hits
    assert (hit.family and hit.family.others) == expected[str(hit.stored.article.headline)]


def test_each_is_shown_where_families_were_not_asked_for(filled: Library) -> None:
    question = read(filled, "harbour")
    assert len(search(filled, question, limit=100).hits) == sum(SIZES)
    assert search(filled, question).once is None
    assert search_paragraphs(filled, question, limit=100).paragraphs == sum(SIZES)


def test_a_removed_member_is_neither_shown_nor_counted(filled: Library) -> None:
    def report_5() -> tuple[int, int | None, object]:
        page = search_families(filled, read(filled, "headline:5"))
        return page.total, page.once, page.hits[0].family and page.hits[0].family.others

    assert report_5() == (2, 1, 1)
    first = search_families(filled, read(filled, "headline:5")).hits[0].stored.id
    filled.remove([first])
    assert report_5() == (1, 1, None)


@pytest.fixture
def apart(filled: Library, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the two of a family, one of which another process removes as soon as it was looked up."""
    real, hits = kin.families_of, search(filled, read(filled, "headline:5")).hits
    members = [hit.stored.id for hit in hits]

    def remove_after(reader: Reader, revisions: Mapping[int, int]) -> dict[int, int]:
        found = real(reader, revisions)
        with Library(filled.folder, lambda _: None) as other:
            other.store.remove(members[1:])
        return found

    monkeypatch.setattr(kin, "families_of", remove_after)
    return members


def test_a_family_that_falls_apart_meanwhile_is_shown_as_it_was(
    filled: Library, apart: list[int]
) -> None:
    shown = family(filled, apart[0], limit=9).versions
    assert {one.stored.id for one in shown} == set(apart)


def test_a_hit_whose_family_falls_apart_meanwhile_has_none(
    filled: Library, apart: list[int]
) -> None:
    (hit,) = search_families(filled, read(filled, "headline:5")).hits
    assert (hit.stored.id, hit.family) == (apart[0], None)


def test_a_family_shows_what_each_outlet_added_cut_changed_and_moved(library: Library) -> None:
    texts = [sentence() for _ in range(5)]
    changed = texts[2].rsplit(" ", 2)[0] + " altogether otherwise"
    store(
        library,
        [
            {"title": "Cut", "date": "2024-02-08", "text": "\n\n".join(texts[:3])},
            {"title": "Whole", "date": "2024-02-06", "text": "\n\n".join(texts)},
            {"title": "Other", "date": "2024-02-07", "text": "\n\n".join([texts[1], texts[0], changed, texts[3], "Added."])},
        ],
    )  # fmt: skip
    found = family(library, 1, limit=20)
    assert (found.family, found.longest.id, found.total) == (1, 2, 3)
    assert [version.stored.article.headline for version in found.versions] == [
        "Whole",
        "Other",
        "Cut",
    ]
    became = [[change.became for change in version.changes] for version in found.versions]
    assert became[0] == [Became.SAME] * 5
    assert sorted(became[1]) == sorted(
        [Became.MOVED, Became.SAME, Became.CHANGED, Became.SAME, Became.REMOVED, Became.ADDED]
    )
    assert became[2] == [Became.SAME] * 3 + [Became.REMOVED] * 2
    assert [version.stored.id for version in family(library, 3, limit=2).versions] == [2, 3]


def test_an_article_like_no_other_is_a_family_of_one_and_a_missing_one_is_missing(
    filled: Library,
) -> None:
    (alone,) = search_families(filled, read(filled, "headline:4")).hits
    assert family(filled, alone.stored.id, limit=5).total == 1
    with pytest.raises(ArticleMissing):
        family(filled, 999, limit=5)


def test_an_older_library_is_looked_through_once_and_doctor_says_so_before(
    filled: Library, said: list[str]
) -> None:
    from library.checking import check

    def doctor() -> str:
        return next(one.detail for one in check(filled) if one.about == "families")

    with filled.store.transaction() as connection:
        for table in ("fingerprint_keys", "fingerprints"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("INSERT INTO family_queue SELECT id FROM articles")
    assert search_families(filled, read(filled, "harbour"), limit=50).once == sum(SIZES)
    assert doctor().startswith(f"{sum(SIZES)} articles")
    filled.find_families()
    assert doctor() == "all articles looked at"
    assert search_families(filled, read(filled, "harbour")).once == len(SIZES)
    filled.find_families()
    assert said == [f"Looking for near-identical articles among {sum(SIZES)} stored before."]
