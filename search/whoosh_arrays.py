"""One segment's columns and posting lists as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from search.document import HEADLINE_WEIGHT
from search.whoosh_lists import stretches
from search.whoosh_postings import COUNTS, DOCUMENTS, PLACES, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from search.scoring import Weigher
    from search.whoosh_array_texts import Texts
    from search.whoosh_postings import PostingList
    from search.whoosh_reader import Segment

    Integers = npt.NDArray[np.int64]  # document numbers, ascending, or positions
    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]  # which of a segment's documents

_MANY = 4  # where a fourth of the documents is asked for, all are read: others will be soon


class Arrays:
    """What is read of a segment. A `within` names the documents that are asked for, None all."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.count = segment.reader.doc_count_all()
        self.live: Mask | None = None
        if segment.reader.has_deletions():
            self.live = np.zeros(self.count, np.bool_)
            self.live[list(segment.live())] = True
        self._columns: dict[str, Integers] = {}
        self._norms: Floats | None = None
        self._texts: Texts | None = None

    def column(self, name: str) -> Integers:
        """Give a column by document number."""
        if name not in self._columns:
            self._columns[name] = np.array(self.segment.column(name), np.int64)
        return self._columns[name]

    def norms(self, weigher: Weigher) -> Floats:
        """Weigh the length of each document; a segment's reader has one weigher."""
        if self._norms is None:
            norm: Any = weigher.norm  # for arrays as for numbers
            self._norms = norm(self.column("words"))
        return self._norms

    def texts(self, within: Mask) -> Texts:
        """Give the texts of some documents; all are kept once many are asked for."""
        from search.whoosh_array_texts import read  # a question for whole documents does without

        if self._texts is None:
            documents = np.flatnonzero(within)
            if len(documents) < self.count // _MANY:
                return read(documents, self.segment.layouts(documents.tolist()))
            self._texts = read(np.arange(self.count), self.segment.layouts(range(self.count)))
        return self._texts

    def everything(self, within: Mask | None = None) -> Integers:
        """Give all documents."""
        mask = self.kept(within)
        return np.arange(self.count) if mask is None else np.flatnonzero(mask)

    def kept(self, within: Mask | None) -> Mask | None:
        """Leave deleted documents out of what is asked for."""
        if within is None or self.live is None:
            return self.live if within is None else within
        return within & self.live

    def weights(
        self, field: str, key: bytes, within: Mask | None = None
    ) -> tuple[Integers, Integers]:
        """Give the documents that hold a key, and how often, headline words counted more."""
        found = self.segment.terms.postings_of(field, key)
        if found is None:
            return _NONE, _NONE
        documents, weights = _column(found, DOCUMENTS), _column(found, WEIGHTS)
        return self._chosen(documents, weights, within)

    def headlines(
        self, field: str, key: bytes, within: Mask | None = None
    ) -> tuple[Integers, Integers]:
        """Give the documents that hold a key in their headlines, and how often."""
        found = self.segment.terms.postings_of(field, key)
        if found is None:
            return _NONE, _NONE
        more = _column(found, WEIGHTS) - _column(found, COUNTS)
        held = np.flatnonzero(more)
        documents = _column(found, DOCUMENTS)[held]
        return self._chosen(documents, more[held] // (HEADLINE_WEIGHT - 1), within)

    def holding(self, field: str, keys: Iterable[bytes]) -> Mask:
        """Mark the documents that hold one of some keys, deleted ones too."""
        mask = np.zeros(self.count, np.bool_)
        for found in self.segment.terms.lists_of(field, keys):
            mask[_column(found, DOCUMENTS)] = True
        return mask

    def places(self, field: str, key: bytes, within: Mask) -> tuple[Integers, Integers]:
        """Give (document, position) of each place of a key, ascending."""
        found = self.segment.terms.postings_of(field, key)
        if found is None:
            return _NONE, _NONE
        documents, counts = _column(found, DOCUMENTS), _column(found, COUNTS)
        places = _column(found, PLACES)
        chosen = within[documents]
        if not chosen.all():
            rows = np.flatnonzero(chosen)
            places = places[stretches(counts, rows)]  # type: ignore[arg-type]
            documents, counts = documents[rows], counts[rows]
        return np.repeat(documents, counts), places

    def _chosen(
        self, documents: Integers, values: Integers, within: Mask | None
    ) -> tuple[Integers, Integers]:
        mask = self.kept(within)
        if mask is None:
            return documents, values
        chosen = mask[documents]
        return documents[chosen], values[chosen]


_NONE = np.zeros(0, np.int64)


def _column(postings: PostingList, column: int) -> Integers:
    raw = np.frombuffer(postings.raw(column), f"<{postings.code(column)}")
    return raw.astype(np.int64)
