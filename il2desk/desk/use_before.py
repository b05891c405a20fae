"""Until when a released preparation may be used, by the limits of its product."""

from __future__ import annotations

from datetime import datetime, timedelta

from il2desk.desk.chart import CycleChart
from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import ReleaseRecord
from il2desk.dosing import DilutionMethod, Refusal, limits_of_use


def use_before(desk: Desk, cycle: CycleChart, release: ReleaseRecord) -> datetime | None:
    """The earliest limit for the dose as released, from reconstitution; None where one is open."""
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal) or release.reconstituted_at is None:
        return None
    made = DilutionMethod(release.dose["dilution"]["method"])
    hours = [limit.hours for limit in limits_of_use(bundle.product, made)]
    if not hours:
        return None
    return release.reconstituted_at + timedelta(minutes=int(min(hours) * 60))
