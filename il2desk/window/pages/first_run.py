"""The first run of a journal: the site, then two people, then the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimeZone
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import PAPERS, add_staff, new_token, set_up_site, staff, zone_of
from il2desk.dosing import Refusal, write_clock
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, Entry, Form, NumberedChoice, TextEntry
from il2desk.window.office import Office
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.person_form import PersonForm
from il2desk.window.theme import PlainLabel
from il2desk.words import say

_PEOPLE = 2


class SiteForm(Form):
    """Name, time zone and paper of the site."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.name = self.add(TextEntry(say("Site name"), required=True))
        self.name.set_hint(say("As it is printed on sheets"))
        self.zone = self.add(TextEntry(say("Time zone"), required=True))
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
        self.zone.set_hint(say("As Europe/Berlin. This computer says {zone}.", zone=here))
        self.zone.settled.connect(self._check_zone)
        papers = tuple(Choice(paper, paper) for paper in PAPERS)
        self.paper = self.add(NumberedChoice(say("Paper"), papers, columns=2))
        self.caution = self.add(TextEntry(say("Caution on labels")))
        self.caution.set_hint(say("As the law of the site wants it beside an investigational drug"))

    def _check_zone(self, value: object) -> None:
        if not isinstance(value, str):
            return
        zone = zone_of(value.strip())
        if isinstance(zone, Refusal):
            self.zone.set_error(zone.text)
            return
        now = self._office.desk.clock.now().astimezone(zone)
        self.zone.set_hint(
            say("Now {time} {zone} (24-hour)", time=write_clock(now), zone=now.tzname() or "")
        )

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal beside its field."""
        places: dict[str, Entry] = {"zone": self.zone, "paper": self.paper, "caution": self.caution}
        entry = places.get(refusal.code, self.name)
        entry.set_error(refusal.text)
        entry.focus_entry()


class FirstRunPage(Page):
    """Goes on from whatever the journal already holds; each step is stored when it is committed."""

    help_topic = "first-run"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._token = new_token()
        self._step = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._text = PlainLabel(parent=self)
        self._column.addWidget(self._text)
        self._fields = QWidget(self)
        self._column.addWidget(self._fields)
        trial = Button(say("Open practice trial"), parent=self)
        trial.clicked.connect(office.practice_asked)
        row = QHBoxLayout()
        row.addWidget(trial)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(1)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Set up IL2Desk")

    def action(self) -> ActionState:
        """Store this step, or go on to signing in."""
        if self.form is None:
            ready = say("The journal is set up.")
            return ActionState(ready, say("Go on to sign in"), back=None)
        missing = tuple(entry.label_text() for entry in self.form.missing())
        words = say("Store the site") if isinstance(self.form, SiteForm) else say("Add this person")
        return ActionState(say("This step is not stored yet."), words, missing, back=None)

    def commit(self) -> None:
        """Store this step."""
        desk, form = self.office.desk, self.form
        if isinstance(form, SiteForm):
            if not form.judge_all():
                form.focus_first_wrong()
                return
            answer: object = set_up_site(
                desk, form.name.value() or "", (form.zone.value() or "").strip(),
                form.paper.value() or "", self._token,
                caution=form.caution.value() or "",
            )  # fmt: skip
        elif isinstance(form, PersonForm):
            if not form.ready():
                return
            answer = add_staff(
                desk, form.name.value() or "", form.role.value() or "", form.pin.value() or "", self._token
            )  # fmt: skip
        else:
            self.office.set_up.emit()
            return
        if isinstance(answer, Refusal):
            form.refuse(answer)
            return
        self._token = new_token()
        self.office.stored()
        self.opened()

    def go_back(self) -> None:
        """There is nothing before the first run."""

    def refresh(self) -> None:
        """Show the first step that the journal does not hold yet."""
        people = staff(self.office.desk)
        step = 1 if self.office.desk.site is None else 2 + min(len(people), _PEOPLE)
        if step == self._step:
            return  # what is typed stays
        self._step, self.form = step, None
        if step == 1:
            text = say("1 of 3. The site is printed on every sheet; its time zone sets all times.")
            self.form = SiteForm(self.office, self)
        elif len(people) < _PEOPLE:
            text = say(
                "{step} of 3. Two people are needed: whoever prepares or records a dose never signs "
                "it as the second person.",
                step=step,
            )
            self.form = PersonForm(self)
        else:
            text = say(
                "The site and two people are stored. Sign in; then bring in the site's protocol under "
                "Protocols and have two people activate it. The practice trial shows the whole way "
                "with patients who do not exist."
            )
        self._text.setText(text)
        fresh = QWidget(self) if self.form is None else self.form
        self._column.replaceWidget(self._fields, fresh)
        self._fields.hide()
        self._fields.deleteLater()
        self._fields = fresh
        if self.form is not None:
            self.form.changed.connect(self.action_changed)
        self.action_changed.emit()

    def opened(self) -> None:
        """Begin with the first field; at the end on no button, so that Space opens no practice trial."""
        if self.form is not None:
            self.form.entries()[0].focus_entry()
        else:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
