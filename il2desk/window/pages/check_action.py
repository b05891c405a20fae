"""What the action bar offers in step 3: recording the check, then the way on that its verdict leaves."""

from __future__ import annotations

from il2desk.desk import CheckRecord, Desk, Located, check_stands, may_override, speaks_against
from il2desk.dosing import Assessment, Refusal
from il2desk.window.keys import key_text
from il2desk.window.pages.criteria_words import outside
from il2desk.window.pages.page import ActionState
from il2desk.window.spoken import spoken
from il2desk.words import say

LAPSED = ("check-too-old", "weight-corrected")
"""Why `check_stands` says that a recorded check counts no more."""


def lapsed(desk: Desk, at: Located) -> Refusal | None:
    """Why the recorded check counts no more: it is too old, or a weight it rests on was wrong."""
    stands = check_stands(desk, at.dose)
    return stands if isinstance(stands, Refusal) and stands.code in LAPSED else None


def in_short(check: CheckRecord) -> str:
    """The verdict and how much it rests on; the strip over the page says all of it.

    The bar keeps this in view while the strip is scrolled away, and leaves the page its room.
    """
    verdict = f"{check.verdict} {say(check.scope)}" if check.scope else check.verdict
    if check.verdict in ("HOLD", "STOP"):
        met = check.relative + check.absolute
        if not met:
            return say("{verdict}: an earlier hold still applies.", verdict=verdict)
        return say("{verdict}: {outside}.", verdict=verdict, outside=outside(met))
    return spoken(check.sentence)


def way_on(desk: Desk, at: Located) -> ActionState:
    """After a recorded check: to the preparation, or under STOP and HOLD to what becomes of the dose.

    Step 4 stays where it is: nothing is barred here.
    """
    over = lapsed(desk, at)
    if over is not None:  # what it once said is not said again beside CANNOT ASSESS
        return ActionState(over.text, primary=say("New check"), back=say("Go back"))
    sentence = "" if at.dose.check is None else in_short(at.dose.check)
    if not speaks_against(at):
        return ActionState(sentence, primary=say("On to prepare"), back=say("Go back"))
    if not isinstance(may_override(desk, at.cycle, at.dose), Refusal):
        sentence = say("{verdict} An override is recorded in step 4, {key}.", verdict=sentence,
                       key=key_text("step-4", "steps"))  # fmt: skip
    return ActionState(sentence, primary=say("Record the outcome"), back=say("Go back"))


def next_step(desk: Desk, at: Located | None) -> int | None:
    """The step that the way on leads to; None where it is another check."""
    if at is None:
        return 4
    if lapsed(desk, at) is not None:
        return None
    return 5 if speaks_against(at) else 4


def to_record(answer: Assessment | None, missing: tuple[str, ...]) -> ActionState:
    """While something is typed, or nothing is recorded: record it."""
    verdict = "" if answer is None else answer.verdict.value
    if answer is not None and answer.scope:
        verdict = f"{verdict} {say(answer.scope)}"
    sentence = say("{verdict} – nothing is recorded yet", verdict=verdict) if verdict else ""
    return ActionState(
        sentence, primary=say("Record check"), missing=missing, back=say("Go back")
    )  # fmt: skip
