"""Lines of the delegation log: entered and ended, each in a panel beside the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import Member, delegation, new_token
from il2desk.dosing import Refusal, refuse, write_date
from il2desk.window.fields import ClinicalDateEdit, TextEntry
from il2desk.window.pages.form_panel import FormPanel
from il2desk.window.pages.people_panels import days, open_panel
from il2desk.window.pages.signing import Act, sign_once
from il2desk.window.pages.tick import TickBox
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class DelegatePanel(FormPanel):
    """Investigator, days, and a box for each duty; then the signature."""

    def __init__(self, office: Office, member: Member) -> None:
        who = member.person
        super().__init__(
            say("Delegate duties"),
            (
                f"{who.name}, {say(who.role)}",
                say("As it stands in the log that the investigator signed."),
            ),
            say("Review and sign"),
            self._review,
        )
        self._office, self._who, self._token = office, who, new_token()
        self.investigator = TextEntry(say("Investigator"), required=True)
        self.ask(self.investigator, "investigator")
        self.begins = ClinicalDateEdit(say("From"), office.now, required=True)
        self.ask(self.begins)
        self.ends = ClinicalDateEdit(say("To, if set"), office.now, required=False)
        self.ask(self.ends, "ends")
        self.duties = {
            duty: TickBox(say(words), parent=self) for duty, words in delegation.DUTIES.items()
        }
        for box in self.duties.values():
            self.form.add_widget(box)

    def _review(self) -> Refusal | None:
        begins, ends = self.begins.value(), self.ends.value()
        duties = tuple(duty for duty, box in self.duties.items() if box.isChecked())
        if not duties:
            return refuse("duties", say("Choose at least one duty."))
        if begins is None:
            return refuse("begins", say("Enter the first day."))
        if ends is not None and ends < begins:
            return refuse("ends", say("The last day is before the first. Enter both days again."))
        form = delegation.DelegationForm(
            self._who.id, duties, self.investigator.typed(), begins, ends
        )
        review = (
            f"{self._who.name}, {say(self._who.role)}",
            *(say(delegation.DUTIES[duty]) for duty in duties),
            say("Investigator: {name}", name=form.investigator),
            days(begins, ends),
        )
        office, token = self._office, self._token
        sign_once(
            office,
            Act(say("Delegate duties"), review, delegation.ENTERED, ""),
            lambda signature: delegation.delegate_duties(office.desk, form, signature, token),
            lambda: _stored(office),
        )
        return None


def ask_end_of(office: Office, line: delegation.Delegation) -> None:
    """Ask for the last day of a delegation and why it ends, then for the signature."""
    token = new_token()
    named = (
        f"{line.name}, {say(line.role)}",
        *(say(delegation.DUTIES[duty]) for duty in line.duties),
        days(line.begins, line.ends),
    )

    def act() -> Refusal | None:
        last, because = day.value(), reason.typed()
        if last is None or last < line.begins:
            first = write_date(line.begins)
            return refuse("last", say("It began on {first}. Enter a later last day.", first=first))
        review = (
            *named,
            say("Last day {day}", day=write_date(last)),
            say("Reason: {reason}", reason=because),
        )
        sign_once(
            office,
            Act(say("End this delegation"), review, delegation.ENDED, ""),
            lambda signature: delegation.end_delegation(
                office.desk, line.entry, last, because, signature, token
            ),
            lambda: _stored(office),
        )
        return None

    panel = FormPanel(say("End this delegation"), named, say("Review and sign"), act)
    day = ClinicalDateEdit(say("Last day"), office.now, required=True)
    panel.ask(day, "last")
    reason = TextEntry(say("Reason"), required=True)
    panel.ask(reason, "reason")
    open_panel(office, panel)


def _stored(office: Office) -> None:
    office.window.close_panel()
    office.stored(say("The delegation log is stored."))
