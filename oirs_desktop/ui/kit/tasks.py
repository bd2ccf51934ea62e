"""Work off the window's thread: one worker that owns the store, results on the window's thread.

Two more stand beside it: one for what waits for a printer, one for documents.
"""

from __future__ import annotations

import threading
import traceback
import zlib
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from oirs_core.domain.errors import OirsError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
FINISH_S = 3.0


class Bug(OirsError):
    """A fault of the program itself. ``number``: the same for the same place in the code."""

    code = "bug"


def as_bug(error: BaseException) -> Bug:
    """Log an unexpected exception under a number that a person can read out on the telephone.

    The number is a check sum of the places it passed through: no personal data, and one fault
    keeps one number on every counter.
    """
    from oirs_desktop import log  # noqa: PLC0415 - a window that works well never needs it

    frames = traceback.extract_tb(error.__traceback__)
    places = "".join(f"{Path(f.filename).name}:{f.name}:{f.lineno}\n" for f in frames)
    number = zlib.crc32(f"{type(error).__name__}\n{places}".encode()) % 10_000
    log.problem("bug", error, number)
    return Bug(number=f"{number:04d}")


class Tasks(QObject):
    """Runs functions one after the other on one worker thread; on another those that wait for a printer."""

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="printer")
        self._apart = ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents")
        # Queued always: a quick task may end before its callback is set, and would be delivered within run().
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._open = 0
        self._in_store = 0
        self.ended = 0
        """How many tasks of the store have ended."""
        self._closed = False

    @property
    def idle(self) -> bool:
        """Nothing is running and everything was delivered."""
        return self._open == 0

    @property
    def busy(self) -> bool:
        """The store's worker has something to do."""
        return self._in_store > 0

    def run(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OirsError], None],
    ) -> None:
        """Call ``fn`` on the worker; then ``done(result)`` or ``failed(error)`` on this thread."""
        if not self._closed:
            self._in_store += 1
            self._submit(self._worker, fn, self._counting(done), self._counting(failed))

    def _counting(self, then: Callable[[T], None]) -> Callable[[T], None]:
        def counted(result: T) -> None:
            self._in_store -= 1
            self.ended += 1
            then(result)

        return counted

    def aside(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OirsError], None],
    ) -> None:
        """Do the same beside the worker: ``fn`` may take seconds and must not touch the store."""
        self._submit(self._aside, fn, done, failed)

    def apart(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OirsError], None],
    ) -> None:
        """Do the same where documents are read: ``fn`` may take a minute and must not touch the store."""
        self._submit(self._apart, fn, done, failed)

    def afar(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OirsError], None],
    ) -> None:
        """Do the same for what waits for the line: ``fn`` may take an hour and must not touch the store.

        The end of the program does not wait for it.
        """
        if self._closed:
            return
        self._open += 1
        future: Future[T] = Future()
        future.add_done_callback(lambda ended: self._ended.emit((ended, done, failed)))

        def work() -> None:
            try:
                future.set_result(fn())
            except BaseException as why:  # noqa: BLE001 - handed over, as a pool does
                future.set_exception(why)

        threading.Thread(target=work, name="fetch", daemon=True).start()

    def _submit(
        self,
        worker: ThreadPoolExecutor,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OirsError], None],
    ) -> None:
        if self._closed:
            return
        self._open += 1
        future = worker.submit(fn)
        future.add_done_callback(lambda ended: self._ended.emit((ended, done, failed)))

    @Slot(object)
    def _deliver(self, item: tuple[Future[Any], Callable[[Any], None], Callable[[OirsError], None]]) -> None:
        future, done, failed = item
        self._open -= 1
        if self._closed:
            return
        try:
            result = future.result()
        except CancelledError:
            return
        except OirsError as error:
            failed(error)
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the official gets a sentence and a number
            failed(as_bug(error))
            return
        done(result)

    def finish(self) -> None:
        """Wait for what the store's worker was asked, so that the last words typed are on the disk."""
        if not self._closed:
            wait([self._worker.submit(int)], timeout=FINISH_S)

    def close(self) -> None:
        """Wait for what runs, drop what waits. Nothing is delivered afterwards."""
        self._closed = True
        self._aside.shutdown(wait=False, cancel_futures=True)
        self._apart.shutdown(wait=False, cancel_futures=True)
        self._worker.shutdown(wait=True, cancel_futures=True)
