"""The texts, paragraphs and sentences of many documents at once: `search.layout` in arrays."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search.layout import PARAGRAPH_GAP, ZONES
from search.whoosh_array_places import LAST, end_of_document, place, ranges, start_of_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.whoosh_arrays import Integers, Mask


@dataclass(frozen=True, slots=True)
class Texts:
    """The places where texts, paragraphs and sentences begin, ascending, and the zones of texts."""

    texts: Integers
    zones: Integers
    paragraphs: Integers
    sentences: Integers

    def lie_in(self, zone: str, places: Integers) -> Mask:
        """Mark the places that lie in a zone."""
        at = np.searchsorted(self.texts, places, side="right")
        padded = np.append(-1, self.zones)
        mask: Mask = padded[at] == ZONES.index(zone)
        return mask


def stretch(starts: Integers, places: Integers) -> tuple[Integers, Integers]:
    """Give the first and last place of the sentence, or paragraph, that each place lies in."""
    at = np.searchsorted(starts, places, side="right")
    low = np.append(-1, starts)[at]
    high = np.append(starts, LAST)[at] - 1
    return np.maximum(low, start_of_document(places)), np.minimum(high, end_of_document(places))


def read(documents: Integers, packed: Sequence[bytes]) -> Texts:
    """Unpack the layouts of documents."""
    numbers, sizes = _numbers(packed)
    heads = _heads(numbers)
    document = documents[np.searchsorted(np.cumsum(sizes), heads, side="right")]
    ordinals, zones, counts = (numbers[heads + column] for column in range(3))
    before = np.append(0, np.cumsum(numbers))
    first = heads + 3
    texts = _starts(document, before[first + counts] - before[first])
    sentences = np.repeat(texts - before[first], counts) + before[ranges(first, counts)]
    return Texts(texts, zones, texts[_new_paragraphs(ordinals)], sentences)


def _starts(document: Integers, words: Integers) -> Integers:
    """Give the places where texts of so many words begin."""
    behind = np.cumsum(words + PARAGRAPH_GAP)
    before = behind - words - PARAGRAPH_GAP
    return place(document, before - before[np.searchsorted(document, document)])


def _new_paragraphs(ordinals: Integers) -> Mask:
    """Mark the texts that are no credit of the paragraph before; `stretch` parts documents."""
    new = np.ones(len(ordinals), np.bool_)
    new[1:] = (ordinals[1:] != ordinals[:-1]) | (ordinals[1:] == 0)
    return new


def _numbers(packed: Sequence[bytes]) -> tuple[Integers, Integers]:
    """Give the numbers of all layouts one behind the other, and how many each has."""
    if {one[:1] for one in packed} <= {b"H", b""}:
        joined = np.frombuffer(b"".join([one[1:] for one in packed]), np.uint16)
        return joined.astype(np.int64), np.array([len(one) // 2 for one in packed], np.int64)
    each = [np.frombuffer(one[1:], one[:1].decode() or "H") for one in packed]
    sizes = np.array([len(one) for one in each], np.int64)
    return np.concatenate(each).astype(np.int64), sizes


def _heads(numbers: Integers) -> Integers:
    """Find where texts begin: ordinal, zone, number of sentences, and their words."""
    listed, found, at = array("q", numbers.tobytes()), [], 0
    while at < len(listed):
        found.append(at)
        at += 3 + listed[at + 2]
    return np.array(found, np.int64)
