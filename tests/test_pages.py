"""What the pages show is what a person sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.served import SHOWN, served
from tests.transcript import ROOT, Desk, steps

PAGES = [
    path
    for path in (
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / "tests/cli").glob("*.md")),
    )
    if "```console" in path.read_text("utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_command_of_a_page_shows_what_the_page_says(
    page: Path, programs: Path, tmp_path: Path
) -> None:
    desk = Desk.new(tmp_path, None if page.name == "README.md" else programs)
    with served() as site:
        here = f"127.0.0.1:{site.port}"
        desk.rename(SHOWN, here)
        for step in steps(page.read_text("utf-8")):
            shown = desk.show(step.command.replace(SHOWN, here))
            shown = shown.replace(str(tmp_path), "~").replace(here, SHOWN)
            assert shown == step.shown, f"$ {step.command}"


def test_every_page_that_is_linked_exists() -> None:
    import re

    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    ]
    local = [(page, link) for page, link in links if "://" not in link]
    assert local
    missing = [f"{page.name}: {link}" for page, link in local if not (page.parent / link).exists()]
    assert missing == []
