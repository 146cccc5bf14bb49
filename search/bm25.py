"""How much a document is about a term: BM25 (Robertson and Zaragoza 2009), as Lucene weighs it."""

from __future__ import annotations

import math

K1, B = 1.2, 0.75  # their usual values

SCORED = frozenset({"text", "headline", "exact", "headline_exact"})  # other fields only filter


def rarity(holding: int, documents: int) -> float:
    """Weigh a term by how few documents hold it (the inverse document frequency)."""
    return math.log(1 + (documents - min(holding, documents) + 0.5) / (holding + 0.5))


def norm(length: float, mean_length: float) -> float:
    """Weigh how long a text is beside the others: a long one needs a word more often."""
    return K1 * (1 - B + B * length / mean_length)


def saturation(weight: float, length_norm: float) -> float:
    """Weigh how often a term stands in a text of some length: at most K1 + 1."""
    return weight * (K1 + 1) / (weight + length_norm)
