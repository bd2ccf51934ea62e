"""Bring a store to the newest schema. Alembic is imported only when there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from oirs_desktop.store.engine import WRITE

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

FOLDER = Path(__file__).parent / "migrations"


def config() -> Config:
    """Alembic's settings; the scripts lie in the package."""
    from alembic.config import Config  # noqa: PLC0415 - slow, and rarely needed

    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(engine: Engine) -> None:
    """Run all missing migrations in one transaction: either the store is new or it is as it was."""
    from alembic import command  # noqa: PLC0415 - slow, and rarely needed

    made = config()
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
