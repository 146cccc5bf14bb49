"""Blocks from the tags of a PDF: what its maker says is a paragraph is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ingest.pdf.blocks import Block, Path, on_one_line
from ingest.pdf.tags import Leaf
from ingest.pdf.words import Word

_WHOLE = frozenset(
    (
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "LI",
        "LBody",
        "Lbl",
        "BlockQuote",
        "Caption",
        "TD",
        "TH",
        "Title",
        "DT",
        "DD",
        "Note",
        "Formula",
    )
)
"""Elements that are one block, however many pieces they have; their own name is the block's role."""


def blocks_of(pages: Iterable[tuple[list[Leaf], list[Word]]]) -> list[Block]:
    """Give a file's blocks in reading order, those that go on over a page's end made whole.

    An element has the same path on every page it stands on. One that says the same on several is a
    banner that is printed over each of them, and kept once.
    """
    blocks: list[Block] = []
    by_path: dict[Path, Block] = {}
    for number, (leaves, words) in enumerate(pages):
        for block in _page_blocks(leaves, words, number):
            earlier = by_path.get(block.path) if block.role else None
            if earlier and earlier.page < number:
                if _written(block) not in _written(earlier):
                    earlier.words.extend(block.words)
            elif blocks and _one(blocks[-1], block):
                blocks[-1].words.extend(block.words)
            else:
                blocks.append(block)
                by_path[block.path] = block
    return blocks


def _written(block: Block) -> str:
    return " ".join(word.text for word in block.words)


def _page_blocks(leaves: list[Leaf], words: list[Word], number: int) -> Iterator[Block]:
    """Give the blocks of one page."""
    marked: defaultdict[int, list[Word]] = defaultdict(list)
    for word in words:
        marked[word.mark].append(word)
    last: Block | None = None
    for leaf in leaves:
        found = marked.pop(leaf.mark, None)
        if not found:
            continue
        for word in found:
            word.linked = word.linked or "Link" in leaf.kinds
        role, path = _whole(leaf)
        if last and last.path[:-1] == path[:-1] and _run_together(last.words[-1], found[0]):
            found[0].glued = False
        if last and last.path == path:
            last.words.extend(found)
            continue
        if last:
            yield last
        last = Block(found, number, role, leaf.kinds, path)
    if last:
        yield last


def _run_together(one: Word, other: Word) -> bool:
    """Whether two pieces of text touch that a style sheet would have set apart: `Jane RoeDec 4`."""
    return (
        other.glued
        and (one.text[-1:].islower() or one.text[-1:].isdigit())
        and (other.text[:1].isupper())
    )


def _whole(leaf: Leaf) -> tuple[str, Path]:
    """Give the innermost element that is a block in itself, else the box around the text."""
    for depth in range(len(leaf.kinds) - 1, -1, -1):
        if leaf.kinds[depth] in _WHOLE:
            return leaf.kinds[depth], leaf.path[: depth + 1]
    return "", leaf.path[:-1]


def _one(block: Block, following: Block) -> bool:
    """Whether the second block goes on with the first."""
    if block.path == following.path:
        return True
    if block.role or following.role:
        return False
    one, other = block.words[-1], following.words[0]
    shorter = min(len(block.path), len(following.path)) - 1
    if block.path[:shorter] != following.path[:shorter]:
        return False
    return on_one_line(one, other) and -one.size < other.x0 - one.x1 < 1.5 * one.size
