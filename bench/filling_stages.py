"""Filling a library through the command, with the CPU time of each stage."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

from bench.machine import one_core
from bench.stages import Stages


def stages(folder: str, source: str) -> dict[str, Any]:
    """Fill a library and sum up the CPU time of each stage."""
    import cli

    one_core()
    found = Stages()
    _watch(found)
    _watch_statements(found)
    library = str(Path(folder) / f"staged-{source}")
    sys.argv = ["cuttings", "ingest", str(Path(folder) / source), "--library", library]
    with (
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
        suppress(SystemExit),
        found.stage("reading: files, lines, JSON; the command itself"),
    ):
        cli.main()
    return {"seconds": dict(found.seconds)}


def _watch(found: Stages) -> None:
    from whoosh.writing import SegmentWriter

    from db import batch, intake, reader, rows, store
    from ingest import apart, single, text
    from ingest.exports import apps
    from library import batching, indexing
    from search import whoosh_document_columns, whoosh_engine, whoosh_lists, whoosh_segment_writer

    for owner, function, name in (
        (apps, "saved_of", "reading: fields, dates, clean text"),
        (text, "parse", "reading: fields, dates, clean text"),
        (apart, "with_language", "reading: language"),
        (single, "with_language", "reading: language"),
        (store.Store, "record", "storing: which article it is, rows, SQLAlchemy"),
        (intake, "storable", "storing: look for halves of characters"),
        (intake.Input, "of", "storing: keys and hashes"),
        (rows, "paragraph_rows", "storing: paragraphs as rows, their hashes"),
        (rows, "original_row", "storing: originals compressed"),
        (rows, "word_count", "storing: words counted"),
        (batch.Batch, "_insert_paragraphs", "storing: paragraphs as statements"),
        (indexing.Indexing, "drain", "index: all else"),
        (reader.Reader, "_some_articles", "index: articles read back"),
        (batching, "document", "index: analysis"),
        (whoosh_engine.WhooshEngine, "commit", "index: all else"),
        (whoosh_segment_writer.ListsWriter, "add_document", "index: words numbered"),
        (whoosh_lists.Inverter, "lists", "index: posting lists sorted"),
        (whoosh_segment_writer, "join", "index: segments merged"),
        (whoosh_segment_writer, "read", "index: segments merged"),
        (SegmentWriter, "_flush_segment", "index: files written"),
        (whoosh_document_columns.DocumentColumns, "write", "index: files written"),
    ):
        found.watch(owner, function, name)


def _watch_statements(found: Stages) -> None:
    from sqlalchemy import event

    from db import store
    from db.connect import make_engine

    def before(_: Any, __: Any, statement: str, *___: Any) -> None:
        words = statement.replace('"', "").split()
        found.begin(f"SQLite: {words[2] if words[:2] == ['INSERT', 'INTO'] else 'all else'}")

    def watched(path: Path) -> Any:
        engine = make_engine(path)
        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", lambda *_: found.end())
        found.watch(engine.dialect, "do_commit", "SQLite: commit")
        found.watch(engine.dialect, "do_close", "SQLite: close, and with it checkpoint")
        return engine

    vars(store)["make_engine"] = watched
