"""The facts of a patient's cycle sheet, gathered from the journal and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from il2desk.desk.after_restore import restore_note
from il2desk.desk.chart import GIVEN, CycleChart, Order, PatientChart, Subject, chart_of
from il2desk.desk.clock import moment_of
from il2desk.desk.code_words import shown
from il2desk.desk.companion_rows import companion_rows
from il2desk.desk.companion_sheet_rows import (
    companion_dose_rows,
    companion_footnotes,
    companion_notes,
    unsigned_companions,
)
from il2desk.desk.course_times import milestones_after
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import for_paper
from il2desk.desk.gates import dose_of
from il2desk.desk.premedicate import items_for
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.sheet_facts import (
    criterion_rows,
    gap_facts,
    medicine_facts,
    planned_dose_on,
    premedication_rows,
    protocol_facts,
    recipe_rows,
    working_rows,
)
from il2desk.desk.sheet_names import version_name
from il2desk.desk.sheet_notes import not_judged_notes, premedication_notes, record_notes
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.sheet_rows import (
    dose_rows,
    footnotes_of,
    signature_rows,
    stopped_words,
    unsigned_doses,
)
from il2desk.desk.specimen_sheet import (
    FORM_CODE,
    FORM_VERSION,
    MEANINGS,
    premedication_of,
    schedule_facts,
)
from il2desk.desk.weights import Weight
from il2desk.dosing import (
    Dose,
    PlannedDose,
    Refusal,
    Regimen,
    Schedule,
    joined,
    refuse,
    regimen_of,
    tell,
    write_date,
    write_dose,
    write_moment,
    write_quantity,
    write_rounded,
)
from il2desk.sheets import (
    Allergies,
    CompanionRow,
    CountFacts,
    CriterionRow,
    CycleFacts,
    Marks,
    OrderFacts,
    Patient,
    ScheduleFacts,
    SheetGap,
    Shown,
    SignatureRow,
    WeightFacts,
    compose_cycle_sheet,
)


def make_cycle_sheet(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The cycle sheet of the request's patient and cycle."""
    chart = chart_of(desk, request.subject or "")
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(request.cycle or "")
    if cycle is None:
        return refuse("cycle", "No cycle is planned. Plan a cycle first.")
    facts = cycle_facts(desk, chart, cycle, call)
    if isinstance(facts, Refusal):
        return facts
    return Composed(compose_cycle_sheet(for_paper(facts)), unsigned_of(cycle))


def unsigned_of(cycle: CycleChart) -> tuple[str, ...]:
    """What of the cycle waits for a second person, in words."""
    numbers = joined(", ", (str(number) for number in unsigned_doses(cycle)))
    return (
        *([tell("dose {numbers}", numbers=numbers)] if numbers else []),
        *unsigned_companions(cycle),
    )


def cycle_facts(
    desk: Desk, chart: PatientChart, cycle: CycleChart, call: SheetCall
) -> CycleFacts | Refusal:
    """Everything the cycle sheet shows, as values with finished text."""
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    chart = as_of_cycle(chart, cycle)
    protocol = bundle.protocol
    regimen = regimen_of(protocol, cycle.arm)
    if isinstance(regimen, Refusal):
        return regimen
    dose = dose_of(desk, chart, cycle, _sheet_dose(cycle))
    if isinstance(dose, Refusal) and dose.code == "engines-differ":
        return dose
    rules = bundle.rule_sets.get(cycle.arm)
    rule_set: Shown = SheetGap(
        tell("Rule set"), tell("No rule set is named; the site chooses one.")
    )
    criteria: tuple[CriterionRow, ...] = ()
    weight = chart.dosing_weight
    if rules is not None:
        rule_set = version_name(rules.title, rules.version)
        criteria = criterion_rows(rules, None if weight is None else weight.weight_kg)
    set_name, items = premedication_of(bundle, cycle.arm, _weight_kg(dose))
    own = items_for(desk, chart, cycle)
    if not isinstance(own, Refusal):
        # The patient's own checklist: with what is blocked by the registered allergies.
        items = premedication_rows(own)
    unsigned = (
        *(tell("dose {number}", number=number) for number in unsigned_doses(cycle)),
        *unsigned_companions(cycle),
    )
    status = tell("practice") if desk.practice else tell("active when planned")
    return CycleFacts(
        issue=call.issue(desk, FORM_CODE, FORM_VERSION),
        patient=patient_facts(chart.subject, desk.local(call.issued_at).date()),
        marks=Marks(
            practice=desk.practice, not_verified=bool(unsigned),
            unsigned=joined(", ", unsigned),
        ),
        protocol=protocol_facts(protocol, cycle.arm, status),
        order=order_facts(desk, chart.orders.get(cycle.order_id), dose),
        medicine=medicine_facts(bundle, regimen, dose), weight=weight_facts(desk, chart, dose),
        working=working_rows(dose, regimen), recipe=recipe_rows(bundle, regimen, dose),
        schedule=_schedule(desk, cycle), counts=count_facts(cycle),
        doses=tuple(
            replace(row, planned_dose=planned_dose_on(dose, regimen, cycle.doses[row.number].day))
            for row in dose_rows(desk, cycle)
        ),
        companions=_companions(regimen, dose),
        companion_doses=companion_dose_rows(desk, chart, cycle),
        premedication_set=set_name, premedication=items, rule_set=rule_set, criteria=criteria,
        signatures=(*signature_rows(desk, cycle), *(SignatureRow(*pair) for pair in MEANINGS)),
        footnotes=(*footnotes_of(desk, cycle), *companion_footnotes(desk, cycle)), gaps=gap_facts(protocol.gaps),
        notes=(
            *restore_note(desk, chart.subject.id), *protocol.notes, *(one.sentence for one in milestones_after(desk, protocol, cycle)),
            *record_notes(cycle), *companion_notes(cycle), *not_judged_notes(cycle),
            *premedication_notes(cycle),
        ),
    )  # fmt: skip


