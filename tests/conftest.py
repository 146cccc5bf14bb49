"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real articles to measure on; a user's checkout does not have it."""
    folder = Path(os.environ.get("CUTTINGS_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("no shared data (set CUTTINGS_SHARED)")
    return folder
