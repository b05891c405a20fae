"""A dose in five steps: the frame around the step that is open."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from il2desk.desk import (
    DosePlace,
    Located,
    Steps,
    first_open_step,
    locate,
    outcome_of,
    slot_states,
    steps_of,
)
from il2desk.dosing import Refusal, write_clock, write_weekday
from il2desk.window import keys
from il2desk.window.glyphs import GlyphLabel
from il2desk.window.office import Office
from il2desk.window.pages.delay import open_delay
from il2desk.window.pages.in_view import KeepInView
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.pages.step import Step
from il2desk.window.pages.step_list import StepList
from il2desk.window.spoken import spoken_all
from il2desk.window.theme import PlainLabel
from il2desk.words import say

# Module and class of each step; a step is imported when it is first opened.
_STEPS = {
    1: ("dose_weight", "WeightStep"),
    2: ("dose_premedication", "PremedicationStep"),
    3: ("dose_check", "CheckStep"),
    4: ("dose_prepare", "PrepareStep"),
    5: ("dose_record", "RecordStep"),
}
_OWN = ("delay", "witness")


class DosePage(Page):
    """One dose of one patient; by default open at its first unfinished step.

    `outcome` is one of the administration outcomes; step 5 then opens with it chosen.
    """

    def __init__(
        self,
        office: Office,
        place: DosePlace,
        step: int | None = None,
        outcome: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(office, parent)
        self.place = place
        self.subject = place.subject
        self.at: Located | None = None
        self._steps: dict[int, Step] = {}
        self._current = 0
        self._last: ActionState | None = None
        self._outcome = outcome
        self._wanted = 5 if outcome is not None else step
        self._list = StepList(self)
        self._state = GlyphLabel("scheduled", say("Scheduled"), parent=self)
        self._refused = PlainLabel(bold=True, parent=self)
        self._refused.hide()
        self._place_of_steps = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._list, 1)
        head.addWidget(self._state)
        column.addLayout(head)
        column.addWidget(self._refused)
        column.addLayout(self._place_of_steps, 1)
        self._list.chosen.connect(self.show_step)
        self._in_view = KeepInView(self)
        self.refresh()
        self.show_step(self._wanted or self._first_open())

    @property
    def title(self) -> str:
        """Number and planned time of the dose; its state changes and stands beside the steps."""
        at = self.at
        if at is None:
            return say("Dose {number}", number=self.place.number)
        planned = self.office.desk.local(at.dose.planned)
        return say(
            "Dose {number} of {count}, planned {day} {time}",
            number=self.place.number,
            count=len(at.cycle.doses),
            day=write_weekday(planned.date()),
            time=write_clock(planned),
        )

    def step(self) -> Step | None:
        """The step that is open."""
        return self._steps.get(self._current)

    def show_step(self, number: int) -> None:
        """Open a step; what was typed in another one stays there."""
        if self.at is None or number not in _STEPS:
            return
        step = self._steps.get(number) or self._make(number)
        self._current = number
        self.help_topic = step.help_topic
        step.refresh(self.at)
        # Hidden, not stacked: a tall step must not make a short one scroll.
        for other, panel in self._steps.items():
            panel.setVisible(other == number)
        self._show_list()
        self._last = None
        self.action_changed.emit()
        if self.isVisible():
            step.opened()
            self._keep_keyboard()

    def next_step(self) -> None:
        """Open the step after this one."""
        self.show_step(min(self._current + 1, 5))

    def refresh(self) -> None:
        """Read the dose anew and show it in the open step."""
        inside = self._has_keyboard()
        found = locate(self.office.desk, self.place)
        refused = isinstance(found, Refusal)
        self._refused.setText(found.text if isinstance(found, Refusal) else "")
        self._refused.setVisible(refused)
        self.at = None if isinstance(found, Refusal) else found
        step = self.step()
        if self.at is not None and step is not None:
            step.refresh(self.at)
        self._show_list()
        self.action_changed.emit()
        if inside:  # what had it may be gone now
            self._keep_keyboard()

    def action(self) -> ActionState:
        """What the open step says."""
        step = self.step()
        return ActionState(back=say("Go back")) if step is None else step.action()

    def commit(self) -> None:
        """Let the open step store what was entered."""
        step = self.step()
        if step is not None:
            step.commit()

    def go_back(self) -> None:
        """Let the open step close what it opened; otherwise leave the dose."""
        step = self.step()
        if step is None or not step.go_back():
            self.office.back()

    def focus_missing(self) -> None:
        """Put the keyboard into the first missing field of the open step."""
        step = self.step()
        if step is not None:
            step.focus_missing()

    def opened(self) -> None:
        """Give the keyboard to the open step, with the outcome chosen on the board."""
        step = self.step()
        if step is None:
            return
        step.opened()
        if self._outcome is not None:
            outcome, self._outcome = self._outcome, None
            step.choose_outcome(outcome)
        self._keep_keyboard()

    def key_acts(self) -> KeyActs:
        """Alt+1 to Alt+5, D and V work in every step."""
        acts = {f"step-{number}": partial(self.show_step, number) for number in _STEPS}
        return {"steps": {**acts, "delay": self.delay, "witness": self.witness}}

    def delay(self) -> None:
        """Ask for a later time, unless the open step answers D itself."""
        own = self._own("delay")
        if own is not None:
            own()
        elif self.at is not None:
            open_delay(self.office, self.place, self.at)

    def witness(self) -> None:
        """Sign as second person, unless the open step answers V itself."""
        own = self._own("witness")
        if own is not None:
            own()
            return
        at = self.at
        if at is not None and outcome_of(at.dose) is not None:
            self.office.open("second", place=self.place)
        else:
            self.office.say(say("This dose has no record yet that waits for a second person."))

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _keep_keyboard(self) -> None:
        """The keys of the steps work only with the keyboard inside; a step may have no field."""
        if self._current and not self._has_keyboard():
            self._list.focus_step(self._current)

    def _own(self, action: str) -> keys.Act | None:
        step = self.step()
        return None if step is None else step.key_acts().get("steps", {}).get(action)

    def _make(self, number: int) -> Step:
        module, name = _STEPS[number]
        made: Step = getattr(import_module(f"il2desk.window.pages.{module}"), name)(
            self.office, self.place, self
        )
        self._steps[number] = made
        self._place_of_steps.addWidget(made, 1)
        for context, acts in made.key_acts().items():
            keys.install(
                made, context, {action: act for action, act in acts.items() if action not in _OWN}
            )
        made.changed.connect(self._step_changed)
        return made

    def _first_open(self) -> int:
        return first_open_step(self._words())

    def _words(self) -> Steps:
        at = self.at
        if at is None:
            return Steps("-", "-", "-", "-", "-")
        return steps_of(self.office.desk, at.chart, at.cycle, self.place.number)

    def _show_list(self) -> None:
        at = self.at
        self._list.show_words(self._words(), self._current)
        if at is not None:
            slots = slot_states(self.office.desk, at.cycle)
            slot = next(found for found in slots if found.number == self.place.number)
            parts = (slot.word, slot.detail, slot.hold, slot.note)
            word = spoken_all((part for part in parts if part), ", ")
            self._state.set_state(slot.state, word, amended=slot.amended)

    def _step_changed(self) -> None:
        # A keystroke that changes nothing in the action bar costs nothing there.
        state = self.action()
        if state != self._last:
            self._last = state
            self.action_changed.emit()
