"""A specimen cycle sheet without a patient: planned times, dose, recipe, rules, blank rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from il2desk import __version__
from il2desk.desk.companion_rows import companion_rows
from il2desk.desk.sheet_facts import (
    criterion_rows,
    gap_facts,
    medicine_facts,
    planned_dose_on,
    premedication_rows,
    protocol_facts,
    recipe_rows,
    short_print,
    working_rows,
)
from il2desk.desk.specimens import DoseQuestion, ask_dose, begin_of, bundle_named
from il2desk.dosing import (
    Dose,
    PlannedDose,
    Refusal,
    Schedule,
    checklist,
    plan_doses,
    regimen_of,
    write_clock,
    write_date,
    write_moment,
    write_offset,
    write_quantity,
    write_weekday,
)
from il2desk.protocols import Bundle, Catalogue
from il2desk.sheets import (
    Allergies,
    CountFacts,
    CriterionRow,
    CycleFacts,
    DoseRow,
    Marks,
    OrderFacts,
    Patient,
    PremedicationRow,
    ScheduleFacts,
    SheetGap,
    SheetIssue,
    SheetRefused,
    Shown,
    SignatureRow,
    WeightFacts,
    compose_cycle_sheet,
    render,
)

FORM_CODE, FORM_VERSION = "CYC", "1"
MEANINGS = (
    ("I checked order, weight, dose and recipe against their sources", "pharmacist"),
    ("I recomputed the dose independently", "second person"),
    ("I ordered this cycle as written", "prescriber"),
)


def specimen_cycle_sheet(
    catalogue: Catalogue, question: DoseQuestion, begin: tuple[str, str, str], paper: str
) -> bytes | Refusal:
    """The PDF of a specimen; `begin` is local start, zone and policy as typed."""
    bundle = bundle_named(catalogue, question.protocol)
    if isinstance(bundle, Refusal):
        return bundle
    dose = ask_dose(catalogue, question)
    if isinstance(dose, Refusal):
        return dose
    start, zone, policy = begin
    read = begin_of(start, zone)
    if isinstance(read, Refusal):
        return read
    schedule = plan_doses(bundle.protocol, question.arm, *read, policy)
    if isinstance(schedule, Refusal):
        return schedule
    facts = _facts(bundle, dose, schedule, read[0], zone)
    try:
        return render(compose_cycle_sheet(facts), paper)
    except SheetRefused as refused:
        return Refusal("sheet", (str(refused),))


def _facts(
    bundle: Bundle, dose: Dose, schedule: Schedule, start: datetime, zone: str
) -> CycleFacts:
    protocol = bundle.protocol
    regimen = regimen_of(protocol, dose.request.arm)
    if isinstance(regimen, Refusal):
        message = "a dose was derived for an arm that is not there"
        raise TypeError(message)
    weight = dose.request.weight_kg
    rules = bundle.rule_sets.get(regimen.arm)
    rule_set: Shown = SheetGap("Rule set", "No rule set is named; the site chooses one.")
    criteria: tuple[CriterionRow, ...] = ()
    if rules is not None:
        rule_set, criteria = (
            f"{rules.title}, version {rules.version}",
            criterion_rows(rules, weight),
        )
    set_name, items = premedication_of(bundle, regimen.arm, dose)
    return CycleFacts(
        issue=SheetIssue(
            sheet_id=f"SPECIMEN-{short_print(protocol.fingerprint)}", form_code=FORM_CODE,
            form_version=FORM_VERSION, program_version=__version__, entry="no journal entry",
            entry_hash=short_print(protocol.fingerprint), issued_at="specimen",
            issued_utc=start.strftime("%Y%m%d%H%M%S"), issued_by="command line", supersedes="",
            site_name="Specimen",
        ),
        marks=Marks(specimen=True),
        patient=Patient(
            family_name="Specimen", given_name="No patient", title="", born="Not applicable", age="",
            sex="", hospital_number="", trial_code="SPECIMEN", initials="",
            allergies=Allergies.NOT_RECORDED, allergies_text="", ward="", bed="",
        ),
        protocol=protocol_facts(protocol, regimen.arm, protocol.status),
        order=OrderFacts("", "", "", "", ""),
        medicine=medicine_facts(bundle, regimen, dose),
        weight=WeightFacts(
            "" if weight is None else write_quantity(weight, "kg"), "as typed, not measured",
            "specimen", "", "",
        ),
        working=working_rows(dose), recipe=recipe_rows(bundle, dose),
        schedule=schedule_facts(bundle, schedule, zone, ("specimen", "specimen")),
        doses=tuple(
            replace(planned_row(planned), planned_dose=planned_dose_on(dose, regimen, planned.day))
            for planned in schedule.doses
        ),
        companions=companion_rows(regimen, dose),
        counts=CountFacts(0, 0, 0, 0, 0, len(schedule.doses), "0 international units"),
        premedication_set=set_name, premedication=items, rule_set=rule_set, criteria=criteria,
        signatures=tuple(SignatureRow(meaning, role) for meaning, role in MEANINGS),
        gaps=gap_facts(protocol.gaps), notes=protocol.notes,
    )  # fmt: skip


def premedication_of(
    bundle: Bundle, arm: str | None, dose: Dose | Refusal
) -> tuple[Shown, tuple[PremedicationRow, ...]]:
    """Name and rows of the arm's premedication set, or the gap."""
    found = bundle.premedication.get(arm)
    if found is None:
        return SheetGap("Premedication set", "No set is named; the site chooses one."), ()
    weight = None if isinstance(dose, Refusal) else dose.request.weight_kg
    items = checklist(found, weight)
    name = f"{found.title}, version {found.version}"
    return name, () if isinstance(items, Refusal) else premedication_rows(items)


def schedule_facts(
    bundle: Bundle, schedule: Schedule, zone: str, course: tuple[str, str]
) -> ScheduleFacts:
    """Course and cycle with the sentences about time. `course` is course and cycle in words."""
    least = bundle.protocol.site.minimum_interval_h
    first = schedule.doses[0].local
    policy = (
        "doses stay the stated hours apart; local times move at a clock change"
        if schedule.policy == "elapsed"
        else "doses keep their clock times; one interval is longer or shorter at a clock change"
    )
    return ScheduleFacts(
        course=course[0], cycle=course[1], doses=f"{len(schedule.doses)} planned",
        start=f"{write_moment(first)} {write_offset(first)}", zone=zone, policy=policy,
        minimum_interval=f"at least {write_quantity(least, 'hours')} between doses"
        if least is not None
        else SheetGap("Minimum interval", "No minimum interval is stated: none is enforced."),
        clock_change="" if schedule.clock_change is None else schedule.clock_change.text,
    )  # fmt: skip


def planned_row(planned: PlannedDose) -> DoseRow:
    """A blank row with its planned time and local offset."""
    return DoseRow(
        number=planned.number, planned_day=write_weekday(planned.local.date()),
        planned_time=f"{write_clock(planned.local)} {write_offset(planned.local)}",
    )  # fmt: skip


def day_text(moment: datetime) -> str:
    """The date of a moment."""
    return write_date(moment.date())
