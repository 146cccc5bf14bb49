# mypy: allow-untyped-calls, disable-error-code="misc"
# (Whoosh is typed in part)
"""A posting list as Whoosh's own searchers walk through it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from whoosh.matching.mcore import ListMatcher

from search.whoosh_fields import pack_positions
from search.whoosh_postings import COUNTS, DOCUMENTS, PLACES, WEIGHTS

if TYPE_CHECKING:
    from whoosh.formats import Format
    from whoosh.reading import TermInfo

    from search.whoosh_postings import PostingList


class _Packed:
    """The places of each posting, packed as Whoosh expects them when one is asked for."""

    def __init__(self, postings: PostingList) -> None:
        self._places = postings.numbers(PLACES)
        self._ends = list(accumulate(postings.numbers(COUNTS), initial=0))

    def __getitem__(self, row: int) -> bytes:
        return pack_positions(self._places[self._ends[row] : self._ends[row + 1]])

    def __len__(self) -> int:
        return len(self._ends) - 1


class ListedMatcher(ListMatcher):
    """A matcher on a posting list; weights and places are read when they are asked for."""

    def __init__(
        self,
        postings: PostingList,
        format_: Format,
        *,
        scorer: Any,  # noqa: ANN401 - as Whoosh has it
        term: tuple[str, bytes],
        terminfo: TermInfo,
    ) -> None:
        self.postings = postings
        self._ids: array[int] = postings.numbers(DOCUMENTS)
        self._i = 0
        self._all_weights = None
        self._format, self._scorer, self._term, self._terminfo = format_, scorer, term, terminfo

    @cached_property
    def _weights(self) -> array[float]:
        return array("f", self.postings.numbers(WEIGHTS))

    @cached_property
    def _values(self) -> _Packed:
        return _Packed(self.postings)

    def copy(self) -> ListedMatcher:
        """Make another at the same posting."""
        made = ListedMatcher(
            self.postings,
            self._format,
            scorer=self._scorer,
            term=self._term,
            terminfo=self._terminfo,
        )
        made._i = self._i
        return made

    def skip_to(self, id: int) -> None:  # noqa: A002 - as Whoosh has it
        """Go to the first posting of this document or a later one."""
        self._i = bisect_left(self._ids, id, self._i)

    def skip_to_quality(self, minquality: float) -> int:
        """Go to where postings may weigh more: the list is one block."""
        if self.is_active() and self.block_quality() <= minquality:
            self._i = len(self._ids)
        return 0

    def block_max_weight(self) -> float:
        """Give the largest weight."""
        most: float = self._terminfo.max_weight()
        return most
