"""Recoll by Debian's `recollcmd`: web pages indexed by `recollindex`, asked by `recollq`.

Each answer is a process of its own; other ways to ask it are its window and its server. Its count
may be an estimate.
"""

from __future__ import annotations

import html
import os
import re
import resource
import subprocess
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bench.machine import folder_mb
from bench.speed_corpus import Record, records
from bench.speed_engines import Answer, Asked
from bench.speed_queries import Query

_CANNOT = {"fuzzy", "facets", "paragraphs"}
_SETTINGS = "topdirs = {0}\nloglevel = 1\nnoaspell = 1\n"
_FOLDER_SIZE = 1_000


def version(argument: str) -> str:  # noqa: ARG001 - each adapter has it
    """Name the engine."""
    done = subprocess.run(["recollindex", "-h"], capture_output=True, text=True, check=False)
    found = re.search(r"Recoll version: (.*)", done.stdout + done.stderr)
    return found[1] if found else "Recoll"


def build(argument: str, corpus: Path, size: int, folder: Path) -> dict[str, Any]:  # noqa: ARG001
    """Write the articles as files, which is not measured, and index them."""
    pages, settings = folder / "pages", folder / "settings"
    for one in records(corpus, size):
        _write(pages, one)
    settings.mkdir()
    (settings / "recoll.conf").write_text(_SETTINGS.format(pages))
    start = time.perf_counter()
    subprocess.run(["recollindex", "-c", str(settings)], capture_output=True, check=True)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    mb = folder_mb(settings / "xapiandb")
    return {
        "seconds": seconds,
        "articles": _count([*_command(folder), "mime:*"]),
        "mb": mb,
        "peak_mb": peak,
    }


def _write(pages: Path, one: Record) -> None:
    """Write an article as a web page that was last changed on its date."""
    place = pages / str(one["id"] // _FOLDER_SIZE)
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{one['id']}.html"
    title, tags = html.escape(one["headline"]), html.escape(", ".join(one["tags"]))
    body = "\n".join(f"<p>{html.escape(text)}</p>" for text in one["paragraphs"])
    path.write_text(
        f'<html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="keywords" content="{tags}"></head><body>{body}</body></html>'
    )
    moment = datetime.fromisoformat(f"{one['date']}T12:00:00+00:00").timestamp()
    os.utime(path, (moment, moment))


def open_index(argument: str, folder: Path) -> Asked:  # noqa: ARG001
    """Ask by a process each."""

    def ready(query: Query) -> Answer | None:
        if query.kind in _CANNOT:
            return None
        order = ["-S", "mtime", "-D"] if query.kind == "sort by date" else []
        return partial(_count, [*_command(folder), *order, _text(query)])

    return ready


def cold_command(argument: str, python: str, folder: Path, word: str) -> list[str]:  # noqa: ARG001
    """Answer a word; no Python takes part."""
    return [*_command(folder), word]


def _command(folder: Path) -> list[str]:
    return ["recollq", "-c", str(folder / "settings"), "-n", "10"]


def _count(command: list[str]) -> int:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"^(\d+) results", done.stdout, re.MULTILINE)
    return int(found[1]) if found else 0


def _text(query: Query) -> str:
    """Write a query in Recoll's language; its slack counts the words between."""
    words = " ".join(query.words)
    match query.kind:
        case "OR":
            return " OR ".join(query.words)
        case "NOT":
            return f"{words} -{query.without}"
        case "phrase":
            return f'"{words}"'
        case "near":
            return f'"{words}"po{query.distance - 1}'
        case "prefix":
            return f"{words}*"
    if query.headline:
        return f"{words} title:{query.headline}"
    if query.tag:
        return f"{words} keyword:{query.tag}"
    return f"{words} date:{query.first}/{query.last}" if query.first else words
