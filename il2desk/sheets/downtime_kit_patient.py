"""One patient of a downtime kit: what is due, its DOSE, and rows for what happens."""

from __future__ import annotations

from il2desk.sheets.downtime_kit_facts import (
    DowntimeKitFacts,
    KitAmount,
    KitCompanion,
    KitDose,
    KitPatient,
)
from il2desk.sheets.entries import Cell, SourceList, cell, heading, prose, table, words_of
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Amount, Block, Section, Text, write
from il2desk.sheets.patient_bar import patient_bar
from il2desk.sheets.pen_tables import PenDose, checked, happened, prepared
from il2desk.sheets.shared_tables import premedication_table
from il2desk.words import say

_BETWEEN = " \u00b7 "


def patient_sections(
    one: KitPatient, facts: DowntimeKitFacts, sources: SourceList
) -> tuple[Section, ...]:
    """Return the patient's pages; who the patient is stands on each of them.

    SheetRefused where a box names a dose that its row withholds, or a dose has neither.
    """
    _refuse_contradiction(one)
    who = patient_bar(one.patient)
    amounts = tuple(
        Section(parts=((_dose(amount, one),), (_prepared(amount),)), columns=2, shares=(50, 50))
        for amount in one.amounts
    )
    doses = tuple(_pen(dose) for dose in one.doses)
    drugs = tuple(PenDose(_companion_pen(row)) for row in one.companions)
    before = checked(tuple(dose.name for dose in doses), more=0 if doses else 1)
    after = happened((*doses, *drugs), more=1)
    told = (*_doses(one, facts), *_companions(one), *_notes(one))
    return (
        Section(parts=((*who, *_therapy(one)),), new_page=True),
        *amounts,
        Section(parts=(told,), carried=who),
        Section(parts=((*_premedication(one, sources), *before),), new_page=True, carried=who),
        Section(parts=((*prepared(doses), *after),), new_page=True, carried=who),
    )


def _refuse_contradiction(one: KitPatient) -> None:
    """A box above a row that withholds its dose would be read first, and prepared."""
    boxed = {number for amount in one.amounts for number in amount.numbers}
    for dose in one.doses:
        if (dose.number in boxed) == bool(dose.no_dose):
            raise SheetRefused(
                say(
                    "{code}, dose {number}: the box of the DOSE and the row of the dose contradict "
                    "each other.",
                    code=one.patient.trial_code,
                    number=dose.number,
                ),
                say("Nothing was printed. Report this as a defect, and use the blank sheet."),
            )
    if strange := boxed - {dose.number for dose in one.doses}:
        raise SheetRefused(
            say(
                "{code}: a box names dose {numbers}, which is not open.",
                code=one.patient.trial_code,
                numbers=", ".join(sorted(strange)),
            ),
            say("Nothing was printed. Report this as a defect, and use the blank sheet."),
        )


def _companion_pen(row: KitCompanion) -> str:
    name = f"{row.drug}, {row.day}"
    return f"{name}\n{row.mark}" if row.mark else name


def _pen(dose: KitDose) -> PenDose:
    """The dose as it begins a row for a pen: held, stopped, overdue, without a DOSE, or prepared.

    What lies ready is not to be drawn up again: no volume stands there for it.
    """
    clock, day = dose.planned_time.split(" ", maxsplit=1)[0], dose.planned_day.split("\u00a0")[-1]
    withheld = dose.hold or dose.late or (say("NO DOSE PRINTED") if dose.no_dose else "")
    mark = withheld or dose.released
    lines = (say("{number} at {clock}", number=dose.number, clock=clock), day, mark)
    drawn = "" if dose.released else dose.drug_volume
    return PenDose("\n".join(line for line in lines if line), drawn, dose.total_volume)


def _therapy(one: KitPatient) -> tuple[Block, ...]:
    minimum = one.minimum_interval
    interval = minimum if isinstance(minimum, str) else say("GAP: {name}", name=minimum.name)
    lines = (
        _BETWEEN.join((one.protocol, one.cycle)),
        _BETWEEN.join(
            (
                say("Dosing weight {weight}", weight=one.weight or say("not recorded")),
                say("Minimum interval {interval}", interval=interval),
                say("Protocol fingerprint {print}", print=one.fingerprint),
            )
        ),
        _BETWEEN.join((one.last_given, one.counts)),
    )
    field = say("treatment, {code}", code=one.patient.trial_code)
    drug = _BETWEEN.join((one.drug, words_of(one.route), words_of(one.duration)))
    return (prose(drug, role=Role.STRONG, field=field), prose(*lines, field=field))


