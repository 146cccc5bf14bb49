"""An article's language is found in its words, and left open where they do not tell it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import Stemmer

from accession import Reading
from article import Article, Paragraph
from ingest import jsonl, markdown, single
from ingest.codes import canonical
from ingest.language import SAMPLE, Hints, detect, of_article, sample_of
from ingest.single import with_language
from ingest.workers import Workers

with (Path(__file__).parent / "languages.tsv").open(encoding="utf-8", newline="") as rows:
    SAMPLES = list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))

ENGLISH = (
    "The ferry company told its passengers to wait at the pier until the ice had been broken. "
)
RUSSIAN = "Паромная компания попросила пассажиров подождать на причале, пока не расколют лёд. "
CLUBS = (
    "По словам судьи, в турнире остались Солт-Марш Шаркс, Солт-Марш Рэмс, Солт-Марш Дакс, Солт-Марш "
    "Пэкерс, Солт-Марш Клипперс, Солт-Марш Доджерс, Солт-Марш Лэйкерс, Солт-Марш Кингс, Солт-Марш "
    "Падрес, Солт-Марш Гэлекси, Солт-Марш Рокетс, Солт-Марш Энджелс. Судьи объявили расписание, "
    "матчи начнутся вечером."
)
TABLE = (
    "Команды лиги HBL (Сан-Ремо Джетс, Сан-Ремо Рокетс, Сан-Ремо Дакс), HLS (Сан-Ремо Доджерс), ХХЛ "
    "(Сан-Ремо Кингс, Сан-Ремо Клипперс, Сан-Ремо Чарджерс), ХБА (Сан-Ремо Лэйкерс, Сан-Ремо "
    "Энджелс, Сан-Ремо Пэкерс)."
)


def article(*texts: str, headline: str | None = None, url: str | None = None) -> Article:
    return Article(tuple(map(Paragraph, texts)), headline=headline, url=url)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda row: f"{row['language']}-{row['headline']}")
def test_three_sentences_tell_their_language(sample: dict[str, str]) -> None:
    assert detect(sample["text"]) == sample["language"]


def test_every_language_that_has_a_stemmer_is_among_the_samples() -> None:
    sampled = {_stems(row["language"]) for row in SAMPLES}
    missing = [name for name in Stemmer.algorithms() if _stems(name) not in sampled]
    assert missing == ["dutch_porter", "porter"]  # other stemmers of Dutch and English


def _stems(name: str) -> tuple[str, ...]:
    """Tell stemmers apart by what they make of the samples' words; of no stemmer, nothing."""
    try:
        stemmer = Stemmer.Stemmer(name)
    except KeyError:
        return ()
    return tuple(stemmer.stemWords([w for row in SAMPLES for w in row["text"].casefold().split()]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "OK",
        "Ferry late",
        "Ny bro",
        "1 204 33,5 12.7 2023-01-04",
        "No boats today",
        "⛴️🧊🎉" * 30,
        "\x00" * 90,
    ],
)
def test_a_text_that_is_too_short_has_no_language(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ja", "橋の修理が始まる"),
        ("zh", "小镇将修复旧桥"),
        ("ko", "다리 공사가 시작된다"),
        ("th", "ซ่อมสะพานเก่า"),
        ("el", "Η γέφυρα κλείνει"),
        ("he", "העיר תתקן את הגשר הישן"),
        ("fa", "پل قدیمی بسته می‌شود"),
    ],
)
def test_a_script_that_few_languages_share_tells_more_with_fewer_letters(
    code: str, text: str
) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    "strange", ["\x00", "\x07\x1b[31m", "\x85", "\ud83d", "\ufdd0", "\uffff", "\U0010ffff",
                "\U000e0001", "🧊", "\u202e", "<b lang='de'>", "\ue000"],
)  # fmt: skip
def test_strange_characters_change_nothing(strange: str) -> None:
    assert detect(strange.join(ENGLISH.split(" "))) is not None
    assert detect(f"{strange} {ENGLISH} {strange}{ENGLISH}{strange * 40}") == "en"


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    begun = (ENGLISH * 40)[:SAMPLE]
    assert detect(begun + RUSSIAN * 12_000) == "en"
    assert of_article(article(begun, *[RUSSIAN] * 12_000)) == "en"


def test_no_more_paragraphs_are_touched_than_the_sample_needs() -> None:
    texts = iter([ENGLISH] * 12_000)
    sample_of(texts)
    assert len(list(texts)) == 12_000 - SAMPLE // len(ENGLISH) - 1


