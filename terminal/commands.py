"""What all commands share: the library they work on, and how errors end."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

from terminal.safe import safe
from terminal.silence import silence
from terminal.wrap import cells

if TYPE_CHECKING:
    from library.library import Library


def library_at(option: Path | None) -> Library:
    """Give the library a command works on."""
    from library.folder import choose
    from library.library import Library

    return Library(choose(option), notify)


def index(library: Library) -> None:
    """Bring the index in step, showing how far it is."""
    from terminal.progress import Meter

    with Meter("Indexing") as meter:
        library.indexing.drain(meter)


def notify(line: str) -> None:
    """Say, beside the answer, what was done by itself or is going to be done."""
    print(safe(line), file=sys.stderr)


def refuse_options(words: Sequence[str], command: str = "search") -> None:
    """Refuse a mistyped option among the words of a query, where only `-word` has a meaning."""
    for word in words:
        if word.startswith("--"):
            raise typer.BadParameter(
                f"{safe(word)} is no option here; see: cuttings {command} --help"
            )


def refuse_together(one: str, given: bool, other: str, also: bool) -> None:
    """Refuse two options that say opposite things."""
    if given and also:
        raise typer.BadParameter(f"{one} does not go with {other}")


class Queries(TyperCommand):
    """A command whose words are a query: `-harbour` is one of them, and only a lone -h asks for help."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # Typer hides the base class
        """Read the arguments."""
        return super().parse_args(ctx, ["--help"] if args == ["-h"] else args)


_ORDER = [
    "ingest",
    "watch",
    "failures",
    "preview",
    "formats",
    "search",
    "suggest",
    "similar",
    "family",
    "why",
    "show",
    "original",
    "history",
    "diff",
    "first-seen",
    "list",
    "links",
    "feeds",
    "sql",
    "schema",
    "stats",
    "edit",
    "tag",
    "untag",
    "tags",
    "reparse",
    "remove",
    "undo",
    "purge",
    "export",
    "backup",
    "verify",
    "restore",
    "reindex",
    "doctor",
    "demo",
]


class Commands(TyperGroup):
    """The commands; every error of ours ends in a line or two and an exit code of the one table."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override] # Typer hides the base class
        """Give the names as the help lists them: taking in, finding, reading, mending, caring."""
        return sorted(super().list_commands(ctx), key=_ORDER.index)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override] # Typer hides the base class
        """Read what stands before a command's name."""
        with _safe_words():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override] # Typer hides the base class
        """Run a command."""
        try:
            with _safe_words():
                result: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            silence(sys.stdout)
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            from terminal.exits import Exit

            print(_STOPPED, file=sys.stderr)
            raise typer.Exit(Exit.INTERRUPTED) from None
        except Exception as error:
            _end(error)
            raise
        return result


@contextmanager
def _safe_words() -> Iterator[None]:
    """Make errors harmless that say again what was typed."""
    try:
        yield
    except typer.TyperException as error:
        error.message = safe(error.message)
        raise


_AROUND = 40
_STOPPED = "\nStopped. What was reported as stored is safe; the same command again carries on."


def _end(error: Exception) -> None:
    """Show an error of ours and exit with its code; leave others to be seen as the defects they are."""
    from terminal.exits import code_of

    if isinstance(error, typer.Exit | typer.Abort):
        return
    code = code_of(error)
    if code is not None:
        print(_words(error), file=sys.stderr)
        raise typer.Exit(code) from None


def _words(error: Exception) -> str:
    from library.errors import QueryError

    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return safe(f"{where}{error.strerror or error}. Nothing that was stored is lost.")
    if not isinstance(error, QueryError):
        return safe(str(error))
    lines = [
        f"The query cannot be read: {safe(error.message)}",
        *pointed(error.query, error.position),
    ]
    if error.suggestion:
        lines.append(f"Did you mean:  {safe(error.suggestion)}")
    return "\n".join(lines)


def pointed(query: str, position: int) -> list[str]:
    """Give the part of a query around a position, and a line with a `^` under it."""
    start = max(position - _AROUND, 0)
    before, after = safe(query[start:position]), safe(query[position : position + _AROUND])
    if not before + after:
        return []
    return [f"  {before}{after}", "  " + " " * cells(before) + "^"]
