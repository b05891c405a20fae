"""The facts of a dose worksheet: one dose to prepare, or as it was prepared and released."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.cycle_facts import RecipeRow, WorkingRow
from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue, Shown, SignatureRow


@dataclass(frozen=True, slots=True)
class VialRow:
    """A vial or several of one lot; empty texts are written in with a pen."""

    vials: str = ""
    lot: str = ""
    expiry: str = ""
    serials: str = ""


@dataclass(frozen=True, slots=True)
class WorksheetFacts:
    """One dose to prepare, or as prepared. What is empty is to be written.

    `exact_dose` is the prescribed DOSE, `prepared_dose` what the syringe holds; `deviation` is the
    one from the other. `notes` must be read before anything is drawn up. `against` says why what
    was prepared must not be given: DO NOT GIVE then stands on every page, in the place of each amount
    and with the signatures; `settled` stands on every page for a dose that has an outcome already.
    `total` is the volume made up with `diluent`; both are empty where nothing is diluted. `container`
    is what it is made up in, where a source names it.
    """

    issue: SheetIssue
    marks: Marks
    patient: Patient
    fingerprint: str
    cycle: str
    dose: str
    protocol: str
    drug: str
    dosing_weight: str
    exact_dose: Shown
    prepared_dose: Shown
    prepared_volume: Shown
    deviation: str
    working: tuple[WorkingRow, ...]
    recipe: tuple[RecipeRow, ...]
    vials_needed: str
    vials: tuple[VialRow, ...]
    signatures: tuple[SignatureRow, ...]
    reconstituted: str = ""
    total: str = ""
    diluent: str = ""
    container: str = ""
    concentration: str = ""
    use_before: str = ""
    taken_from: str = ""
    deviations: str = ""
    notes: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    settled: str = ""
