"""Long work beside the window: a function that touches no journal and no widget.

It hands over data by signals, which arrive in the main thread; it can be stopped; and it never
outlives the program.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QThread, Signal

Tell = Callable[[Any], object]
Stopped = Callable[[], bool]
Work = Callable[[Tell, Stopped], object]
"""Takes a function that hands over how far it is, and one that says whether it is to stop."""


class Job(QThread):
    """One run of one function. `done` carries its answer, `failed` the exception that ended it."""

    told = Signal(object)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._stopping = threading.Event()
        self.finished.connect(self._forget)

    def begin(self) -> None:
        """Start; the job is kept alive until it has ended."""
        _RUNNING.add(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.end)
        self.start(QThread.Priority.LowPriority)

    def stop(self) -> None:
        """Ask it to stop; it answers with what its function says when it was stopped."""
        self._stopping.set()

    def end(self) -> None:
        """Stop it and wait: nobody listens any more."""
        self.stop()
        self.wait()

    def run(self) -> None:
        """Run in a thread of its own, where nothing of the window is touched."""
        try:
            answer = self._work(self.told.emit, self._stopping.is_set)
        except BaseException as error:  # noqa: BLE001 - shown where it can be: in the main thread
            self.failed.emit(error)
        else:
            self.done.emit(answer)

    def _forget(self) -> None:
        _RUNNING.discard(self)


_RUNNING: set[Job] = set()
"""A thread that is forgotten while it runs would take the program down."""
