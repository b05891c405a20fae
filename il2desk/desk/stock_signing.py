"""Who may move stock, what the signatures under it mean, and what is refused to others."""

from __future__ import annotations

from datetime import date

from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.place import TwoSignatures, first_refusal
from il2desk.desk.roles import STOCK, STOCK_BY_TWO
from il2desk.desk.stock_effects import (
    ARRIVED,
    EXCURSION,
    LIFTED,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    SENT,
    TO_SPONSOR,
    WASTED,
)
from il2desk.dosing import Refusal, refuse, tell, write_date

RECEIVE_STOCK = tell("I took these vials into stock as written here")
MOVE_STOCK = tell("I moved these vials, or found them so, as written here")
"""What every move was signed with before each had a meaning of its own; such entries keep it."""
_MOVED = {
    QUARANTINED: tell("I put this lot into quarantine as written here"),
    LIFTED: tell("I ended the quarantine of this lot as written here"),
    EXCURSION: tell(
        "I put these vials into quarantine after a temperature excursion, as written here"
    ),
    WASTED: tell("I wasted these vials, or found them wasted, as written here"),
    PATIENT_RETURN: tell("I took these vials back from the patient and put them apart"),
    TO_SPONSOR: tell("I returned these vials to the sponsor as written here"),
    SENT: tell("I sent these vials as written here"),
    ARRIVED: tell("I received these vials at this place as written here"),
    OUTSIDE: tell("I gave these vials to the other site as written here"),
}
SET_LOW_MARK = tell("I set the number of vials below which the stock is called low")
COUNT_STOCK = tell("I counted these vials on the shelf and did not copy the number from the books")
DESTROY_FIRST = tell("I destroyed these vials as written here")
DESTROY_SECOND = tell("I saw these vials destroyed as written here")
DIFFERENCE_FIRST = tell("I counted these vials again and explain the difference as written here")
DIFFERENCE_SECOND = tell("I counted these vials myself and found the number written here")
CORRECT_FIRST = tell("I correct this line as written here; the old line stays")
CORRECT_SECOND = tell("I checked this correction against its source")


def move_meaning(move: str) -> str:
    """What the one who moves vials signs: a meaning for each kind of movement."""
    return _MOVED.get(move, MOVE_STOCK)


def stock_refusal(desk: Desk) -> Refusal | None:
    """Why the signed-in person may not move stock, or None where they may."""
    return desk.not_allowed(STOCK)


def signed_refusal(desk: Desk, signed: Signature | TwoSignatures) -> Refusal | None:
    """Refused where the signatures are not those of the person signed in and of somebody else."""
    if isinstance(signed, TwoSignatures):
        return signed.refusal(desk, STOCK_BY_TWO)
    return first_refusal(desk, signed)


def signed_body(signed: Signature | TwoSignatures) -> list[dict[str, str]]:
    """One signature or two, as an entry holds them."""
    return signed.body() if isinstance(signed, TwoSignatures) else [signed.body()]


def day_refusal(desk: Desk, on: date, since: str = "") -> Refusal | None:
    """Refused where a day lies ahead, or before the first receipt of the lot (`since`)."""
    if on > desk.now().date():
        return refuse(
            "future",
            tell("{date} lies ahead. Enter the day on which it happened.", date=write_date(on)),
        )
    if since and on < date.fromisoformat(since):
        first = write_date(date.fromisoformat(since))
        return refuse(
            "before-receipt",
            tell(
                "This lot was received on {first}, so nothing happened to it on {date}. Check "
                "the day; where the receipt is wrong, correct it first.",
                first=first,
                date=write_date(on),
            ),
        )
    return None
