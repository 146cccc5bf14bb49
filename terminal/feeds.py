"""What became of feeds that were named."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from terminal.safe import safe


def write_added(feeds: Iterable[tuple[str, bool]]) -> None:
    """Write a line for each feed, and how to go on."""
    some = False
    for url, new in feeds:
        print(f"{'added' if new else 'unchanged':<10} {safe(url)}")
        some = some or new
    if some:
        print("To take in what is in them: cuttings feeds update", file=sys.stderr)


def write_removed(feeds: Iterable[tuple[str, bool]]) -> None:
    """Write a line for each feed; one that was none goes to standard error."""
    for url, was in feeds:
        if was:
            print(f"{'removed':<10} {safe(url)}")
        else:
            print(f"{safe(url)} is not followed", file=sys.stderr)
