"""The dose worksheet: one dose, for the person who prepares it and the one who checks.

Before the release it is a form with everything computed; after it, it is the record of the release.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from il2desk.sheets.cycle_facts import RecipeRow, WorkingRow
from il2desk.sheets.entries import (
    SourceList,
    cell,
    heading,
    labelled,
    prose,
    table,
    words_of,
)
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Amount, Block, Section, SheetModel, write
from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue, Shown, SignatureRow
from il2desk.sheets.shared_tables import recipe_table, working_table
from il2desk.sheets.sheet_frame import make_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

WORKSHEET_FORM = ("DWS", "1")
"""Form code and version."""
DO_NOT_GIVE = "DO NOT GIVE"


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
    was prepared must not be given: DO NOT GIVE then stands on every page; `settled` stands there for a dose that
    has an outcome already.
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
    concentration: str = ""
    use_before: str = ""
    taken_from: str = ""
    deviations: str = ""
    notes: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    settled: str = ""


def compose_dose_worksheet(facts: WorksheetFacts) -> SheetModel:
    """Return the sheet as finished strings; SheetRefused as write."""
    title = say("Dose worksheet \u2013 {dose}", dose=facts.dose)
    issue, sources = facts.issue, SourceList()
    lines = (
        (pair(say("Drug"), facts.drug), pair(say("Dosing weight"), facts.dosing_weight),
         pair(say("Cycle"), facts.cycle)),
        (pair(say("Protocol"), facts.protocol),),
    )  # fmt: skip
    frame = make_frame(title, issue, facts.marks, facts.patient, lines, facts.fingerprint)
    sheet = sheet_of(
        frame,
        facts.issue,
        facts.marks,
        (
            *_notes(facts),
            Section(parts=(_dose(facts), _draw(facts)), columns=2, shares=(50, 50)),
            Section(
                parts=(
                    (heading(say("Working")), working_table(facts.working, sources)),
                    (heading(say("Preparation recipe")), recipe_table(facts.recipe, sources)),
                ),
                columns=2,
            ),
            Section(
                parts=(_vials(facts), _prepared(facts)), columns=2, shares=(50, 50), together=True
            ),
            Section(parts=(signatures(facts.signatures),), together=True),
            Section(parts=(sources.blocks(),), columns=2),
        ),
        about=facts.patient.trial_code,
    )
    said = say(DO_NOT_GIVE) if facts.against else facts.settled
    if not said:
        return sheet
    mark = write(said, Role.STRONG, say("mark"))
    barred = replace(frame, marks=(mark, *frame.marks))
    return replace(sheet, frame=barred, watermark=(mark.words, *sheet.watermark))


def _notes(facts: WorksheetFacts) -> tuple[Section, ...]:
    against = tuple(say("DO NOT GIVE: {why}", why=why) for why in facts.against)
    if not against and not facts.notes:
        return ()
    shown = prose(*against, *facts.notes, role=Role.STRONG, field=say("notes"))
    return (Section(parts=((heading(say("Read before anything is drawn up")), shown),)),)


def _amount(label: str, value: Shown, *below: str) -> Amount:
    quiet = tuple(write(words, Role.BODY, label) for words in below if words)
    role = Role.HEADING if label == "DOSE" else Role.LABEL
    return Amount(write(label, role, label), write(words_of(value), Role.DOSE, label), quiet)


def _drawn(facts: WorksheetFacts) -> Amount:
    """The one number that is read at arm's length, with a syringe in the hand."""
    label = say("VOLUME TO DRAW UP")
    amount = write(words_of(facts.prepared_volume), Role.DRAW, say("volume to draw up"))
    return Amount(write(label, Role.HEADING, label), amount)


def _dose(facts: WorksheetFacts) -> tuple[Block, ...]:
    deviation = say("deviation from the DOSE {deviation}", deviation=facts.deviation)
    return (
        _amount("DOSE", facts.exact_dose),
        _amount(say("Prepared"), facts.prepared_dose, deviation),
    )


def _draw(facts: WorksheetFacts) -> tuple[Block, ...]:
    return (
        _drawn(facts),
        _amount(say("Total"), facts.total or say("see the recipe"), facts.concentration),
    )


def _vials(facts: WorksheetFacts) -> tuple[Block, ...]:
    titles = (
        (say("Vials"), 16.0),
        (say("Lot"), 34.0),
        (say("Expires"), 30.0),
        (say("Serial numbers"), 44.0),
    )
    rows = tuple(
        (
            cell(row.vials, say("vials"), Role.STRONG),
            cell(row.lot, say("lot"), Role.STRONG),
            cell(row.expiry, say("expiry")),
            cell(row.serials, say("serial numbers")),
        )
        for row in facts.vials
    )
    return (
        heading(say("Vials")),
        labelled(say("Needed"), facts.vials_needed),
        labelled(say("Taken from"), facts.taken_from),
        table(titles, rows, least_row=PEN_ROW, grid=True),
        labelled(say("Vials wasted, why"), ""),
    )


def _prepared(facts: WorksheetFacts) -> tuple[Block, ...]:
    return (
        heading(say("Preparation")),
        labelled(say("Reconstituted at"), facts.reconstituted),
        labelled(say("Use before"), facts.use_before),
        labelled(say("Appearance, particles, as seen"), ""),
        labelled(say("Labels printed, used, destroyed"), ""),
        labelled(say("Deviations"), facts.deviations),
    )
