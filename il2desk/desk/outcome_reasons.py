"""What a record of any dose still needs before it is signed: outcome, times, reasons, decisions.

The same for aldesleukin and for a companion drug; what differs between them stays with each.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.dosing import Refusal, refuse, tell, write_moment

ADMINISTRATION_OUTCOMES = ("given", "part given", "held", "omitted", "not known")
_LATE = timedelta(minutes=30)


class OutcomeForm(Protocol):
    """What every form of a record has; times are aware."""

    @property
    def outcome(self) -> str: ...  # noqa: D102 - a field
    @property
    def given_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def stopped_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def decided_by(self) -> str: ...  # noqa: D102


def outcome_refusal(form: OutcomeForm) -> Refusal | None:
    """Refused where no outcome was chosen."""
    if form.outcome in ADMINISTRATION_OUTCOMES:
        return None
    return refuse("outcome", "Choose an outcome: Given, Part given, Held, Omitted or Not known.")


def time_reasons(desk: Desk, form: OutcomeForm) -> list[str]:
    """Why the times cannot be taken: none, in the future, or stopped before it was started."""
    now = desk.clock.now()
    if form.given_at is None:
        return [tell("Enter the time the dose was given.")]
    # In UTC: two times of one zone compare by their clocks, also in the hour that comes twice.
    given = form.given_at.astimezone(UTC)
    stopped = None if form.stopped_at is None else form.stopped_at.astimezone(UTC)
    if given > now:
        when, present = (write_moment(desk.local(one)) for one in (given, now))
        return [
            tell(
                "{when} is in the future (now {present}). Enter the time the dose was given.",
                when=when,
                present=present,
            )
        ]
    if stopped is not None and stopped < given:
        return [tell("It was stopped before it was started. Check both times.")]
    if stopped is not None and stopped > now:
        return [tell("The time it was stopped is in the future. Check both times.")]
    return []


def corrected_time_refusal(
    desk: Desk, given_at: datetime | None, stopped_at: datetime | None
) -> Refusal | None:
    """Refused where a corrected start lies in the future or after the recorded stop; None: not corrected."""
    if given_at is None:
        return None
    if given_at > desk.clock.now():
        return refuse(
            "future", "The corrected time is in the future. Enter the time the dose was given."
        )
    if stopped_at is not None and given_at.astimezone(UTC) > stopped_at.astimezone(UTC):
        stop = write_moment(desk.local(stopped_at))
        return refuse(
            "time",
            tell(
                "The record says it was stopped at {stop}, before that. Check both times; where the stop is wrong, mark the record as entered in error and record anew.",
                stop=stop,
            ),
        )
    return None


def not_given_reasons(form: OutcomeForm) -> list[str]:
    """What a dose that did not go in needs: why, and who decided it."""
    reasons: list[str] = []
    if not form.reason.strip():
        asked = "what was checked" if form.outcome == "not known" else "the reason"
        reasons.append(tell("Enter {asked}.", asked=asked))
    if form.outcome in ("held", "omitted") and not form.decided_by.strip():
        reasons.append(tell("Enter who decided it."))
    return reasons


def marked_reasons(desk: Desk, form: OutcomeForm, marks: tuple[str, ...]) -> list[str]:
    """What the marks of a record, or a late entry, demand: a reason, and the prescriber of a block."""
    reasons: list[str] = []
    if marks and not form.reason.strip():
        reasons.append(tell("{marks} Enter the reason.", marks=" ".join(marks)))
    if any("against" in mark for mark in marks) and not form.decided_by.strip():
        reasons.append(tell("Enter the prescriber who decided to give it."))
    if is_late(desk, form.given_at) and not form.reason.strip() and not marks:
        reasons.append(
            tell(
                "It is recorded over 30 minutes after the start. Enter the reason for the late entry."
            )
        )
    return reasons


def is_late(desk: Desk, given_at: datetime | None) -> bool:
    """Whether it is recorded over 30 minutes after it was given."""
    return given_at is not None and desk.clock.now() - given_at > _LATE


def told(moment: datetime | None) -> str | None:
    """A moment as an entry holds it, or None."""
    return None if moment is None else utc_text(moment)
