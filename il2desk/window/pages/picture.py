"""A picture drawn in another thread to the width that the page has, on white paper in every theme."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from il2desk.desk.pictures import PageImage
from il2desk.dosing import Refusal
from il2desk.window.jobs import Job, Stopped, Tell
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.sheet_preview import picture_of
from il2desk.window.theme import PlainLabel
from il2desk.words import say

Drawing = Callable[[int, int], PageImage | Refusal]
"""Draws for a width and a density, both in pixels; it runs in another thread."""
DPI = 108
"""At which letters of 8 points, the smallest of a picture, are 12 pixels high."""
_SLOW_MS = 300
_SETTLED_MS = 120
_LEAST_PX = 640
_WAITING_PX = 400
"""The room that is kept for the first drawing, so that what stands below does not jump."""


class Picture(QWidget):
    """Shows one drawing at a time; a sentence stands in its place where drawing takes longer.

    `describe` gives the words that a reader who sees no picture is told.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._drawing: Drawing | None = None
        self._job: list[Job] = []
        self._drawn_px = 0
        self.shown = QLabel(self)
        self.shown.setAccessibleName(name)
        self.shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.words = PlainLabel("", muted=True, parent=self)
        self.refused = Notice(parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.refused)
        column.addWidget(self.words)
        column.addWidget(self.shown)
        column.addStretch(1)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self._say_waiting)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._draw)
        self.destroyed.connect(partial(_let_go, self._job))
        self.words.hide()

    def set_drawing(self, drawing: Drawing | None, description: str = "") -> None:
        """Draw this, once the page has its width; the old picture goes first. None shows nothing."""
        self.forget()
        self.shown.clear()
        self.refused.set_sentences(())
        self.words.hide()
        self._drawing = drawing
        self.shown.setAccessibleDescription(description)
        if drawing is not None:
            if not self._drawn_px:
                self.shown.setFixedHeight(_WAITING_PX)
            self._settled.start(0)

    @property
    def at_work(self) -> bool:
        """Whether a picture is being drawn, or will be in a moment."""
        return bool(self._job) or self._settled.isActive()

    def forget(self) -> None:
        """Nobody waits for what is being drawn any more."""
        self._slow.stop()
        self._settled.stop()
        for job in self._job:
            job.stop()
        self._job.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for another width, once the window is no longer being pulled."""
        super().resizeEvent(event)
        if self._drawing is not None and self._wide() != self._drawn_px:
            self._settled.start(_SETTLED_MS if self._drawn_px else 0)

    def changeEvent(self, event: QEvent) -> None:
        """A screen of another density needs other pixels."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._drawing is not None:
            self._settled.start(_SETTLED_MS)

    def _wide(self) -> int:
        return max(self.width(), _LEAST_PX)

    def _draw(self) -> None:
        if self._drawing is None or not isValid(self):
            return
        ratio = self.devicePixelRatioF()
        self._drawn_px = self._wide()
        wide, dpi = round(self._drawn_px * ratio), round(DPI * ratio)
        job = Job(partial(_work, self._drawing, wide, dpi))
        # Methods of this object: they are called in the window's thread.
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        self._job[:] = [job]
        self._slow.start(_SLOW_MS)
        job.begin()

    def _say_waiting(self) -> None:
        if self._job and self.shown.pixmap().isNull():
            self.words.setText(say("Drawing {what} ...", what=self._name))
            self.words.show()

    def _on_done(self, answer: object) -> None:
        if not self._job or self.sender() is not self._job[0]:
            return
        self._job.clear()
        self._slow.stop()
        self.words.hide()
        if isinstance(answer, Refusal):
            self.shown.clear()
            self.shown.setFixedHeight(self.shown.sizeHint().height())
            self.refused.set_sentences(answer.reasons)
        elif isinstance(answer, PageImage):
            self.refused.set_sentences(())
            pixmap = QPixmap.fromImage(picture_of(answer))
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.shown.setPixmap(pixmap)
            size = pixmap.deviceIndependentSize().toSize()
            self.shown.setFixedHeight(size.height())
            # The width is the page's: a picture of a wider window keeps no page wide.
            self.shown.setMinimumWidth(min(size.width(), _LEAST_PX))

    def _on_failed(self, error: object) -> None:
        if self._job and self.sender() is self._job[0]:
            self._job.clear()
            if isinstance(error, BaseException):
                raise error  # a defect is shown as every other one


def _work(
    drawing: Drawing, wide: int, dpi: int, _tell: Tell, _stopped: Stopped
) -> PageImage | Refusal:
    return drawing(wide, dpi)


def _let_go(jobs: list[Job], _gone: object = None) -> None:
    for job in jobs:
        job.end()
