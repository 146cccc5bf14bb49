"""Families follow the articles as they stand: stored, reworded, removed, brought back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accession import Reading, Recorded
from article import Article, Published, Stored
from db import families, kin
from db.connect import make_engine
from db.fingerprints import Fingerprint, alike
from db.intake import Intake, prepared
from db.migrate import migrate
from db.reader import Reader
from db.store import Store, now
from tests.db.making import article, dump, query, reading

RANDOM = Random(11)


def sentence(count: int = 20) -> str:
    """Give words that stand in no other sentence."""
    return " ".join(f"v{RANDOM.randrange(10**9):x}".strip("0123456789") + "x" for _ in range(count))


ONE, OTHER = ([sentence() for _ in range(6)] for _ in range(2))
BRIDGE = [*ONE, *OTHER]
"""A page that prints both: it is near to each, which have nothing in common."""


FAMILIES = "SELECT family, article_id FROM families ORDER BY article_id"


def inputs(*texts: Sequence[str], first: int = 0) -> list[Reading]:
    return [reading(_bearing(n, some), f"/{n}.txt") for n, some in enumerate(texts, first)]


def _bearing(number: int, texts: Sequence[str]) -> Article:
    return article(*texts, headline=f"Headline {number}")


def groups(path: Path) -> list[list[int]]:
    """Give the members of each family; a family bears the smallest of their numbers."""
    found = defaultdict[int, list[int]](list)
    for family, number in query(
        path, "SELECT family, article_id FROM families ORDER BY article_id"
    ):
        found[family].append(number)
    assert all(members[0] == family and len(members) > 1 for family, members in found.items())
    return sorted(found.values())


def stored(path: Path, number: int) -> Stored:
    reader = Reader(path)
    try:
        found = reader.article(number)
    finally:
        reader.close()
    assert found is not None
    return found


def record(store: Store, path: Path, some: Sequence[Reading]) -> list[Recorded]:
    """Store inputs, and find the families of what is queued then."""
    recorded = store.record(some)
    settle(store, path)
    return recorded


def settle(store: Store, path: Path) -> None:
    reader = Reader(path)
    try:
        queued = reader.queue(10_000)
        articles = list(reader.each(sorted({number for _, number in queued})))
        store.settle(articles, reader.last_seq())
        store.clear_queue(reader.last_seq())
    finally:
        reader.close()


def reword(store: Store, path: Path, number: int, texts: Sequence[str]) -> None:
    store.reword(stored(path, number), article(*texts), "edit")
    settle(store, path)


def test_what_comes_in_one_batch_and_what_comes_later_form_one_family(
    store: Store, path: Path
) -> None:
    record(store, path, inputs(ONE, ONE[:4], OTHER))
    assert groups(path) == [[1, 2]]
    record(store, path, inputs(ONE[2:], OTHER[::-1], first=3))
    assert groups(path) == [[1, 2, 4], [3, 5]]


def test_a_copy_of_an_article_is_no_member_beside_it(store: Store, path: Path) -> None:
    same = article(*ONE, url="https://example.org/a")
    record(store, path, [reading(same, "/a.txt"), reading(same, "/b.md", "markdown")])
    assert groups(path) == []


def test_an_article_that_joins_two_families_makes_them_one(store: Store, path: Path) -> None:
    record(store, path, inputs(ONE, ONE, OTHER, OTHER))
    assert groups(path) == [[1, 2], [3, 4]]
    record(store, path, inputs(BRIDGE, first=4))
    assert groups(path) == [[1, 2, 3, 4, 5]]


@pytest.mark.parametrize("way", ["removed", "edited", "revised"])
def test_what_only_one_held_together_falls_apart_when_it_goes(
    store: Store, path: Path, way: str
) -> None:
    record(store, path, inputs(BRIDGE, ONE, ONE, OTHER, OTHER))
    assert groups(path) == [[1, 2, 3, 4, 5]]
    if way == "removed":
        store.remove([1])
        assert groups(path) == [[2, 3], [4, 5]]
    elif way == "edited":
        reword(store, path, 1, [*ONE, sentence()])
        assert groups(path) == [[1, 2, 3], [4, 5]]
    else:
        assert record(store, path, inputs([*OTHER, *ONE[:3]]))[0].outcome.value == "revised"
        assert groups(path) == [[1, 4, 5], [2, 3]]


def test_a_removed_article_is_in_no_family_and_comes_back_into_it(store: Store, path: Path) -> None:
    three = inputs(ONE, ONE[:4], ONE[1:])
    record(store, path, three)
    before = _fingerprints(path)
    store.remove([1])
    assert groups(path) == [[2, 3]]
    store.remove([2])
    assert groups(path) == []
    record(store, path, three)
    assert groups(path) == [[1, 2, 3]]
    assert _fingerprints(path) == before


def _fingerprints(path: Path) -> list[object]:
    return [dump(path)[name] for name in ("fingerprints", "fingerprint_keys", "family_queue")]


def test_a_date_set_right_takes_an_article_out_of_a_report_of_another_day(
    store: Store, path: Path
) -> None:
    record(store, path, inputs(ONE, [*ONE[:5], sentence()]))
    assert groups(path) == [[1, 2]]
    store.reword(stored(path, 2), article(*_texts(path, 2), date="2024-06-01"), "edit")
    settle(store, path)
    assert groups(path) == []


def _texts(path: Path, number: int) -> list[str]:
    return [paragraph.text for paragraph in stored(path, number).article.paragraphs]


def test_a_date_said_at_a_later_ingest_takes_an_article_out_of_a_report_of_another_day(
    store: Store, path: Path
) -> None:
    undated = article(*ONE[:5], sentence(), date=None, headline="Undated")
    record(store, path, [*inputs(ONE), reading(undated, "/undated.txt")])
    assert groups(path) == [[1, 2]]
    said = replace(undated, published=Published("2024-06-01"), origins={"published": "given"})
    record(store, path, [reading(said, "/undated.txt")])
    assert stored(path, 2).article.published == Published("2024-06-01")
    assert groups(path) == []


def test_a_transaction_that_fails_leaves_families_as_they_were(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(store, path, inputs(ONE, ONE[:4]))
    store.record(inputs(ONE[1:], first=2))
    before = dump(path)
    with monkeypatch.context() as broken:
        broken.setattr(families, "alike", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            settle(store, path)
    assert dump(path) == before
    settle(store, path)
    assert groups(path) == [[1, 2, 3]]


def test_what_is_changed_after_it_was_read_waits_for_its_own_turn(store: Store, path: Path) -> None:
    store.record(inputs(ONE, ONE[:4]))
    reader = Reader(path)
    read, last = list(reader.each([1, 2])), reader.last_seq()
    reader.close()
    store.reword(read[1], article(*OTHER), "edit")
    store.settle(read, last)
    store.clear_queue(last)
    assert groups(path) == []
    settle(store, path)
    assert query(path, "SELECT count(*) FROM fingerprints") == [(2,)]


def test_the_same_disclaimer_under_every_article_makes_no_family(store: Store, path: Path) -> None:
    disclaimer = sentence(30)
    record(store, path, inputs(*([sentence(25), disclaimer] for _ in range(60))))
    assert groups(path) == []


def test_a_library_of_an_older_program_gets_its_families_some_at_a_time(
    store: Store, path: Path
) -> None:
    texts = [ONE, OTHER, ONE[:4], OTHER[1:], ONE[::-1]]
    record(store, path, inputs(*texts, [sentence(60)]))
    store.remove([6])
    whole = groups(path)
    with store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM fingerprint_keys")
        connection.exec_driver_sql("DELETE FROM fingerprints")
        connection.exec_driver_sql("INSERT INTO family_queue SELECT id FROM articles")
    for left in (4, 2, 0, 0):
        with store.transaction() as connection:
            families.fill(connection, 2)
        assert query(path, "SELECT count(*) FROM family_queue") == [(left,)]
    assert groups(path) == whole == [[1, 3, 5], [2, 4]]


def test_a_library_of_schema_0002_has_all_its_articles_waiting(path: Path) -> None:
    engine = make_engine(path)
    with engine.begin() as connection:
        migrate(connection, "0002")
    engine.dispose()
    raw = sqlite3.connect(path)
    raw.executescript(Path(__file__).with_name("filled").joinpath("0002.sql").read_text("utf-8"))
    raw.close()
    store = Store(path, path.with_name("lock"))
    assert query(path, "SELECT article_id FROM family_queue") == [(1,)]
    assert list(store.find_families()) == [1, 0]
    assert query(path, "SELECT article_id, family FROM fingerprints") == [(1, None)]
    store.close()


def test_what_changes_before_its_turn_is_looked_at_with_the_change(
    store: Store, path: Path
) -> None:
    record(store, path, inputs(ONE, OTHER))
    with store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM fingerprint_keys")
        connection.exec_driver_sql("DELETE FROM fingerprints")
        connection.exec_driver_sql("INSERT INTO family_queue SELECT id FROM articles")
    store.remove([1])
    reword(store, path, 2, ONE)
    assert query(path, "SELECT article_id FROM family_queue") == [(1,)]
    assert list(store.find_families()) == [1, 0]
    record(store, path, inputs(ONE))
    assert groups(path) == [[1, 2]]


def test_many_copies_are_each_compared_with_few(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A family of any size costs each member the same; what it costs is told in docs/families.md."""
    compared = 0

    def counting(*prints: Fingerprint) -> bool:
        nonlocal compared
        compared += 1
        return alike(*prints)

    monkeypatch.setattr(families, "alike", counting)
    many = [[*ONE, sentence(5)] for _ in range(600)]
    for start in range(0, 600, 200):
        record(store, path, inputs(*many[start : start + 200], first=start))
    assert groups(path) == [list(range(1, 601))]
    assert compared < 2 * 600


