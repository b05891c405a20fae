"""A specimen cycle sheet without a patient: planned times, dose, recipe, rules, blank rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from il2desk import __version__
from il2desk.desk.companion_rows import companion_rows
from il2desk.desk.for_paper import for_paper
from il2desk.desk.prepare_dose import derive_checked
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
from il2desk.desk.sheet_names import version_name
from il2desk.desk.specimens import (
    DoseQuestion,
    begin_of,
    bundle_named,
    dose_request,
    policy_of,
)
from il2desk.dosing import (
    Dose,
    DoseRequest,
    PlannedDose,
    Refusal,
    Regimen,
    Schedule,
    checklist,
    plan_doses,
    regimen_of,
    tell,
    write_clock,
    write_date,
    write_dose,
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
from il2desk.words import ENGLISH, speaking

FORM_CODE, FORM_VERSION = "CYC", "1"
MEANINGS = (
    (tell("I checked order, weight, dose and recipe against their sources"), tell("pharmacist")),
    (tell("I recomputed the dose independently"), tell("second person")),
    (tell("I ordered this cycle as written"), tell("prescriber")),
)


def specimen_cycle_sheet(
    catalogue: Catalogue, question: DoseQuestion, begin: tuple[str, str, str | None], paper: str
) -> bytes | Refusal:
    """The PDF of a specimen; `begin` is local start, zone and policy as typed (None: not)."""
    bundle = bundle_named(catalogue, question.protocol)
    if isinstance(bundle, Refusal):
        return bundle
    regimen = regimen_of(bundle.protocol, question.arm)
    if isinstance(regimen, Refusal):
        return regimen
    request = dose_request(catalogue, question)
    if isinstance(request, Refusal):
        return request
    dose = derive_checked(request)
    if isinstance(dose, Refusal) and dose.code != "dose-gap":
        return dose
    start, zone, policy = begin
    read = begin_of(start, zone)
    if isinstance(read, Refusal):
        return read
    schedule = plan_doses(bundle.protocol, question.arm, *read, policy_of(bundle.protocol, policy))
    if isinstance(schedule, Refusal) and schedule.code != "schedule-gap":
        return schedule
    # A gap never stops a specimen's sheet: it prints by name in the place of its value.
    facts = _facts(bundle, regimen, dose, (schedule, zone), (read[0], request))
    try:
        with speaking(ENGLISH):  # it is of no site
            return render(compose_cycle_sheet(for_paper(facts)), paper)
    except SheetRefused as refused:
        return Refusal("sheet", (str(refused),))


def _weight_facts(request: DoseRequest, dose: Dose | Refusal) -> WeightFacts:
    """What was typed of the body, and the surface that the dose is worked out from."""
    weight, height = request.weight_kg, request.height_cm
    surface = request.bsa_m2 if isinstance(dose, Refusal) else dose.bsa_m2
    return WeightFacts(
        dosing_weight="" if weight is None else write_quantity(weight, "kg"),
        date="" if weight is None else tell("as typed, not measured"), method=tell("specimen"),
        previous="", difference="",
        height="" if height is None else write_quantity(height, "cm"),
        body_surface_area="" if surface is None else write_quantity(surface, "m2"),
    )  # fmt: skip


def _facts(
    bundle: Bundle,
    regimen: Regimen,
    dose: Dose | Refusal,
    plan: tuple[Schedule | Refusal, str],
    entered: tuple[datetime, DoseRequest],
) -> CycleFacts:
    """The facts of the sheet: `plan` with its time zone, `entered` are the start and the request."""
    protocol, (schedule, zone), (start, request) = bundle.protocol, plan, entered
    weight = request.weight_kg
    rules = bundle.rule_sets.get(regimen.arm)
    rule_set: Shown = SheetGap(
        tell("Rule set"), tell("No rule set is named; the site chooses one.")
    )
    criteria: tuple[CriterionRow, ...] = ()
    if rules is not None:
        rule_set, criteria = (
            version_name(rules.title, rules.version),
            criterion_rows(rules, weight),
        )
    set_name, items = premedication_of(bundle, regimen.arm, weight)
    rows = _rows(regimen, dose, schedule)
    return CycleFacts(
        issue=SheetIssue(
            sheet_id=f"SPECIMEN-{short_print(protocol.fingerprint)}",
            form_code=FORM_CODE,
            form_version=FORM_VERSION,
            program_version=__version__,
            entry=tell("no journal entry"),
            entry_hash=short_print(protocol.fingerprint),
            issued_at=tell("specimen"),
            issued_utc=start.strftime("%Y%m%d%H%M%S"),
            issued_by=tell("command line"),
            supersedes="",
            site_name=tell("Specimen"),
        ),
        marks=Marks(specimen=True),
        patient=Patient(
            family_name=tell("Specimen"),
            given_name=tell("No patient"),
            title="",
            born=tell("Not applicable"),
            age="",
            sex="",
            hospital_number="",
            trial_code="SPECIMEN",
            initials="",
            allergies=Allergies.NOT_RECORDED,
            allergies_text="",
            ward="",
            bed="",
        ),
        protocol=protocol_facts(protocol, regimen.arm, protocol.status),
        order=OrderFacts("", "", "", "", ""),
        medicine=medicine_facts(bundle, regimen, dose),
        weight=_weight_facts(request, dose),
        working=working_rows(dose, regimen),
        recipe=recipe_rows(bundle, regimen, dose),
        schedule=schedule_facts(bundle, schedule, zone, (tell("specimen"), tell("specimen"))),
        doses=rows,
        companions=companion_rows(
            regimen, request, None if isinstance(dose, Refusal) else dose.bsa_m2
        ),
        counts=CountFacts(0, 0, 0, 0, 0, len(rows), write_dose(Decimal(0))),
        premedication_set=set_name,
        premedication=items,
        rule_set=rule_set,
        criteria=criteria,
        signatures=tuple(SignatureRow(meaning, role) for meaning, role in MEANINGS),
        gaps=gap_facts(protocol.gaps),
        notes=protocol.notes,
    )


def _rows(
    regimen: Regimen, dose: Dose | Refusal, schedule: Schedule | Refusal
) -> tuple[DoseRow, ...]:
    """A row for each planned dose; without a schedule as many blank rows as the source names."""
    if isinstance(schedule, Refusal):
        count = 1 if regimen.doses_per_cycle is None else regimen.doses_per_cycle.value
        return tuple(
            DoseRow(number, tell("GAP: day"), tell("GAP: time")) for number in range(1, count + 1)
        )
    return tuple(
        replace(planned_row(planned), planned_dose=planned_dose_on(dose, regimen, planned.day))
        for planned in schedule.doses
    )


def premedication_of(
    bundle: Bundle, arm: str | None, weight_kg: Decimal | None
) -> tuple[Shown, tuple[PremedicationRow, ...]]:
    """Name and rows of the arm's premedication set for a weight in kg, or the gap."""
    found = bundle.premedication.get(arm)
    if found is None:
        return SheetGap(
            tell("Premedication set"), tell("No set is named; the site chooses one.")
        ), ()
    items = checklist(found, weight_kg)
    name = version_name(found.title, found.version)
    return name, () if isinstance(items, Refusal) else premedication_rows(items)


