"""One patient of a downtime kit: what is due, its DOSE, and rows for what happens."""

from __future__ import annotations

from il2desk.sheets.downtime_kit_facts import (
    DowntimeKitFacts,
    KitAmount,
    KitCompanion,
    KitDose,
    KitPatient,
)
from il2desk.sheets.entries import Cell, cell, heading, prose, table
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Amount, Block, Section, Text, write
from il2desk.sheets.patient_bar import patient_bar
from il2desk.sheets.pen_tables import checked, happened
from il2desk.words import say

_BETWEEN = " \u00b7 "


def patient_sections(one: KitPatient, facts: DowntimeKitFacts) -> tuple[Section, ...]:
    """Return the patient's pages; who the patient is stands on each of them."""
    who = patient_bar(one.patient)
    amounts = tuple(
        Section(parts=((_dose(amount, one),), (_prepared(amount),)), columns=2, shares=(50, 50))
        for amount in one.amounts
    )
    doses = tuple(f"{dose.number}\n{_clock(dose)}" for dose in one.doses)
    drugs = tuple(f"{row.drug}, {row.day}" for row in one.companions)
    pen = (*happened((*doses, *drugs), more=1), *checked(doses, more=0 if doses else 1))
    return (
        Section(parts=((*who, *_therapy(one)),), new_page=True),
        *amounts,
        Section(parts=((*_doses(one, facts), *_companions(one), *_notes(one)),), carried=who),
        Section(parts=(pen,), new_page=True, carried=who),
    )


def _clock(dose: KitDose) -> str:
    """The planned time of the day, without its offset."""
    return dose.planned_time.split(" ", maxsplit=1)[0]


def _therapy(one: KitPatient) -> tuple[Block, ...]:
    minimum = one.minimum_interval
    interval = minimum if isinstance(minimum, str) else say("GAP: {name}", name=minimum.name)
    lines = (
        _BETWEEN.join((one.drug, one.protocol, one.cycle)),
        _BETWEEN.join(
            (
                say("Dosing weight {weight}", weight=one.weight or say("not recorded")),
                say("Minimum interval {interval}", interval=interval),
                say("Protocol fingerprint {print}", print=one.fingerprint),
            )
        ),
        _BETWEEN.join((one.last_given, one.counts)),
    )
    return (prose(*lines, field=say("treatment, {code}", code=one.patient.trial_code)),)


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
        (say("Companion drug"), 44.0),
        (say("Day"), 38.0),
        (say("Dose"), 62.0),
        (say("Prepare"), 62.0),
        (say("Route"), 28.0),
        (say("State"), 39.0),
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
        cell(row.state, field, Role.STRONG),
    )


def _notes(one: KitPatient) -> tuple[Block, ...]:
    if not one.notes:
        return ()
    return (heading(say("Notes")), prose(*one.notes, field=say("notes")))
