"""What the clock takes out of a patient diary: a day gone by, a day beyond the age of the weight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.desk import Desk
from il2desk.desk.desk_at import desk_at
from il2desk.desk.dosing_weight import too_old_reason
from il2desk.dosing import tell
from il2desk.sheets import DiaryDose, DiaryTurn


def gone_by(desk: Desk, on: date) -> bool:
    """Whether a day lies before today by the site's clock; some hours late is still today."""
    return on < desk.now().date()


def not_recorded(drug: str, clock: str) -> DiaryDose:
    """A dose of a day gone by: nobody knows whether it was injected, so it has no volume."""
    words = tell("Not recorded: do not inject, call.")
    return DiaryDose(drug, clock, turn=DiaryTurn.LATE, state=words)


def weighed_first(desk: Desk, chart: PatientChart, cycle: CycleChart, due: datetime | date) -> bool:
    """Whether the dosing weight is too old by the time of a dose; a day without a time ends it."""
    moment = due if isinstance(due, datetime) else _end_of(desk, due)
    return bool(too_old_reason(desk_at(desk, max(moment, desk.clock.now())), chart, cycle))


def after_weighing(drug: str, clock: str) -> DiaryDose:
    """A dose that waits for a newer weight: by the old one its volume would not hold."""
    words = tell("No volume is told now. You get a new diary with it.")
    return DiaryDose(drug, clock, turn=DiaryTurn.UNWEIGHED, state=words)


def _end_of(desk: Desk, on: date) -> datetime:
    return datetime.combine(on, time(23, 59), tzinfo=desk.now().tzinfo).astimezone(UTC)
