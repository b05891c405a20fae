"""Delaying a dose: planned again for a later time, with its number kept."""

from __future__ import annotations

from datetime import datetime

from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.place import DosePlace, locate_to_act
from il2desk.dosing import Refusal, local_moment, refuse, write_moment
from il2desk.records import Entry


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
    body = {"new_local": moment.isoformat(timespec="minutes"), "new_utc": utc_text(moment)}
    return desk.append(
        "dose-delayed", body, reason=reason.strip(), form_token=token, **place.where()
    )
