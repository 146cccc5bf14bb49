"""An overview counts everything that matches, and says what it could not count."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import pytest

from library.asking import read
from library.errors import IndexDamaged, OverviewWrong
from library.library import Library
from library.overview import Facet, Overview, Timeline, Wanted, overview, read_names
from library.periods import Unit
from library.searching import search

EVERY = ("site", "author", "year", "section", "lang", "tag")


def ingest(library: Library, *articles: dict[str, Any], text: str = "The ferry sailed.") -> Library:
    """Store articles that all match `ferry`, unless told otherwise, and index them."""
    whole = ({"title": f"Report {n}", "text": text, **one} for n, one in enumerate(articles))
    data = "".join(json.dumps(one) + "\n" for one in whole).encode()
    recorded = list(library.ingest(["-"], io.BytesIO(data)))
    assert [one.outcome for one in recorded] == ["added"] * len(articles)
    library.indexing.drain()
    return library


def dated(*dates: str | None) -> Iterable[dict[str, Any]]:
    """Give an article of each date; as precise as it is written."""
    precisions = {4: "year", 7: "month", 10: "day"}
    for day in dates:
        yield {"published": day, "published_precision": precisions[len(day)]} if day else {}


def of(library: Library, query: str, *facets: str, by: Unit | None = None) -> Overview:
    """Give an overview as the command gives it: after the search for the page."""
    search(library, read(library, query), limit=1)
    return overview(library, read(library, query), Wanted(facets, by))


def facet(library: Library, name: str, query: str = "ferry") -> Facet:
    (found,) = of(library, query, name).facets or ()
    return found


def timeline(library: Library, unit: Unit, query: str = "ferry") -> Timeline:
    found = of(library, query, by=unit).timeline
    assert found is not None
    return found


def rows(line: Timeline) -> list[tuple[str, int, int]]:
    return [(one.period, one.count, one.all) for one in line.periods]


def test_values_are_counted_over_all_that_match_and_not_over_the_page(library: Library) -> None:
    ingest(library, *({"site": "a.example"} for _ in range(30)), {"site": "b.example"}, {})
    assert facet(library, "site") == Facet("site", [("a.example", 30), ("b.example", 1)], 1)


def test_an_article_counts_once_for_each_of_its_authors_and_tags(library: Library) -> None:
    ingest(
        library,
        {"authors": ["Ada Quill", "Bo Stern", "Ada Quill"], "tags": ["ice", "harbour"]},
        {"authors": ["Bo Stern"], "tags": ["ice"]},
        {},
    )
    assert facet(library, "author") == Facet("author", [("Bo Stern", 2), ("Ada Quill", 1)], 1)
    assert facet(library, "tag") == Facet("tag", [("ice", 2), ("harbour", 1)], 1)


def test_values_as_frequent_as_each_other_stand_by_name_and_years_by_time(library: Library) -> None:
    ingest(library, {"author": ["渡轮", "Bo Stern"]}, *dated("2022-05", "2020"))
    ingest(library, {"author": ["أخبار", "Bo Stern", "Ada Quill"]}, text="A ferry left.")
    ingest(library, *dated("2022", "2021-07-01"), text="Two ferries left.")
    names = [name for name, _ in facet(library, "author").values]
    assert names == ["Bo Stern", "Ada Quill", "أخبار", "渡轮"]
    assert facet(library, "year").values == [("2020", 1), ("2021", 1), ("2022", 2)]


def test_what_does_not_match_is_counted_in_no_facet(library: Library) -> None:
    ingest(library, {"site": "a.example", "lang": "en"})
    ingest(library, {"site": "b.example"}, text="Apples fell.")
    assert facet(library, "site").values == [("a.example", 1)]


def test_removed_articles_are_left_out_even_before_the_index_knows(library: Library) -> None:
    ingest(library, *dated("2021-05-01", "2021-05-02", "2021-06-01"))
    search(library, read(library, "ferry"))
    library.remove([2, 3])
    whole = overview(library, read(library, "ferry"), Wanted(("year",), "month"))
    assert (whole.articles, whole.facets) == (1, [Facet("year", [("2021", 1)], 0)])
    assert whole.timeline is not None
    assert rows(whole.timeline) == [("2021-05", 1, 1)]


def test_an_overview_of_everything_counts_every_article(library: Library) -> None:
    ingest(library, *dated("2021", "2021-03", "2021-03-04", None))
    whole = of(library, "*", *EVERY, by="month")
    assert whole.articles == 4
    for one in whole.facets or ():
        assert sum(count for _, count in one.values) + one.without == 4, one.name
    assert whole.timeline is not None
    in_periods = sum(one.count for one in whole.timeline.periods)
    assert in_periods + whole.timeline.undated + whole.timeline.imprecise == 4


def test_an_overview_of_nothing_is_empty(library: Library) -> None:
    ingest(library, {"tags": ["ice"]})
    assert of(library, "glacier", "tag", by="day") == Overview(
        0, [Facet("tag", [], 0)], Timeline("day", [], 0, 0)
    )


def test_a_share_is_of_all_the_library_holds_of_the_period(library: Library) -> None:
    ingest(library, *dated("2021-05-03", "2021-05-03", "2021-07-01"))
    ingest(library, *dated("2021-05-09", "2021-05-11", "2021-06-30", "2021-08-01"), text="Apples.")
    line = timeline(library, "month")
    assert rows(line) == [("2021-05", 2, 4), ("2021-06", 0, 1), ("2021-07", 1, 1)]
    assert [one.share for one in line.periods] == [0.5, 0, 1]


def test_periods_without_any_article_are_there_and_have_no_share(library: Library) -> None:
    line = timeline(ingest(library, *dated("2021-12-30", "2022-01-02")), "day")
    assert rows(line) == [
        ("2021-12-30", 1, 1),
        ("2021-12-31", 0, 0),
        ("2022-01-01", 0, 0),
        ("2022-01-02", 1, 1),
    ]
    assert [one.share for one in line.periods] == [1, None, None, 1]


def test_days_around_new_year_are_in_the_week_that_iso_8601_gives_them(library: Library) -> None:
    ingest(library, *dated("2020-12-31", "2021-01-03", "2021-01-04", "2024-12-29", "2024-12-30"))
    line = timeline(library, "week")
    matching = [(period, count) for period, count, _ in rows(line) if count]
    assert matching == [("2020-W53", 2), ("2021-W01", 1), ("2024-W52", 1), ("2025-W01", 1)]
    assert len(line.periods) == 1 + 4 * 52 + 1


@pytest.mark.parametrize(
    ("unit", "placed", "imprecise"),
    [("year", 6, 0), ("month", 5, 1), ("week", 3, 3), ("day", 3, 3)],
)
def test_a_date_stands_in_no_period_finer_than_it_is_known(
    library: Library, unit: Unit, placed: int, imprecise: int
) -> None:
    at = {"published": "2021-05-04", "published_precision": "time", "published_at": "2021-05-04T23"}
    ingest(library, *dated("2021", "2021-05", "2021-05", "2021-05-04", "2021-05-04", None), at)
    line = timeline(library, unit)
    assert [(one.count, one.all) for one in line.periods] == [(placed, placed)]
    assert (line.imprecise, line.undated) == (imprecise, 1)


@pytest.mark.parametrize(("written", "meant"), [("2021-01-01", "year"), ("2021", "day")])
def test_a_date_is_as_exact_as_both_its_writing_and_its_meaning(
    library: Library, written: str, meant: str
) -> None:
    ingest(library, {"published": written, "published_precision": meant})
    assert timeline(library, "month").imprecise == 1
    assert rows(timeline(library, "year")) == [("2021", 1, 1)]


@pytest.mark.parametrize("date", ["0000-00-00", "2023-02-31", "0000", "2021-13"])
def test_a_date_that_is_not_in_the_calendar_counts_as_none(library: Library, date: str) -> None:
    ingest(library, *dated(date, "2021-02-03"))
    line = timeline(library, "year")
    assert (rows(line), line.undated) == ([("2021", 1, 1)], 1)


def test_a_night_report_stays_on_its_publishers_day(library: Library) -> None:
    ingest(library, {"date": "2021-03-31T23:30:00-09:00"}, {"date": "2021-04-01T00:30:00+12:00"})
    assert rows(timeline(library, "month")) == [("2021-03", 1, 1), ("2021-04", 1, 1)]


def test_a_span_that_one_mistaken_date_makes_endless_is_refused_with_both_its_ends(
    library: Library,
) -> None:
    ingest(library, *dated("0201-03-04", "9999-12-31"))
    with pytest.raises(OverviewWrong, match=r"0201-03-04 to 9999-12-31 .* days.*date:"):
        timeline(library, "day")
    assert len(timeline(library, "year").periods) == 9_799
    assert timeline(library, "week", "date:9999").periods[0].period == "9999-W52"


def test_an_unknown_facet_is_refused_with_the_nearest_and_all(library: Library) -> None:
    assert read_names("tag, Site,tag") == ["tag", "site"]
    with pytest.raises(OverviewWrong, match=r"'authors' .*mean author\?.* site, author, year"):
        read_names("site,authors")
    with pytest.raises(OverviewWrong, match=r"'colour' is no facet\. There are"):
        read_names("colour")
    with pytest.raises(OverviewWrong, match="'' is no facet"):
        read_names("")


def test_an_overview_changes_nothing_and_can_be_had_again(library: Library) -> None:
    ingest(library, *dated("2021-05-01"))
    before = library.folder.database.read_bytes()
    assert of(library, "ferry", *EVERY, by="week") == of(library, "ferry", *EVERY, by="week")
    assert library.folder.database.read_bytes() == before
    assert library.reader.select("SELECT * FROM temp.sqlite_master") == []


def test_damage_met_while_counting_is_mended(
    library: Library, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from search import whoosh_engine

    ingest(library, *dated("2021-05-01"))
    real, asked = whoosh_engine.WhooshEngine.ids, list[int]()

    def damaged_at_first(*args: Any) -> set[int]:
        asked.append(1)
        if len(asked) == 1:
            raise IndexDamaged("a posting cannot be read.")
        return real(*args)

    monkeypatch.setattr(whoosh_engine.WhooshEngine, "ids", damaged_at_first)
    assert of(library, "ferry").articles == 1
    assert "built anew" in said[0]
