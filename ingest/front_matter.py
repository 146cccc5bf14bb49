"""Read the front matter of a Markdown text: YAML between two rules on top."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

_FRONT_MATTER = re.compile(
    r"\s*^---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE
)
LARGEST = 100_000
"""Longer front matter, in characters, is text that happens to begin with a rule."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values by lower-cased name, each a list of texts; `broken` holds the lines of unreadable YAML."""

    values: dict[str, list[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def take(self, *names: str) -> list[str]:
        """Give the first of these names that has a value, and take that name out."""
        return next((self.values.pop(name) for name in names if self.values.get(name)), [])


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Part front matter and text; unreadable YAML is kept as lines, so that nothing is lost."""
    found = _FRONT_MATTER.match(text[: LARGEST + 10])
    if not found:
        return FrontMatter(), text
    read = _read(found["yaml"])
    rest = text[found.end() :]
    if read is None:
        return FrontMatter(
            broken=[line for line in found["yaml"].splitlines() if line.strip()]
        ), rest
    return FrontMatter({str(name).lower(): _texts(value) for name, value in read.items()}), rest


def _read(source: str) -> dict[Any, Any] | None:
    import yaml

    try:
        # The loader that makes texts of all scalars is as safe, and leaves dates and their offsets alone.
        read = yaml.load(source, Loader=_strings())  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return read if isinstance(read, dict) else None if read else {}


@cache
def _strings() -> type[yaml.SafeLoader]:
    import yaml

    class Strings(yaml.SafeLoader):
        """Takes every value as text, and no aliases: a few of them stand for billions of values."""

        yaml_implicit_resolvers = {}  # noqa: RUF012 - the name and kind are PyYAML's

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("front matter with an alias")
            return super().compose_node(parent, index)

    return Strings


def _texts(value: object) -> list[str]:
    """Flatten a value to texts: lists one level deep, `{name: …}` to the name."""
    if isinstance(value, list):
        return [text for item in value if not isinstance(item, list) for text in _texts(item)]
    if isinstance(value, dict):
        named = value.get("name") or value.get("title")
        return (
            [str(named)]
            if named
            else [f"{key}: {one}" for key, one in value.items() if isinstance(one, str)]
        )
    text = " ".join(str(value).split()) if value is not None else ""
    return [text] if text else []
