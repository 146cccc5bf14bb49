"""How much a document is about a term: BM25 (Robertson and Zaragoza 2009).

`docs/ranking.md` tells what was measured for the constants and the damping.
"""

from __future__ import annotations

import math

K1, B = 1.4, 0.7

FUNCTION_WORD = 0.2
"""What a word like "the" or "about" weighs beside another as rare: it says little of the subject."""


def rarity(holding: int, documents: int) -> float:
    """Weigh a term by how few documents hold it: Lucene's inverse document frequency, damped.

    The damping, by the share of documents without the term, takes nearly all weight from a word
    that nearly every document holds.
    """
    holding = min(holding, documents)
    frequency = math.log(1 + (documents - holding + 0.5) / (holding + 0.5))
    return frequency * (1 - holding / (documents + 1))


def norm(length: float, mean_length: float) -> float:
    """Weigh how long a text is beside the others: a long one needs a word more often."""
    return K1 * (1 - B + B * length / mean_length)


def saturation(weight: float, length_norm: float) -> float:
    """Weigh how often a term stands in a text of some length: at most K1 + 1."""
    return weight * (K1 + 1) / (weight + length_norm)
