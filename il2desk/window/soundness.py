"""The whole catalogue and every reference case, looked at beside the window after it opened."""

from __future__ import annotations

from PySide6.QtCore import QObject

from il2desk.desk import Desk, Replayed, replay_all, take_soundness
from il2desk.window.jobs import Job
from il2desk.window.office import Office


class Soundness(QObject):
    """Looks once; what is unsound is said by a strip, and nothing can be prepared."""

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(office)
        self.known = False
        self._desk, self._office = desk, office
        self._job = Job(replay_all)
        self._job.done.connect(self._on_checked)
        self._job.failed.connect(self._on_failed)
        self._job.begin()

    def end(self) -> None:
        """The journal is closed: what comes back is for nobody."""
        self._job.end()

    def _on_checked(self, answer: object) -> None:
        if not isinstance(answer, Replayed):
            return
        take_soundness(self._desk, answer)
        self.known = True
        if self._desk.unsound:
            self._office.show_modes()
            self._office.guarded(self._office.show_banner)
            self._office.show_action()

    @staticmethod
    def _on_failed(error: object) -> None:
        if isinstance(error, BaseException):
            raise error  # a defect is shown as every other one
