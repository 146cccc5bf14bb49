"""Saved links: kept once, joined to the article with their address whichever comes first."""

from pathlib import Path

from accession import Bookmark, Outcome, Reading, Reason, Recorded, Refusal
from article import Article
from db.bookmarks import bookmarks
from db.reader import Reader
from db.store import Store
from tests.db.making import HARBOUR, ORCHARD, article, dump, query, reading

URL = "https://www.example.org/2023/harbour/"
HARBOUR_ARTICLE = article(*HARBOUR, url="http://example.org/2023/harbour?utm_source=x")


def link(bookmark: Bookmark) -> Refusal:
    return Refusal(
        "/x/pocket.csv", Outcome.SKIPPED, Reason.LINK_ONLY, "only the link", "row 2", bookmark
    )


def saved(url: str = URL, tags: tuple[str, ...] = (), headline: str | None = None) -> Refusal:
    return link(Bookmark(url, headline, tags))


def record(store: Store, *inputs: Reading | Refusal) -> list[Recorded]:
    return store.record(inputs)


def tags(path: Path) -> list[tuple[int, str]]:
    return query(path, "SELECT article_id, tag FROM tags ORDER BY 1, 2")


def unfetched(path: Path) -> list[str]:
    reader = Reader(path)
    try:
        return [one.bookmark.url for one in bookmarks(reader, unfetched=True)]
    finally:
        reader.close()


def test_a_link_is_kept_with_all_that_was_said_of_it(store: Store, path: Path) -> None:
    said = Bookmark(URL, "The harbour", ("port", "two words"), "2023-02-01T10:00:00Z", "to read")
    (recorded,) = record(store, link(said))
    assert (recorded.outcome, recorded.reason) == (Outcome.SKIPPED, Reason.LINK_ONLY)
    reader = Reader(path)
    (kept,) = bookmarks(reader)
    reader.close()
    assert kept.bookmark == said
    assert (kept.source, kept.article_id) == ("/x/pocket.csv", None)
    logged = "SELECT outcome, reason, item FROM ingests"
    assert query(path, logged) == [("skipped", "link-only", "row 2")]


def test_a_link_saved_again_changes_nothing_but_joins_its_tags(store: Store, path: Path) -> None:
    record(store, saved(tags=("port",), headline="The harbour"))
    before = dump(path, without=("ingests",))
    record(store, saved(tags=("port",), headline="Later words"))
    assert dump(path, without=("ingests",)) == before
    record(store, saved("http://example.org/2023/harbour", tags=("sea", "port")))
    assert query(path, "SELECT url, tags FROM bookmarks") == [(URL, '["port", "sea"]')]


def test_a_link_twice_in_one_batch_is_one(store: Store, path: Path) -> None:
    record(store, saved(tags=("a",)), saved(tags=("b",)), reading(article(*ORCHARD)))
    assert query(path, "SELECT tags FROM bookmarks") == [('["a", "b"]',)]


def test_an_article_that_comes_later_takes_its_link_and_the_link_s_tags(
    store: Store, path: Path
) -> None:
    record(store, saved(tags=("port", "sea")), saved("https://example.org/other"))
    record(store, reading(HARBOUR_ARTICLE))
    assert query(path, "SELECT article_id FROM bookmarks ORDER BY id") == [(1,), (None,)]
    assert tags(path) == [(1, "port"), (1, "sea")]
    assert unfetched(path) == ["https://example.org/other"]


def test_an_article_and_its_link_in_one_batch_meet_in_either_order(
    store: Store, path: Path
) -> None:
    other = article(*ORCHARD, url="https://example.org/orchard", tags=("fruit",))
    record(
        store,
        saved(tags=("port",)),
        reading(HARBOUR_ARTICLE),
        reading(other, "/b.txt"),
        saved("https://example.org/orchard", tags=("fruit", "frost")),
    )
    assert query(path, "SELECT article_id FROM bookmarks ORDER BY id") == [(1,), (2,)]
    assert tags(path) == [(1, "port"), (2, "frost"), (2, "fruit")]


def test_a_link_to_an_article_of_the_library_is_no_news(store: Store, path: Path) -> None:
    record(store, reading(HARBOUR_ARTICLE))
    store.clear_queue(9)
    (recorded,) = record(store, saved(tags=("port",)))
    assert (recorded.outcome, recorded.article_id) == (Outcome.UNCHANGED, 1)
    assert tags(path) == [(1, "port")]
    assert query(path, "SELECT article_id FROM index_queue") == [(1,)]


def test_a_tag_that_was_taken_off_does_not_come_back_with_the_same_link(
    store: Store, path: Path
) -> None:
    record(store, reading(HARBOUR_ARTICLE), saved(tags=("port",)))
    with store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM tags")
    record(store, saved(tags=("port",)))
    assert tags(path) == []


def test_the_link_of_a_removed_article_is_not_fetched_again(store: Store, path: Path) -> None:
    record(store, reading(HARBOUR_ARTICLE))
    store.remove([1])
    (recorded,) = record(store, saved(tags=("port",)))
    assert recorded.outcome is Outcome.SKIPPED
    assert recorded.detail == "the link of article 1, which was removed"
    assert query(path, "SELECT removed_at IS NULL FROM articles") == [(0,)]
    assert unfetched(path) == []


def test_an_article_known_by_its_text_takes_a_link_when_its_address_is_learnt(
    store: Store, path: Path
) -> None:
    plain: Article = article(*HARBOUR)
    record(store, reading(plain), saved(tags=("port",)))
    store.clear_queue(9)
    record(store, reading(article(*HARBOUR, url=URL), "/later.html"))
    assert query(path, "SELECT article_id FROM bookmarks") == [(1,)]
    assert tags(path) == [(1, "port")]
    assert query(path, "SELECT DISTINCT article_id FROM index_queue") == [(1,)]


def test_links_are_given_a_batch_at_a_time_and_all(store: Store, path: Path) -> None:
    record(store, *(saved(f"https://example.org/{n}") for n in range(1203)))
    assert unfetched(path) == [f"https://example.org/{n}" for n in range(1203)]


def test_what_a_second_export_adds_to_a_link_is_kept(store: Store, path: Path) -> None:
    second = Bookmark(URL, "The harbour", (), "2023-02-01", "ask the harbour board")
    record(store, link(Bookmark(URL)), link(second))
    record(store, link(second), link(Bookmark(URL, "Quay", (), "2024-01-01", "too late")))
    record(store, link(second), link(Bookmark(URL, note="too late")))
    assert query(path, "SELECT headline, saved_at, note FROM bookmarks") == [
        ("The harbour", "2023-02-01", "ask the harbour board · too late")
    ]
