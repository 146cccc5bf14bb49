# mypy: allow-untyped-calls, disable-error-code="attr-defined"
# (Whoosh is typed in part)
"""What of Whoosh's inside we lean on, in one place, and the versions in which we know it.

Another version may have other names, and then fails here first. If it fails at the version alone:
compare the names below with its source, run `tests/search` on it, and add it to `TRIED` and to
`docs/decisions/whoosh3.md`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import whoosh
from whoosh.codec.base import FieldWriter, PerDocumentWriter, Segment, TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.columns import Column, ColumnWriter, NumericColumn
from whoosh.fields import COLUMN, TEXT, Schema
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.index import FileIndex, create_in
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import SegmentReader, TermInfo
from whoosh.writing import SegmentWriter

import search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TRIED = {(3, 54, 0): "whoosh3", (2, 7, 5): "whoosh-reloaded"}

PRIVATE = {
    SegmentWriter: "_commit_toc _flush_segment",
    SegmentReader: "_terms",
    FileStorage: "_fpath",
    CompoundStorage: "_source",
    BufferFile: "_buf _name",
    ListMatcher: "_all_weights _format _i _ids _scorer _term _terminfo _values _weights",
    NumericColumn: "_typecode",
    NumericColumn.Reader: "_basepos _count _dbfile _default _typecode",
}
UNDOCUMENTED = {
    SegmentWriter: "docnum fieldwriter generation is_closed newsegment perdocwriter schema storage writelock",
    FileStorage: "folder",
    BufferFile: "file is_closed is_real onclose",
    W3Codec: "POSTS_EXT TERMS_EXT",
    W3Segment: "COMPOUND_EXT",
}
SIGNATURES: dict[Callable[..., Any], str] = {
    SegmentWriter.add_document: "fields",
    SegmentWriter.add_postings_to_pool: "reader startdoc docmap",
    SegmentWriter.add_reader: "reader",
    SegmentWriter.commit: "mergetype optimize merge",
    SegmentWriter.write_per_doc: "fieldnames reader",
    SegmentWriter._commit_toc: "segments",
    SegmentWriter._flush_segment: "",
    PerDocumentWriter.finish_doc: "",
    PerDocumentWriter.start_doc: "docnum",
    FieldWriter.add_postings: "schema lengths items",
    Column.writer: "dbfile",
    ColumnWriter.add: "docnum value",
    ColumnWriter.finish: "docnum",
    StructFile.write_array: "arry",
    W3Codec.column_filename: "segment fieldname",
    W3Codec.field_writer: "storage segment",
    W3Codec.new_segment: "storage indexname",
    W3Codec.terms_reader: "storage segment",
    Segment.create_file: "storage ext kwargs",
    Segment.make_filename: "ext",
    Segment.open_compound_file: "storage",
    CompoundStorage.open_file: "name args kwargs",
    CompoundStorage.range: "name",
    FileStorage.create_file: "name excl mode kwargs",
    FileStorage.lock: "name",
    FileStorage.open_file: "name kwargs",
    FileStorage.rename_file: "oldname newname safe",
    FileStorage.temp_storage: "name",
    FileIndex.__init__: "storage schema indexname",
    SegmentReader.__init__: "storage schema segment generation codec",
    SegmentReader.column_reader: "fieldname column reverse translate",
    TermsReader.cursor: "fieldname fieldobj",
    TermsReader.matcher: "fieldname text format_ scorer",
    TermInfo.__init__: "weight df minlength maxlength maxweight minid maxid",
    ListMatcher.copy: "",
    ListMatcher.skip_to: "id",
    ListMatcher.skip_to_quality: "minquality",
}


def test_this_version_of_whoosh_was_tried() -> None:
    version = whoosh.__version__
    assert version in TRIED, (
        f"Whoosh {version} was never tried. Cuttings leans on names inside Whoosh, listed in"
        f" {Path(__file__).name}, whose first lines say what to do."
    )


@pytest.fixture
def objects(tmp_path: Path) -> dict[type, object]:
    """Let stock Whoosh make one of each."""
    index = create_in(str(tmp_path), Schema(text=TEXT(), number=COLUMN(NumericColumn("q"))))
    writer = index.writer()
    writer.add_document(text="oil", number=7)
    writer.commit()
    (leaf,) = (leaf for leaf, _ in index.reader().leaf_readers())
    compound = leaf.storage().a
    made = (
        writer,
        leaf,
        index.storage,
        compound,
        compound.open_file(compound.list()[0]),
        ListMatcher([1]),
        index.schema["number"].column_type,
        leaf.column_reader("number", translate=False),
        W3Codec(),
        leaf.segment(),
    )
    return {type(one): one for one in made}


def test_the_names_we_use_are_there(objects: dict[type, object]) -> None:
    for names in (PRIVATE, UNDOCUMENTED):
        for kind, listed in names.items():
            for name in listed.split():
                assert hasattr(objects[kind], name), f"{kind.__name__}.{name}"
    (column,) = (one for kind, one in objects.items() if kind is NumericColumn.Reader)
    value = column._dbfile.get(column._basepos, 8)
    assert (column._typecode, column._count, value) == ("q", 1, (7).to_bytes(8, "big"))


def test_what_we_override_and_call_takes_what_it_took() -> None:
    for function, listed in SIGNATURES.items():
        names = [name for name in inspect.signature(function).parameters if name != "self"]
        assert names == listed.split(), function.__qualname__


def test_the_list_of_private_names_is_whole() -> None:
    listed = {name for names in PRIVATE.values() for name in names.split()}
    assert set(private_names()) == listed


def private_names() -> Iterator[str]:
    """Find the private names of Whoosh's in our code: of other objects, and of what we inherit."""
    own = re.compile(r"(?:self\.|def )(_[a-z]\w*)")
    for path in sorted(Path(search.__path__[0]).glob("whoosh_*.py")):
        module = importlib.import_module(f"search.{path.stem}")
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                kinds = getattr(module, node.name).__mro__
                bases = [kind for kind in kinds if kind.__module__.startswith("whoosh")]
                inherited = "".join(map(inspect.getsource, bases))
                yield from set(own.findall(ast.unparse(node))) & set(own.findall(inherited))
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) != "self":
                yield from re.findall("^_[a-z].*", node.attr)
