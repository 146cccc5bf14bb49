"""What an archive holds, whatever its form: records, and places where it is damaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final

ENDS: Final = "the archive ends in the middle of it; what came before is kept"


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a record before its block: `size` is the bytes that the block is said to have.

    `kind` is the WARC's word for what it is (`response`, `resource`, `revisit`, ...), `type` that of
    its content. `begun` says that there should be more of it elsewhere. `made` is when it was made,
    UTC, as one number (20240507063000), 0 where that is not said.
    """

    kind: str
    uri: str
    type: str
    size: int
    begun: bool = False
    made: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose block is `size` bytes from `start` on in a file that is open while it is looked at.

    Records are numbered from 1 in their archive. `cut` where the archive's file ends in the block;
    `flaw` says why its bytes cannot be trusted.
    """

    head: Head
    number: int
    file: BinaryIO
    start: int
    size: int
    cut: bool = False
    flaw: str = ""

    @property
    def uri(self) -> str:
        """The address that the record is of."""
        return self.head.uri

    def block(self, most: int, skip: int = 0) -> bytes:
        """Give so many bytes of the block at most, without the first ones."""
        self.file.seek(self.start + skip)
        return self.file.read(max(0, min(most, self.size - skip)))


@dataclass(frozen=True, slots=True)
class Damage:
    """A place of an archive that could not be read, by the number of the record that should be there."""

    number: int
    detail: str
    uri: str = ""


class Malformed(ValueError):
    """What should be the head of a record is none; `uri` is what was still read of it."""

    def __init__(self, detail: str, uri: str = "") -> None:
        super().__init__(detail)
        self.uri = uri
