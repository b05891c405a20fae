"""What marks a record for ever: a dose given without release, against a verdict, too soon, too late.

No mark forbids recording; each demands a reason.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from il2desk.desk.administration_form import AdministrationForm
from il2desk.desk.chart import GIVEN, CycleChart, PatientChart
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import site_rules
from il2desk.desk.gates import check_stands, dose_of, open_before, overridden
from il2desk.desk.lots_taken import expired_lots
from il2desk.desk.place import Located
from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords, ReleaseRecord
from il2desk.desk.stock_gates import given_reasons, shelf_of, withdrawn_since
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    Refusal,
    plain,
    tell,
    write_moment,
    write_quantity,
    write_span,
)


def what_is_asked(desk: Desk, at: Located, form: AdministrationForm) -> tuple[str, ...]:
    """What marks this record for ever, in sentences; each demands a reason, none forbids it."""
    cycle, dose = at.cycle, at.dose
    if form.outcome not in GIVEN:
        return ()
    marks: list[str] = []
    until = _until(desk, form.given_at)
    release = dose.release
    if release is None:
        marks.append(tell("This dose was given without a recorded release."))
    elif release.at > until:
        released = write_moment(desk.local(release.at))
        marks.append(
            tell("This dose was given before its release of {released}.", released=released)
        )
    if release is not None and release.at <= until:
        marks.extend(_aged(desk, at, release, until))
    elif release is None:
        marks.extend(_unlike_derived(desk, at, form))
    standing = _stood(desk, at.chart, cycle, dose, until)
    if standing is not None:
        marks.append(standing)
    lots = form.lots or (release.lots if release is not None else ())
    marks.extend(
        sentence.replace("It cannot be taken.", "It was given.")
        for sentence in expired_lots(desk, lots, desk.local(until).date())
    )
    if release is not None and (why := withdrawn_since(desk, release.taken_from, release.lots)):
        marks.append(why)
    if release is None:
        marks.extend(given_reasons(shelf_of(desk, cycle.fingerprint), lots))
    marks.extend(_too_soon(desk, at, form))
    earlier = open_before(cycle, dose.number)
    if earlier is not None:
        marks.append(tell("Dose {earlier} has no outcome yet.", earlier=earlier))
    return tuple(marks)


def _until(desk: Desk, given_at: datetime | None) -> datetime:
    """The last moment (UTC) that counts as before the dose: a time is typed to the minute."""
    moment = desk.clock.now() if given_at is None else given_at.astimezone(UTC)
    return moment.replace(second=59, microsecond=999_999)


def _stood(
    desk: Desk, chart: PatientChart, cycle: CycleChart, dose: DoseRecords, until: datetime
) -> str | None:
    """Against which verdict the dose was given, or None. A later check does not change that."""
    stop = chart.stop_by(cycle, until)
    if stop is not None:
        return tell(
            "This dose was given against STOP of {moment}.",
            moment=write_moment(desk.local(stop.assessed_at)),
        )
    check = dose.check_by(until)
    if dose.release is not None and dose.release.at <= until:
        # The gates stood at release; only a check after it can speak against the dose.
        if check is None:
            return tell("This dose was given against no check: the one before its release is void.")
        if check.assessed_at <= dose.release.at or check.verdict == "GO":
            return None
        if overridden(dose, check, until):
            return None
        return _against(desk, check, check.sentence)
    refusal = check_stands(desk, dose, until)
    if refusal is None:
        return None
    if check is None:
        said = _once(tell("no check"), refusal.reasons[0])
        return tell("This dose was given against {once}", once=said)
    if refusal.code == "check-too-old":
        said = _once("CANNOT ASSESS", refusal.reasons[0])
        return tell("This dose was given against {once}", once=said)
    return _against(desk, check, refusal.reasons[0])


def _against(desk: Desk, check: CheckRecord, sentence: str) -> str:
    """A HOLD by its moment: what its sentence says to do next is no part of the record."""
    if check.verdict == "HOLD":
        when = write_moment(desk.local(check.assessed_at))
        return tell("This dose was given against HOLD of {moment}.", moment=when)
    return tell("This dose was given against {once}", once=_once(check.verdict, sentence))


def _once(word: str, sentence: str) -> str:
    """The verdict and its sentence, the verdict said once."""
    return sentence if sentence.startswith(word) else f"{word}: {sentence}"


def _too_soon(desk: Desk, at: Located, form: AdministrationForm) -> list[str]:
    """The nearest given doses of the patient, before and after, that lie too close to this one."""
    least = site_rules(desk, at.cycle).minimum_interval_h
    if form.given_at is None or least is None:
        return []
    given, apart = form.given_at.astimezone(UTC), timedelta(minutes=int(least * 60))
    times = [
        (other.administration.given_at - given, other.number)
        for cycle in at.chart.cycles.values()
        for other in cycle.doses.values()
        if other.administration is not None
        and other.administration.outcome in GIVEN
        and other.administration.given_at is not None
        and other is not at.dose
    ]
    rule = tell("Protocol: at least {least} hours apart.", least=plain(least))
    before = [-span for span, _ in times if -apart < span <= timedelta(0)]
    after = [(span, number) for span, number in times if timedelta(0) < span < apart]
    found = (
        [tell("Last dose {span} before. {rule}", span=write_span(min(before)), rule=rule)]
        if before
        else []
    )
    if after:
        span, number = min(after)
        found.append(
            tell(
                "Dose {number} was given {span} later. {rule}",
                number=number,
                span=write_span(span),
                rule=rule,
            )
        )
    return found


def _aged(desk: Desk, at: Located, release: ReleaseRecord, until: datetime) -> list[str]:
    """What changed or ran out between release and giving: weight, check, labelled time of use."""
    marks: list[str] = []
    weight, released = at.chart.dosing_weight, release.weight_kg
    if release.weight_corrected_at is not None and released is not None:
        marks.append(
            tell(
                "It was released for {released}, a weight that was entered in error.",
                released=write_quantity(released, "kg"),
            )
        )
    elif weight is not None and released not in (None, weight.weight_kg):
        marks.append(
            tell(
                "It was released for {released}; the dosing weight is {weight_kg} now.",
                released=write_quantity(released or Decimal(0), "kg"),
                weight_kg=write_quantity(weight.weight_kg, "kg"),
            )
        )
    check = at.dose.check_by(until)
    if check is not None and check.weight_corrected_at is not None:
        marks.append(tell("The check before it rests on a weight that was entered in error."))
    if check is not None and check.valid_until is not None and until > _minute(check.valid_until):
        valid = write_moment(desk.local(check.valid_until))
        marks.append(tell("The check before this dose was valid to {valid}.", valid=valid))
    last = use_before(desk, at.cycle, release)
    if last is not None and until > _minute(last):
        marks.append(
            tell("It was to be used before {moment}.", moment=write_moment(desk.local(last)))
        )
    return marks


def _minute(moment: datetime) -> datetime:
    """The whole of a minute counts: times of giving are typed to the minute."""
    return moment.replace(second=59, microsecond=999_999)


def _unlike_derived(desk: Desk, at: Located, form: AdministrationForm) -> list[str]:
    """A whole dose whose volume is not the derived one: the bag's volume typed for the drug's."""
    if form.outcome != "given" or form.volume_ml is None:
        return []
    derived = dose_of(desk, at.chart, at.cycle, at.dose.number)
    if isinstance(derived, Refusal) or derived.prepared_volume_ml == form.volume_ml:
        return []
    return [
        (
            tell(
                "{volume_ml} is not the derived {prepared_volume_ml} of drug solution.",
                volume_ml=write_quantity(form.volume_ml, "mL"),
                prepared_volume_ml=write_quantity(derived.prepared_volume_ml, "mL"),
            )
        )
    ]
