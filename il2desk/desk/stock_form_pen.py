"""What a pen writes on the form of a movement: what the journal has no place for, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.desk.count_stock import difference_of
from il2desk.desk.desk import Desk
from il2desk.desk.stock_effects import (
    DESTROYED,
    EXCURSION,
    OUTSIDE,
    QUARANTINED,
    RECEIVED,
    SENT,
    TO_SPONSOR,
    WASTED,
)
from il2desk.desk.stock_form_details import arrival_of
from il2desk.desk.stock_form_entries import COUNTED, Movement
from il2desk.dosing import tell, told

_RECEIVES = (tell("Vials received"), tell("Condition, temperature"), tell("Remarks"))
_TOLD = tell("Sponsor told: by whom, when")
_WRITES: dict[str, tuple[str, tuple[str, ...]]] = {
    RECEIVED: (
        tell("From the paper of the shipment"),
        (tell("Vials shipped"), tell("Temperature logger: No., lowest, highest")),
    ),
    OUTSIDE: (tell("The other site writes"), _RECEIVES),
    SENT: (tell("The receiving place writes"), _RECEIVES),
    TO_SPONSOR: (
        tell("Who takes the vials over writes"),
        (tell("Vials taken over"), tell("Consignment No."), tell("Remarks")),
    ),
    DESTROYED: (
        tell("Who destroyed the vials writes"),
        (tell("Method and place"), tell("Certificate or consignment No.")),
    ),
    WASTED: (tell("Who wasted the vials writes"), (tell("Method and place"),)),
    QUARANTINED: (
        tell("Who put the vials apart writes"),
        (tell("Vials put apart"), tell("Where, how marked"), _TOLD),
    ),
    EXCURSION: (
        tell("From the temperature record"),
        (tell("Lowest, highest temperature"), tell("From, to: date, time"), _TOLD),
    ),
}
_RETURNED_BY = tell("Returned by (trial No.)")


@dataclass(frozen=True, slots=True)
class PenLines:
    """Who writes, what each line is for, and what is to be done next; all empty where nobody writes."""

    who: str = ""
    lines: tuple[str, ...] = ()
    next_step: str = ""


def pen_lines(desk: Desk, move: Movement) -> PenLines:
    """The lines for a pen; none where the entry was taken back or the journal knows it already."""
    if move.in_error:
        return PenLines()
    if move.what == COUNTED:
        return _of_count(desk, move)
    if move.what == SENT and arrival_of(desk, move.entry) is not None:
        return PenLines()
    who, lines = _WRITES.get(move.what, ("", ()))
    if move.entry.body.get("from_returns"):
        lines = (*lines, _RETURNED_BY)
    return PenLines(told(who), tuple(told(one) for one in lines))


def _of_count(desk: Desk, move: Movement) -> PenLines:
    """A count that differs is counted a second time; the books' figure is no part of it yet."""
    if difference_of(desk, move.entry.id) is None:
        return PenLines()
    return PenLines(
        tell("The count differs from the books"),
        (tell("Second count, vials"), tell("Explanation")),
        tell(
            "Next: a second person counts the lot on their own. Then in the program F9, C stores the "
            "new count, or F9, S settles the difference: what explains it, and two signatures."
        ),
    )
