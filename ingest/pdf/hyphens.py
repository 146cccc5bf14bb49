"""Whether a print parts words at its lines' ends, by hyphens that were not in the text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ingest.hyphens import parted

SHARE = 0.04
"""Of the lines that run on, so many end in a hyphen before a small letter; compounds alone are fewer."""

FEWEST = 3


def hyphenates(blocks: Iterable[list[str]]) -> bool:
    """Whether hyphens at line ends are too many to be all the writer's own."""
    pairs = [pair for lines in blocks for pair in pairwise(lines)]
    hyphens = sum(parted(line) and after[:1].islower() for line, after in pairs)
    return hyphens >= FEWEST and hyphens > SHARE * len(pairs)
