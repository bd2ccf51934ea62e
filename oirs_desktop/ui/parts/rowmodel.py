"""The rows of a list as Qt asks for them: each is a sentence, and heads of groups cannot be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    Index = QModelIndex | QPersistentModelIndex


class Row(Protocol):
    """What stands in a list. ``head``: a group's title."""

    @property
    def head(self) -> bool:
        """Whether it only heads what follows."""

    @property
    def spoken(self) -> str:
        """The row in one sentence."""


R = TypeVar("R", bound=Row)


class RowModel(QAbstractListModel, Generic[R]):
    """Holds the rows; the row itself stands under UserRole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[R] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows stand in the list."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the spoken row, or the row itself under UserRole."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if self.rows[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def fill(self, rows: Sequence[R]) -> None:
        """Put other rows in."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