def test_capitals_missing_accents_and_brackets_do_not_hide_a_language() -> None:
    assert detect("LA BIBLIOTHÈQUE FERMERA PLUS TÔT CET HIVER, FAUTE DE CHAUFFAGE.") == "fr"
    assert detect("La bibliotheque fermera plus tot cet hiver, faute de chauffage.") == "fr"
    assert detect(f"1987 < {ENGLISH}") == "en"
    assert detect("HARBOUR BOARD RAISES ITS FORECAST FOR FREIGHT <HRB>") == "en"


def test_an_article_is_in_the_language_it_quotes_others_in() -> None:
    assert of_article(article(ENGLISH * 3, f"«{RUSSIAN}»", ENGLISH * 2)) == "en"
    assert of_article(article(f"«{RUSSIAN}»", ENGLISH, ENGLISH, ENGLISH)) == "en"


def test_a_text_full_of_foreign_names_is_not_left_open_and_a_mere_list_of_them_not_guessed() -> (
    None
):
    assert detect(CLUBS) == "ru"
    assert detect(TABLE) is None


def test_the_paragraphs_decide_and_the_headline_helps_where_they_are_few_or_say_nothing() -> None:
    assert of_article(article(ENGLISH * 5, headline=RUSSIAN * 4)) == "en"
    assert of_article(article("No boats today.", headline="Ferry is late")) == "en"
    assert of_article(article("1,204 33.5 12.7 " * 40, headline=ENGLISH)) == "en"


def test_domain_and_claim_tip_the_scale_only_where_a_text_is_unclear() -> None:
    unclear = "Byen reparerer den gamle broen"
    assert detect(unclear, Hints(claim="no")) == "no"
    assert detect("Град поправља стари мост") is None
    assert detect("Град поправља стари мост", Hints("rs")) == "sr"
    for hints in (Hints("de"), Hints(claim="de"), Hints("no", "ru"), Hints("zz", "xx")):
        assert detect(ENGLISH, hints) == "en"
    assert (
        of_article(article("Kota memperbaiki jembatan tua", url="https://x.example.id/a")) == "id"
    )
    assert of_article(article(ENGLISH, url="http://[broken/")) == "en"


def test_what_a_page_claims_is_taken_where_its_words_do_not_tell() -> None:
    short = with_language(article("Ny bro"), claim="da-DK")
    assert (short.language, short.origins["language"]) == ("da-dk", "claimed")
    long = with_language(article(ENGLISH), claim="da-DK")
    assert (long.language, long.origins["language"]) == ("en", "detected")
    assert with_language(article("Ny bro"), claim="danish").language is None


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"), ("EN", "en"), (" eng_GB ", "en-gb"), ("pt-BR", "pt-br"), ("ger", "de"),
        ("zh-Hant-TW", "zh-hant-tw"), ("cmn", "zh"), ("nob", "nb"), ("nno-NO", "nn-no"), ("iw", "he"),
        ("nso", "nso"), ("gsw-CH", "gsw-ch"),
        ("jp", None), ("english", None), ("", None), ("und", None), ("mul", None), ("e", None),
        ("en-", None), ("en;q=1", None), ("\ud800\ud800", None), ("ёж", None),
    ],
)  # fmt: skip
def test_a_language_has_one_code_whoever_wrote_it(tag: str, code: str | None) -> None:
    assert canonical(tag) == code


def languages(data: bytes, suffix: str) -> list[tuple[str | None, str | None]]:
    if suffix == ".jsonl":
        with Workers() as workers:
            results = list(jsonl.read(io.BytesIO(data), "a.jsonl", workers))
    else:
        results = list(single.read(io.BytesIO(data), "a.md", markdown.parse))
    articles = [one.article for one in results if isinstance(one, Reading)]
    return [(one.language, one.origins.get("language")) for one in articles]


def test_what_a_file_says_of_its_language_has_its_say() -> None:
    text = ENGLISH.strip()
    assert languages(f'{{"text": "{text}", "language": "ger"}}'.encode(), ".jsonl") == [
        ("de", None)
    ]
    assert languages(f"---\nlang: pt_BR\n---\n{text}\n".encode(), ".md") == [("pt-br", None)]
    assert languages(f"---\nlang: nonsense\n---\n{text}\n".encode(), ".md") == [("en", "detected")]
