"""What Whoosh pickles of an index: its list of segments. Other pickles could run any code."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import BinaryIO

_KNOWN = frozenset({
    ("search.whoosh_codec", "ColumnsSegment"),
    ("search.whoosh_codec", "ColumnsCodec"),
    ("whoosh.codec.whoosh3", "W3Segment"),  # which is not ours, and then said so
    ("whoosh.codec.whoosh3", "W3Codec"),
    ("collections", "defaultdict"),
    ("builtins", "int"),
})  # fmt: skip


class _Segments(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        """Give what a segment is made of; refuse all else."""
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an index")
        return super().find_class(module, name)


def load(file: BinaryIO) -> Any:  # noqa: ANN401 - segments, or a dictionary of files
    """Read what was pickled; raise UnpicklingError where it holds anything else."""
    return _Segments(file).load()
