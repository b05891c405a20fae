"""Delaying a dose: planned again for a later time, with its number kept."""

from __future__ import annotations

from datetime import datetime

from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import site_rules
from il2desk.desk.hold_rule import NOT_SAID, SKIP, SKIPPED, is_held, latest_delay
from il2desk.desk.place import DosePlace, Located, locate_to_act
from il2desk.desk.roles import DELAY
from il2desk.dosing import Refusal, local_moment, refuse, tell, write_moment
from il2desk.records import Entry


def may_delay(desk: Desk, at: Located) -> datetime | Refusal | None:
    """The last moment (UTC) to which the dose may be delayed, None without a limit, or why it may not."""
    number = at.dose.number
    if at.dose.administration is not None:
        return refuse("recorded", tell("Dose {number} has an outcome already.", number=number))
    stop = at.chart.stop_by(at.cycle, desk.clock.now())
    if stop is not None:
        when = write_moment(desk.local(stop.assessed_at))
        return refuse(
            "stop",
            tell("The cycle was stopped on {when}. No dose of it can be planned again.", when=when),
        )
    if not is_held(at.dose):
        return None
    rules = site_rules(desk, at.cycle)
    if rules.hold_means == SKIP:
        return refuse("hold-skips", SKIPPED)
    latest = latest_delay(at.dose, rules)
    if latest is None:
        return refuse("hold-delay", NOT_SAID)
    if latest <= max(at.dose.due, desk.clock.now()):
        until = write_moment(desk.local(latest))
        return refuse(
            "hold-delay",
            tell(
                "A dose on HOLD could be delayed to {until} at the latest. Record it as Held "
                "in step 5.",
                until=until,
            ),
        )
    return latest


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
    at = locate_to_act(desk, place, DELAY)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "dose-delayed", **place.where())
    if stored is not None:
        return stored
    latest = may_delay(desk, at)
    if isinstance(latest, Refusal):
        return latest
    if not reason.strip():
        return refuse("reason", "Enter why the dose is delayed.")
    moment = local_moment(new_local, desk.zone, fold)
    if isinstance(moment, Refusal):
        return moment
    if moment <= at.dose.due:
        return refuse(
            "delay",
            tell(
                "The new time must be after {moment}.", moment=write_moment(desk.local(at.dose.due))
            ),
        )
    if latest is not None and moment > latest:
        return refuse(
            "hold-delay",
            tell(
                "A dose on HOLD may be delayed to {moment} at the latest. Choose an earlier "
                "time, or record it as Held.",
                moment=write_moment(desk.local(latest)),
            ),
        )
    body = {"new_local": moment.isoformat(timespec="minutes"), "new_utc": utc_text(moment)}
    return desk.append(
        "dose-delayed", body, reason=reason.strip(), form_token=token, **place.where()
    )
