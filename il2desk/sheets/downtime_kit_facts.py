"""The facts of a downtime kit: the next 24 hours of the patients on treatment, as finished strings."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.cycle_facts import CriterionRow, PremedicationRow, RecipeRow
from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue, Shown


@dataclass(frozen=True, slots=True)
class KitListed:
    """One patient on treatment in the list of the first page, with the next dose or why there is none.

    `due_in_kit` where that dose is due before the kit ends: then the patient has a page.
    """

    name: str
    born: str
    trial_code: str
    place: str
    next_dose: str
    state: str
    due_in_kit: bool = False


@dataclass(frozen=True, slots=True)
class KitAmount:
    """What one or several doses are: `doses` such as "doses 4, 5". Exact, prepared, its volume.

    `numbers` are those of the doses, one by one. `lines` are vials, syringe and total volume, a
    sentence each.
    """

    doses: str
    numbers: tuple[str, ...]
    exact_dose: str
    prepared_dose: str
    prepared_volume: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KitDose:
    """One open dose: number, planned day and time, its state, and sentences about it.

    `no_dose` are the sentences why no DOSE is printed for it; empty where one is. `hold` is such as
    "HOLD 13:42" or "STOP 13:42", `late` what an overdue dose asks. `drug_volume` is what is drawn up from the vial, `total_volume` the whole syringe
    or bag once diluted; both empty where no DOSE is printed or none is known. `released` is such as
    "PREPARED 13:50" where a preparation of it lies ready.
    """

    number: str
    planned_day: str
    planned_time: str
    state: str
    sentences: tuple[str, ...] = ()
    no_dose: tuple[str, ...] = ()
    hold: str = ""
    late: str = ""
    drug_volume: str = ""
    total_volume: str = ""
    released: str = ""


@dataclass(frozen=True, slots=True)
class KitCompanion:
    """One open dose of a companion drug; `mark` is what is to be asked before it."""

    drug: str
    day: str
    date: str
    amount: Shown
    volume: Shown
    route: Shown
    state: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class KitPatient:
    """One patient with everything that is open to the end of the 24 hours.

    `weight` is the dosing weight with its date, `last_given` when the last dose went in.
    `premedication_said` are sentences: what was given of it last, or why no item is listed.
    `premedication_withheld` names the doses on HOLD or STOP, for which none is given as it stands.
    """

    patient: Patient
    protocol: str
    cycle: str
    fingerprint: str
    drug: str
    route: Shown
    duration: Shown
    weight: str
    minimum_interval: Shown
    last_given: str
    counts: str
    doses: tuple[KitDose, ...]
    amounts: tuple[KitAmount, ...] = ()
    companions: tuple[KitCompanion, ...] = ()
    notes: tuple[str, ...] = ()
    premedication_set: Shown = ""
    premedication: tuple[PremedicationRow, ...] = ()
    premedication_said: tuple[str, ...] = ()
    premedication_withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KitRules:
    """What a protocol says before, at and after a dose: criteria, rules of the site, recipe.

    `unconfirmed` are rows of the rule set that nobody compared with its document: a person judges.
    """

    title: str
    fingerprint: str
    rule_set: Shown
    criteria: tuple[CriterionRow, ...]
    rules: tuple[tuple[str, Shown], ...]
    recipe: tuple[RecipeRow, ...]
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DowntimeKitFacts:
    """Everything of a kit. `state_at` is the moment it speaks of, `valid_until` 24 hours later."""

    issue: SheetIssue
    marks: Marks
    state_at: str
    state_clock: str
    valid_until: str
    listed: tuple[KitListed, ...]
    patients: tuple[KitPatient, ...]
    rules: tuple[KitRules, ...]
