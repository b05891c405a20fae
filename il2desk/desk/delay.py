"""Delaying a dose: planned again for a later time, with its number kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import site_rules
from il2desk.desk.place import DosePlace, Located, locate_to_act
from il2desk.dosing import Refusal, local_moment, refuse, write_moment, write_quantity
from il2desk.records import Entry

SKIP = "skip the slot"
"""What HOLD means where a held dose is not made up (site rule hold_means)."""


def delay_dose(
    desk: Desk,
    place: DosePlace,
    new_local: datetime,
    reason: str,
    token: str,
    *,
    fold: int | None = None,
) -> Entry | Refusal:
    """Plan a dose again for a later local time (naive, in the site's zone)."""
    at = locate_to_act(desk, place)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "dose-delayed", **place.where())
    if stored is not None:
        return stored
    if at.dose.administration is not None:
        return refuse("recorded", f"Dose {place.number} has an outcome already.")
    stop = at.chart.stop_by(at.cycle, desk.clock.now())
    if stop is not None:
        when = write_moment(desk.local(stop.assessed_at))
        return refuse(
            "stop", f"The cycle was stopped on {when}. No dose of it can be planned again."
        )
    if not reason.strip():
        return refuse("reason", "Enter why the dose is delayed.")
    moment = local_moment(new_local, desk.zone, fold)
    if isinstance(moment, Refusal):
        return moment
    if moment <= at.dose.due:
        return refuse(
            "delay", f"The new time must be after {write_moment(desk.local(at.dose.due))}."
        )
    if (refusal := _held(desk, at, moment)) is not None:
        return refusal
    body = {"new_local": moment.isoformat(timespec="minutes"), "new_utc": utc_text(moment)}
    return desk.append(
        "dose-delayed", body, reason=reason.strip(), form_token=token, **place.where()
    )


def _held(desk: Desk, at: Located, moment: datetime) -> Refusal | None:
    """What the protocol says of a dose on HOLD: it is skipped, or delayed by so many hours at most."""
    check, rules = at.dose.check, site_rules(desk, at.cycle)
    if check is None or check.verdict != "HOLD" or rules.hold_means is None:
        return None
    if rules.hold_means == SKIP:
        return refuse(
            "hold-skips",
            "By this protocol a dose on HOLD is skipped, not delayed. Record it as Held in step 5; the "
            "next dose is checked at its own time.",
        )
    most = rules.hold_delay_max_h
    if most is None:
        return refuse(
            "hold-delay",
            "The protocol does not say by how many hours a dose on HOLD may be delayed. The site must "
            "fill it in.",
        )
    latest = at.dose.planned + timedelta(minutes=int(most * 60))
    if moment <= latest:
        return None
    return refuse(
        "hold-delay",
        f"A dose on HOLD may be delayed by {write_quantity(most, 'hours')} at most, to "
        f"{write_moment(desk.local(latest))}. Choose an earlier time, or record it as Held.",
    )
