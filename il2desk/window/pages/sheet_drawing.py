"""Drawing a sheet beside the window: composed from the journal here, drawn in another thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from il2desk.desk.papers import ComposedSheet, PreparedSheet, draw_sheet
from il2desk.dosing import Refusal
from il2desk.window.jobs import Job, Stopped, Tell


class SheetDrawing(QObject):
    """One sheet at a time; what was asked for before and comes late is not shown.

    `drawn` carries a PreparedSheet or a Refusal.
    """

    drawn = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []  # the last one asked for, or none
        self.destroyed.connect(partial(_let_go, self._jobs))

    @property
    def at_work(self) -> bool:
        """Whether a sheet is being drawn."""
        return bool(self._jobs)

    def draw(self, composed: ComposedSheet) -> None:
        """Begin; an earlier sheet that is still being drawn is forgotten."""
        job = Job(partial(_draw, composed))
        # Methods of this object: they are called in the window's thread.
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self._jobs[:] = [job]
        job.begin()

    def forget(self) -> None:
        """Nobody waits for what is being drawn any more."""
        self._jobs.clear()

    def _on_done(self, answer: object) -> None:
        if self._jobs and self.sender() is self._jobs[0]:
            self._jobs.clear()
            if isinstance(answer, PreparedSheet | Refusal):
                self.drawn.emit(answer)

    def _on_failed(self, error: object) -> None:
        if self._jobs and self.sender() is self._jobs[0]:
            self._jobs.clear()
            if isinstance(error, BaseException):
                raise error  # a defect is shown as every other one


def _draw(composed: ComposedSheet, _tell: Tell, _stopped: Stopped) -> PreparedSheet | Refusal:
    return draw_sheet(composed)


def _let_go(jobs: list[Job], _gone: object = None) -> None:
    for job in jobs:
        job.end()
