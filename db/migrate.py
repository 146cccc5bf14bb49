"""Bringing a database to the newest schema, all steps in one transaction or none."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.errors import newer
from db.tables import Base


def migrate(connection: Connection, target: str = "head") -> bool:
    """Take the steps up (or down) to `target` within the caller's transaction; say if any was.

    Raises `DatabaseNewer` when the database stands at a step this program does not know.
    """
    config = _config(connection)
    scripts = ScriptDirectory.from_config(config)
    standing = MigrationContext.configure(connection).get_current_revision()
    if standing is not None and standing not in {
        step.revision for step in scripts.walk_revisions()
    }:
        raise newer(standing)
    if target == "head" and standing == scripts.get_current_head():
        return False
    if target == "base" or target.startswith("-"):
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)
    return True


def _config(connection: Connection) -> Config:
    spec = find_spec("migrations")
    assert spec is not None  # noqa: S101 - it ships beside this package
    assert spec.origin is not None  # noqa: S101
    config = Config()
    config.set_main_option("script_location", str(Path(spec.origin).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata
    return config
