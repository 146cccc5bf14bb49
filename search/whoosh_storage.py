# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""Files of a Whoosh index that survive a power cut and that nobody else reads.

Whoosh itself never calls fsync. It makes a commit by renaming a new table of contents into its
place, so that everything written before has to be on the disk by then, the manifest that lists it
too, and the rename after it.
"""

from __future__ import annotations

import os
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from search import whoosh_manifest
from search.sealed_files import sync
from search.whoosh_pickles import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh.util.filelock import LockBase


class PlainFile(StructFile):
    """A file whose pickles run no code, whoever wrote them."""

    def read_pickle(self) -> Any:  # noqa: ANN401 - as Whoosh has it
        """Read what was pickled."""
        return load(self.file)


class PrivateStorage(FileStorage):
    """Files for the owner only, that can be closed when Whoosh fails and forgets them."""

    def __init__(self, path: str, opened: weakref.WeakSet[BinaryIO] | None = None) -> None:
        super().__init__(path)
        self._opened = weakref.WeakSet() if opened is None else opened

    def create_file(
        self,
        name: str,
        excl: bool = False,
        mode: str = "wb",
        **kwargs: Any,  # noqa: ANN401 - as Whoosh has it
    ) -> StructFile:
        """Create a file with mode 0600."""
        flags = os.O_CREAT | os.O_RDWR | (os.O_EXCL if excl else os.O_TRUNC)
        descriptor = os.open(self._fpath(name), flags, 0o600)
        return self._kept(cast("BinaryIO", os.fdopen(descriptor, mode)), name, **kwargs)

    def open_file(self, name: str, **kwargs: Any) -> StructFile:  # noqa: ANN401 - as Whoosh has it
        """Open a file for reading."""
        return self._kept(Path(self._fpath(name)).open("rb"), name, **kwargs)

    def temp_storage(self, name: str | None = None) -> PrivateStorage:
        """Give a folder for files that are gone before the commit: they need no sync."""
        path = Path(self.folder, name or "temporary")
        path.mkdir(mode=0o700, exist_ok=True)
        return PrivateStorage(str(path), self._opened)

    def lock(self, name: str) -> LockBase:
        """Give the lock of that name; its file is the owner's alone."""
        os.close(os.open(self._fpath(name), os.O_CREAT | os.O_RDWR, 0o600))
        lock: LockBase = super().lock(name)
        return lock

    def close_files(self) -> None:
        """Close whatever is still open; what cannot be written any more is lost."""
        for file in list(self._opened):
            with suppress(OSError):
                file.close()

    def _kept(self, file: BinaryIO, name: str, **kwargs: Any) -> StructFile:  # noqa: ANN401
        self._opened.add(file)
        return PlainFile(file, name=name, **kwargs)


class DurableStorage(PrivateStorage):
    """Syncs and lists new files before a table of contents is renamed, and the folder after it.

    `segments` are the files of the commit that is made next.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.segments: Sequence[str] = ()
        self._unsynced: list[str] = []

    def create_file(
        self,
        name: str,
        excl: bool = False,
        mode: str = "wb",
        **kwargs: Any,  # noqa: ANN401 - as Whoosh has it
    ) -> StructFile:
        """Create a file that the next rename syncs."""
        self._unsynced.append(name)
        return super().create_file(name, excl, mode, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a table of contents durably, together with all files created since the last time."""
        unsynced, self._unsynced = self._unsynced, []
        for name in unsynced:
            if self.file_exists(name):
                sync(Path(self._fpath(name)))
        whoosh_manifest.write(Path(self.folder), oldname, newname, self.segments)
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))
