"""Fixtures that every room's tests share, and the count of tests that had no real articles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.transcript import Desk
from tests.warm_program import warm_program

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_DATA = "no shared data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real articles to measure on; a user's checkout does not have it."""
    folder = Path(os.environ.get("CUTTINGS_SHARED", ROOT.parent / "shared")).resolve()
    if not (folder / "data").is_dir():
        pytest.skip(f"{WITHOUT_DATA} (set CUTTINGS_SHARED)")
    return folder


@pytest.fixture(scope="session")
def programs() -> Iterator[Path]:
    """Give a folder with a `cuttings` that starts at once, for tests that run it many times."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        with warm_program(place, Desk(place).environment()) as programs:
            yield programs


def _skipped_for_want_of_data(reporter: pytest.TerminalReporter) -> int:
    skipped = reporter.stats.get("skipped", [])
    return sum(WITHOUT_DATA in str(report.longrepr) for report in skipped)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what is measured on real articles out of `make test`."""
    for item in items:
        if item.path.stem.endswith("_floors"):
            item.add_marker(pytest.mark.floors)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    count = _skipped_for_want_of_data(terminalreporter)
    if count:
        terminalreporter.write_line(
            f"{count} tests skipped for want of real articles (CUTTINGS_SHARED)"
        )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail in CI, which has the real articles, if any test went without them."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and _skipped_for_want_of_data(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes by its argument: bytes may hold the time they were made at."""
    return argname if isinstance(val, bytes) else None
