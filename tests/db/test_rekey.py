"""A library whose keys were made by an older rule takes the new one over, and knows its articles still."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from accession import Bookmark, Outcome, Reason, Refusal
from db.store import Store
from tests.db.making import HARBOUR, article, outcomes, query, reading

FERRY = "https://www.strait.example/2023/Ferry?ref=home"
LINK = "https://strait.example/Crane"


def older(path: Path) -> None:
    """Leave the library as a program with the first rule would have."""
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM settings WHERE key = 'keys'")
    connection.execute("DELETE FROM identities WHERE key LIKE 'name:%'")
    connection.execute(
        "UPDATE identities SET key = 'url:strait.example/2023/Ferry?ref=home' WHERE key LIKE 'url:%'"
    )
    connection.execute("UPDATE bookmarks SET normal_url = 'strait.example/Crane'")
    connection.commit()
    connection.close()


def test_articles_and_links_of_an_older_rule_are_known_again(store: Store, path: Path) -> None:
    harbour = article(*HARBOUR, headline="The harbour", url=FERRY)
    link = Refusal(
        "/links.csv", Outcome.SKIPPED, Reason.LINK_ONLY, "a link", bookmark=Bookmark(LINK)
    )
    outcomes(store, reading(harbour))
    store.record([link])
    store.close()
    older(path)
    again = Store(path, path.with_name("write.lock"))
    page = reading(replace(harbour, url="https://strait.example/2023/ferry"), "/b.html", "html")
    pasted = reading(replace(harbour, url=None), "/c.pdf", "pdf", data=b"pdf")
    assert outcomes(again, page, pasted) == [Outcome.DUPLICATE, Outcome.DUPLICATE]
    again.record([link])
    assert query(path, "SELECT normal_url FROM bookmarks") == [("strait.example/crane",)]
    again.close()
    before = query(path, "SELECT * FROM identities")
    Store(path, path.with_name("write.lock")).close()
    assert query(path, "SELECT * FROM identities") == before


def test_links_that_are_one_by_the_new_rule_are_kept_once(store: Store, path: Path) -> None:
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM settings WHERE key = 'keys'")
    for number, url in enumerate((LINK, LINK.lower(), f"{LINK}?ref=x"), 1):
        connection.execute(
            "INSERT INTO bookmarks (url, normal_url, tags, source, added_at) VALUES (?, ?, '[]', ?, ?)",
            (url, url, f"/{number}.csv", "2023-03-14T08:00:00Z"),
        )
    connection.commit()
    connection.close()
    Store(path, path.with_name("write.lock")).close()
    assert query(path, "SELECT normal_url, source FROM bookmarks") == [
        ("strait.example/crane", "/1.csv")
    ]
