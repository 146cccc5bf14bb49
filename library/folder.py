"""Where a library is kept: one folder, for its owner alone."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from db.durable import sync
from library.errors import LibraryError, NotALibrary

VARIABLE = "CUTTINGS_LIBRARY"


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths of a library: its database, its index and its lock files."""

    path: Path

    @property
    def database(self) -> Path:
        """The file that holds all that is known."""
        return self.path / "cuttings.db"

    @property
    def index(self) -> Path:
        """The folder of index generations; it can be rebuilt at any time."""
        return self.path / "index"

    @property
    def write_lock(self) -> Path:
        """The file whose lock the one writer of the database holds."""
        return self.path / "write.lock"

    @property
    def index_lock(self) -> Path:
        """The file whose lock the one writer of the index holds."""
        return self.path / "index.lock"

    @property
    def beside(self) -> Path:
        """The folder in which another database is made that is to take this one's place."""
        return self.path / "beside"

    def create(self) -> None:
        """Make the folder, closed to other users; raise `NotALibrary` if it holds other things."""
        try:
            if not self.database.exists():
                _make_durably(self.path)
            known = self.database.exists() or not any(
                entry.name not in {"write.lock", "index.lock", "index", "beside"}
                for entry in self.path.iterdir()
            )
        except OSError as error:
            reason = error.strerror or str(error)
            raise LibraryError(f"The library {self.path} cannot be made: {reason}.") from error
        if not known:
            message = (
                f"{self.path} holds other files and is no library. "
                "Name a new or an empty folder with --library."
            )
            raise NotALibrary(message)


def _make_durably(path: Path) -> None:
    """Make a folder, and see its name to the disk: no file in it outlasts a power cut without."""
    above = [one.parent for one in (path, *path.parents) if not one.exists()]
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in above or [path.parent]:
        with suppress(PermissionError):  # of a folder that may be passed through, but not be read
            sync(folder)


def choose(option: Path | None) -> Folder:
    """Give the folder of the library: the option, else $CUTTINGS_LIBRARY, else the user's data folder."""
    if option is not None:
        return Folder(option.expanduser().absolute())
    if named := os.environ.get(VARIABLE):
        return Folder(Path(named).expanduser().absolute())
    from platformdirs import user_data_path

    return Folder(user_data_path("cuttings"))
