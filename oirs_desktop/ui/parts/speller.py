"""Asks the process of the dictionary; what was answered once is remembered."""

from __future__ import annotations

import json
import sys
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMAND = ("-I", "-m", "oirs_desktop.ui.parts.spellchild")
END_MS = 500


class Speller(QObject):
    """Started at the first question. When the process ends by itself nothing is marked any more."""

    learned = Signal()
    """Words that were asked for are known now."""

    suggested = Signal(str, list)
    """A word, and what may have been meant."""

    def __init__(self, parent: QObject | None = None, arguments: tuple[str, ...] = COMMAND) -> None:
        """``arguments``: of this same Python."""
        super().__init__(parent)
        self._arguments = arguments
        self._process: QProcess | None = None
        self._unknown: dict[str, bool] = {}
        self._asked: deque[list[str]] = deque()
        self._rest = b""
        self.failed = False

    def excuse(self, words: Iterable[str]) -> None:
        """Take words for known."""
        for word in words:
            self._unknown[word] = False
        self.learned.emit()

    def unknown(self, word: str) -> bool | None:
        """Tell whether a word is unknown; None when it has to be asked for."""
        return self._unknown.get(word)

    def ask(self, words: Iterable[str]) -> None:
        """Ask for words that nobody asked for before."""
        fresh = {word for word in words if word not in self._unknown}.difference(*self._asked)
        if fresh and not self.failed:
            self._asked.append(sorted(fresh))
            self._send({"words": self._asked[-1]})

    def suggest(self, word: str) -> None:
        """Ask what may have been meant."""
        self._send({"suggest": word})

    def _send(self, question: dict[str, object]) -> None:
        if self.failed:
            return
        if self._process is None:
            self._start()
        if self._process is not None:
            self._process.write(json.dumps(question).encode() + b"\n")

    def _start(self) -> None:
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        process.start(sys.executable, list(self._arguments))

    def _ended(self) -> None:
        """Do without: text is written as before, without marks."""
        self.failed = True

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (self._rest + self._process.readAllStandardOutput().data()).split(b"\n")
        for line in lines:
            self._take(json.loads(line))

    def _take(self, answer: dict[str, list[str]]) -> None:
        if "word" in answer:
            self.suggested.emit(answer["word"], answer["list"])
            return
        unknown = set(answer["unknown"])
        for word in self._asked.popleft():  # questions are answered in their order
            self._unknown.setdefault(word, word in unknown)
        self.learned.emit()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        self.failed = True
        if process is not None and process.state() is not QProcess.ProcessState.NotRunning:
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._ended)
            process.closeWriteChannel()
            if not process.waitForFinished(END_MS):
                process.kill()
                process.waitForFinished(END_MS)
