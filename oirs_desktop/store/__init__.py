"""The only SQL of the counter: an encrypted SQLite file that holds its history and its lists.

Importing this package is cheap; SQLAlchemy comes in with ``Store``, after the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_desktop.store.errors import (
    DiskFull,
    FolderReadOnly,
    FolderRemote,
    NotEnrolled,
    SeriesFull,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreExists,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    SyncRefused,
)
from oirs_desktop.store.records import (
    Absorbed,
    CaseRow,
    DraftRow,
    Enrolment,
    NewAct,
    PersonRow,
    Push,
    QueueState,
    Recorded,
    Stamp,
)

if TYPE_CHECKING:
    from oirs_desktop.store.store import Store

__all__ = [
    "Absorbed",
    "CaseRow",
    "DiskFull",
    "DraftRow",
    "Enrolment",
    "FolderReadOnly",
    "FolderRemote",
    "NewAct",
    "NotEnrolled",
    "PersonRow",
    "Push",
    "QueueState",
    "Recorded",
    "SeriesFull",
    "Stamp",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreExists",
    "StoreForeign",
    "StoreMissing",
    "StoreNewer",
    "SyncRefused",
]


def __getattr__(name: str) -> object:
    if name == "Store":
        from oirs_desktop.store.store import Store  # noqa: PLC0415 - see the docstring above

        return Store
    raise AttributeError(name)
