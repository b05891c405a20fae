"""What is known about the dose chosen on the board."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from il2desk.desk import (
    CheckRecord,
    CycleChart,
    Desk,
    DoseRecords,
    Located,
    PatientChart,
    SlotState,
    items_for,
    may_delay,
    open_before,
    site_rules,
    weight_note,
)
from il2desk.dosing import (
    Refusal,
    plain,
    write_clock,
    write_dose,
    write_moment,
    write_span,
    write_weekday,
)
from il2desk.window.buttons import Button
from il2desk.window.flow import FlowLayout
from il2desk.window.glyphs import GlyphLabel
from il2desk.window.pages.check_recorded import recorded_criteria
from il2desk.window.pages.criteria_words import led_to, outside, scopes_of
from il2desk.window.pages.disputes import dispute_lines
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.theme import SECONDARY_PX, PlainLabel, title_label
from il2desk.words import say

_WIDTH = 310


class BoardPanel(QFrame):
    """The chosen dose in words; its buttons name the keys that do the same.

    `asked` carries what a button is for: "open", "delay", "records", "witness".
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        self._title = title_label("", parent=self)
        self._status = GlyphLabel("scheduled", say("Scheduled"), parent=self)
        self._verdict = GlyphLabel("GO", "GO", parent=self)
        self._facts = PlainLabel(px=SECONDARY_PX, parent=self)
        self._cautions = PlainLabel(px=SECONDARY_PX, bold=True, parent=self)
        keys = PlainLabel(
            say("G P H O U record an outcome in step 5"), px=SECONDARY_PX, muted=True, parent=self
        )
        for widget in (
            self._title, self._status, self._verdict, self._facts, self._cautions, keys,
        ):  # fmt: skip
            column.addWidget(widget)
        row = FlowLayout(gap=8, line_gap=6)
        column.addLayout(row)  # first: items added to a layout without an owner die
        self._buttons: dict[str, Button] = {}
        for what, words, key in (
            ("open", say("Open"), "Enter"),
            ("delay", say("Delay"), "D"),
            ("witness", say("Second person"), "V"),
            ("records", say("Amend"), "A"),
        ):
            button = Button(words, key, parent=self)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setProperty("asks", what)
            button.clicked.connect(self._ask)
            row.addWidget(button)
            self._buttons[what] = button
        column.addStretch(1)

    def show_dose(
        self, desk: Desk, chart: PatientChart, cycle: CycleChart, slot: SlotState
    ) -> None:
        """Show a dose of the cycle."""
        dose = cycle.doses[slot.number]
        record = dose.administration
        waits = record is not None and record.waits == "needs second person"
        # What would only be refused is not offered.
        delays = may_delay(desk, Located(chart, cycle, dose))
        self._buttons["delay"].setVisible(not isinstance(delays, Refusal))
        self._buttons["witness"].setVisible(waits)
        self._title.setText(
            say("Dose {number} of {count}", number=slot.number, count=len(cycle.doses))
        )
        self._status.set_state(slot.state, slot.word, amended=slot.amended)
        check = dose.check
        self._verdict.setVisible(check is not None)
        if check is not None:
            at = write_clock(desk.local(check.assessed_at))
            self._verdict.set_state(check.verdict, f"{check.verdict} {say(check.scope or '')} {at}")
        lines = [_planned(desk, dose), slot.moved, *_verdict(desk, check), *_override(dose)]
        lines += _recorded(desk, dose)
        lines += [_premedication(desk, chart, cycle, dose), _released(desk, dose)]
        if dose.administration is None:
            lines += _last_given(desk, cycle)
        self._facts.setText(spoken_all((line for line in lines if line), "\n"))
        cautions = "" if dose.administration is not None else _caution(desk, cycle, slot.number)
        self._cautions.setText(cautions)
        self._cautions.setVisible(bool(cautions))

    def text(self) -> str:
        """All that the panel says, for readers and tests."""
        verdict = "" if self._verdict.isHidden() else self._verdict.words()
        parts = (self._title.text(), self._status.words(), verdict, self._facts.text())
        return spoken_all([*parts, self._cautions.text()], "\n")

    def offered(self) -> tuple[str, ...]:
        """What the buttons shown are for."""
        return tuple(what for what, button in self._buttons.items() if not button.isHidden())

    def _ask(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(str(sender.property("asks")))


def _planned(desk: Desk, dose: DoseRecords) -> str:
    planned = desk.local(dose.planned)
    text = say("planned {day} {time}", day=write_weekday(planned.date()), time=write_clock(planned))
    if dose.delayed_to is None:
        return text
    later = desk.local(dose.delayed_to)
    return spoken_all(
        (
            text,
            say(
                "Delayed to {when} (+{span})",
                when=write_moment(later),
                span=write_span(later - planned),
            ),
        ),
        "\n",
    )


def _verdict(desk: Desk, check: CheckRecord | None) -> list[str]:
    """Why the latest check said what it said, and how long it holds."""
    if check is None:
        return [say("No check before this dose recorded")]
    word = f"{check.verdict} {check.scope}" if check.scope else check.verdict  # as stored
    lines = [*_causes(check), check.sentence.removeprefix(word).lstrip(".: ")]
    if check.valid_until is not None:
        until = write_moment(desk.local(check.valid_until))
        lines.append(say("Check by {who}, valid to {until}", who=check.by, until=until))
    if check.weight_corrected_at is not None:
        lines.append(say("▲ It rests on a weight that was entered in error. Check again."))
    return lines


def _override(dose: DoseRecords) -> list[str]:
    """Who ordered the dose despite its verdict, and why."""
    override = dose.override
    if override is None:
        return []
    text = say("Override: {reason}, ordered by {who} ({way}), signed by {names}",
               reason=override.reason, who=override.prescriber, way=override.way,
               names=", ".join(override.signatures))  # fmt: skip
    return [f"▲ {text}"]


def _causes(check: CheckRecord) -> list[str]:
    """How many criteria are outside their limits; each with its value and what it triggers."""
    met = [row for row in recorded_criteria(check) if row.result == "met"]
    if not met:
        return []
    scopes = scopes_of(met, check.scope)
    return [outside(len(met)), *(led_to(row, scopes.get(row.id, "")) for row in met)]


def _recorded(desk: Desk, dose: DoseRecords) -> list[str]:
    """What was recorded about this dose: outcome, times, people, amendments."""
    record = dose.administration
    if record is None:
        return []
    lines = list(dispute_lines(desk, record.disputes))
    if record.against:
        lines.append(f"▲ {record.against}")
    if record.given_at is not None:
        lines.append(say("Given {when}", when=write_moment(desk.local(record.given_at))))
    if record.given_dose_iu is not None:
        lines.append(say("Given dose:\n{dose}", dose=write_dose(record.given_dose_iu)))
    if record.reason:
        lines.append(say("Reason: {reason}", reason=record.reason))
    when = write_moment(desk.local(record.recorded_at))
    second = record.cosigned_by or say("nobody yet")
    lines.append(
        say(
            "Recorded {when} by {who}, second person {second}",
            when=when,
            who=record.by,
            second=second,
        )
    )
    lines += [
        say(
            "A{number} {field}: {old} is now {new}, {reason}",
            number=change.number, field=change.field, old=change.old, new=change.new,
            reason=change.reason,
        )
        for change in record.changes
    ]  # fmt: skip
    return lines


def _premedication(desk: Desk, chart: PatientChart, cycle: CycleChart, dose: DoseRecords) -> str:
    items = items_for(desk, chart, cycle)
    if isinstance(items, Refusal):
        return items.text
    if not items:
        return say("Premedication: this protocol lists none")
    return say("Premedication {done} of {count}", done=len(dose.premedication), count=len(items))


def _released(desk: Desk, dose: DoseRecords) -> str:
    release = dose.release
    if release is None:
        return ""
    text = say(
        "Released {when} by {who}, checked by {second}",
        when=write_moment(desk.local(release.at)),
        who=release.by,
        second=release.checked_by,
    )
    note = weight_note(dose)
    return f"{spoken(text)}\n▲ {spoken(note)}" if note else text


def _last_given(desk: Desk, cycle: CycleChart) -> list[str]:
    """The last dose that went in, how long ago, and how far apart doses must be."""
    lines: list[str] = []
    last = cycle.last_given
    record = None if last is None else last.administration
    if last is not None and record is not None and record.given_at is not None:
        when = desk.local(record.given_at)
        lines.append(
            say(
                "Last given: dose {number}, {when}, {span} ago",
                number=last.number,
                when=write_moment(when),
                span=write_span(desk.now() - when),
            )
        )
    least = site_rules(desk, cycle).minimum_interval_h
    if least is None:
        lines.append(say("Minimum interval: not filled in by the site"))
    else:
        lines.append(say("Minimum interval: {hours} hours", hours=plain(least)))
    return lines


def _caution(desk: Desk, cycle: CycleChart, number: int) -> str:
    """An earlier dose without an outcome, and a last dose too short ago."""
    lines: list[str] = []
    earlier = open_before(cycle, number)
    if earlier is not None:
        lines.append(
            say(
                "▲ Dose {earlier} has no outcome yet. Record dose {earlier} first, or record dose "
                "{number} now.",
                earlier=earlier,
                number=number,
            )
        )
    least = site_rules(desk, cycle).minimum_interval_h
    last = cycle.last_given
    record = None if last is None else last.administration
    if least is not None and record is not None and record.given_at is not None:
        span = desk.now() - record.given_at
        if span < timedelta(minutes=int(least * 60)):
            lines.append(
                say(
                    "▲ Last dose {span} ago. Protocol: {hours} hours apart.",
                    span=write_span(span),
                    hours=plain(least),
                )
            )
    return spoken_all(lines, "\n")
