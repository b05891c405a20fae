"""What people do about people, each in a panel beside the list: PINs, leaving."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from il2desk.desk import Member, access, new_token
from il2desk.dosing import Refusal, refuse, write_date
from il2desk.window.fields import ClinicalDateEdit, PinEdit, TextEntry
from il2desk.window.pages.form_panel import FormPanel
from il2desk.window.pages.signing import Act, sign_once
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


def open_panel(office: Office, panel: FormPanel) -> None:
    """Show a panel beside the page; Esc closes it."""
    panel.back.connect(office.window.close_panel)
    office.window.open_panel(panel)


class _TwoPins:
    """A new PIN typed twice."""

    def __init__(self, panel: FormPanel, label: str) -> None:
        self.pin, self.again = PinEdit(label), PinEdit(say("PIN again"))
        panel.ask(self.pin, "pin")
        panel.ask(self.again, "again")
        self.pin.entered.connect(self.again.focus_entry)

    def refusal(self) -> Refusal | None:
        """Why the two are no new PIN."""
        if self.pin.value() == self.again.value():
            return None
        self.again.clear_entry()
        return refuse("again", say("The two PINs differ. Type the same PIN again."))

    def clear(self) -> None:
        """Empty both."""
        self.pin.clear_entry()
        self.again.clear_entry()


def ask_own_pin(office: Office) -> None:
    """Ask for the old PIN and a new one of the person signed in."""
    desk, token = office.desk, new_token()

    def act() -> Refusal | None:
        if (wrong := pins.refusal()) is not None:
            return wrong
        typed = old.value() or ""
        old.clear_entry()  # it stays on no screen and in no field
        answer = office.guarded(
            lambda: access.change_pin(desk, typed, pins.pin.value() or "", token)
        )
        if isinstance(answer, Refusal):
            return answer
        if answer is not None:
            office.window.close_panel()
            office.stored(say("Your PIN is changed. The old one counts no more."))
        return None

    lines: tuple[str, ...] = (say("Only you know it. It signs for you."),)
    if desk.own_pin_due:
        first = say("{who} set the PIN that you have. Choose your own first.", who=desk.own_pin_due)
        lines = (first, *lines)
    panel = FormPanel(say("Change my PIN"), lines, say("Change"), act)
    old = PinEdit(say("Old PIN"))
    panel.ask(old, "old-pin", "too-many-tries")
    pins = _TwoPins(panel, say("New PIN"))
    old.entered.connect(pins.pin.focus_entry)
    open_panel(office, panel)


def ask_pin_for(office: Office, member: Member) -> None:
    """Ask for a new PIN of somebody who forgot theirs, then for the signature."""
    who, token = member.person, new_token()

    def act() -> Refusal | None:
        if (wrong := pins.refusal()) is not None:
            return wrong
        pin, because = pins.pin.value() or "", reason.typed()
        pins.clear()
        review = (f"{who.name}, {say(who.role)}", say("Reason: {reason}", reason=because), own)
        sign_once(
            office,
            Act(say("Set a PIN"), review, access.SET_PIN, ""),
            lambda signature: access.set_pin(office.desk, who.id, pin, because, signature, token),
            lambda: _stored(office, say("The PIN is set.")),
        )
        return None

    own = say("With it {name} can sign in and choose their own, and sign nothing before.",
              name=who.name)  # fmt: skip
    lines = (f"{who.name}, {say(who.role)}", own)
    panel = FormPanel(say("Set a PIN"), lines, say("Review and sign"), act)
    reason = TextEntry(say("Reason"), required=True)
    panel.ask(reason, "reason")
    pins = _TwoPins(panel, say("PIN"))
    open_panel(office, panel)


def ask_leaving(office: Office, member: Member) -> None:
    """Ask for the last day and the reason, then for the signature."""
    who, token = member.person, new_token()

    def act() -> Refusal | None:
        last, because = day.value(), reason.typed()
        if last is None or last > office.now().date():
            return refuse("left-on", say("Enter the last day: today or a day before."))
        review = (
            f"{who.name}, {say(who.role)}",
            say("Last day {day}", day=write_date(last)),
            say("Reason: {reason}", reason=because),
            follows,
        )
        sign_once(
            office,
            Act(say("Has left"), review, access.END_ACCESS, ""),
            lambda signature: access.end_access(
                office.desk, who.id, last, because, signature, token
            ),
            lambda: _stored(office, say("{name} signs no more.", name=who.name)),
        )
        return None

    follows = say("Nothing more can be signed under this name. Old signatures stand.")
    panel = FormPanel(
        say("Has left"), (f"{who.name}, {say(who.role)}", follows), say("Review and sign"), act
    )
    day = ClinicalDateEdit(say("Last day"), office.now, required=True)
    panel.ask(day, "left-on")
    reason = TextEntry(say("Reason"), required=True)
    panel.ask(reason, "reason")
    open_panel(office, panel)


def _stored(office: Office, said: str) -> None:
    office.window.close_panel()
    office.stored(said)


def days(begins: date, ends: date | None) -> str:
    """From when to when, in words."""
    if ends is None:
        return say("from {first}", first=write_date(begins))
    return say("{first} to {last}", first=write_date(begins), last=write_date(ends))
