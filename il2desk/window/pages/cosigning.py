"""The second person under a record: signs it, or says why they do not agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from il2desk.desk import (
    RECORD_DISPUTE,
    AdministrationRecord,
    CompanionRecord,
    Signature,
    new_token,
    record_second_meaning,
    sign_second,
)
from il2desk.dosing import Refusal
from il2desk.window.pages.reason_panel import ReasonPanel
from il2desk.window.sign_panel import SignRequest
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits: what it says, and the desk's two acts, each with a form token."""

    record: AdministrationRecord | CompanionRecord
    lines: tuple[str, ...]
    sign: Callable[[Signature, str], object]
    dispute: Callable[[str, Signature, str], object]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What stands in red over the review."""
        return (self.record.against,) if self.record.against else ()


def ask_second(office: Office, waiting: Waiting) -> None:
    """Open the panel for the second person's signature, with the way to disagree.

    Esc leaves the record as it is.
    """
    token = new_token()
    later = say("Esc: later. The record stays as Needs second person.")
    _ask(
        office,
        SignRequest(
            say("Second person"),
            (*waiting.lines, later),
            record_second_meaning(waiting.record.outcome),
            None,
            waiting.warnings,
            other_words=say("Does not agree"),
        ),
        waiting,
        lambda signature: waiting.sign(signature, token),
        lambda: _ask_why(office, waiting),
    )


def _ask_why(office: Office, waiting: Waiting) -> None:
    """Ask what is wrong, then for name and PIN of the person who says so."""

    def on(reason: str) -> str | None:
        token = new_token()
        _ask(
            office,
            SignRequest(
                say("Does not agree"),
                (*waiting.lines, say("Does not agree because: {reason}", reason=reason)),
                RECORD_DISPUTE,
                None,
                waiting.warnings,
                say("Sign"),
            ),
            waiting,
            lambda signature: waiting.dispute(reason, signature, token),
        )
        return None

    lines = (
        *waiting.lines,
        say("The record stays as it is, marked as disputed, until it is corrected."),
    )
    panel = ReasonPanel(say("Does not agree"), lines, say("Why"), say("Review and sign"), on)
    panel.back.connect(office.window.close_panel)
    office.window.open_panel(panel)


def _ask(
    office: Office,
    request: SignRequest,
    waiting: Waiting,
    store: Callable[[Signature], object],
    other: Callable[[], None] | None = None,
) -> None:
    def second(name: str, pin: str) -> str | None:
        first = waiting.record.by_id
        signature = sign_second(office.desk, name, pin, request.meaning, first)
        if isinstance(signature, Refusal):
            return signature.text
        stored = store(signature)
        if isinstance(stored, Refusal):
            return stored.text
        office.window.close_panel()
        office.stored()
        return None

    office.ask_sign(request, second, other)
