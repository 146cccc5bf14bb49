"""The page on SQL: every query on it gives, in a small library, the answer that stands under it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from accession import Outcome, Reading, Reason, Refusal
from article import Article, Kind, Paragraph, Precision, Published
from db.sql import run
from db.store import Store
from tests.db.making import article, caption, reading, signed

PAGE = Path(__file__).resolve().parents[2] / "docs/sql.md"
_EXAMPLE = re.compile(
    r"^### (.*?)\n.*?^```sql\n(.*?)^```\n\n^```text\n(.*?)^```", re.MULTILINE | re.DOTALL
)
EXAMPLES = _EXAMPLE.findall(PAGE.read_text("utf-8"))

MARKET = Article(
    (
        caption("The fish market on its last morning.", "Bo Stern"),
        Paragraph(
            "The harbour council voted on Tuesday to close the old fish market for the winter."
        ),
        Paragraph("Stallholders said they had been given eleven days to clear their tables."),
        Paragraph(
            "“Eleven days, after eleven generations,” said Marit Oll, who sells eels.", Kind.QUOTE
        ),
        Paragraph("A smaller hall on the northern quay will open in March, the clerk said."),
    ),
    headline="Council closes the fish market",
    authors=signed("Ada Quill", "Bo Stern"),
    published=Published("2023-03-14"),
    site="straitgazette.example",
    url="https://straitgazette.example/market",
    tags=("harbour", "council"),
    origins={"published": "url", "site": "url"},
)
MARKET_LATER = replace(
    MARKET,
    paragraphs=(
        *MARKET.paragraphs[:4],
        Paragraph("A smaller hall on the northern quay opened a week early, in February."),
    ),
)
FERRY = article(
    "The ferry to the islands will run twice a day from June.",
    "Ferry crews had asked for a third boat; the company offered a larger one.",
    headline="Two ferries a day",
    authors=signed("Ada Quill"),
    date="2023-03-28",
    site="straitgazette.example",
    url="https://straitgazette.example/ferry",
)
FROST = article(
    "Apple growers lost a third of their blossom to a late frost.",
    "Insurance covers hail and flood, but frost is written out of every policy.",
    headline="Frost takes a third of the blossom",
    authors=signed("Ilse Brandt"),
    date="2022-05-03",
    site="hillcountrynews.example",
    url="https://hillcountrynews.example/frost",
)
SCHOOL = article(
    "The orchard school will teach in three languages from autumn.",
    headline="Three languages for the orchard school",
    authors=signed("Ilse Brandt"),
    date="2022-05-19",
    site="hillcountrynews.example",
    url="https://hillcountrynews.example/school",
)
BOAT = article(
    "The harbour pilots’ boat was sold to a museum.",
    headline="Pilot boat goes to the museum",
    date="2022-11-02",
    site="straitgazette.example",
    url="https://straitgazette.example/boat",
)
LETTER = replace(
    article("The council promised us a ferry when the bridge was closed.", headline="A promise"),
    published=Published("2021", Precision.YEAR),
)
CLIPPINGS = [
    article(
        f"The tide table for {month} was misprinted.", headline=f"Tide table, {month}", date=date
    )
    for month, date in (("May", "2022-05"), ("June", "2022-06"), ("July", "2022-07"))
]


def inputs() -> list[Reading | Refusal]:
    """Give what the library of the page was made from."""
    return [
        reading(MARKET, "market.txt", "text/wrapped"),
        reading(FERRY, "ferry.txt", "text/wrapped"),
        reading(FROST, "wire.jsonl", "jsonl", "line 1"),
        reading(SCHOOL, "wire.jsonl", "jsonl", "line 2"),
        Refusal("wire.jsonl", Outcome.FAILED, Reason.MALFORMED, "not JSON: a quote is missing", "line 3"),
        reading(BOAT, "boat.md", "markdown"),
        reading(FERRY, "ferry.html", "html"),
        reading(LETTER, "letter.txt", "text/plain"),
        *(reading(one, f"tides/{n}.txt", "text/plain") for n, one in enumerate(CLIPPINGS, 1)),
        Refusal("tides/photo.heic", Outcome.SKIPPED, Reason.UNKNOWN_FORMAT, "files ending in .heic are not read"),
        reading(article("Taken back.", headline="An error"), "error.txt", "text/plain"),
        reading(MARKET_LATER, "market.txt", "text/wrapped"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the database of the page."""
    path = tmp_path_factory.mktemp("page") / "cuttings.db"
    store = Store(path, path.with_name("write.lock"))
    recorded = store.record(inputs())
    store.remove(
        [one.article_id for one in recorded if one.headline == "An error" and one.article_id]
    )
    store.close()
    return path


def answer(path: Path, query: str) -> str:
    """Give an answer as the command writes it to a pipe."""
    rows = run(path, query)
    lines = [rows.columns, *(["" if v is None else str(v) for v in row] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def test_the_page_has_ten_questions_and_one_on_json() -> None:
    assert [title.partition(".")[0] for title, _, _ in EXAMPLES[:10]] == [
        str(n) for n in range(1, 11)
    ]
    assert len(EXAMPLES) == PAGE.read_text("utf-8").count("```sql") == 11


@pytest.mark.parametrize(
    ("query", "shown"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES]
)
def test_a_query_of_the_page_gives_what_the_page_shows(
    library: Path, query: str, shown: str
) -> None:
    assert answer(library, query) == shown
