"""What of a web archive is no article, counted: thousands of pictures give one line."""

from __future__ import annotations

from collections import Counter
from typing import Final

IMAGES: Final = "image", "images"
SOUND: Final = "film or sound", "films and sounds"
CODE: Final = "script, style or data file", "scripts, styles and data files"
OTHERS: Final = "file of another type", "files of other types"
ANSWERS: Final = "answer of another status than 200", "answers of another status than 200"
REPEATS: Final = "repeat", "repeats"
EMPTY: Final = "empty answer", "empty answers"

Group = tuple[str, str]

_GROUPS = (IMAGES, SOUND, CODE, OTHERS, ANSWERS, REPEATS, EMPTY)
_CODE = ("javascript", "ecmascript", "json", "css", "font", "xml", "wasm", "protobuf")


class Tally:
    """Counts by group."""

    def __init__(self) -> None:
        self._counts: Counter[Group] = Counter()

    def add(self, group: Group) -> None:
        """Count one."""
        self._counts[group] += 1

    def __str__(self) -> str:
        return ", ".join(
            f"{count:,} {group[count > 1]}" for group in _GROUPS if (count := self._counts[group])
        )


def group_of(type_: str) -> Group:
    """Give the group of a file by the type it is declared."""
    main = type_.partition("/")[0]
    if main == "image":
        return IMAGES
    if main in {"audio", "video"}:
        return SOUND
    return CODE if any(word in type_ for word in _CODE) else OTHERS
