"""The dose worksheet: one dose, for the person who prepares it and the one who checks.

Before the release it is a form with everything computed; after it, it is the record of the release.
"""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets.dose_worksheet_amounts import DO_NOT_GIVE, amounts_of, amounts_of_every_page
from il2desk.sheets.dose_worksheet_facts import WorksheetFacts
from il2desk.sheets.entries import (
    SourceList,
    cell,
    heading,
    labelled,
    prose,
    table,
)
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Section, SheetModel, write
from il2desk.sheets.shared_tables import recipe_table, working_table
from il2desk.sheets.sheet_frame import make_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

WORKSHEET_FORM = ("DWS", "1")
"""Form code and version."""


def compose_dose_worksheet(facts: WorksheetFacts) -> SheetModel:
    """Return the sheet as finished strings; SheetRefused as write."""
    title = say("Dose worksheet \u2013 {dose}", dose=facts.dose)
    issue, sources = facts.issue, SourceList()
    lines = (
        amounts_of_every_page(facts),
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
            amounts_of(facts),
            Section(
                parts=(
                    (
                        heading(_barred(facts, say("Working"))),
                        working_table(facts.working, sources),
                    ),
                    (
                        heading(_barred(facts, say("Preparation recipe"))),
                        recipe_table(facts.recipe, sources),
                    ),
                ),
                columns=2,
            ),
            Section(
                parts=(_vials(facts), _prepared(facts)), columns=2, shares=(50, 50), together=True
            ),
            Section(
                parts=((*_barred_signing(facts), *signatures(facts.signatures)),), together=True
            ),
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


def _against(facts: WorksheetFacts) -> tuple[str, ...]:
    return tuple(say("DO NOT GIVE: {why}", why=why) for why in facts.against)


def _notes(facts: WorksheetFacts) -> tuple[Section, ...]:
    against = _against(facts)
    if not against and not facts.notes:
        return ()
    shown = prose(*against, *facts.notes, role=Role.STRONG, field=say("notes"))
    return (Section(parts=((heading(say("Read before anything is drawn up")), shown),)),)


def _barred(facts: WorksheetFacts, title: str) -> str:
    """The title of a part that would else read as valid as ever."""
    return say("{title} \u2013 DO NOT GIVE", title=title) if facts.against else title


def _barred_signing(facts: WorksheetFacts) -> tuple[Block, ...]:
    """Why it must not be given, once more where somebody is about to sign."""
    if not facts.against:
        return ()
    return (prose(*_against(facts), role=Role.STRONG, field=say("notes")),)


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
        *_materials(facts),
    )


def _prepared(facts: WorksheetFacts) -> tuple[Block, ...]:
    return (
        heading(say("Preparation")),
        labelled(say("Reconstituted at"), facts.reconstituted),
        labelled(say("Use before"), facts.use_before),
        labelled(say("Appearance, particles, as seen"), ""),
        labelled(say("Labels printed"), ""),
        labelled(say("Labels used"), ""),
        labelled(say("Labels destroyed"), ""),
        labelled(say("Deviations"), facts.deviations),
    )


def _materials(facts: WorksheetFacts) -> tuple[Block, ...]:
    """What else goes into it, with lot and expiry by pen: the journal has none of them."""
    solvent = labelled(say("Liquid in the vials: lot, expiry"), "")
    if not facts.diluent:
        return (solvent,)
    named = say("{name}: lot, expiry", name=facts.diluent[:1].upper() + facts.diluent[1:])
    return (solvent, labelled(named, ""), labelled(say("Container"), facts.container))