POOL = [sentence(16) for _ in range(8)]
ARTICLES = st.lists(
    st.lists(st.sampled_from(POOL), min_size=1, max_size=5, unique=True), min_size=2, max_size=9
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a database that stays empty."""
    path = tmp_path_factory.mktemp("empty") / "cuttings.db"
    opened = Store(path, path.with_name("lock"))
    yield opened
    opened.close()


def partition(
    empty: Store, texts: Sequence[Sequence[str]], order: Sequence[int], sizes: int = 9
) -> set[frozenset[int]]:
    """Store articles in an order, so many at a time; give the families by the articles' places."""
    some = [reading(_bearing(n, texts[n]), f"/{n}.txt") for n in order]
    found = defaultdict[int, set[int]](set)
    with empty.engine.connect() as connection:
        for start in range(0, len(some), sizes):
            part = some[start : start + sizes]
            taken = Intake(connection, now()).take_all(list(map(prepared, part)))
            prints = [Fingerprint.of(one.article) for one in part]
            ids = [one.article_id or 0 for one in taken]
            families.settle(connection, dict(zip(ids, prints, strict=True)))
        for family, number in connection.exec_driver_sql(FAMILIES):
            found[family].add(order[number - 1])
        connection.rollback()
    return set(map(frozenset, found.values()))


@settings(max_examples=40, deadline=None)
@given(ARTICLES, st.randoms(use_true_random=False), st.integers(1, 9))
def test_the_order_of_arrival_changes_no_family(
    empty: Store, texts: list[list[str]], random: Random, sizes: int
) -> None:
    order = list(range(len(texts)))
    one = partition(empty, texts, order)
    random.shuffle(order)
    assert partition(empty, texts, order, sizes) == one


@settings(max_examples=8, deadline=None)
@given(ARTICLES, st.data())
def test_removing_articles_and_storing_them_again_changes_no_family(
    empty: Store, texts: list[list[str]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cuttings.db"
        store = Store(path, path.with_name("lock"))
        some = [reading(_bearing(n, one), f"/{n}.txt") for n, one in enumerate(texts)]
        record(store, path, some)
        before = groups(path)
        gone = data.draw(st.lists(st.integers(1, len(texts)), unique=True))
        store.remove(gone)
        fewer = {frozenset(number - 1 for number in group) for group in groups(path)}
        kept = [n for n in range(len(texts)) if n + 1 not in gone]
        assert fewer == partition(empty, texts, kept)
        record(store, path, [some[n - 1] for n in gone])
        assert groups(path) == before
        store.close()


def test_a_reader_is_told_families_sizes_and_members_oldest_first(store: Store, path: Path) -> None:
    dated = [(ONE, "2024-02-07"), (ONE[:4], None), (ONE[1:], "2024-02-06"), (OTHER, "2024-02-01")]
    record(store, path, [reading(article(*t, date=d), f"/{n}") for n, (t, d) in enumerate(dated)])
    reader = Reader(path)
    assert kin.families(reader) == {1: 1, 2: 1, 3: 1}
    assert kin.families_of(reader, {1: 1, 2: 2, 4: 1}) == {1: 1}
    assert kin.sizes(reader, [1]) == {1: 3}
    assert [one.article_id for one in kin.members(reader, 1)] == [3, 1, 2]
    reader.close()
