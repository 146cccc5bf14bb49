"""Every attack on `cuttings sql`, put to the process that people use."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from db.errors import SqlError
from db.sql import MEMORY, run
from db.store import Store
from tests.db.attacks import attacks, spelt, state
from tests.db.making import HARBOUR, ORCHARD, article, outcomes, reading

SECONDS = 0.5


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "cuttings.db"
    store = Store(path, path.with_name("write.lock"))
    outcomes(store, reading(article(*HARBOUR)), reading(article(*ORCHARD), "/b.txt"))
    store.close()
    list(run(path, "SELECT 1"))
    return path


@pytest.mark.parametrize("name", ["refused", "endless", "answered"])
def test_no_attack_changes_anything_or_outlasts_its_limits(library: Path, name: str) -> None:
    before = state(library.parent)
    for attack in attacks(name):
        begin, said = time.monotonic(), ""
        try:
            list(
                run(
                    library,
                    spelt(attack, library.parent),
                    seconds=SECONDS if name == "endless" else 10,
                    max_rows=1000,
                )
            )
        except SqlError as error:
            said = str(error)
        assert bool(said) == (name != "answered"), attack
        assert "\n" not in said, attack
        assert "took longer" not in said or name == "endless", attack
        assert time.monotonic() - begin < SECONDS + 1.5 or name != "endless", attack
        assert state(library.parent) == before, attack
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MEMORY + (64 << 20)
