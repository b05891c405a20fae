"""What happens after a defect: a file without patient data, and a cleared, marked session."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from il2desk.words import say


class CrashHook(QObject):
    """Takes every exception that nobody caught, in any thread.

    `faulted` reaches the main thread with a fault of the journal or of a shipped file: no defect, but
    to be shown.
    `crashed` reaches the main thread with the path of the crash file, or "" where none could be
    written. Neither the file nor the terminal gets a message or a value: those may hold what was
    typed about a patient.
    """

    crashed = Signal(str)
    faulted = Signal(object)
    _from_any_thread = Signal(str)
    _fault_from_any_thread = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        later = Qt.ConnectionType.QueuedConnection
        self._from_any_thread.connect(self.crashed, later)
        self._fault_from_any_thread.connect(self.faulted, later)

    def install(self) -> None:
        """Become the hook of the interpreter and of its threads."""
        sys.excepthook = self.take
        threading.excepthook = self._take_of_thread

    def uninstall(self) -> None:
        """Give the interpreter its own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Write the crash file and tell the main thread; Ctrl+C in the terminal ends as ever."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if _is_fault(error):
            self._fault_from_any_thread.emit(error)
            return
        written = _written(error)
        place = "" if written is None else str(written)
        if sys.stderr is not None:  # a windowed start has no terminal
            sys.stderr.write(f"{say('The program met a defect.')} {kind.__name__} {place}\n")
        self._from_any_thread.emit(place)

    def _take_of_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_type, args.exc_value, args.exc_traceback)


def _is_fault(error: BaseException) -> bool:
    if "il2desk.desk" not in sys.modules:  # no journal can have been open
        return False
    from il2desk.desk import CatalogueFault, JournalFault  # noqa: PLC0415 - not before the first paint

    return isinstance(error, (JournalFault, CatalogueFault))


def _written(error: BaseException) -> Path | None:
    try:
        from il2desk.desk import write_crash_file  # noqa: PLC0415 - not before the first paint
    except ImportError:  # the installation itself is damaged
        return None
    return write_crash_file(error)
