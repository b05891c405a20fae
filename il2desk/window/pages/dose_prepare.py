"""Step 4, Prepare: what to draw, what was taken, and the release by two people, one of them blind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import (
    RELEASE_FIRST,
    DosePlace,
    Located,
    ReleaseForm,
    ReleaseRecord,
    changed_weight,
    check_release_form,
    drafts,
    may_discard,
    may_override,
    may_prepare,
    may_release,
    sign,
    to_watch_for,
    wrong_preparation,
)
from il2desk.dosing import Dose, Refusal, write_moment, write_quantity
from il2desk.window.buttons import Button
from il2desk.window.form_draft import FormDraft
from il2desk.window.pages.blind_release import BlindRelease
from il2desk.window.pages.check_action import in_short
from il2desk.window.pages.discarding import ask_discard
from il2desk.window.pages.dose_words import dose_line, prepared_line
from il2desk.window.pages.facts_grid import FactsGrid
from il2desk.window.pages.keep_weight import open_keep
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.override import OverridePanel
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.preparation_facts import (
    preparation_facts,
    preparation_notes,
    release_facts,
    shelf_words,
    use_facts,
)
from il2desk.window.pages.release_form import ReleaseEntries
from il2desk.window.pages.release_review import release_review
from il2desk.window.pages.second_reading import WIDTH, Cover
from il2desk.window.pages.step import Step
from il2desk.window.sign_panel import SignRequest
from il2desk.window.spoken import spoken_all
from il2desk.window.theme import SECONDARY_PX, PlainLabel, title_label
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office
    from il2desk.window.pages.dose import DosePage


class PrepareStep(Step):
    """The preparation of one dose. HOLD and CANNOT ASSESS allow preparing, never release."""

    number = 4
    title = "Prepare"
    help_topic = "prepare"

    def __init__(self, office: Office, place: DosePlace, page: DosePage) -> None:
        super().__init__(office, place, page)
        self._dose: Dose | None = None
        self._block: tuple[str, ...] = ()
        self.blind = BlindRelease(office, place, self)
        # Before the entries: where the keyboard goes once these are hidden, nothing is discarded.
        self.discard = Button(say("Discard the preparation ..."), parent=self)
        self.blocked = Notice(parent=self)
        self.problems = Notice(parent=self)
        self.watch = Notice(grave=False, parent=self)
        self.facts = FactsGrid(name_px=110, parent=self)
        self.notes = PlainLabel(px=SECONDARY_PX, muted=True, parent=self)
        self.shelf = PlainLabel(parent=self)
        # They stand over the entries, and one Shift+Tab from the first lot leads to them.
        self.override = Button("", parent=self)
        self.keep = Button(say("Keep the dosing weight ..."), parent=self)
        self.entries = ReleaseEntries(office, self)
        self.work = QWidget(self)
        self.cover = Cover(self)
        # Hidden, not stacked: the wide work must not hold the page wide behind the panel.
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.work)
        stack.addWidget(self.cover)
        self.cover.hide()
        self._lay_out()
        self.override.clicked.connect(self._open_override)
        self.keep.clicked.connect(self._open_keep)
        self.discard.clicked.connect(self._open_discard)
        self.entries.changed.connect(self._on_changed)
        self.blind.covered.connect(self._on_covered)
        self.draft = FormDraft(
            office, self.entries, drafts.DraftPlace("prepare", place.subject, place.cycle, place.number),
            self.entries.changed, more_lots=self.entries.lots.add_row,
        )  # fmt: skip

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        self.left_title = title_label(say("Preparation"), parent=self)
        left.addWidget(self.left_title)
        left.addWidget(self.facts)
        left.addWidget(self.notes)
        left.addStretch(1)
        right = QVBoxLayout()
        self.right_title = title_label(say("What was taken"), parent=self)
        right.addWidget(self.right_title)
        right.addWidget(self.shelf)
        right.addWidget(self.entries)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(left, 4)
        columns.addLayout(right, 5)  # a lot's three fields stand in one line where there is room
        whole = QVBoxLayout(self.work)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.blocked)
        whole.addWidget(self.override, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.discard, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.watch)
        whole.addWidget(self.problems)
        whole.addLayout(columns, 1)

    # What is shown

    def state_word(self) -> str:
        """Whether the dose is released."""
        return "ok" if self.located is not None and _standing(self.located) is not None else "-"

    def refresh(self, located: Located) -> None:
        """Ask every gate again and show the preparation as it is now."""
        self._dose = None
        self.facts.set_facts(())
        self.notes.setText("")
        self.problems.set_sentences(())
        super().refresh(located)
        desk, dose = self.office.desk, located.dose
        prepared = may_prepare(desk, located.chart, located.cycle, dose.number)
        released = may_release(desk, located.chart, located.cycle, dose.number, ())
        self._dose = None if isinstance(prepared, Refusal) else prepared
        self._show_watch(located)
        self._block = released.reasons if isinstance(released, Refusal) else ()
        release = _standing(located)
        wrong = wrong_preparation(desk, located)
        self.blocked.set_sentences(
            ()
            if release is not None and not wrong
            else (*((wrong,) if wrong else ()), *self._block)
        )
        self._show_override(located)
        changed = changed_weight(desk, located.chart, located.cycle)
        self.keep.setVisible(changed is not None and release is None)
        self.discard.setVisible(not isinstance(may_discard(located), Refusal))
        if release is not None:
            self.facts.set_facts((*release_facts(desk, release), *use_facts(desk, located)))
        elif self._dose is not None:
            self.entries.set_dose(self._dose)
            self._show_facts()
        takes = self._dose is not None and release is None
        if release is not None:
            self.draft.recorded()
        self.left_title.setVisible(bool(self.facts.facts()))
        self.entries.setVisible(takes)
        self.shelf.setVisible(takes)
        self._show_shelf()
        self.right_title.setVisible(takes)
        self.changed.emit()

    def _show_shelf(self) -> None:
        """Which vials to take, first expiry first; or that stock is not kept here."""
        if self._dose is not None:
            self.shelf.setText(shelf_words(self.entries.shelf(), self._dose.vials))

    def _show_watch(self, located: Located) -> None:
        """What was discarded; other drugs and allergies, until the dose is recorded."""
        open_now = located.dose.administration is None
        lines = to_watch_for(self.office.desk, located.chart, located.cycle) if open_now else ()
        gone = (
            say(
                "A preparation released by {first} was discarded {when} by {who}: {why}",
                first=one.release.by,
                when=write_moment(self.office.desk.local(one.at)),
                who=one.by,
                why=one.reason,
            )
            for one in located.dose.discarded
        )
        self.watch.set_sentences((*gone, *lines))

    def _show_facts(self) -> None:
        if self._dose is not None:
            self.facts.set_facts(preparation_facts(self._dose, self.entries.reconstituted.value()))
            self.notes.setText(spoken_all(preparation_notes(self._dose), "\n"))

    def _show_override(self, located: Located) -> None:
        allowed = may_override(self.office.desk, located.cycle, located.dose)
        check, override = located.dose.check, located.dose.override
        done = check is not None and override is not None and override.check == check.entry
        possible = not isinstance(allowed, Refusal) and not done and _standing(located) is None
        self.override.setVisible(possible and located.dose.administration is None)
        verdict = "" if check is None else check.verdict
        self.override.set_words(say("Give despite {verdict} ...", verdict=verdict))

    def _open_override(self) -> None:
        if self.located is not None:
            panel = OverridePanel(self.office, self.place, self.located)
            panel.back.connect(self.office.window.close_panel)
            self.office.window.open_panel(panel)

    def _open_keep(self) -> None:
        if self.located is not None:
            open_keep(self.office, self.place, self.located)

    def _open_discard(self) -> None:
        if self.located is not None:
            ask_discard(self.office, self.place, self.located)

    def _on_changed(self) -> None:
        self.problems.quiet()
        self._show_facts()
        self._show_shelf()
        self.changed.emit()

    def opened(self) -> None:
        """Begin with the first lot."""
        if self.entries.isVisible():
            self.entries.lots.rows()[0].focus_entry()
        elif self.override.isVisible():
            self.override.setFocus()

    # The act

    def action(self) -> ActionState:
        """Release, or why not and what is possible."""
        at = self.located
        if at is None:
            return ActionState()
        release = _standing(at)
        if release is not None:
            when = write_moment(self.office.desk.local(release.at))
            if at.dose.administration is not None:
                return ActionState(say("Released {when}.", when=when))
            return ActionState(
                say("Released {when}. Record it in step 5.", when=when), say("Record")
            )
        if self._block:
            return ActionState(primary=say("Release"), blocked=self._why_blocked(at))
        drawn = "" if self._dose is None else self._drawn(self._dose)
        return ActionState(
            spoken_all((part for part in (drawn, say("Nothing is recorded yet.")) if part), "\n"),
            say("Release"),
            self.entries.missing(),
        )

    def _why_blocked(self, at: Located) -> str:
        """What stands in the bar: a HOLD with its count, because its reasons stand on the page."""
        check, why = at.dose.check, self._block[0]
        if check is None or check.verdict != "HOLD" or not why.startswith(check.sentence):
            return why
        return say("{verdict} Release is blocked; why stands above.", verdict=in_short(check))

    def _drawn(self, dose: Dose) -> str:
        """The DOSE, and on a line of its own what is drawn for it."""
        total, prepared = self.entries.total_ml(), prepared_line(dose)
        if total is not None:
            volume = write_quantity(total, "mL")
            prepared = say("{prepared}, total volume {total}", prepared=prepared, total=volume)
        return f"{dose_line(dose)}\n{prepared}"

    def focus_missing(self) -> None:
        """Show what is missing beside each field, and begin with the first."""
        self.entries.focus_missing()

    def commit(self) -> None:
        """Ask every gate about what was entered, then for the first person's PIN."""
        at = self.located
        if at is None:
            return
        if _standing(at) is not None:
            self.office.open("dose", place=self.place, step=5)
            return
        self.problems.set_sentences(())
        form = self.entries.form_value()
        if form is None:
            self.entries.focus_missing()
            return
        dose = check_release_form(self.office.desk, at.chart, at.cycle, self.place.number, form)
        if isinstance(dose, Refusal):
            self.problems.set_sentences(dose.reasons)
            return
        self._ask_first(at, dose, form)

    def _ask_first(self, at: Located, dose: Dose, form: ReleaseForm) -> None:
        desk = self.office.desk

        def first(name: str, pin: str) -> str | None:  # noqa: ARG001 - the signed-in person
            signature = sign(desk, pin, RELEASE_FIRST)
            if isinstance(signature, Refusal):
                return signature.text
            self.blind.begin(dose, form, signature)
            return None

        person = desk.person
        signer = "" if person is None else f"{person.name}, {say(person.role)}"
        self.office.ask_sign(
            SignRequest(
                say("Review before signing"),
                release_review(desk, at, dose, form),
                RELEASE_FIRST,
                signer,
                sign_words=say("Sign"),
            ),
            first,
        )
        panel = self.office.window.panel()
        if panel is not None:  # all that is signed for, in view at once
            panel.setFixedWidth(WIDTH)

    def _on_covered(self, covered: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.work.setVisible(not covered)
        self.cover.setVisible(covered)


def _standing(at: Located) -> ReleaseRecord | None:
    """The release that this step goes by: once the dose is recorded, whatever was released."""
    return at.dose.standing_release if at.dose.administration is None else at.dose.release
