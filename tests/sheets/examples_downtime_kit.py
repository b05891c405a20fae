"""Downtime kits by name: one dose, a day of doses, held and released, long and Chinese names, 40 patients.

Fictional patients; times and numbers are those of the worked cycle of the sheet tests: dose 6 was
given at 06:04 of the 12th, dose 7 is due at 14:00 and the kit speaks of 14:02.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import worked_dose
from fictional import cycles

from il2desk.desk.hold_rule import hold_words
from il2desk.dosing import write_clock, write_moment, write_quantity, write_weekday
from il2desk.sheets import (
    Allergies,
    DowntimeKitFacts,
    KitAmount,
    KitCompanion,
    KitDose,
    KitListed,
    KitPatient,
    KitRules,
    Marks,
    Patient,
    PremedicationRow,
    SheetGap,
    SheetIssue,
    SheetModel,
    compose_downtime_kit,
    shown_name,
)

CYCLE = cycles().make_cycle()
MEDICINE, SITE = CYCLE.medicine, worked_dose.site_bundle().protocol.site
WEIGHT = f"{CYCLE.weight.dosing_weight} of {CYCLE.weight.date}"
STEPS = tuple(
    f"{one.label}: {one.text}" for one in worked_dose.working() if one.letter in ("I", "L")
)
ISSUE = SheetIssue(
    "DTK-3F0C11-9F31C2A0", "DTK", "1", "0.1.0", "214", "9f31c2a07be4", "12-Mar-2026 14:02",
    "20260312130200", "K. Brandt", "", "Ward pharmacy, City Hospital",
)  # fmt: skip
LAST = datetime.fromisoformat("2026-03-13T14:00")
"""The last dose before the kit ends; the others come 8 hours apart before it."""
STATE = datetime.fromisoformat("2026-03-12T14:02")
OF_A_DAY = 4
LATE = "OVERDUE: ask whether it was given"
PATIENT = Patient(
    "Löwenstein", "Maria", "Ms", "04-Mar-1961", "65y", "Female", "402 118 7765", "NPC-014", "ML",
    Allergies.KNOWN, "penicillin (rash), latex", "4 West", "12",
)  # fmt: skip
LONG = replace(
    PATIENT, family_name="Wolfeschlegelsteinhausenbergerdorff",
    given_name="Maximiliana Alexandrina Theodosia-A", trial_code="NPC-015",
)  # fmt: skip
CHINESE = replace(PATIENT, family_name="歐陽", given_name="大文", title="", trial_code="NPC-016")
ALLERGIC = replace(
    PATIENT, trial_code="NPC-018",
    allergies_text="\n".join(
        f"allergy number {number}, with a reaction described at some length" for number in range(1, 6)
    ),
)  # fmt: skip
RELEASED = replace(
    PATIENT, family_name="Osei", given_name="Kwame", title="Mr", sex="Male", initials="KO", bed="14",
    hospital_number="402 118 9003", trial_code="NPC-019", allergies=Allergies.NONE_KNOWN,
    allergies_text="",
)  # fmt: skip
INTERVAL = f"at least {write_quantity(SITE.minimum_interval_h, 'hours')} between doses"
PROTOCOL = worked_dose.protocol_line()
HELD = hold_words(SITE)
RULES = KitRules(
    title=PROTOCOL, fingerprint=worked_dose.fingerprint(), rule_set=CYCLE.rule_set,
    criteria=CYCLE.criteria, recipe=CYCLE.recipe,
    rules=(
        ("Minimum interval", INTERVAL),
        ("A check is valid for", write_quantity(SITE.verdict_valid_h, "hours")),
        ("A dose on HOLD", HELD),
    ),
)  # fmt: skip


def dose(number: int, at: datetime, **changes: object) -> KitDose:
    """An open dose with the state that the desk would say at 14:02."""
    state = f"Next {write_clock(at)}" if at.hour == 22 else "Scheduled"
    if at < STATE:
        late = at + timedelta(hours=1)
        state = f"DUE {write_clock(at)}" if late > STATE else f"OVERDUE since {write_moment(late)}"
    late = LATE if state.startswith("OVERDUE") else ""
    made = KitDose(
        str(number), write_weekday(at.date()), f"{write_clock(at)} +01:00", state,
        drug_volume="" if late else MEDICINE.prepared_volume, total_volume="" if late else MEDICINE.total,
        late=late, no_dose=(f"{late}. The program has no record of it.",) if late else (),
    )  # fmt: skip
    return replace(made, **changes)


def amount(first: int, last: int) -> KitAmount:
    """The box of doses in a row."""
    return KitAmount(
        f"dose {first}" if first == last else f"doses {first} to {last}",
        tuple(str(number) for number in range(first, last + 1)), MEDICINE.exact_dose,
        MEDICINE.prepared_dose, MEDICINE.prepared_volume, ("1 vial, 1 mL syringe", *STEPS),
    )  # fmt: skip


def _premedication(*, blocked: bool) -> tuple[PremedicationRow, ...]:
    """The items of the cycle; without a check no value blocks one."""
    why = "creatinine above 2\u00a0mg per dL" if blocked else ""
    return tuple(replace(row, blocked=why if row.blocked else "") for row in CYCLE.premedication)


def patient(who: Patient = PATIENT, doses: int = OF_A_DAY, **changes: object) -> KitPatient:
    """A day of doses 7 to 10. Fewer: the cycle ends; more: nobody recorded a dose since its begin."""
    begun = doses <= OF_A_DAY
    first = 7 if begun else 1
    last_at = LAST - timedelta(hours=8 * (OF_A_DAY - doses)) if begun else LAST
    doses_open = tuple(
        dose(first + at, last_at - timedelta(hours=8 * (doses - 1 - at))) for at in range(doses)
    )
    coming = [int(one.number) for one in doses_open if not one.late]
    made = KitPatient(
        patient=who, protocol=PROTOCOL, cycle="course 1, cycle 2", fingerprint=worked_dose.fingerprint(),
        drug=MEDICINE.drug, route=MEDICINE.route, duration=MEDICINE.duration, weight=WEIGHT,
        minimum_interval=INTERVAL,
        last_given=(
            "Last dose given: 12-Mar-2026 06:04 (dose 6 of cycle 2, course 1)"
            if begun
            else "No dose is recorded as given"
        ),
        counts=(
            f"In this cycle: {5 if begun else 0} given, {1 if begun else 0} part given, 0 held, "
            "0 omitted, 0 not known"
        ),
        doses=doses_open, amounts=(amount(coming[0], coming[-1]),),
        premedication_set=CYCLE.premedication_set, premedication=_premedication(blocked=begun),
        premedication_said=(
            ("BLOCKED shows the registered allergies and the values of the check of 12-Mar-2026 05:42. "
            "Judge each item's rule again by newer values."),
            ("acetaminophen: last given 12-Mar-2026 13:30, not again before 12-Mar-2026 17:30, "
            "1.95\u00a0g in the 24\u00a0hours before 12-Mar-2026 14:02."),
        )
        if begun
        else (
            ("BLOCKED shows the registered allergies only: no value was read yet in this cycle. Judge "
            "each item's rule by the values of the day."),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def facts(*patients: KitPatient, **changes: object) -> DowntimeKitFacts:
    made = DowntimeKitFacts(
        issue=ISSUE, marks=Marks(), state_at="12-Mar-2026 14:02 (+01:00)", state_clock="14:02",
        valid_until="13-Mar-2026 14:02 (+01:00)",
        listed=tuple(listed(one) for one in patients), patients=patients, rules=(RULES,),
    )  # fmt: skip
    return replace(made, **changes)


def listed(one: KitPatient) -> KitListed:
    """The line of a patient: the first open dose, and its HOLD or OVERDUE."""
    who, first = one.patient, one.doses[0]
    day = first.planned_day.split("\u00a0")[-1]
    clock = first.planned_time.split(" ")[0]
    return KitListed(
        shown_name(who), who.born, who.trial_code, f"{who.ward}, {who.bed}",
        "\n".join(part for part in (f"{day} {clock}", first.hold or first.late) if part),
        f"Dose {first.number}: {first.state}.", due_in_kit=True,
    )  # fmt: skip


def held() -> KitPatient:
    """Dose 7 on HOLD since the check of 13:42; the doses after it are open."""
    usual = patient()
    on_hold = replace(
        usual.doses[0], state="DUE 14:00; HOLD; to be skipped", hold="HOLD 13:42",
        sentences=(
            ("Check of 12-Mar-2026 13:42: HOLD: creatinine 2.6\u00a0mg/dL, urine 120\u00a0mL in "
            "8\u00a0hours."),
        ),
        no_dose=(
            "The dose is on HOLD.",
            HELD,
        ),
        drug_volume="", total_volume="",
    )  # fmt: skip
    interferon = KitCompanion(
        "interferon alfa-2b", "day 3", "Thu\u00a012-Mar-2026", "3\u00a0million\u00a0international\u00a0units",
        SheetGap("Volume", ""), "subcutaneous", "Due today",
        "aldesleukin is on HOLD: ask the prescriber whether this goes on",
    )  # fmt: skip
    return replace(
        usual, doses=(on_hold, *usual.doses[1:]), amounts=(amount(8, 10),), companions=(interferon,),
        notes=("Cycle 1 of course 1: 1 dose has no outcome.",),
        premedication_said=(
            usual.premedication_said[0].replace("05:42", "13:42"), *usual.premedication_said[1:],
        ),
        premedication_withheld=(
            "Dose 7: HOLD 13:42. No premedication for this dose without a new decision.",
        ),
    )  # fmt: skip


def stopped() -> KitPatient:
    """Dose 7 stopped the cycle at 13:42: it is the only one that is open."""
    usual = patient()
    at_stop = replace(
        usual.doses[0], state="DUE 14:00; STOP", hold="STOP 13:42",
        sentences=("Check of 12-Mar-2026 13:42: STOP this cycle: bleeding frank.",),
        no_dose=(
            ("Preparation is blocked: STOP this cycle at 12-Mar-2026 13:42. Recording a dose that was "
            "given stays possible in step 5."),
        ),
        drug_volume="", total_volume="",
    )  # fmt: skip
    return replace(
        usual, doses=(at_stop,), amounts=(),
        premedication_said=(
            usual.premedication_said[0].replace("05:42", "13:42"), *usual.premedication_said[1:],
        ),
        premedication_withheld=(
            "Dose 7: STOP 13:42. No premedication for this dose without a new decision.",
        ),
    )  # fmt: skip


def released() -> KitPatient:
    """Dose 7 lies prepared; the others are still to be made."""
    usual = patient(RELEASED)
    ready = replace(
        usual.doses[0], state="Prepared 13:48", released="PREPARED 13:48",
        sentences=(
            (f"A preparation was released 12-Mar-2026 13:48 by K. Brandt, checked by A. Ruiz: "
            f"{MEDICINE.prepared_volume}, lot A12345; use before 13-Mar-2026 13:40. Do not prepare dose 7 "
            "again while it is there."),
        ),
    )  # fmt: skip
    made = KitAmount(
        "dose 7", ("7",), MEDICINE.exact_dose, MEDICINE.prepared_dose, MEDICINE.prepared_volume,
        ("as released", f"in all {MEDICINE.total} {MEDICINE.diluent}"),
    )  # fmt: skip
    return replace(
        usual, doses=(ready, *usual.doses[1:]), amounts=(made, amount(8, 10)),
        premedication_said=(
            usual.premedication_said[0].replace("05:42", "13:42"), *usual.premedication_said[1:],
        ),
    )  # fmt: skip


# No two begin alike: the desk would mark them as similar.
_FAMILIES = [
    "Adeyemi",
    "Bergström",
    "Castellano",
    "Dvořák",
    "Eriksen",
    "Fontaine",
    "Grünwald",
    "Hart",
    "Ivanova",
    "Jensen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Nakamura",
    "Okonkwo",
    "Petrov",
    "Quist",
    "Rossi",
    "Santos",
    "Tanaka",
    "Ueda",
    "Varga",
    "Weiss",
    "Xenakis",
    "Yilmaz",
    "Zanetti",
    "Abara",
    "Blanc",
    "Costa",
    "Duarte",
    "Engel",
    "Farkas",
    "Gallo",
    "Holm",
    "Ibarra",
    "Jonsson",
    "Keller",
    "Laurent",
    "Meyer",
]
_GIVEN = ("Ines", "Jonas", "Katarzyna", "Liam", "Miriam")


def _resting(number: int) -> KitListed:
    """Somebody on treatment without a dose in these 24 hours."""
    later = number % 2 == 0
    day = 14 + number % 5
    return KitListed(
        f"{_FAMILIES[number - 1].upper()}, {_GIVEN[number % 5]}", f"{10 + number % 18}-Jun-19{40 + number}",
        f"NPC-{100 + number}", f"{4 + number // 20} West, {13 + number % 20}",
        f"{day}-Mar-2026 14:00" if later else "none left",
        f"Dose 1: Next {day}-Mar-2026 14:00." if later else "Cycle finished",
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Composed kits by name."""
    one = patient()
    many = (listed(one), *(_resting(number) for number in range(1, 40)))
    none = replace(
        listed(one), next_dose="none left", state="Cycle finished", due_in_kit=False
    )  # every dose has its outcome
    marks = Marks(practice=True, not_verified=True, unsigned="NPC-014 dose 6")
    made = {
        "one dose": facts(patient(doses=1)),
        "15 doses": facts(patient(doses=15)),
        "held and released": facts(held(), released(), marks=marks),
        "stopped": facts(stopped(), listed=(replace(listed(stopped()), next_dose="none: STOP"),)),
        "long names": facts(patient(LONG)),
        "chinese name": facts(patient(CHINESE)),
        "five-line allergy": facts(patient(ALLERGIC)),
        "40 lines": facts(one, listed=many),
        "nothing due": facts(listed=(none,)),
    }
    return {name: compose_downtime_kit(one) for name, one in made.items()}
