"""Labels of one released preparation: the large and the small, on a sheet or for a label printer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from il2desk.sheets.entries import heading, labelled, prose
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block, Label, Prose, Section, SheetModel, Text, write
from il2desk.sheets.prepared_words import prepared_in
from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue
from il2desk.sheets.sheet_frame import make_frame, mark_words, pair, sheet_of, shown_name
from il2desk.words import say

LABEL_FORM = ("LBL", "1")
"""Form code and version."""
LARGE_MM, SMALL_MM = (100.0, 50.0), (70.0, 37.0)
"""Width and height (sheets.md): the first for label printers, the second as on sheets of 24."""
_CODE_MM = 10.0  # 24 modules of 0.4 mm: three dots of a label printer of 200 dots an inch
_LARGE_CAUTION_MM, _SMALL_CAUTION_MM = (100.0, 16.0), (70.0, 24.0)  # room for 140 letters
_PRINTED = 2  # one for the syringe or bag, one for the worksheet


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """One released preparation. All text is finished; what is empty is left out.

    `prepared_dose` is what the container holds, and `prepared_volume` the volume of drug in it.
    `prescribed_dose` is given only where it differs. `total` is the volume that the container holds,
    made up in `diluent`, `rate` duration and rate; all three are empty where nothing is diluted.
    `product_code` is GS1 text in brackets; `made_by` and
    `checked_by` are names, `caution` what the law of the site wants beside an investigational drug.
    """

    issue: SheetIssue
    marks: Marks
    patient: Patient
    fingerprint: str
    cycle: str
    dose: str
    number: str
    trial: str
    drug: str
    prepared_dose: str
    prepared_volume: str
    total: str
    diluent: str
    prescribed_dose: str
    route: str
    rate: str
    use_before: str
    storage: str
    lots: str
    made_by: str
    checked_by: str
    product_code: str = ""
    caution: str = ""


def compose_label(facts: LabelFacts, *, small: bool = False) -> SheetModel:
    """Return the sheet with the labels in true size; SheetRefused names what does not fit."""
    size = SMALL_MM if small else LARGE_MM
    lines = _small(facts) if small else _large(facts)
    code = f"IL2DESK|{facts.issue.sheet_id}|{facts.issue.entry_hash}"
    label = Label(*size, lines, code, _CODE_MM, "" if small else facts.product_code)
    title = say("Labels \u2013 {dose}", dose=facts.dose)
    issue = facts.issue
    above = ((pair("", facts.dose), pair(say("Cycle"), facts.cycle)),)
    blocks: tuple[Block, ...] = (
        *(() if facts.caution else (_no_caution(),)),
        heading(say("Labels in true size: cut along the frame")),
        *(part for _ in range(_PRINTED) for part in (label, *_caution(facts, small=small))),
    )
    sheet = sheet_of(
        make_frame(title, issue, facts.marks, facts.patient, above, facts.fingerprint),
        facts.issue,
        facts.marks,
        (Section(parts=(blocks,)), Section(parts=(_accounted(),))),
        about=facts.patient.trial_code,
        upright=True,
    )
    return replace(sheet, label=label)


def _line(words: str, role: Role, field: str) -> tuple[Text, ...]:
    return (write(words, role, field),) if words else ()


def _mark(facts: LabelFacts) -> tuple[Text, ...]:
    return tuple(write(words, Role.STRONG, say("mark")) for words in mark_words(facts.marks))


def _large(facts: LabelFacts) -> tuple[Text, ...]:
    """The whole label: who, what, how much, how, until when, from what, by whom."""
    patient = facts.patient
    who = say(
        "Born {born} \u00b7 {number} \u00b7 {trial}",
        born=patient.born,
        number=patient.trial_code,
        trial=facts.trial,
    )
    made = say(
        "Lot {lots} \u00b7 released by {made} \u00b7 checked by {checked} \u00b7 {storage}",
        lots=facts.lots,
        made=facts.made_by,
        checked=facts.checked_by,
        storage=facts.storage,
    )
    route = ", ".join(part for part in (facts.route, facts.rate) if part)
    return (
        *_mark(facts),
        *_line(shown_name(patient), Role.STRONG, say("name of the patient")),
        *_line(who, Role.FINE, say("date of birth and trial number")),
        *_line(f"{facts.drug} \u00b7 {facts.number}", Role.STRONG, say("drug")),
        *_line(facts.prepared_dose, Role.LABEL_DOSE, say("prepared dose")),
        *_prepared(facts),
        *_prescribed(facts),
        *_line(route, Role.BODY, say("route and rate")),
        *_line(_until(facts), Role.STRONG, say("use before")),
        *_line(made, Role.FINE, say("lot, prepared and checked by, storage")),
    )


def _prepared(facts: LabelFacts) -> tuple[Text, ...]:
    """What the container holds in all, and how much of it is drug: never one without the other."""
    field = say("volume")
    if not facts.total:
        return _line(say("prepared, in {volume}", volume=facts.prepared_volume), Role.STRONG, field)
    total = say("prepared, in {total} total", total=facts.total)
    drug = say(
        "({volume} of drug in {diluent})", volume=facts.prepared_volume, diluent=facts.diluent
    )
    return (*_line(total, Role.STRONG, field), *_line(drug, Role.BESIDE, field))


def _small(facts: LabelFacts) -> tuple[Text, ...]:
    """The small label: patient, drug, dose, volume, route, use before, lot."""
    patient = facts.patient
    # The name of the diluent stands with the lot: beside both volumes there is no room for it.
    held = prepared_in(facts.prepared_volume, facts.total, "")
    lot = say("Lot {lots} \u00b7 {number}", lots=facts.lots, number=facts.number)
    if facts.total:
        lot = say("{lot} \u00b7 in {diluent}", lot=lot, diluent=facts.diluent)
    return (
        *_line(shown_name(patient), Role.STRONG, say("name of the patient")),
        *_line(f"{patient.trial_code} \u00b7 {patient.born}", Role.FINE, say("trial number")),
        *_line(f"{facts.drug}, {facts.route}", Role.STRONG, say("drug and route")),
        *_mark(facts),  # here the whole width is free, and it stands right above the dose
        *_line(facts.prepared_dose, Role.SMALL_DOSE, say("prepared dose")),
        *_line(held, Role.STRONG, say("volume")),
        *_line(_until(facts), Role.STRONG, say("use before")),
        *_line(lot, Role.FINE, say("lot")),
    )


def _prescribed(facts: LabelFacts) -> tuple[Text, ...]:
    if not facts.prescribed_dose:
        return ()
    words = say("DOSE {dose} prescribed", dose=facts.prescribed_dose)
    return _line(words, Role.BODY, say("prescribed dose"))


def _until(facts: LabelFacts) -> str:
    return say("Use before {when}", when=facts.use_before)


def _caution(facts: LabelFacts, *, small: bool) -> tuple[Label, ...]:
    """The site's caution, as a strip of the label's width below it: it is stuck beside."""
    if not facts.caution:
        return ()
    size = _SMALL_CAUTION_MM if small else _LARGE_CAUTION_MM
    return (Label(*size, _line(facts.caution, Role.BODY, say("caution of the site"))),)


def _accounted() -> tuple[Block, ...]:
    """Every label is accounted for, as every vial is."""
    return (
        heading(say("Labels accounted for")),
        labelled(say("Labels printed"), say("{count} on this sheet", count=_PRINTED)),
        labelled(say("Labels used"), ""),
        labelled(say("Labels destroyed"), ""),
        labelled(say("By, date, time"), ""),
    )


def _no_caution() -> Prose:
    words = say(
        "The site has stored no caution for investigational drugs. Put the caution label that the "
        "law of the site asks for beside each label."
    )
    return prose(words, role=Role.STRONG, field=say("caution"))
