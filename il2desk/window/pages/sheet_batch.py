"""All cycle sheets of a trial into one new folder: drawn beside the window, stopped at any time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from il2desk.desk.papers import (
    BatchAnswer,
    DrawnFile,
    DrawTask,
    SheetBatch,
    cycle_sheets_of,
    protocols_with_cycles,
)
from il2desk.dosing import Refusal
from il2desk.window.buttons import Button
from il2desk.window.fields import TextEntry
from il2desk.window.jobs import Job, Stopped, Tell
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.sheet_side import new_folder
from il2desk.window.theme import PlainLabel, announce
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_NAMED = 5  # sheets that could not be made and are named one by one


class SheetBatchPanel(QWidget):
    """A button a trial, a folder to type, a bar while it runs and the way to stop it."""

    ended = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._run = _Run()
        self.destroyed.connect(partial(_let_go, self._run))
        self.about = PlainLabel(
            say("All cycle sheets of a trial, as files. Leaving this screen stops it."),
            bold=True,
            parent=self,
        )
        self.folder = TextEntry(say("Folder"), prompt=say("Path of a new folder"))
        self.folder.set_label_width(74)
        self.trials = QWidget(self)
        self.buttons: dict[str, Button] = {}
        self._trials_column = QVBoxLayout(self.trials)
        self._trials_column.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(say("Sheets drawn"))
        self.stop_button = Button(say("Stop, keep nothing"), parent=self)
        self.notice = Notice(parent=self)
        self.told = Notice(grave=False, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        for part in (
            self.about, self.folder, self.trials, self.bar, self.stop_button, self.notice, self.told
        ):  # fmt: skip
            column.addWidget(part)
        self.stop_button.clicked.connect(self.stop)
        self._show_running(running=False)

    @property
    def running(self) -> bool:
        """Whether sheets are being drawn."""
        return self._run.batch is not None

    def refresh(self) -> None:
        """Offer a button for every trial with a cycle."""
        if self.running:
            return
        for button in self.buttons.values():
            self._trials_column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for protocol in protocols_with_cycles(self._office.desk):
            words = say("Save the cycle sheets of {trial}", trial=protocol)
            button = Button(words, wraps=True, parent=self)
            button.clicked.connect(partial(self.start, protocol))
            self.buttons[protocol] = button
            self._trials_column.addWidget(button)
        self.setVisible(bool(self.buttons))

    def start(self, protocol: str) -> None:
        """Draw every cycle sheet of the trial into the typed folder."""
        self.notice.set_sentences(())
        self.told.set_sentences(())
        folder = new_folder(self.folder.typed())
        self.folder.set_error(folder if isinstance(folder, str) else "")
        if isinstance(folder, str):
            self.folder.focus_entry()
            return
        desk = self._office.desk
        batch = SheetBatch(desk, cycle_sheets_of(desk, protocol), folder)
        refusal = batch.begin()
        if refusal is not None:
            self.notice.refuse(refusal.reasons)
            return
        self._run.batch = batch
        self.bar.setRange(0, batch.total)
        self._show_running(running=True)
        self.stop_button.setFocus()
        self._next()

    def stop(self) -> None:
        """Leave nothing of it, and say so."""
        if self.running:
            self.left()
            self._end(self.told.sentences()[0])

    def left(self) -> None:
        """Leave nothing of it. Whoever comes back to the page reads that it was stopped."""
        if not self.running:
            return
        _let_go(self._run)
        self._show_running(running=False)
        self.told.refuse((say("Stopped. Nothing was saved and nothing was journalled."),))

    def _next(self) -> None:
        """Compose the next sheet here, and have it drawn beside the window."""
        batch = self._run.batch
        if batch is None:
            return
        found = self._office.guarded(lambda: (batch.next_task(),))
        if found is None:
            self.stop()
            return
        self.bar.setValue(batch.done)
        (task,) = found
        if task is None:
            self._finish(batch)
            return
        job = Job(partial(_draw, batch, task))
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self._run.jobs[:] = [job]
        job.begin()

    def _on_done(self, answer: object) -> None:
        if self._run.batch is None or not self._is_mine(self.sender()):
            return
        if isinstance(answer, tuple):
            self._run.batch.drawn(*answer)
        self._next()

    def _on_failed(self, error: object) -> None:
        if self._run.batch is None or not self._is_mine(self.sender()):
            return
        self._run.jobs.clear()
        self.stop()
        if isinstance(error, OSError):
            why = error.strerror or ""
            self.told.set_sentences(())
            self.notice.set_sentences((
                say("The folder cannot be written to: {why}. Nothing was saved.", why=why),
                say("Make room or choose another folder, then start again."),
            ))  # fmt: skip
        elif isinstance(error, BaseException):
            raise error

    def _is_mine(self, job: QObject | None) -> bool:
        return bool(self._run.jobs) and job is self._run.jobs[0]

    def _finish(self, batch: SheetBatch) -> None:
        self._run.jobs.clear()
        answer = self._office.guarded(batch.finish)
        self._run.batch = None
        if answer is None:
            batch.abandon()
            self._end(say("Nothing was saved."))
        elif isinstance(answer, Refusal):
            self._end("")
            self.notice.refuse(answer.reasons)
        else:
            self._end(
                say("{n} sheets are saved in {folder}.", n=answer.saved, folder=answer.folder)
            )
            self.notice.set_sentences(_refused(answer))
            self._office.stored(self.told.sentences()[0])

    def _end(self, words: str) -> None:
        self._show_running(running=False)
        self.told.refuse((words,) if words else ())
        announce(self, words)
        self.refresh()
        self.ended.emit()

    def _show_running(self, *, running: bool) -> None:
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        self.folder.setVisible(not running)
        self.trials.setVisible(not running)


def _draw(
    batch: SheetBatch, task: DrawTask, _tell: Tell, _stopped: Stopped
) -> tuple[DrawTask, DrawnFile | Refusal]:
    return task, batch.draw(task)


def _refused(answer: BatchAnswer) -> tuple[str, ...]:
    """What was not made, the first few with their reason."""
    if not answer.refused:
        return ()
    named = [refusal.text for _, refusal in answer.refused[:_NAMED]]
    return (say("{n} sheets could not be made:", n=len(answer.refused)), *named)


@dataclass(slots=True)
class _Run:
    """What is under way; it outlives the page for as long as it takes to let it go."""

    batch: SheetBatch | None = None
    jobs: list[Job] = field(default_factory=list)


def _let_go(run: _Run, _gone: object = None) -> None:
    """Nothing of what was begun stays."""
    batch, run.batch = run.batch, None
    for job in run.jobs:
        job.end()  # one sheet at most: its file must be closed before the folder goes
    run.jobs.clear()
    if batch is not None:
        batch.abandon()
