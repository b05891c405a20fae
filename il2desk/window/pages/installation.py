"""Is this installation sound? Run on demand beside the window, shown with the moment it was run."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    Progress,
    Replayed,
    TableRow,
    Verification,
    replay_all,
    take_soundness,
    verify_desk,
)
from il2desk.desk.papers import keep_verification
from il2desk.dosing import write_moment, write_number
from il2desk.window.jobs import Job
from il2desk.window.office import Office
from il2desk.window.pages.notice import Notice
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import PlainLabel, announce, title_label
from il2desk.words import say


class InstallationPanel(QWidget):
    """Shows nothing but what it has just computed; `changed` is emitted when its act changes."""

    changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._job: Job | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title_label(title(), parent=self))
        about = say(
            "Replays every reference case by both engines, reads every file that came with the "
            "program, and checks fonts, disk and this journal. It takes some seconds; nothing is "
            "recorded."
        )
        column.addWidget(PlainLabel(about, parent=self))
        self.state = PlainLabel(bold=True, parent=self)
        column.addWidget(self.state)
        self.wrong = Notice(parent=self)
        self.advice = Notice(grave=False, parent=self)
        self.checks = Notice(grave=False, parent=self)
        column.addWidget(self.wrong)
        column.addWidget(self.advice)
        column.addWidget(self.checks)
        self.table = RecordTable(_columns(), name=say("Reference cases"), parent=self)
        column.addWidget(self.table)
        column.addStretch(1)
        self._clear(say("Not checked since this page was opened."))

    def is_running(self) -> bool:
        """Return whether it is computing."""
        return self._job is not None

    def start(self) -> None:
        """Take the old result away and begin."""
        if self._job is not None:
            return
        self._clear(say("Checking ..."))
        job = Job(replay_all)
        job.told.connect(self._on_told)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self.destroyed.connect(partial(_let_go, job))
        self._job = job
        job.begin()
        self.changed.emit()

    def stop(self) -> None:
        """Ask it to stop; what was found so far is not shown."""
        if self._job is not None:
            self._job.stop()

    def left(self) -> None:
        """Nobody waits for its answer: the page is taken away."""
        job, self._job = self._job, None
        if job is not None:
            job.end()
            self._clear(say("Stopped. Nothing is said about this installation."))

    def _clear(self, state: str) -> None:
        for notice in (self.wrong, self.advice, self.checks):
            notice.set_sentences(())
        self.table.hide()
        self.table.set_rows(())
        self.state.setText(state)

    def _on_told(self, progress: object) -> None:
        if self._job is not None and isinstance(progress, Progress):
            at, of = progress.done, progress.total
            self.state.setText(
                say("Checking {what}, {at} of {of}", what=progress.what, at=at, of=of)
            )

    def _on_failed(self, error: object) -> None:
        if self._job is None:
            return
        self._end(say("It could not be finished. Nothing is said about this installation."))
        if isinstance(error, BaseException):
            raise error  # a defect is shown as every other one

    def _on_done(self, answer: object) -> None:
        if self._job is None:
            return
        if not isinstance(answer, Replayed):
            self._end(say("Stopped. Nothing is said about this installation."))
            return
        self.state.setText(say("Checking fonts, disk and journal ..."))
        found = self._office.guarded(partial(verify_desk, self._office.desk, answer))
        if found is None:
            self._end(say("The journal could not be read. Nothing is said about it."))
            return
        take_soundness(self._office.desk, answer)
        self._office.guarded(partial(keep_verification, self._office.desk, found))
        self._office.show_modes()
        self._show(found)
        self._end(self.state.text())

    def _end(self, state: str) -> None:
        self._job = None
        self.state.setText(state)
        announce(self, state)
        self.changed.emit()

    def _show(self, found: Verification) -> None:
        when = say(
            "Checked {moment} by program version {version}; the cases took {seconds} s.",
            moment=write_moment(self._office.now()), version=found.program_version,
            seconds=write_number(found.replayed.seconds),
        )  # fmt: skip
        verdict = say("Nothing wrong was found.") if found.ok else say("Something is wrong.")
        self.state.setText(f"{verdict} {when}")
        self.wrong.set_sentences(found.sentences)
        self.advice.set_sentences(found.what_to_do)
        good = [
            f"{spoken(check.name)}: {spoken(check.detail)}" for check in found.checks if check.ok
        ]
        self.checks.set_sentences((*good, *_unproved(found.replayed.rows)))
        rows = [_row(row) for row in found.replayed.rows]
        self.table.set_rows(rows, len(rows))
        self.table.show()


def title() -> str:
    """The topic's name."""
    return say("Is this installation sound?")


def _let_go(job: Job, _panel: object = None) -> None:
    """The page is gone: nobody waits for its answer."""
    job.end()


def _columns() -> tuple[Column, ...]:
    return (
        Column(say("Protocol, rule set or policy")),
        *(
            Column(name, stretch=0)
            for name in (
                say("Cases"),
                say("First engine"),
                say("Second engine"),
                say("Engines agree"),
                say("Refused"),
            )
        ),
    )


def _unproved(rows: tuple[TableRow, ...]) -> tuple[str, ...]:
    """What has no reference case, so that nothing wrong is not read as proved right."""
    names = tuple(row.name for row in rows if row.cases == 0)
    if not names:
        return ()
    listed = spoken_all(names, ", ")
    return (say("No reference case, so only the file was read: {names}", names=listed),)


def _row(row: TableRow) -> Row:
    name = f"{spoken(row.kind)} {row.name}"
    if row.cases == 0:
        no = say("no case")
        return Row(name, (name, say("none"), no, no, no, no), say("{name}: no case", name=name))
    one = say("one engine")
    first, second, agree = (
        one if count is None else say("{n} of {all}", n=count, all=row.cases)
        for count in (row.first, row.second, row.agree)
    )
    refused = (
        say("{n} of {all}", n=row.refused, all=row.refusals) if row.refusals else say("none asked")
    )
    mark = name if row.ok else f"▲ {name}"
    cells = (mark, str(row.cases), first, second, agree, refused)
    return Row(name, cells, spoken_all(cells, ", "))
