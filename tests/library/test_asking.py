"""A query put to a library."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from library.asking import matching_ids, read
from library.folder import Folder
from library.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ["en-GB", "eng", "de", "nob", "nn"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    lines = [
        {"title": f"Report {n}", "text": "Oil", "language": code}
        for n, code in enumerate(LANGUAGES, 1)
    ]
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    with Library(Folder(tmp_path_factory.mktemp("asked") / "library")) as library:
        assert len(list(library.ingest(["-"], io.BytesIO(data)))) == len(LANGUAGES)
        library.indexing.drain()
        yield library


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("lang:en", {1, 2}),
        ("lang:EN-gb", {1}),
        ("lang:en_GB", {1}),
        ("lang:eng", {1, 2}),
        ("lang:eng-gb", {1}),
        ("lang:(ger OR deu)", {3}),
        ('lang:"deu"', {3}),
        ("lang:nb", {4}),
        ("lang:nor", {4, 5}),
        ("lang:no", {4, 5}),
        ("lang:german", set()),
        ("-lang:eng", {3, 4, 5}),
    ],
)
def test_a_language_is_asked_for_in_any_spelling_of_its_code(
    shelf: Library, query: str, ids: set[int]
) -> None:
    assert matching_ids(shelf, read(shelf, query)) == ids


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("한국 경제 성장률이 높아졌다.", '"한국 경제"'),
        ("한국 경제 성장률이 높아졌다.", '"한국 경제 성장률이"'),
        ("한국경제 성장률이 높아졌다.", '"한국 경제"'),
        ("한국 경제 성장률이 높아졌다.", '="경제 성장률"'),
        ("昨天 北京 天安门 广场 很安静。", '"北京 天安门 广场"'),
        ("昨天,北京天安门广场很安静。", '"北京 天安门"'),
        ("北京 2022 冬奥会开幕。", '"北京 2022 冬奥会"'),
        ("เรือ ข้ามฟาก มาสาย", '"เรือ ข้ามฟาก"'),
    ],
)
def test_a_phrase_with_spaces_is_found_in_scripts_that_may_do_without(
    library: Library, text: str, query: str
) -> None:
    others = ["경제 한국 성장률이 높아졌다.", "天安门 北京 2022", "ข้ามฟาก เรือ"]
    lines = [json.dumps({"id": n, "text": one}) for n, one in enumerate([text, *others])]
    list(library.ingest(["-"], io.BytesIO("\n".join(lines).encode())))
    library.indexing.drain()
    assert matching_ids(library, read(library, query)) == {1}