def _companions(regimen: Regimen, dose: Dose | Refusal) -> tuple[CompanionRow, ...]:
    if isinstance(dose, Refusal):
        return companion_rows(regimen, None, None)
    return companion_rows(regimen, dose.request, dose.bsa_m2)


def _weight_kg(dose: Dose | Refusal) -> Decimal | None:
    return None if isinstance(dose, Refusal) else dose.request.weight_kg


def _sheet_dose(cycle: CycleChart) -> int:
    """The dose whose derivation the sheet shows: the first without an outcome, else the last."""
    still_open = [dose.number for dose in cycle.doses.values() if dose.administration is None]
    return min(still_open, default=max(cycle.doses))


def as_of_cycle(chart: PatientChart, cycle: CycleChart) -> PatientChart:
    """The chart with the weights of this cycle: none that was measured after its last outcome."""
    records = [dose.administration for dose in cycle.doses.values()]
    told = [record.recorded_at for record in records if record is not None]
    if cycle.stopped is None and len(told) < len(records):
        return chart
    later = [
        other.planned_at for other in chart.cycles.values() if other.planned_at > cycle.planned_at
    ]
    end = max(told, default=min(later, default=None))
    if end is None:
        return chart
    kept = [weight for weight in chart.weights if weight.measured_at <= end]
    return replace(chart, weights=kept)


def patient_facts(subject: Subject, on: date) -> Patient:
    """The identity block, with the age on a day. A patient without recorded names goes by initials."""
    born = date.fromisoformat(subject.born)
    return Patient(
        family_name=subject.family_name or subject.initials,
        given_name=subject.given_name or tell("Given name not recorded"), title=subject.title,
        born=write_date(born), age=f"{age_in_years(born, on)}y",
        sex=shown(subject.sex.capitalize()), hospital_number=subject.hospital_number,
        trial_code=subject.trial_code, initials=subject.initials,
        allergies=Allergies(subject.allergies_state.capitalize()),
        allergies_text=subject.allergies if subject.allergies_state == "known allergies" else "",
        ward=subject.ward, bed=subject.bed,
    )  # fmt: skip


def age_in_years(born: date, today: date) -> int:
    """Whole years lived."""
    before_birthday = (today.month, today.day) < (born.month, born.day)
    return today.year - born.year - (1 if before_birthday else 0)


def order_facts(desk: Desk, order: Order | None, dose: Dose | Refusal) -> OrderFacts:
    """What was ordered, by whom, and who confirmed consent and eligibility."""
    if order is None:
        return OrderFacts("", "", "", "", "")
    return OrderFacts(
        prescriber=order.prescriber, ordered_at=write_moment(desk.local(moment_of(order.ordered_at))),
        ordered_dose=write_dose(order.ordered_dose_iu), consent=order.consent_confirmed_by,
        eligibility=order.eligibility_confirmed_by,
        changes=joined(" ", _order_changes(order, dose)),
    )  # fmt: skip


