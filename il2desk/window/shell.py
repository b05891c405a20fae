"""The main window: strips, banner, screens, page, action bar and status bar, in fixed places.

It knows no page and asks nobody; whoever opens it hands in what to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from il2desk.window import keys, regions
from il2desk.window.action_bar import ActionBar
from il2desk.window.draft_line import HEIGHT, DashedFrame, DraftLine
from il2desk.window.menus import Menus, Offer, menu_bar
from il2desk.window.nav_rail import NavEntry, NavRail
from il2desk.window.status_bar import StatusBar
from il2desk.window.strips import ModeStrips
from il2desk.window.theme import title_label
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.banner import BannerFacts, HeaderFacts, ListHeader, PatientBanner

__all__ = ["MainWindow", "NavEntry"]

_SIZE, _LEAST = (1280, 720), (1024, 560)
_PANEL_WIDTH = 480
_SCREENS = ("today", "find", "board", "records", "sheets", "stock", "trial")


class MainWindow(QMainWindow):
    """One window, one patient. Content never appears under another patient's banner."""

    navigate = Signal(str)
    help_asked = Signal()
    lock_asked = Signal()
    key_sheet_asked = Signal()
    resort_asked = Signal()
    print_asked = Signal()
    find_in_list_asked = Signal()
    closing = Signal()
    discard_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("IL2Desk")
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)
        self._title = ""
        self._page: QWidget | None = None
        self._panel: QWidget | None = None
        self._before_panel: QWidget | None = None
        self._banner: PatientBanner | None = None
        self._header: ListHeader | None = None
        self._house = QWidget(self)
        self.strips = ModeStrips(self._house)
        self.status = StatusBar(self._house)
        self.action_bar = ActionBar(self._house)
        self._rail = NavRail(self._house)
        self._frame = QScrollArea(self._house)
        self._content = DashedFrame()
        self._draft: DraftLine | None = None
        self._lay_out()
        self.setCentralWidget(self._house)
        self._rail.navigate.connect(self.navigate)
        self.setMenuBar(menu_bar(self))
        self.menus = Menus(self.menuBar(), self._acts(), self._ways_on)
        self.menus.navigate.connect(self.navigate)
        self.menus.close_asked.connect(self.close, Qt.ConnectionType.QueuedConnection)
        self.status.lock.connect(self.lock_asked)
        keys.install(self._house, "everywhere", self._acts())

    def _lay_out(self) -> None:
        self._frame.setWidgetResizable(True)
        self._frame.setFrameShape(QFrame.Shape.NoFrame)
        self._frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame.setWidget(self._content)
        self._frame.horizontalScrollBar().valueChanged.connect(self._keep_left)
        self._page_column = QVBoxLayout(self._content)
        self._page_column.setContentsMargins(16, 10, 16, 10)
        self._page_column.setSpacing(8)
        self._middle, self._column = QHBoxLayout(), QVBoxLayout(self._house)
        for line in (self._middle, self._column):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(0)
        self._middle.addWidget(self._rail)
        self._middle.addWidget(self._frame, 1)
        self._column.addWidget(self.strips)
        self._column.addLayout(self._middle, 1)
        self._column.addWidget(self.action_bar)
        self._column.addWidget(self.status)

    # What is shown

    def show_page(self, page: QWidget, title: str = "", *, keep: bool = False) -> None:
        """Show a page with a fresh action bar; the old page goes first, and dies unless kept."""
        self.close_panel()
        self._clear_page(keep=keep)
        self._new_action_bar()
        head = QHBoxLayout()
        if title:
            head.addWidget(title_label(title, parent=self._content), 1)
        self._draft = DraftLine(self._content)
        self._draft.discard.connect(self.discard_asked)
        head.addWidget(self._draft, 0 if title else 1)
        head.addStrut(HEIGHT if title else 0)
        self._page_column.addLayout(head)
        self._content.set_dashed(dashed=False)
        self._page = page
        self._page_column.addWidget(page, 1)
        page.show()
        self._frame.verticalScrollBar().setValue(0)
        self._focus_first()
        self._name(title)

    def _name(self, title: str) -> None:
        """Put the page's title into that of the window; a locked window bears no page's title."""
        self._title = title
        shown = title and not self.is_locked()
        self.setWindowTitle(f"{title} - IL2Desk" if shown else "IL2Desk")

    def set_draft(self, text: str) -> None:
        """Say over the page that what stands in it is a draft, and frame it; empty text takes that away."""
        if self._draft is not None and isValid(self._draft):
            self._draft.set_text(text)
            self._content.set_dashed(dashed=bool(text))

    def draft(self) -> str:
        """Return what is said of a draft over the page."""
        known = self._draft is not None and isValid(self._draft)
        return self._draft.text() if known and self._draft is not None else ""

    def page(self) -> QWidget | None:
        """Return the page shown."""
        return self._page

    def set_banner(self, facts: BannerFacts | None) -> None:
        """Show whose data this is; None where the screen is nobody's or several patients'."""
        if facts is None:
            if self._banner is not None:
                self._banner.hide()
            return
        self.set_header(None)
        if self._banner is None:
            from il2desk.window.banner import PatientBanner  # noqa: PLC0415 - not painted first

            self._banner = PatientBanner(self._house)
            self._column.insertWidget(1, self._banner)
        self._banner.set_facts(facts)
        self._banner.show()

    def banner(self) -> PatientBanner | None:
        """Return the banner, where one is shown."""
        return self._banner if self._banner is not None and not self._banner.isHidden() else None

    def set_header(self, facts: HeaderFacts | None) -> None:
        """Show the head of a list of several patients; None takes it away."""
        if facts is None:
            if self._header is not None:
                self._header.hide()
            return
        self.set_banner(None)
        if self._header is None:
            from il2desk.window.banner import ListHeader  # noqa: PLC0415 - not painted first

            self._header = ListHeader(self._house)
            self._column.insertWidget(1, self._header)
        self._header.set_facts(facts)
        self._header.show()

    def set_nav(self, entries: Sequence[NavEntry], current: str = "") -> None:
        """Offer these screens; what is not possible now is left out by the caller."""
        self._rail.set_entries(entries, current)
        self.menus.set_screens(entries)

    def say(self, text: str) -> None:
        """Answer in the status bar."""
        self.status.show_message(text)

    def speak_anew(self) -> None:
        """Build anew what was built in another language; page, screens and strips come from outside."""
        self.menus.speak_anew()
        self.status.speak_anew()
        for old in filter(None, (self._banner, self._header)):
            old.hide()
            old.deleteLater()
        self._banner = self._header = None

    # Panels and lock

    def open_panel(self, panel: QWidget) -> None:
        """Show a panel beside the page; page, screens and action bar rest until it is closed."""
        self.close_panel()
        self._before_panel = QApplication.focusWidget()
        self._panel = panel
        panel.setFixedWidth(_PANEL_WIDTH)
        self._middle.addWidget(panel)
        for resting in (self._frame, self._rail, self.action_bar):
            resting.setEnabled(False)
        self.action_bar.hide()
        self._rail.hide()  # it leads nowhere while somebody signs, and the page needs its room
        self.menus.rest(resting=True)
        self._frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._keep_left()
        panel.show()

    def close_panel(self) -> None:
        """Take the panel away; the focus returns to where it was."""
        if self._panel is None:
            return
        panel, self._panel = self._panel, None
        self._middle.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self._frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        for awake in (self._frame, self._rail, self.action_bar):
            awake.setEnabled(True)
        self.action_bar.show()
        self._rail.show()
        self.menus.rest(resting=False)
        before, self._before_panel = self._before_panel, None
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_left(self, at: int = 0) -> None:  # noqa: ARG002 - the signal carries a value
        """Lines behind a panel begin where they begin; nothing scrolls the page sideways there."""
        if self._panel is not None:
            self._frame.horizontalScrollBar().setValue(0)

    def panel(self) -> QWidget | None:
        """Return the open panel."""
        return self._panel

    def lock(self, overlay: QWidget) -> None:
        """Put `overlay` in the place of everything; nothing behind it is painted or answers keys."""
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()  # choosing a file stops here: it would stay over the locked screen
        self.menus.rest(resting=True)
        old = self.takeCentralWidget()
        # An unlocking of this very moment still asks Qt to show it, and it would be a window of its own.
        self._house.hide()
        self.menuBar().hide()
        if old is not None and old is not self._house:
            old.deleteLater()
        self.setCentralWidget(overlay)
        self._name(self._title)
        overlay.show()

    def unlock(self) -> None:
        """Show again what was there, unchanged."""
        if not self.is_locked():
            return
        overlay = self.takeCentralWidget()
        self.setCentralWidget(self._house)
        self._house.show()
        self.menuBar().show()
        self.menus.rest(resting=self._panel is not None)
        self._name(self._title)
        if overlay is not None:
            overlay.deleteLater()

    def is_locked(self) -> bool:
        """Return whether an overlay stands in the place of everything."""
        return self.centralWidget() is not self._house

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer a key that nobody took, so that nobody believes it did something."""
        sentence = None if self.is_locked() else keys.misplaced(event)
        if sentence is None:
            super().keyPressEvent(event)
        else:
            self.say(sentence)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Tab goes as one reads, also where a page asked for something a moment ago."""
        focus = None if self.is_locked() else self.focusWidget()
        by = 1 if next else -1
        stop = None if focus is None else regions.following(self._regions(), focus, by)
        if stop is None:
            return super().focusNextPrevChild(next)
        reasons = Qt.FocusReason
        stop.setFocus(reasons.TabFocusReason if next else reasons.BacktabFocusReason)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes, so that drafts are kept."""
        self.closing.emit()
        super().closeEvent(event)

    def _acts(self) -> dict[str, keys.Act]:
        acts: dict[str, keys.Act] = {
            "help": self.help_asked.emit,
            "resort": self.resort_asked.emit,
            "next-region": self._next_region,
            "previous-region": self._previous_region,
            "menu": lambda: self.menus.open_first(),  # noqa: PLW0108 - not made yet
            "full-screen": self._full_screen,
            "lock": self.lock_asked.emit,
            "find-in-list": self.find_in_list_asked.emit,
            "print": self.print_asked.emit,
            "key-sheet": self.key_sheet_asked.emit,
            "nothing-to-save": self._nothing_to_save,
            "discard-draft": self.discard_asked.emit,
        }
        return acts | {screen: _Go(self, screen) for screen in _SCREENS}

    def go(self, screen: str) -> None:
        """Ask for a screen by its key; answer where it is not offered now."""
        if self._panel is not None:
            self.say(say("Sign or go back first."))
        elif any(entry.id == screen for entry in self._rail.entries()):
            self.navigate.emit(screen)
        else:
            key = keys.key_text(screen, "everywhere")
            self.say(say("{key} works when its screen is listed at the left.", key=key))

    def _nothing_to_save(self) -> None:
        self.say(say("Nothing to save. Entries are stored when signed; drafts are kept."))

    def _ways_on(self) -> list[Offer]:
        return [Offer(*way) for way in self.action_bar.offered()]

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _next_region(self) -> None:
        self._step_region(1)

    def _previous_region(self) -> None:
        self._step_region(-1)

    def _step_region(self, by: int) -> None:
        regions.step(self._regions(), self.focusWidget(), by)

    def _regions(self) -> tuple[QWidget | None, ...]:
        """Return the parts of the window in reading order."""
        shown = (self._banner, self._header, self._rail, self._content, self._panel)
        return (*shown, self.action_bar, self.status)

    # Inside

    def _clear_page(self, *, keep: bool) -> None:
        while (item := self._page_column.takeAt(0)) is not None:
            head = item.layout()
            while head is not None and (part := head.takeAt(0)) is not None:
                _drop(part.widget())
            widget = item.widget()
            if widget is self._page and keep and widget is not None:
                widget.hide()
                widget.setParent(self)  # with no parent it would become a window of its own
            else:
                _drop(widget)
        self._page = None

    def _new_action_bar(self) -> None:
        old, self.action_bar = self.action_bar, ActionBar(self._house)
        self._column.replaceWidget(old, self.action_bar)
        old.setEnabled(False)  # its keys die now, not when the event loop comes round
        _drop(old)
        self.action_bar.show()

    def _focus_first(self) -> None:
        """Begin in the page; where nothing is to be typed, on Go back, never on the act."""
        stop = regions.first_stop(self._content) or regions.first_stop(self.action_bar)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)


class _Go:
    """Ask for one screen; a name for what a key does."""

    def __init__(self, window: MainWindow, screen: str) -> None:
        self._window, self._screen = window, screen

    def __call__(self) -> None:
        self._window.go(self._screen)


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