def schedule_facts(
    bundle: Bundle, schedule: Schedule | Refusal, zone: str, course: tuple[str, str]
) -> ScheduleFacts:
    """Course and cycle with the sentences about time. `course` is course and cycle in words."""
    least = bundle.protocol.site.minimum_interval_h
    minimum: Shown = SheetGap(
        tell("Minimum interval"), tell("No minimum interval is stated: none is enforced.")
    )
    if least is not None:
        minimum = tell("at least {least} between doses", least=write_quantity(least, "hours"))
    if isinstance(schedule, Refusal):
        gap = SheetGap(tell("Planned times"), schedule.text)
        return ScheduleFacts(course[0], course[1], tell("none"), tell("none"), zone, gap, minimum)
    first, day = schedule.doses[0].local, schedule.doses[0].day
    policy = (
        tell("doses stay the stated hours apart; local times move at a clock change")
        if schedule.policy == "elapsed"
        else tell(
            "doses keep their clock times; one interval is longer or shorter at a clock change"
        )
    )
    if bundle.protocol.site.schedule_policy is None:
        policy = tell("{policy}; the site has not chosen a policy, a gap", policy=policy)
    return ScheduleFacts(
        course=course[0], cycle=course[1], doses=tell("{doses} planned", doses=len(schedule.doses)),
        start=f"{write_moment(first)} {write_offset(first)}", zone=zone, policy=policy,
        minimum_interval=minimum, day_one=write_date(first.date() - timedelta(days=day - 1)),
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
