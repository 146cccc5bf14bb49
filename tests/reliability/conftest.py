"""Long tests of what always holds: `make test-reliability`; the whole of them by hand, see docs/reliability.md."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reliability.faults import Runs

WHOLE = "CUTTINGS_RELIABILITY"
"""This variable, set to `whole`, asks for the numbers of a run by hand instead of CI's."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these out of `make test`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.reliability)


def trials(ci: int, whole: int) -> int:
    """Give how often something is tried: in CI, or by hand once."""
    return whole if os.environ.get(WHOLE) == "whole" else ci


@pytest.fixture(scope="session")
def strace() -> str:
    """Give the path of strace; a machine without it skips, CI fails."""
    return _needed("strace")


@pytest.fixture(scope="session")
def runs(strace: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """Give what runs commands, whole or spoiled at a system call."""
    opened = Runs(strace, tmp_path_factory.mktemp("runs"))
    yield opened
    opened.close()


def _needed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        say: Callable[[str], object] = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"{program} is not installed (Debian: apt-get install {program})")
    assert found is not None
    return found
