"""From the first paint to the last: opening the journal, signing in, locking, closing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from il2desk import paths
from il2desk.window.fields import PinEdit
from il2desk.window.pages.sign_in import LockFacts, SignInPage, drafts_line
from il2desk.window.preferences import Preferences
from il2desk.window.shell import MainWindow
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.desk import CatalogueFault, Desk, JournalFault
    from il2desk.window.copied import CopiedWatch
    from il2desk.window.idle import IdleWatch
    from il2desk.window.kept_work import KeptWorks
    from il2desk.window.office import Office
    from il2desk.window.opening import Trouble
    from il2desk.window.soundness import Soundness

_YIELD_MS = 1
_SETTLED_MS = 1000  # a PIN is being typed then: the look takes no time from anybody
_AFTER_PAINT = (
    "il2desk.dosing", "il2desk.desk", "il2desk.window.opening", "il2desk.window.office",
    "il2desk.window.idle",
)  # fmt: skip
# A page is taken away only after the key that asked for it was wholly answered.
_LATER = Qt.ConnectionType.QueuedConnection


class Session(QObject):
    """Owns the desk and the office, and decides what stands in the window: lock or pages.

    Everything that is not needed for the first paint is imported after it.
    """

    def __init__(
        self,
        window: MainWindow,
        journal: Path | None,
        *,
        practice: bool,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.preferences = preferences or Preferences(parent=self)
        self.desk: Desk | None = None
        self.office: Office | None = None
        self._journal, self._practice = journal, practice
        self._idle: IdleWatch | None = None
        self._waiting: tuple[str, str] | None = None
        self._sign_in: SignInPage | None = None
        self._focus: QWidget | None = None
        self._soundness: Soundness | None = None
        self._kept: KeptWorks | None = None
        self._copied: CopiedWatch | None = None
        self._passphrase: str | None = None  # typed, while no journal is open yet
        self._way = ""
        window.closing.connect(self.close)

    def start(self) -> None:
        """Show the sign-in page; the journal is opened once that is on screen."""
        page = self._show_sign_in(LockFacts())
        page.say(say("Opening the journal ..."))
        page.painted.connect(self._after_paint)

    def sign_in_page(self) -> SignInPage | None:
        """Return the sign-in page while it is shown."""
        return self._sign_in if self.window.is_locked() else None

    @property
    def soundness_known(self) -> bool:
        """Whether catalogue and reference cases were looked at since the journal was opened."""
        return self._soundness is not None and self._soundness.known

    def _after_paint(self) -> None:
        self._load(_AFTER_PAINT)

    def _load(self, modules: Sequence[str]) -> None:
        """Load what comes after the first paint, module by module; then open the journal.

        A real timer and not 0 ms, which is a posted event and runs before any key: keys typed
        meanwhile are answered in between.
        """
        step = partial(self._load_next, modules) if modules else self.open_journal
        QTimer.singleShot(_YIELD_MS, self, step)

    def _load_next(self, modules: Sequence[str]) -> None:
        import_module(modules[0])
        self._load(modules[1:])

    def _show_sign_in(self, facts: LockFacts) -> SignInPage:
        practice = self._practice if self.desk is None else self.desk.practice
        page = SignInPage(facts, practice=practice)
        page.signing.connect(self._on_signing, _LATER)
        page.other_asked.connect(self._on_offer, _LATER)
        self._sign_in = page
        self.window.lock(page)
        return page

    # Opening

    def open_journal(self, way: str = "") -> None:
        """Open the journal and say so on the sign-in page, or why it cannot be opened.

        `way` is an offer of a fault that was taken, such as "read".
        """
        from il2desk.window.opening import Trouble, open_for_window  # noqa: PLC0415 - first paint

        self._way = way
        found = open_for_window(
            self._journal, practice=self._practice, way=way, passphrase=self._passphrase
        )
        if isinstance(found, Trouble) and found.asks:
            self._ask_passphrase(found)
        elif isinstance(found, Trouble):
            page = self._sign_in or self._show_sign_in(LockFacts())
            page.show_fault(found.sentences, found.offers)
        elif found is None:
            self._ask_folder()
        else:
            self._take(found)

    def _ask_passphrase(self, trouble: Trouble) -> None:
        """Ask for the passphrase; after a wrong one say so, and that there are other ways on."""
        from il2desk.window.pages.passphrase import passphrase_page  # noqa: PLC0415 - some sites

        tried, self._passphrase, self._waiting = self._passphrase, None, None
        page = passphrase_page(self.window, self._on_passphrase, self._on_offer)
        self._sign_in = None
        page.ask(trouble.sentences, trouble.offers, tried=tried is not None)

    def _on_passphrase(self, typed: str) -> None:
        self._passphrase = typed
        self.open_journal(self._way)

    def _on_offer(self, offer: str) -> None:
        if self._sign_in is not None:
            self._sign_in.clear_fault()
        if offer == "restore":
            self._ask_restore()
            return
        self.open_journal(offer)

    def _ask_restore(self) -> None:
        from il2desk.window.pages.restore import RestorePage  # noqa: PLC0415 - on a bad day only

        page = RestorePage(self._journal or paths.journal_file())
        page.left.connect(self.start, _LATER)
        self._sign_in = None
        self.window.lock(page)
        page.opened()

    def _ask_folder(self) -> None:
        from il2desk.window.new_journal import FirstFolder  # noqa: PLC0415 - a first run only

        self._sign_in = None
        asked = FirstFolder(self.window, self)
        asked.made.connect(self._on_made, _LATER)
        asked.restored.connect(self.start, _LATER)
        asked.practice.connect(self.open_practice_trial, _LATER)

    def _on_made(self, desk: Desk) -> None:
        self._journal = desk.journal.path
        self._take(desk)

    def open_practice_trial(self) -> None:
        """Leave the real journal and open the practice one."""
        self.close()
        self._practice, self._journal = True, None
        self._show_sign_in(LockFacts())
        self.open_journal()

    def _take(self, desk: Desk) -> None:
        from il2desk.desk import enough_people  # noqa: PLC0415 - after the first paint
        from il2desk.window.copied import CopiedWatch  # noqa: PLC0415
        from il2desk.window.idle import IdleWatch  # noqa: PLC0415
        from il2desk.window.kept_work import KeptWorks  # noqa: PLC0415
        from il2desk.window.office import Office  # noqa: PLC0415

        self.desk, self._passphrase = desk, None  # the journal holds it from now on
        self.office = Office(desk, self.window, self.preferences)
        self._kept, self._copied = KeptWorks(), CopiedWatch(self)
        self.office.ticked.connect(self._on_tick)
        self.office.lock_asked.connect(self.lock, _LATER)
        self.office.set_up.connect(self._after_set_up, _LATER)
        self.office.practice_asked.connect(self.open_practice_trial, _LATER)
        QTimer.singleShot(_SETTLED_MS, self, self._check_soundness)
        app = QCoreApplication.instance()
        if app is not None:
            self._idle = IdleWatch(app, desk.clock.now, self)
            self._idle.follow(self.preferences)
            self._idle.idle.connect(self.lock)
            self._idle.soon.connect(self._warn)
        if desk.site is None or not enough_people(desk):
            self.window.unlock()
            self.office.open("first-run")
            return
        page = self._sign_in
        if page is None or not self.window.is_locked():
            page = self._show_sign_in(LockFacts())
        self._greet(page)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._on_signing(*waiting)

    def _check_soundness(self) -> None:
        from il2desk.window.soundness import Soundness  # noqa: PLC0415 - after the first paint

        if self.desk is not None and self.office is not None and self._soundness is None:
            self._soundness = Soundness(self.desk, self.office)

    def _greet(self, page: SignInPage) -> None:
        from il2desk.desk import drafts, staff  # noqa: PLC0415

        if self.desk is None:
            return
        page.set_moment(self._moment())
        people = [(person.name, person.role) for person in staff(self.desk)]
        note = say("Practice PINs: K. Brandt 1111, A. Ruiz 2222, M. Sato 3333.")
        page.set_people(people, note if self.desk.practice else "")
        if page.said() == say("Opening the journal ..."):
            site = self.desk.site
            kept = drafts_line(drafts.drafts_waiting(self.desk))
            told = (kept, say("Nothing of what is kept was recorded.") if kept else "")
            page.say("  ".join(part for part in ("" if site is None else site.name, *told) if part))

    def _on_tick(self) -> None:
        page = self.sign_in_page()
        if page is not None:
            page.set_moment(self._moment())

    def _moment(self) -> str:
        from il2desk.dosing import write_clock, write_weekday  # noqa: PLC0415

        if self.desk is None:
            return ""
        now = self.desk.now()
        return f"{write_clock(now)} {now.tzname()} (24-hour)  {write_weekday(now.date())}"

    def _after_set_up(self) -> None:
        self._greet(self._show_sign_in(LockFacts()))

    # Signing in and locking

    def _on_signing(self, name: str, pin: str) -> None:
        page = self._sign_in
        if self.desk is None or self.office is None:
            self._waiting = (name, pin)  # typed before the journal was open
            return
        from il2desk.desk import JournalFault, sign_in  # noqa: PLC0415 - after the first paint
        from il2desk.dosing import Refusal  # noqa: PLC0415

        before = None if self.desk.person is None else self.desk.person.id
        try:
            person = sign_in(self.desk, name, pin)
        except JournalFault as error:
            if page is not None:
                page.refuse(str(error))
            return
        if isinstance(person, Refusal):
            if page is not None:
                page.refuse(person.text)
            return
        # What another person left open goes before the window is shown again.
        if before is not None and before != person.id:
            self._put_aside(before)
        self.window.unlock()
        self._sign_in = None
        if self._idle is not None:
            self._idle.alive()
        self._enter(person.id, same=before == person.id)

    def _put_aside(self, who: str) -> None:
        office, kept = self.office, self._kept
        work = None if office is None else office.put_aside(self._focus)
        if kept is not None and work is not None:
            kept.keep(who, work)

    def _enter(self, who: str, *, same: bool) -> None:
        office, desk = self.office, self.desk
        if office is None or desk is None:
            return
        kept = None if self._kept is None else self._kept.take(who)
        office.show_facts()
        office.show_modes()
        page = office.page()
        if desk.own_pin_due:
            office.forget_trail()
            office.open("staff", own_pin=True)
        elif kept is not None and not office.unsafe:
            office.say("")
            office.bring_back(kept)
        elif same and page is not None:
            office.guarded(page.refresh)
            office.show_action()
            if self._focus is not None and isValid(self._focus):
                self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            office.forget_trail()
            office.open("today")

    def lock(self) -> None:
        """Hide everything behind the sign-in page; what was typed stays."""
        if self.desk is None or self.desk.person is None or self.window.is_locked():
            return
        from il2desk.dosing import write_clock  # noqa: PLC0415
        from il2desk.window.sign_panel import SignPanel  # noqa: PLC0415

        self._focus = self.window.focusWidget()
        panel = self.window.panel()
        if isinstance(panel, SignPanel):
            self.window.close_panel()  # a PIN that was begun is typed again
        for pin in self.window.findChildren(PinEdit):
            pin.clear_entry()  # whoever typed it may have gone: nobody signs with it afterwards
        if self._copied is not None:
            self._copied.forget()
        kept = 0 if self.office is None else self.office.drafts.keep_all()
        facts = LockFacts(self.desk.person.name, write_clock(self.desk.now()), kept)
        self._greet(self._show_sign_in(facts))

    def _warn(self) -> None:
        if not self.window.is_locked():
            self.window.say(say("The screen locks in 30 seconds. Any key keeps it open."))

    # The end

    def crashed(self, crash_file: str) -> None:
        """Clear what is on screen after a defect and allow no further entry."""
        if self.office is not None:
            self.office.mark_unsafe(crash_file)  # before the window is shown again
            if self._kept is not None:
                self._kept.drop_all()
            self.window.unlock()
            return
        page = self._sign_in
        if page is not None:
            page.show_fault(
                (
                    say("The program met a defect while it opened the journal."),
                    say("Everything that was called stored is safe."),
                    say("Start it again; if this comes again, use the downtime sheet."),
                ),
                (),
            )

    def faulted(self, error: JournalFault | CatalogueFault) -> None:
        """Show a fault of the journal or of a shipped file that a page did not catch."""
        if self.office is not None and not self.window.is_locked():
            self.office.fault(error)

    def close(self) -> None:
        """Let go of the journal."""
        self._passphrase = None
        if self._soundness is not None:
            self._soundness.end()
            self._soundness = None
        if self._idle is not None:
            self._idle.deleteLater()
            self._idle = None
        if self._copied is not None:
            self._copied.forget()
            self._copied.deleteLater()
            self._copied = None
        if self._kept is not None:
            self._kept.drop_all()
            self._kept = None
        if self.office is not None:
            self.office.backups.at_exit()
            self.office.end()
            self.office = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None
