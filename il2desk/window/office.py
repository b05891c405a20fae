"""The controller between the frame and the pages: opens pages, signs, stores, shows faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from il2desk.desk import CatalogueFault, Desk, JournalFault, active_version, after_restore, chart_of
from il2desk.dosing import Refusal, write_clock
from il2desk.window import keys, routes
from il2desk.window.action_bar import ActionBar
from il2desk.window.backing_up import BackupWatch
from il2desk.window.carried_note import CarriedNote
from il2desk.window.drafts import Drafts
from il2desk.window.frame_keys import FrameKeys
from il2desk.window.kept_work import KeptWork
from il2desk.window.menus import page_offers
from il2desk.window.modes import Mode, changing_modes, modes_of
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.system_state import FaultCard, StateCard
from il2desk.window.preferences import Preferences
from il2desk.window.shell import MainWindow
from il2desk.window.sign_panel import SignPanel, SignRequest
from il2desk.words import say

T = TypeVar("T")
_TICK_MS = 5000


class Office(QObject):
    """Owns the desk while it is open. Pages ask it for other pages and for signatures.

    `lock_asked` is emitted when the screen is to be locked, `set_up` when the first run is done,
    `practice_asked` when the practice trial is to be opened instead, `ticked` every few seconds.
    """

    lock_asked = Signal()
    set_up = Signal()
    practice_asked = Signal()
    ticked = Signal()

    def __init__(
        self, desk: Desk, window: MainWindow, preferences: Preferences | None = None
    ) -> None:
        super().__init__(window)
        self.desk = desk
        self.window = window
        self.preferences = preferences or Preferences(parent=self)
        self.patient_open: str | None = None
        self.unsafe = False
        self.carried: CarriedNote | None = None
        self.last_chosen: str | None = None  # the patient whose row was chosen on Today
        self._trail: list[tuple[str, dict[str, object]]] = []
        self._page: Page | None = None
        self._shown: tuple[ActionBar, ActionState] | None = None
        self._whose: str | None = None  # the patient whom the last answer was about
        self._crash_file = ""
        self._changing: tuple[Mode, ...] = ()
        self.backups = BackupWatch(desk)
        self.drafts = Drafts(desk, window, self)
        self._frame_keys = FrameKeys(self, window)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self._stored_at, self._ended = "", False
        # Only once the key that chose the language was wholly answered: its page goes.
        self.preferences.changed.connect(self._on_preference, Qt.ConnectionType.QueuedConnection)
        self.show_modes()

    def end(self) -> None:
        """Let go of the window: another journal may be opened in it."""
        self._clock.stop()
        self._ended = True
        self.clear()
        self._frame_keys.end()
        self.deleteLater()

    def now(self) -> datetime:
        """Return the present moment in the site's zone."""
        return self.desk.now()

    # Pages

    def open(self, route: str, **args: object) -> None:
        """Open a screen; the page before it is what Esc returns to."""
        if self.unsafe:
            self._show_unsafe()
            return
        here = (route, args)
        if not self._trail or self._trail[-1] != here:
            self._trail.append(here)
        self._show(route, args)

    def back(self) -> None:
        """Return to the page before, or to Today."""
        if self._trail:
            self._trail.pop()
        route, args = self._trail.pop() if self._trail else ("today", {})
        self.open(route, **args)

    def replace(self, route: str, **args: object) -> None:
        """Open a screen in the place of the present one, to which Esc does not return."""
        if self._trail:
            self._trail.pop()
        self.open(route, **args)

    def forget_trail(self) -> None:
        """Forget where Esc would lead, and who was open: somebody else works now."""
        self._trail.clear()
        self.patient_open, self.carried, self.last_chosen = None, None, None
        self.say("")

    def page(self) -> Page | None:
        """Return the page shown, or None."""
        return self._page

    def _show(self, route: str, args: dict[str, object]) -> None:
        # The old page goes before anything is read: an error below leaves no old result on screen.
        self.clear()
        found = routes.ROUTES[route]
        subject = _subject_in(args)
        if subject != self._whose:
            # What was answered about one patient is not read as being about another.
            self.say("")
            self._whose = subject
        if subject is not None:
            self.patient_open = self.last_chosen = subject
            self.guarded(lambda: self._show_banner(subject))
        page = self.guarded(lambda: found.page_class()(self, **args))
        if page is None:
            return
        self._page = page
        self.window.show_page(page, page.title)
        if page.subject is None:
            self.window.set_banner(None)
        self._install(page)
        self._list_screens(found.screen)
        self.show_facts()
        page.opened()

    def _list_screens(self, shown: str) -> None:
        waiting = bool(after_restore.waiting_since_restore(self.desk))
        screens = routes.entries(patient=self.patient_open is not None, restored=waiting)
        self.window.set_nav(screens if self.desk.person is not None else (), shown)

    def _on_preference(self, key: str) -> None:
        if key == "language" and not self._ended:
            self.speak_anew()

    def speak_anew(self) -> None:
        """Show everything in the language that is spoken now; person, patient and typed text stay."""
        self.window.speak_anew()
        self.show_modes()
        self.show_facts()
        if self._stored_at:
            self._say_stored()
        if self.unsafe:
            self._show_unsafe()
        elif self._page is not None and self._trail:
            typed = self._page.typed_here()
            self._show(*self._trail[-1])
            if self._page is not None:
                self._page.take_typed(typed)
                self.say(say("In use from now on."))

    def put_aside(self, focus: QWidget | None) -> KeptWork | None:
        """Take the page away whole, for the person who left it; None where there is none."""
        page = self._page
        if page is None:
            return None
        work = KeptWork(page, tuple(self._trail), self.patient_open, focus)
        self.clear(keep=True)
        return work

    def bring_back(self, work: KeptWork) -> None:
        """Show a page that was put aside, read anew; what was typed on it stays."""
        self._trail, self.patient_open = list(work.trail), work.patient_open
        page, self._whose = work.page, work.page.subject
        self._page = page
        self.guarded(self.show_banner)
        self.window.show_page(page, page.title)
        self._install_bar(page)
        route = self._trail[-1][0] if self._trail else "today"
        self.guarded(lambda: self._list_screens(routes.ROUTES[route].screen))
        self.guarded(page.refresh)
        self.show_action()
        if work.focus is not None and isValid(work.focus):
            work.focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self, *, keep: bool = False) -> None:
        """Take the page away, with its results; it dies unless it is kept."""
        page, self._page = self._page, None
        if page is not None:
            page.left()  # it dies later: what comes back from its work until then finds nobody
        self.window.show_page(QWidget(), keep=keep)
        self.window.menus.set_page_acts(())
        self.window.set_banner(None)
        self.window.set_header(None)
        self.window.status.set_protocol("")

    def show_banner(self) -> None:
        """Show anew whose page this is."""
        if self._page is not None and self._page.subject is not None:
            self._show_banner(self._page.subject)

    def _show_banner(self, subject: str) -> None:
        from il2desk.window.pages.patient_banner import facts_for  # noqa: PLC0415 - with a patient

        chart = chart_of(self.desk, subject)
        if not isinstance(chart, Refusal):
            self.window.set_banner(facts_for(self.desk, chart))
            version = active_version(self.desk, chart.subject.protocol)
            if not isinstance(version, Refusal):
                self.window.status.set_protocol(f"{version.protocol} {version.version}")

    def _install(self, page: Page) -> None:
        for context, acts in page.key_acts().items():
            keys.install(page, context, acts)
        page.action_changed.connect(self.show_action)
        if page.form is not None:  # a field may come or go after the form was heard
            page.form.changed.connect(self.show_action, Qt.ConnectionType.QueuedConnection)
        self._install_bar(page)

    def _install_bar(self, page: Page) -> None:
        """Connect the action bar, which is a new one for every page that is shown."""
        self.window.menus.set_page_acts(page_offers(page.key_acts()))
        bar = self.window.action_bar
        bar.primary.connect(self._commit)
        bar.back.connect(page.go_back)
        bar.missing_asked.connect(page.focus_missing)
        bar.blocked_asked.connect(self.say)
        self.show_action()

    def show_action(self) -> None:
        """Show what the page says about its act."""
        page, bar = self._page, self.window.action_bar
        if page is None:
            return
        if page.subject is None and (header := page.header()) is not None:
            self.window.set_header(header)
        state = page.action()
        if self._shown == (bar, state):
            return  # most keys change nothing in the bar, and laying it out anew costs a paint
        self._shown = (bar, state)
        bar.set_sentence(state.sentence)
        bar.set_primary(state.primary)
        bar.set_missing(state.missing)
        bar.set_blocked(state.blocked)
        bar.set_back(state.back)

    def _commit(self) -> None:
        page = self._page
        if page is None or self.window.is_locked():
            return
        try:
            self.guarded(page.commit)
        finally:
            if self._page is page:
                self.window.action_bar.ready()

    # Answers

    def say(self, text: str) -> None:
        """Answer in the status bar."""
        self.window.say(text)

    def stored(self, what: object = None) -> None:
        """Say that an entry is stored, and show the page anew. `what` may be a sentence to say."""
        self.show_facts()
        self._stored_at = write_clock(self.now())
        self._say_stored()
        self.say(what if isinstance(what, str) else "")
        page = self._page
        if page is not None:
            self.guarded(page.refresh)
            self.guarded(self.show_banner)
            self.show_action()

    def _say_stored(self) -> None:
        self.window.status.set_stored(say("All entries stored {time}", time=self._stored_at))

    def fault(self, error: JournalFault | CatalogueFault) -> None:
        """Show that the journal or a shipped file failed: what happened, what is safe, what to do."""
        damaged = say("DAMAGED INSTALLATION") if isinstance(error, CatalogueFault) else ""
        card = FaultCard(error.what, error.safe, error.do, heading=damaged, code=error.code)
        card.back.connect(self.window.close_panel)
        self.window.open_panel(card)
        self.say(error.what)

    def guarded(self, act: Callable[[], T]) -> T | None:
        """Run an act; a fault of the journal or of a shipped file is shown and None returned."""
        try:
            return act()
        except (JournalFault, CatalogueFault) as error:
            self.fault(error)
            return None

    def ask_sign(
        self,
        request: SignRequest,
        done: Callable[[str, str], str | None],
        other: Callable[[], None] | None = None,
    ) -> None:
        """Open the panel for one signature.

        `done` takes name and PIN and returns why they are refused; None closes the panel, unless
        `done` opened another one. `other` is the third way that the request names.
        """
        panel = SignPanel(request)

        def signed(name: str, pin: str) -> None:
            refused: str | None = ""
            try:
                refused = done(name, pin)
            except JournalFault as error:
                self.fault(error)
                return
            if self.window.panel() is not panel:
                return
            if refused is None:
                self.window.close_panel()
            else:
                panel.refuse(refused)

        panel.signed.connect(signed)
        panel.back.connect(self.window.close_panel)
        if other is not None:
            panel.other.connect(other, Qt.ConnectionType.QueuedConnection)
        self.window.open_panel(panel)

    def show_facts(self) -> None:
        """Show clock, journal and user in the status bar."""
        status, now = self.window.status, self.now()
        zone = now.tzname() or ""
        status.set_clock(say("{time} {zone} (24-hour)", time=write_clock(now), zone=zone))
        person = self.desk.person
        status.set_user("" if person is None else person.name)
        name = self.desk.journal.path.name
        status.set_backup(self.backups.words())
        words = say("Practice journal") if self.desk.practice else say("Journal {name}", name=name)
        status.set_journal(words)

    def show_modes(self) -> None:
        """Show a strip for everything that is unusual about this journal."""
        self._changing = changing_modes(self.desk)
        self.window.strips.set_modes(modes_of(self.desk, self.backups.warning(), self._changing))

    def _tick(self) -> None:
        try:
            if self.backups.look() or changing_modes(self.desk) != self._changing:
                self.show_modes()
            self.show_facts()
        except JournalFault as error:
            if not isinstance(self.window.panel(), FaultCard) and not self.window.is_locked():
                self.fault(error)
            return
        self.ticked.emit()

    # After a defect

    def mark_unsafe(self, crash_file: str) -> None:
        """Clear the screen after a defect; nothing can be recorded until a new start."""
        self.unsafe = True
        self._crash_file = crash_file
        self._show_unsafe()

    def _show_unsafe(self) -> None:
        self.clear()
        self.say("")
        self.window.set_nav(())
        card = StateCard(
            say("Calculation failed"),
            say("The program met a defect and cleared the screen."),
            say("Everything that was called stored is safe. Nothing else was recorded."),
            say("Close the program and start it again. Until then use the downtime sheet."),
            detail=self._crash_file,
        )
        card.offer_downtime()
        card.end()
        self.window.show_page(card)
        self.window.action_bar.set_back(None)


def _subject_in(args: dict[str, object]) -> str | None:
    """Return the patient an address names, by id or by the place of a dose."""
    subject = args.get("subject") or getattr(args.get("place"), "subject", None)
    return subject if isinstance(subject, str) else None
