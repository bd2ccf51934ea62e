"""Bring a store to the newest schema. Alembic is imported only when there is something to do."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from oirs_desktop.files import flush_folder
from oirs_desktop.store.engine import WRITE, connect
from oirs_desktop.store.errors import DiskFull, StoreDamaged, translated
from oirs_desktop.store.tables import SCHEMA

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

COPY = ".before-"
"""Between the name of a store and the schema before which it was copied."""
FOLDER = Path(__file__).parent / "migrations"


def config() -> Config:
    """Alembic's settings; the scripts lie in the package."""
    from alembic.config import Config  # noqa: PLC0415 - slow, and rarely needed

    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def copy_before(path: Path, key: bytes) -> Path:
    """Copy a store as it is, read it back, and only then give the copy its name. StoreDamaged, DiskFull."""
    to = path.with_name(f"{path.name}{COPY}{SCHEMA}")
    partial = to.with_name(f"{to.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(connect(path, key)) as source, closing(connect(partial, key)) as target:
            source.backup(target)
            if target.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise StoreDamaged(reason="pages")
        partial.replace(to)
        flush_folder(to.parent)
    finally:
        partial.unlink(missing_ok=True)
    return to


def upgrade(engine: Engine, path: Path, key: bytes, schema: int) -> None:
    """Run all missing migrations in one transaction: either the store is new or it is as it was.

    ``schema``: of the file now, 0 for a new one. An old one is copied first, what was never sent included.
    """
    from alembic import command  # noqa: PLC0415 - slow, and rarely needed

    if schema:
        # A disk without room for a copy may still have it for the step itself: nobody is sent home.
        with suppress(DiskFull), translated():
            copy_before(path, key)
    made = config()
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