def _order_changes(order: Order, dose: Dose | Refusal) -> list[str]:
    """What happened to the order, and whether it still says the derived dose."""
    found = (
        [tell("amended by the prescriber; the earlier order is in the journal.")]
        if order.amended
        else []
    )
    if not isinstance(dose, Refusal) and dose.exact_dose_iu != order.ordered_dose_iu:
        found.append(
            tell(
                "ORDER DIFFERS from the derived exact dose {dose}: not releasable until the "
                "prescriber amends it.",
                dose=write_dose(dose.exact_dose_iu),
            )
        )
    return found


def weight_facts(desk: Desk, chart: PatientChart, dose: Dose | Refusal) -> WeightFacts:
    """The dosing weight, its date and method, the weight before it and the difference in words."""
    weight = chart.dosing_weight
    height = chart.subject.height_cm
    surface = None if isinstance(dose, Refusal) else dose.bsa_m2
    height_text = "" if height is None else write_quantity(height, "cm")
    surface_text = "" if surface is None else write_quantity(surface, "m2")
    if weight is None:
        return WeightFacts("", "", "", "", "", height_text, surface_text)
    before = _weight_before(chart, weight)
    return WeightFacts(
        dosing_weight=write_quantity(weight.weight_kg, "kg"),
        date=write_moment(desk.local(weight.measured_at)), method=weight.method,
        previous="" if before is None else write_quantity(before.weight_kg, "kg"),
        difference="" if before is None else difference_in_words(weight.weight_kg, before.weight_kg),
        height=height_text, body_surface_area=surface_text,
    )  # fmt: skip


def _weight_before(chart: PatientChart, weight: Weight) -> Weight | None:
    earlier = [other for other in chart.weights if other.measured_at < weight.measured_at]
    return max(earlier, key=lambda other: other.measured_at, default=None)


def difference_in_words(new_kg: Decimal, old_kg: Decimal) -> str:
    """0.5 kg more (0.71 percent)."""
    if new_kg == old_kg:
        return tell("no difference")
    percent = write_quantity(write_rounded(abs(new_kg - old_kg) * 100 / old_kg, 2), "percent")
    apart = write_quantity(abs(new_kg - old_kg), "kg")
    if new_kg > old_kg:
        return tell("{apart} more ({percent})", apart=apart, percent=percent)
    return tell("{apart} less ({percent})", apart=apart, percent=percent)


def _schedule(desk: Desk, cycle: CycleChart) -> ScheduleFacts:
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        message = "the cycle's protocol was read a moment ago"
        raise TypeError(message)
    planned = tuple(
        PlannedDose(dose.number, dose.day, desk.local(dose.planned), dose.planned)
        for dose in cycle.doses.values()
    )
    facts = schedule_facts(
        bundle, Schedule(planned, cycle.policy, None), cycle.zone,
        (str(cycle.course), _number_and_stop(desk, cycle)),
    )  # fmt: skip
    return replace(facts, clock_change=cycle.clock_change or "")


def _number_and_stop(desk: Desk, cycle: CycleChart) -> str:
    """The cycle's number as the title of every page carries it, with the stop that ended it."""
    stopped = stopped_words(desk, cycle)
    number = str(cycle.number)
    return number if stopped is None else joined(", ", (number, stopped))


def doses_of_unknown_amount(cycle: CycleChart) -> tuple[int, ...]:
    """The doses of which nobody knows whether, or how much of, them went in."""
    return tuple(
        dose.number
        for dose in cycle.doses.values()
        if dose.administration is not None
        and (
            dose.administration.outcome == "not known"
            or (dose.administration.outcome in GIVEN and dose.administration.given_dose_iu is None)
        )
    )


def cumulative_words(cycle: CycleChart) -> str:
    """What was given in all; "at least" that, where what became of a dose or its amount is not known."""
    unknown = doses_of_unknown_amount(cycle)
    if not unknown:
        return write_dose(cycle.given_iu)
    return tell(
        "at least {dose}; not known of dose {numbers}",
        dose=write_dose(cycle.given_iu),
        numbers=joined(", ", map(str, unknown)),
    )


def count_facts(cycle: CycleChart) -> CountFacts:
    """How many doses had which outcome, how many are left, and what was given in all."""
    outcomes = [
        dose.administration.outcome
        for dose in cycle.doses.values()
        if dose.administration is not None
    ]
    over = cycle.stopped is not None or cycle.barred_by is not None
    without = len(cycle.doses) - len(outcomes)
    return CountFacts(
        given=outcomes.count("given"), part_given=outcomes.count("part given"),
        held=outcomes.count("held"), omitted=outcomes.count("omitted"),
        not_known=outcomes.count("not known"), left=0 if over else without,
        cumulative_dose=cumulative_words(cycle), cancelled=without if over else 0,
    )  # fmt: skip
