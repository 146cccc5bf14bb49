"""A parser that does what its file's name says, as the worst of libraries do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from types import MappingProxyType

from accession import Reason
from article import Article, Author, Kind, Link, Paragraph, Precision, Published
from ingest.parsed import Given, Parsed, Unread

WHOLE = Article(
    paragraphs=(Paragraph("One \ud800 two", Kind.CAPTION, "Anna / AFP", "https://a.example"),),
    headline="Ferry strike",
    authors=(Author("Anna Lind", "https://a.example/anna"), Author("AFP")),
    published=Published("2021-11-04", Precision.TIME, "2021-11-04T10:00:00+02:00"),
    language="sv",
    tags=("sea",),
    links=(Link("related", "https://a.example/2", "More"),),
    origins=MappingProxyType({"headline": "json-ld"}),
)


def parse(given: Given) -> Iterator[Parsed | Unread]:
    match given.name:
        case "whole":
            print("what a library prints")
            yield Parsed(WHOLE, "odd", ("a warning",), "sv", "chapter 1", b"\x00\xff")
            yield Unread(Reason.ENCRYPTED, f"{len(given.data)} {given.password}", "chapter 2")
        case "long":
            yield Parsed(WHOLE, "odd", data=given.data)
        case "crashes":
            yield Parsed(WHOLE, "odd")
            sys.stdout.flush()
            os.abort()
        case "hangs":
            while True:
                pass
        case "swells":
            bytearray(4 << 30)
        case "swells and frees":
            bytearray(600 << 20)
            yield Parsed(WHOLE, "odd")
        case "raises":
            raise LookupError("no\nsuch thing")
        case name:
            yield Parsed(Article((Paragraph(name),)), "odd")
