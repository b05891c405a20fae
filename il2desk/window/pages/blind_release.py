"""The second half of a release: the first entry covered, the blind reading compared, and stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from il2desk.desk import (
    RELEASE_SECOND,
    DosePlace,
    ReleaseForm,
    SecondReading,
    Signature,
    TwoSignatures,
    new_token,
    record_release,
    sign_second,
)
from il2desk.dosing import Dose, Refusal, tell
from il2desk.window.banner import BannerFacts
from il2desk.window.pages.second_reading import WIDTH, SecondReadingPanel
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_COVERED = tell("covered")
_MISMATCHES = 2


class BlindRelease(QObject):
    """Opens the second person's panel. `covered` says whether the first numbers must be hidden."""

    covered = Signal(bool)

    def __init__(self, office: Office, place: DosePlace, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._place = office, place
        self._token = new_token()
        self._mismatches = 0
        self._banner: BannerFacts | None = None

    def begin(self, dose: Dose, form: ReleaseForm, first: Signature) -> None:
        """Cover the first person's numbers, here and in the banner, and ask the second person."""

        def compare(name: str, pin: str, reading: SecondReading) -> Sequence[str]:
            return self._compare(first, form, (name, pin), reading)

        panel = SecondReadingPanel(self._office, dose, compare)
        panel.back.connect(self._close)
        panel.destroyed.connect(self._uncover)
        self._cover()
        self._office.window.open_panel(panel)
        panel.setFixedWidth(WIDTH)

    def _compare(
        self, first: Signature, form: ReleaseForm, who: tuple[str, str], reading: SecondReading
    ) -> Sequence[str]:
        """The sentences for the panel; none when the release is stored."""
        desk = self._office.desk
        second = sign_second(desk, *who, RELEASE_SECOND, first.staff)
        if isinstance(second, Refusal):
            return second.reasons
        signed = TwoSignatures(first, second)
        answer = self._office.guarded(
            lambda: record_release(desk, self._place, form, reading, signed, self._token)
        )
        if answer is None:  # the journal failed; its card stands in the panel's place
            return ()
        if not isinstance(answer, Refusal):
            self._close()
            self._office.stored(
                say("Weight, volume, lot, trial number, diluent and total volume agree. Released.")
            )
            return ()
        if answer.code != "differs":
            return answer.reasons
        self._mismatches += 1
        if self._mismatches < _MISMATCHES:
            return answer.reasons
        return (*answer.reasons, say("Prepare again or call a third person."))

    def _close(self) -> None:
        self._uncover()
        self._office.window.close_panel()

    def _cover(self) -> None:
        """Weight, dose and trial number leave the banner; who the patient is stays in it."""
        self.covered.emit(True)  # noqa: FBT003 - a signal's argument
        banner = self._office.window.banner()
        facts = None if banner is None else banner.facts()
        if facts is None or self._banner is not None:
            return
        self._banner = facts
        named = facts.family_name is not None
        self._office.window.set_banner(
            replace(
                facts,
                trial_number=say(_COVERED) if named else facts.trial_number,
                dosing_weight=say(_COVERED),
                dosing_weight_note="",
                dose=say(_COVERED),
            )
        )

    def _uncover(self) -> None:
        self.covered.emit(False)  # noqa: FBT003 - a signal's argument
        if self._banner is not None:
            self._banner = None
            self._office.show_banner()