def _dose(amount: KitAmount, one: KitPatient) -> Amount:
    field = say("exact dose, {doses}", doses=amount.doses)
    weight = say("for the dosing weight {weight} only", weight=one.weight)
    return Amount(
        write("DOSE", Role.HEADING, "DOSE"),
        write(amount.exact_dose, Role.DOSE, field),
        (write(amount.doses, Role.STRONG, field), write(weight, Role.BODY, field)),
    )


def _prepared(amount: KitAmount) -> Amount:
    field = say("prepared dose, {doses}", doses=amount.doses)
    volume = say("in {volume}", volume=amount.prepared_volume)
    below: list[Text] = [write(volume, Role.STRONG, field)]
    below.extend(write(line, Role.BODY, field) for line in amount.lines)
    return Amount(
        write(say("Prepared"), Role.LABEL, say("Prepared")),
        write(amount.prepared_dose, Role.DOSE, field),
        tuple(below),
    )


def _doses(one: KitPatient, facts: DowntimeKitFacts) -> tuple[Block, ...]:
    titles = (
        (say("Dose"), 14.0),
        (say("Planned"), 34.0),
        (say("State at {clock}", clock=facts.state_clock), 52.0),
        (say("What must be known"), 173.0),
    )
    name = say("Open doses to {until}", until=facts.valid_until)
    return (heading(name), table(titles, tuple(_row(dose) for dose in one.doses)))


def _row(dose: KitDose) -> tuple[Cell, ...]:
    field = say("dose {number}", number=dose.number)
    told = dose.sentences or (() if dose.no_dose else (say("nothing more is recorded"),))
    none = say("NO DOSE IS PRINTED: {why}", why=" ".join(dose.no_dose)) if dose.no_dose else ""
    return (
        cell(dose.number, field, Role.STRONG),
        (*cell(dose.planned_day, field), *cell(dose.planned_time, field, Role.STRONG)),
        cell(dose.state, field, Role.STRONG),
        (
            *cell(none, field, Role.STRONG),
            *(text for sentence in told for text in cell(sentence, field)),
        ),
    )


def _companions(one: KitPatient) -> tuple[Block, ...]:
    if not one.companions:
        return ()
    titles = (
        (say("Companion drug"), 40.0),
        (say("Day"), 34.0),
        (say("Dose"), 56.0),
        (say("Prepare"), 56.0),
        (say("Route"), 28.0),
        (say("State"), 59.0),
    )
    rows = tuple(_companion(row) for row in one.companions)
    return (heading(say("Companion drugs to the same hour")), table(titles, rows))


def _companion(row: KitCompanion) -> tuple[Cell, ...]:
    field = say("companion drug, {drug}", drug=row.drug)
    return (
        cell(row.drug, field, Role.STRONG),
        (*cell(row.day, field), *cell(row.date, field)),
        cell(row.amount, field, Role.STRONG),
        cell(row.volume, field),
        cell(row.route, field),
        (*cell(row.state, field, Role.STRONG), *cell(row.mark, field, Role.STRONG)),
    )


def _premedication(one: KitPatient, sources: SourceList) -> tuple[Block, ...]:
    """What the patient gets before a dose, with what is blocked: paper has no gate of its own."""
    name = say("Premedication: {name}", name=words_of(one.premedication_set))
    said = prose(*one.premedication_said, field=say("premedication"))
    rows = one.premedication
    listed = (premedication_table(rows, sources),) if rows else ()
    withheld = one.premedication_withheld
    no = (prose(*withheld, role=Role.STRONG, field=say("premedication")),) if withheld else ()
    return (heading(name), *no, said, *listed)


def _notes(one: KitPatient) -> tuple[Block, ...]:
    if not one.notes:
        return ()
    return (heading(say("Notes")), prose(*one.notes, field=say("notes")))
