"""A second start of the program finds the first one and brings its window to the front."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

WAIT_MS = 800


def _name(folder: Path) -> str:
    """Give a name for the folder, the same for every start over it and for no other."""
    return f"oirs-{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


class Door(QObject):
    """Listens for a knock while the window is open."""

    def __init__(self, folder: Path, window: QWidget) -> None:
        """``folder``: of the data. Whoever holds its store may take over a name left by a crash."""
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(folder))
        self._server.newConnection.connect(self._answer)
        self._server.listen(_name(folder))

    def _answer(self) -> None:
        visitor = self._server.nextPendingConnection()
        if visitor is not None:
            visitor.disconnected.connect(visitor.deleteLater)
            visitor.write(b"!")
            visitor.disconnectFromServer()
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def knock(folder: Path) -> bool:
    """Ask the first window to come to the front; whether somebody answered within a second."""
    visitor = QLocalSocket()
    visitor.connectToServer(_name(folder))
    answered = visitor.waitForConnected(WAIT_MS) and visitor.waitForReadyRead(WAIT_MS)
    visitor.abort()
    return bool(answered)
